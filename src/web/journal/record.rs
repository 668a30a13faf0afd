//! A task as the database holds it: the record, its line for lists, and what becomes of a record that cannot be read.

use super::store::{Entry, Store};
use crate::snapshot::{self, Kind, Saved, Summary, Unreadable};
use crate::web::runner::TaskHandle;
use leptos::prelude::*;

/// The entry of a task as it stands.
pub fn entry(handle: &TaskHandle) -> Entry {
    handle.task.with_untracked(|task| {
        let saved = Saved { task: task.clone(), draft: handle.draft.as_ref().clone() };
        entry_of(&saved, snapshot::write(&saved))
    })
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
pub async fn load(uid: &str) -> Option<Saved> {
    let store = super::store().await.ok()?;
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
