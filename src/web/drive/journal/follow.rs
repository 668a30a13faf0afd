//! Opens the journal: what it holds is told to the engine, which takes tasks up again.

use crate::engine::Event;
use crate::snapshot::{Saved, Summary};
use crate::web::browser::idb::Store;
use crate::web::drive::embed;
use crate::web::drive::engine::hear;
use crate::web::drive::journal::record;
use crate::web::drive::journal::tabs;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use leptos::task::spawn_local;

/// Finished tasks shown at once when the page is opened; the others are in the history.
const RECENT: u32 = 8;

/// Opens the journal: what is unfinished goes on, what is recent is shown.
pub fn open(app: App) {
    tabs::listen(app);
    spawn_local(async move {
        let store = match crate::web::drive::journal::store(app).await {
            Ok(store) => store,
            Err(refusal) => return crate::web::drive::journal::judge(app, Some(refusal)),
        };
        record::read_again(&store).await;
        // An embed shows what was begun in it. The rest is in the history, for whoever opens that.
        let uids = if app.embedded { embed::own_tasks() } else { unfinished_and_recent(&store).await };
        let mut found = Vec::new();
        for uid in uids {
            found.extend(record::load(app, &uid).await);
        }
        hear(app, Event::Opened(found));
    });
}

async fn unfinished_and_recent(store: &Store) -> Vec<String> {
    let mut uids = store.unfinished().await.unwrap_or_default();
    let recent = store.summaries(None, RECENT).await.unwrap_or_default();
    for uid in recent.iter().filter_map(|line| Summary::read(line)).map(|summary| summary.uid) {
        if !uids.contains(&uid) {
            uids.push(uid);
        }
    }
    uids
}

/// Puts a task of the journal among those of the page, unless it is there. An unfinished one is followed.
pub fn take_in(app: App, saved: Saved) -> Option<TaskHandle> {
    let uid = saved.task.uid.clone();
    hear(app, Event::Found(Box::new(saved)));
    app.task(&uid)
}

/// A key was given: tasks that lack one go on.
pub fn key_given(app: App) {
    hear(app, Event::KeyGiven);
}
