//! Deleting with a way back. Lines leave the list at once; their records leave the disk when the way back is closed: with
//! the next deletion, with the history, or after a while. A page that dies before has deleted nothing.

use crate::engine::word::Word;
use crate::snapshot::list::{Line, tone};
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, text};
use crate::web::dialog::history::{ROOM, fill, paint, say};
use crate::web::drive::journal;
use crate::web::drive::journal::tabs;
use crate::web::drive::runner;
use crate::web::state::App;
use crate::words::text::history::{deleted, really};
use leptos::task::spawn_local;

/// How long a deletion can be taken back.
const PATIENCE_MS: u32 = 20_000;

/// Lines on their way out.
pub struct Removed {
    app: App,
    lines: Vec<Line>,
    /// Counts deletions, so that a timer ends only its own.
    number: u32,
}

impl Removed {
    /// Whether a task is on its way out.
    pub fn holds(&self, uid: &str) -> bool {
        self.lines.iter().any(|line| line.summary.uid == uid)
    }
}

/// Takes tasks out of the list, with a way back.
pub fn remove(app: App, uids: Vec<String>) {
    let before = ROOM.with_borrow(|room| room.removed.as_ref().map_or(0, |removed| removed.number));
    settle();
    let next = ROOM.with_borrow_mut(|room| {
        let place = room.rows.iter().position(|(uid, _)| uids.first() == Some(uid));
        let lines = room.list.take(&uids);
        room.removed = Some(Removed { app, lines, number: before + 1 });
        place
    });
    paint(app);
    let words = app.lang().history();
    let undo = button("small", words.undo, move || undo(app)).attr("id", "history-undo");
    fill("history-said", text(&deleted(app.lang(), uids.len())).and(text(" ")).and(undo));
    // Where the deleted row was stands the next one.
    let near = next.and_then(|place| {
        ROOM.with_borrow(|room| room.rows.get(place).or(room.rows.last()).map(|(uid, _)| uid.clone()))
    });
    crate::web::dialog::history::row::focus(near);
    gloo_timers::callback::Timeout::new(PATIENCE_MS, move || {
        let current = ROOM.with_borrow(|room| room.removed.as_ref().is_some_and(|it| it.number == before + 1));
        if current {
            settle();
            say("");
        }
    })
    .forget();
}

fn undo(app: App) {
    let lines = ROOM.with_borrow_mut(|room| room.removed.take()).map(|removed| removed.lines).unwrap_or_default();
    let first = lines.first().map(|line| line.summary.uid.clone());
    ROOM.with_borrow_mut(|room| room.list.put_back(lines));
    say("");
    paint(app);
    crate::web::dialog::history::row::focus(first);
}

/// Closes the way back: the records are deleted.
pub fn settle() {
    let Some(removed) = ROOM.with_borrow_mut(|room| room.removed.take()) else { return };
    let app = removed.app;
    let keys: Vec<(String, u64)> =
        removed.lines.into_iter().map(|line| (line.summary.uid, line.summary.started_ms)).collect();
    for (uid, _) in &keys {
        runner::drop_task(app, uid);
    }
    spawn_local(async move {
        let Ok(store) = journal::store(app).await else { return };
        if store.remove(&keys).await.is_ok() {
            for (uid, _) in keys {
                tabs::tell(app, &Word::Gone(uid));
            }
        } else {
            say(app.lang().history().refused);
        }
    });
}

/// The button that deletes all that are found, once more asked.
pub fn button_for_all(app: App) -> El {
    let place = el("span").attr("id", "history-delete-all");
    place.add(ask(app))
}

fn ask(app: App) -> El {
    let words = app.lang().history();
    button("", words.delete_shown, move || {
        let question = really(app.lang(), ended().len());
        let back = move || fill("history-delete-all", ask(app));
        let really = button("danger", words.delete, move || {
            remove(app, ended());
            back();
        });
        let keep = button("", words.keep, back);
        let parts = class("span", "really").text(&question).add(really.attr("id", "history-really")).add(keep);
        fill("history-delete-all", View::from(parts));
        crate::web::browser::focus("history-really");
    })
}

/// Those found that do not go on any more.
fn ended() -> Vec<String> {
    ROOM.with_borrow(|room| {
        let ended = room.list.found().filter(|summary| tone(summary.kind) != "running");
        ended.map(|summary| summary.uid.clone()).collect()
    })
}
