//! Brings what is on the disk into an open history.

use crate::snapshot::{Saved, Summary};
use crate::web::dialog::history::room::Room;
use crate::web::drive::journal;
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;

/// Lines read before the first are shown, and in each further turn.
const FIRST: u32 = 200;
const TURN: u32 = 2_500;

/// Reads all lines, newest first, and shows the first as soon as they are there.
pub async fn read(room: Room) {
    let Some(turn) = room.begin() else { return };
    let Ok(store) = journal::store(room.app).await else {
        // Without a database there are the tasks of this visit.
        room.start_over(room.app.tasks.get_untracked().iter().map(own_summary).collect());
        return room.all_read();
    };
    let mut last: Option<(u64, String)> = None;
    loop {
        let most = if last.is_none() { FIRST } else { TURN };
        let after = last.as_ref().map(|(started, uid)| (*started, uid.as_str()));
        let lines = store.summaries(after, most).await.unwrap_or_default();
        if !room.is_current(turn) {
            return;
        }
        let is_all = lines.len() < most as usize;
        let summaries: Vec<Summary> = lines.iter().filter_map(|line| Summary::read(line)).collect();
        let next = summaries.last().map(|summary| (summary.started_ms, summary.uid.clone()));
        if last.is_none() {
            room.start_over(summaries);
            look_aside(room).await;
        } else {
            room.add(summaries);
        }
        if is_all || next.is_none() {
            break;
        }
        last = next;
    }
    if room.is_current(turn) {
        room.all_read();
    }
}

/// Shows what lies aside, if anything does.
pub async fn look_aside(room: Room) {
    let Ok(store) = journal::store(room.app).await else { return };
    let list = store.aside().await.unwrap_or_default();
    room.aside.try_set(list);
    room.compared.try_set(None);
}

/// Takes away what lies aside under this key.
pub async fn forget_aside(room: Room, key: String) {
    let Ok(store) = journal::store(room.app).await else { return };
    if store.forget_aside(&key).await.is_err() {
        room.say_words(room.app.lang().history().refused);
    }
    look_aside(room).await;
}

/// A record changed, here or in another tab.
pub async fn changed(room: Room, uid: String) {
    if let Some(handle) = room.app.task(&uid) {
        return room.take_in(own_summary(&handle));
    }
    match record::load(room.app, &uid).await {
        Some(saved) => room.take_in(Summary::of(&saved)),
        None => drop(room.change(|list| list.take(&[uid]))),
    }
}

/// A task with what was wanted: from the page, else from the disk.
pub async fn saved(app: App, uid: &str) -> Option<Saved> {
    match app.task(uid) {
        Some(handle) => Some(own(&handle)),
        None => record::load(app, uid).await,
    }
}

fn own(handle: &TaskHandle) -> Saved {
    Saved { task: handle.task.get_untracked(), draft: handle.draft.as_ref().clone() }
}

fn own_summary(handle: &TaskHandle) -> Summary {
    Summary::of(&own(handle))
}
