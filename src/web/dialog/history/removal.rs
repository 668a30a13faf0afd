//! Deleting with a way back. Lines leave the list at once; their records leave the disk when the way back is closed: with
//! the next deletion, before a file is read in, with the history, or after a while. A page that dies before has deleted
//! nothing.

use crate::engine::word::Word;
use crate::web::browser;
use crate::web::dialog::history::room::{Removed, Room, Said};
use crate::web::drive::journal;
use crate::web::drive::journal::tabs;
use crate::web::drive::runner;
use crate::words::text::history::really;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long a deletion can be taken back.
const PATIENCE_MS: u32 = 20_000;

/// Takes tasks out of the list, with a way back. Where the first of them was stands the next one, and has the focus.
pub fn remove(room: Room, uids: &[String]) {
    spawn_local(settle(room));
    let is_first = |uid: &str| uids.first().is_some_and(|first| first == uid);
    let place = room.rows.with_untracked(|rows| rows.iter().position(|row| is_first(&row.uid)));
    let Some(lines) = room.change(|list| list.take(uids)) else { return };
    let patience = Timeout::new(PATIENCE_MS, move || {
        spawn_local(settle(room));
        if matches!(room.speech.read_untracked().said, Some(Said::Deleted(_))) {
            room.hush();
        }
    });
    room.removed.set_value(Some(Removed::new(lines, patience)));
    room.say(Said::Deleted(uids.len()));
    if let Some(place) = place {
        room.focus_at(place);
    }
}

/// Puts back what was deleted last.
pub fn undo(room: Room) {
    let Some(removed) = room.removed.try_update_value(Option::take).flatten() else { return };
    let first = removed.lines.first().map(|line| line.summary.uid.clone());
    room.change(|list| list.put_back(removed.lines));
    room.hush();
    if let Some(first) = first {
        Room::focus(&first);
    }
}

/// Closes the way back, at once; what comes back is done when the records are deleted.
pub fn settle(room: Room) -> impl Future<Output = ()> {
    let app = room.app;
    let lines = room.removed.try_update_value(Option::take).flatten().map(|removed| removed.lines);
    let summaries = lines.unwrap_or_default().into_iter().map(|line| line.summary);
    let keys: Vec<(String, u64)> = summaries.map(|summary| (summary.uid, summary.started_ms)).collect();
    for (uid, _) in &keys {
        runner::drop_task(app, uid);
    }
    async move {
        if keys.is_empty() {
            return;
        }
        let Ok(store) = journal::store(app).await else { return };
        if store.remove(&keys).await.is_ok() {
            for (uid, _) in keys {
                tabs::tell(app, &Word::Gone(uid));
            }
        } else {
            room.say_words(app.lang().history().refused);
        }
    }
}

/// The button that deletes all that are found, once more asked. What is asked is what would be deleted now.
#[component]
pub fn DeleteFound(
    /// The history.
    room: Room,
) -> impl IntoView {
    let words = room.app.lang().history();
    let is_asked = RwSignal::new(false);
    let ask = move |_| {
        is_asked.set(true);
        browser::focus("history-really");
    };
    let really_remove = move |_| {
        is_asked.set(false);
        remove(room, &untrack(|| room.ended()));
    };
    let keep = move |_| {
        is_asked.set(false);
        browser::focus_first("history-delete-all");
    };
    let button = move || view! { <button type="button" on:click=ask>{words.delete_shown}</button> };
    view! {
        <span id="history-delete-all">
            <Show when=move || is_asked.get() fallback=button>
                <span class="really">
                    {move || really(room.app.lang(), room.ended().len())}
                    <button type="button" class="danger" id="history-really" on:click=really_remove>
                        {words.delete}
                    </button>
                    <button type="button" on:click=keep>{words.keep}</button>
                </span>
            </Show>
        </span>
    }
}
