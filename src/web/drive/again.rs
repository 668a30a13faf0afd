//! A task's request once more: sent as it was, or put into the form.

use crate::catalog::{FieldId, Kind, Model};
use crate::draft::{Draft, Value};
use crate::http::Body;
use crate::snapshot::{Saved, stored};
use crate::task::{Origin, Task};
use crate::upload::Uploaded;
use crate::web::browser;
use crate::web::drive::{runner, upload};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;

/// Whether a task's create call can be sent once more, unchanged.
pub fn is_possible(task: &Task) -> bool {
    task.create.as_ref().is_some_and(|create| !create.body.as_ref().is_some_and(Body::lacks_file))
}

/// Sends a task's create call once more, as a task of its own. A press that means a task that is there already makes
/// none, as with every Run; without a key the form is filled, and asks for it.
pub fn run(app: App, handle: &TaskHandle) {
    let Some(create) = handle.task.with_untracked(|task| task.create.clone()) else { return };
    app.pressed_twice.set(None);
    if runner::is_pressed_already(app, &create, browser::pressed_ms(), None) {
        return;
    }
    let origin = handle.task.with_untracked(|task| task.origin.clone());
    if app.key(&origin.gateway, &origin.base).is_none() {
        fill(app, &handle.task.get_untracked(), &handle.draft);
        return browser::focus("key");
    }
    let again = |task: &Task| task.again(runner::fresh_uid(), browser::now_ms());
    if let Some((task, effects)) = handle.task.with_untracked(again) {
        runner::launch(app, Saved { task, draft: (*handle.draft).clone() }, effects);
    }
}

/// Makes a task's wishes the draft.
pub fn fill(app: App, task: &Task, draft: &Draft) {
    seat(app, &task.origin);
    note_links(app, task, draft);
    app.draft.set(draft.clone());
    app.tried.set(false);
    app.selected.set(None);
}

/// Links into Alibaba's store end two days after the upload, which was before the task; and a task that was created has
/// proved which model they are for.
fn note_links(app: App, task: &Task, draft: &Draft) {
    let Origin { gateway, model, .. } = &task.origin;
    let known = app.catalog().gateway(gateway).and_then(|gateway| gateway.model(model));
    let model = known.map(|model| model.wire_name().to_owned()).filter(|_| task.id.is_some());
    for link in stored::links(draft) {
        upload::note(app, Uploaded::of_link(link, gateway, model.clone(), task.started_ms));
    }
}

/// The same with another seed.
pub fn vary(app: App, handle: &TaskHandle) {
    let task = handle.task.get_untracked();
    let origin = &task.origin;
    let model = app.catalog().gateway(&origin.gateway).and_then(|gateway| gateway.model(&origin.model));
    let mut draft = (*handle.draft).clone();
    if let Some(seed) = model.and_then(another_seed) {
        draft.set(FieldId::Seed, Value::Text(seed.to_string()));
    }
    fill(app, &task, &draft);
}

/// A seed by chance, as far as the model takes one.
pub fn another_seed(model: &Model) -> Option<i64> {
    let Kind::Integer { min, max, .. } = model.field(FieldId::Seed)?.kind else { return None };
    // Seeds are below 2^53: exact in both types.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    let step = (js_sys::Math::random() * (max - min) as f64) as i64;
    Some(min + step)
}

/// Chooses gateway, model and address of a task, as far as the page still offers them.
pub fn seat(app: App, origin: &Origin) {
    let Some(index) = app.catalog().gateways.iter().position(|gateway| gateway.id == origin.gateway) else { return };
    let gateway = &app.catalog().gateways[index];
    app.gateway.set(index);
    if let Some(model) = gateway.models.iter().position(|model| model.id == origin.model) {
        app.choose_model(model);
    }
    app.choose_place(app.place_of(gateway, &origin.base));
}
