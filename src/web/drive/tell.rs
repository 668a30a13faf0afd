//! Tells of the end of a task those who look elsewhere: in the tab's title and icon, and by a notification where one was
//! asked for.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::task::State;
use crate::web::browser::{notice, tab};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, stage};
use leptos::prelude::*;

/// Colors of the dot.
const GOOD: &str = "15803d";
const BAD: &str = "c81e1e";
/// Signs of a prompt that a notification shows.
const PROMPT: usize = 120;

/// A task has just come to an end. Whoever looks at the tab sees it there; on another site's page the tab is not ours.
pub fn ended(app: App, handle: &TaskHandle) {
    if app.embedded || tab::is_looked_at() {
        return;
    }
    let (is_good, state) = handle
        .task
        .with_untracked(|task| (matches!(task.state, State::Done(_)), words::state(app.lang(), &task.state)));
    mark(app, is_good, state);
    if app.drive.notifies.get() {
        let model = handle.task.with_untracked(|task| task.origin.model.clone());
        let prompt = match handle.draft.filled(FieldId::Prompt) {
            Some(Value::Text(prompt)) => prompt.chars().take(PROMPT).collect(),
            _ => String::new(),
        };
        let number = handle.number;
        let title = stage::notice(app.lang(), is_good, state, &model);
        notice::show(&handle.uid, &title, &prompt, move || app.selected.set(Some(number)));
    }
}

/// Marks the tab, until somebody looks at it.
fn mark(app: App, is_good: bool, state: &str) {
    let mut plain = app.drive.plain.borrow_mut();
    let is_first = plain.is_none();
    let plain = plain.get_or_insert_with(tab::look);
    let (title, color) = (stage::title(is_good, state, &plain.title), if is_good { GOOD } else { BAD });
    tab::show(&tab::Look { title, icon: tab::dotted(&plain.icon, color) });
    if is_first && !app.drive.hears_looks.replace(true) {
        tab::when_looked_at(move || {
            if let Some(plain) = app.drive.plain.take() {
                tab::show(&plain);
            }
        });
    }
}
