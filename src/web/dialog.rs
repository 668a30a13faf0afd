//! What opens over the page.

pub mod account;
pub mod forget;
pub mod gateways;
pub mod help;
pub mod history;
pub mod kept;
pub mod scenarios;
pub mod share;
pub mod takeup;
