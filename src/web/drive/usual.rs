//! How long one's own tasks of a model took, from the journal.

use crate::pace;
use crate::snapshot::{Kind, Summary};
use crate::web::drive::journal::{self, record};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;

/// Lines of the journal that are looked at, newest first.
const LINES: u32 = 200;

/// The typical time of the latest finished tasks of this task's model at its address, in milliseconds. `None` if there
/// are too few; always on another site's page, whose reader's tasks are none of its own.
pub async fn own_ms(app: App, handle: &TaskHandle) -> Option<u64> {
    if app.embedded {
        return None;
    }
    let origin = handle.task.with_untracked(|task| task.origin.clone());
    let lines = journal::store(app).await.ok()?.summaries(None, LINES).await.ok()?;
    let of_model = |summary: &Summary| {
        summary.kind == Kind::Done && summary.gateway == origin.gateway && summary.model == origin.model
    };
    let mut times = Vec::new();
    for summary in lines.iter().filter_map(|line| Summary::read(line)).filter(of_model) {
        if times.len() == pace::LATEST {
            break;
        }
        let saved = record::load(app, &summary.uid).await;
        times.extend(saved.and_then(|saved| pace::took_ms(&saved.task, &origin.base)));
    }
    pace::typical_ms(times)
}
