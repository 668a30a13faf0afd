//! Opens what tasks need: the engine's ear, the keys that were kept, and the journal.

use crate::complaint::marks;
use crate::web::drive::journal::follow;
use crate::web::drive::{desk, keep, runner, saved};
use crate::web::state::{App, TasksCode};
use leptos::prelude::*;

/// Opens it once: whatever needs a task may be the first.
pub fn tasks(app: App) {
    if app.code.get_untracked().is_some() {
        return;
    }
    app.code.set(Some(TasksCode { perform: runner::perform, marks, desk: desk::text }));
    runner::keep_time(app);
    desk::restore(app);
    saved::complete(app);
    keep::open(app);
    follow::open(app);
}
