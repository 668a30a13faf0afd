//! A task as the database holds it: the record, its line for lists, and what becomes of a record that cannot be read.

use crate::protocol::TaskId;
use crate::snapshot::{self, Kind, Saved, Summary, Unreadable};
use crate::web::browser::idb::{Entry, Store};
use crate::web::state::App;

/// Lines read at a time.
const LINES: u32 = 200;

/// The entry of a record.
pub fn entry(saved: &Saved) -> Entry {
    entry_of(saved, snapshot::write(saved))
}

/// The entry of a record and its text.
pub fn entry_of(saved: &Saved, text: String) -> Entry {
    let task = &saved.task;
    Entry {
        uid: task.uid.clone(),
        rank: task.rank(),
        started_ms: task.started_ms,
        unfinished: Kind::of(&task.state).goes_on(),
        text,
        summary: Summary::of(saved).line(),
    }
}

/// The record of this name. One that cannot be read is put aside, and one with a key in it is cleaned.
pub async fn load(app: App, uid: &str) -> Option<Saved> {
    let store = crate::web::drive::journal::store(app).await.ok()?;
    let text = store.text(uid).await.ok()??;
    if let Ok(saved) = read(uid, &text) {
        if let Some(clean) = snapshot::cleaned(&text) {
            let _ = store.mend(uid, &text, &clean).await;
        }
        return Some(saved);
    }
    // If that is refused too, it stays where it is, and is tried again another day.
    let _ = store.set_aside(uid, &text).await;
    None
}

/// Ids of the tasks whose records were begun at this time or later, also of those that are not on the page.
pub async fn ids_since(app: App, started_ms: u64) -> Vec<TaskId> {
    let Ok(store) = crate::web::drive::journal::store(app).await else { return Vec::new() };
    let mut ids = Vec::new();
    let mut last: Option<(u64, String)> = None;
    loop {
        let after = last.as_ref().map(|(started, uid)| (*started, uid.as_str()));
        let lines = store.summaries(after, LINES).await.unwrap_or_default();
        let is_all = lines.len() < LINES as usize;
        let summaries: Vec<Summary> = lines.iter().filter_map(|line| Summary::read(line)).collect();
        last = summaries.last().map(|summary| (summary.started_ms, summary.uid.clone()));
        let of_then = summaries.into_iter().filter(|known| known.started_ms >= started_ms && !known.id.is_empty());
        ids.extend(of_then.map(|known| TaskId(known.id)));
        if is_all || last.as_ref().is_none_or(|(started, _)| *started < started_ms) {
            return ids;
        }
    }
}

/// Reads a record that lies under a name. Under another's name it is forged.
fn read(uid: &str, text: &str) -> Result<Saved, Unreadable> {
    let saved = snapshot::read(text)?;
    if saved.task.uid == uid { Ok(saved) } else { Err(Unreadable::Part("uid")) }
}

/// Takes back what lies aside and can be read by now, as after an update of the page.
pub async fn read_again(store: &Store) {
    for aside in store.aside().await.unwrap_or_default() {
        if let Ok(saved) = read(&aside.uid, &aside.text)
            && store.put(&[entry_of(&saved, snapshot::cleaned(&aside.text).unwrap_or(aside.text))]).await.is_ok()
        {
            let _ = store.forget_aside(&aside.key).await;
        }
    }
}
