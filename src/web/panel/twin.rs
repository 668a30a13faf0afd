//! A second task of the one create call, named, with the way to it.

use crate::protocol::TaskId;
use crate::snapshot::Saved;
use crate::task::{Input, Task, Twin};
use crate::web::browser;
use crate::web::component::part::Part;
use crate::web::drive::runner::{self, feed};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::once;
use leptos::prelude::*;

/// The notice, where there is a twin that no task of the page is; or where there may be one and nothing asks any more.
#[component]
pub fn Twins(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let task = handle.task.clone();
    let strangers = Memo::new(move |_| {
        let Twin::Found(ids) = task.with(|task| task.twin.clone()) else { return Vec::new() };
        let has_id = |known: &TaskHandle, id: &TaskId| known.task.with(|task| task.id.as_ref() == Some(id));
        let is_stranger = |id: &TaskId| app.tasks.with(|tasks| !tasks.iter().any(|known| has_id(known, id)));
        ids.into_iter().filter(is_stranger).collect::<Vec<_>>()
    });
    let is_open = handle.memo(|task| task.state.is_final() && task.can_look_for_twin());
    let handle = StoredValue::new(handle);
    view! {
        <Part of=strangers let:ids>{(!ids.is_empty()).then(|| view! { <Strangers app handle ids /> })}</Part>
        <Part of=is_open let:is_open>{is_open.then(|| view! { <Open app handle /> })}</Part>
    }
}

/// The list could not be read yet, and nothing asks any more.
#[component]
fn Open(
    /// The page.
    app: App,
    /// The task.
    handle: StoredValue<TaskHandle>,
) -> impl IntoView {
    let look = move |_| feed(app, &handle.read_value(), Input::LookForTwin);
    view! {
        <p class="hint">
            {once::twin_open(app.lang())}" "
            <button type="button" class="small" on:click=look>{once::look_for_twin(app.lang())}</button>
        </p>
    }
}

/// Tasks that nobody follows here.
#[component]
fn Strangers(
    /// The page.
    app: App,
    /// The task.
    handle: StoredValue<TaskHandle>,
    /// Their ids.
    ids: Vec<TaskId>,
) -> impl IntoView {
    let title = once::twin_title(app.lang());
    let row = |id: TaskId| {
        let shown = id.0.clone();
        let follow = move |_| follow(app, &handle.read_value(), id.clone());
        view! {
            <li>
                <code>{shown}</code>
                <button type="button" class="small" on:click=follow>{once::follow_twin(app.lang())}</button>
            </li>
        }
    };
    view! {
        <section class="in-doubt twin" aria-label=title role="alert">
            <h3>{title}</h3>
            <p>{once::twin(app.lang())}</p>
            <ul class="candidates">{ids.into_iter().map(row).collect::<Vec<_>>()}</ul>
        </section>
    }
}

fn follow(app: App, handle: &TaskHandle, id: TaskId) {
    let origin = handle.task.with_untracked(|task| task.origin.clone());
    let (task, effects) = Task::adopt(runner::fresh_uid(), origin, id, browser::now_ms());
    runner::launch(app, Saved { task, draft: (*handle.draft).clone() }, effects);
}
