//! What stands beside Run once it has been pressed: the task that a second press would repeat, and the way to the stage.

use crate::task::State;
use crate::web::browser;
use crate::web::component::part::Part;
use crate::web::panel::press::press;
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Sender};
use crate::words;
use crate::words::{everyone, once};
use leptos::prelude::*;

/// Least time for which words have stood there before a press can be an answer to them.
const SEEN_MS: u64 = 300;

/// A press that was made already: which task it made, and the button that makes another all the same.
#[component]
pub fn PressedTwice(
    /// The page.
    app: App,
) -> impl IntoView {
    let said = Memo::new(move |_| already(app));
    let again = move |_| {
        let said_ms = app.pressed_twice.get_untracked().map_or(0, |(_, said_ms)| said_ms);
        // A press that was made before these words could be read was meant for Run.
        if browser::pressed_ms() >= said_ms + SEEN_MS {
            press(app, Sender::Page, Asked::Again);
        }
    };
    view! {
        <Part of=said let:said>
            {said.map(|said| view! {
                <span>{said}</span>
                <button type="button" class="small" id="once-more" on:click=again>{once::once_more(app.lang())}</button>
            })}
        </Part>
    }
}

/// What is said of the press. It is about this request: with another in the form there is nothing to say.
fn already(app: App) -> Option<String> {
    let (number, _) = app.pressed_twice.get()?;
    let task = app.tasks.with(|tasks| tasks.iter().find(|handle| handle.number == number).cloned())?.task;
    let is_this = app.outlook.with(|outlook| task.with(|task| task.create.as_ref() == Some(&outlook.request)));
    let is_sending = task.with(|task| task.state == State::Sending);
    is_this.then(|| once::pressed(app.lang(), number, is_sending))
}

/// The way to the task on the stage: on a small screen it is out of sight as soon as one scrolls.
#[component]
pub fn ToStage(
    /// The page.
    app: App,
) -> impl IntoView {
    let state =
        Memo::new(move |_| app.shown_task().map(|shown| shown.task.with(|task| words::state(app.lang(), &task.state))));
    let go = |_| {
        browser::focus("stage");
        browser::reveal("stage");
    };
    view! {
        <Part of=state let:state>
            {state.map(|state| view! {
                <button
                    type="button"
                    class="small to-stage"
                    id="to-stage"
                    aria-label=everyone::to_stage(app.lang(), state)
                    on:click=go
                >
                    {state}
                </button>
            })}
        </Part>
    }
}
