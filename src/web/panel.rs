//! What is always on the page.

pub mod along;
pub mod byhand;
pub mod check;
pub mod desk;
pub mod diagnosis;
pub mod doubt;
pub mod embed;
pub mod ending;
pub mod field;
pub mod header;
pub mod keys;
pub mod link;
pub mod media;
pub mod notice;
pub mod press;
pub mod report;
pub mod request;
pub mod result;
pub mod row;
pub mod run;
pub mod shortcuts;
pub mod stage;
pub mod task;
pub mod tasks;
pub mod twin;
