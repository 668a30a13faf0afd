//! What is saved of a task: one record, as JSON with a version. Every version that was ever written is read; what
//! cannot be read says why and is left as it is.
//!
//! A record holds no key: no type in it does, and the texts of answers are cleaned when a task takes them in. Records of
//! earlier pages are cleaned when they are read. Of a local file a record keeps name, kind and size: its bytes, up to
//! thirty million of them, are not written again with every change.

use crate::draft::Draft;
use crate::http::Json;
use crate::key::without_keys;
use crate::task::Task;
use part::{Out, Part};

pub mod desk;
mod draft;
mod export;
mod names;
mod part;
mod request;
mod summary;
mod task;

pub(crate) use draft::write as write_draft;
pub use export::{entries, export};
pub use summary::{Kind, Summary};

/// The version that is written.
pub const VERSION: u32 = 1;
/// The member that marks a record and holds its version.
const MARK: &str = "wan-playground-task";

/// A task and the wishes it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The task. What is true of it only while a page holds it is not kept: see [`Task::resume`].
    pub task: Task,
    /// The draft as it was when Run was pressed; empty for a task taken up from outside.
    pub draft: Draft,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON, or breaks off.
    NotJson,
    /// It is JSON, but no record of this page.
    NotARecord,
    /// A later version of this page wrote it.
    Future(u32),
    /// This part is missing or is none that could have been written.
    Part(&'static str),
}

/// Writes a record.
pub fn write(saved: &Saved) -> String {
    let mut out = Out::default();
    out.number(MARK, u64::from(VERSION));
    out.put("task", task::write(&saved.task));
    out.put("draft", draft::write(&saved.draft));
    Json::from(out).print(crate::http::Files::Marked)
}

/// Reads a record of any version. What looks like a key in it is masked: earlier pages knew fewer of the ways in which
/// answers repeat one.
pub fn read(text: &str) -> Result<Saved, Unreadable> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
    let record = Part::whole(&value);
    let version: u32 = record.at(MARK).number().map_err(|_| Unreadable::NotARecord)?;
    match version {
        1 => {
            let mut task = task::read(&record.at("task"))?;
            task.clean(without_keys);
            Ok(Saved { task, draft: draft::read(&record.at("draft"))? })
        }
        0 => Err(Unreadable::NotARecord),
        later => Err(Unreadable::Future(later)),
    }
}

/// The text of a record as it should lie on the disk: written anew where it holds what looks like a key.
pub fn cleaned(text: &str) -> Option<String> {
    if without_keys(text) == text {
        return None;
    }
    let clean = write(&read(text).ok()?);
    (clean != text).then_some(clean)
}

#[cfg(test)]
mod tests;
