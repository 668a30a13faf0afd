//! A second task of the one create call, named, with the way to it.

use crate::protocol::TaskId;
use crate::snapshot::Saved;
use crate::task::{Input, Task, Twin};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing, yes};
use crate::web::drive::runner::{self, feed};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::once;
use leptos::prelude::*;

/// The notice, where there is a twin that no task of the page is.
pub fn notice(app: App, handle: &TaskHandle) -> View {
    let task = handle.task.clone();
    let strangers = move || {
        let Twin::Found(ids) = task.with(|task| task.twin.clone()) else { return String::new() };
        let is_known = |id: &TaskId| {
            app.tasks.with(|tasks| tasks.iter().any(|known| known.task.with(|task| task.id.as_ref() == Some(id))))
        };
        ids.into_iter().filter(|id| !is_known(id)).map(|id| id.0).collect::<Vec<_>>().join("\n")
    };
    named(app, handle, strangers).and(open(app, handle))
}

/// The list could not be read yet, and nothing asks any more.
fn open(app: App, handle: &TaskHandle) -> View {
    let task = handle.task.clone();
    let is_open = move || yes(task.with(|task| task.state.is_final() && task.can_look_for_twin()));
    let handle = handle.clone();
    keyed_part(is_open, move |is_open| {
        if is_open.is_empty() {
            return nothing();
        }
        let asked = handle.clone();
        let look = button("small", once::look_for_twin(app.lang()), move || feed(app, &asked, Input::LookForTwin));
        class("p", "hint").text(once::twin_open(app.lang())).text(" ").add(look).into()
    })
}

fn named(app: App, handle: &TaskHandle, strangers: impl Fn() -> String + Send + Sync + 'static) -> View {
    let handle = handle.clone();
    keyed_part(strangers, move |ids| {
        if ids.is_empty() {
            return nothing();
        }
        let rows: Vec<El> = ids.lines().map(|id| row(app, &handle, id)).collect();
        class("section", "in-doubt twin")
            .attrs(&[("aria-label", once::twin_title(app.lang())), ("role", "alert")])
            .add(el("h3").text(once::twin_title(app.lang())))
            .add(el("p").text(once::twin(app.lang())))
            .add(class("ul", "candidates").all(rows))
            .into()
    })
}

fn row(app: App, handle: &TaskHandle, id: &str) -> El {
    let (wanted, handle) = (TaskId(id.to_owned()), handle.clone());
    let follow = move || {
        let origin = handle.task.with_untracked(|task| task.origin.clone());
        let (task, effects) = Task::adopt(runner::fresh_uid(), origin, wanted.clone(), browser::now_ms());
        runner::launch(app, Saved { task, draft: (*handle.draft).clone() }, effects);
    };
    el("li").add(el("code").text(id)).add(button("small", once::follow_twin(app.lang()), follow))
}
