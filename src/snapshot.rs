//! What is saved of a task: one record, as JSON with a version. Every version that was ever written can be read; a
//! record that cannot be read reports why and is left unchanged.
//!
//! A record contains no key: no type in it does, and the texts of responses are cleaned when a task receives them.
//! Records of earlier pages are cleaned when they are read. Of a local file a record keeps name, kind and size: its
//! bytes, up to thirty million of them, are not rewritten with every change.

pub mod desk;
mod draft;
mod export;
mod file;
mod kind;
pub mod list;
mod names;
mod part;
mod record;
mod request;
pub mod stored;
mod summary;
mod task;

pub(crate) use draft::write as write_draft;
pub use export::{entries, export};
pub use kind::Kind;
pub use part::Unreadable;
pub use record::{Saved, VERSION, cleaned, read, write};
pub use summary::Summary;

#[cfg(test)]
mod tests;
