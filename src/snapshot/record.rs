//! The record of a task: its contents, writing it, and reading it in any version.

use super::part::{Out, Part, Unreadable};
use super::{draft, task};
use crate::draft::Draft;
use crate::http::Json;
use crate::key::without_keys;
use crate::task::Task;

/// The newest version that is written.
pub const VERSION: u32 = 2;
/// The version of a record whose create call was printed by the page. Older pages read it.
const PRINTED: u32 = 1;
/// The property that marks a record and holds its version.
const MARK: &str = "wan-playground-task";

/// A task and the draft it was created from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The task. State that exists only while a page holds it is not saved: see [`Task::resume`].
    pub task: Task,
    /// The draft as it was when Run was pressed; empty for an imported task.
    pub draft: Draft,
}

/// Writes a record.
pub fn write(saved: &Saved) -> String {
    let mut out = Out::default();
    out.number(MARK, u64::from(version(&saved.task)));
    out.put("task", task::write(&saved.task));
    out.put("draft", draft::write(&saved.draft));
    Json::from(out).print(crate::http::Files::Marked)
}

/// A body that was sent as pasted needs a page that knows such bodies: another would send the request without it.
fn version(task: &Task) -> u32 {
    if task.is_exact() { VERSION } else { PRINTED }
}

/// Reads a record of any version. Whatever looks like a key in it is masked: earlier pages knew fewer of the ways in
/// which responses repeat one.
pub fn read(text: &str) -> Result<Saved, Unreadable> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
    let record = Part::whole(&value);
    let version: u32 = record.at(MARK).number().map_err(|_| Unreadable::NotARecord)?;
    match version {
        PRINTED | VERSION => {
            let mut task = task::read(&record.at("task"))?;
            task.clean(without_keys);
            Ok(Saved { task, draft: draft::read(&record.at("draft"))? })
        }
        0 => Err(Unreadable::NotARecord),
        later => Err(Unreadable::Future(later)),
    }
}

/// The text of a record as it should be on disk: rewritten if it contains something that looks like a key.
pub fn cleaned(text: &str) -> Option<String> {
    if without_keys(text) == text {
        return None;
    }
    let clean = write(&read(text).ok()?);
    (clean != text).then_some(clean)
}
