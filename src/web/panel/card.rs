//! A card of the strip of tasks: a picture of it, what was asked, where it stands, and what it cost.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::task::State;
use crate::web::component::dom::effect;
use crate::web::component::picture::Picture;
use crate::web::component::task::{price, tone};
use crate::web::component::voice;
use crate::web::drive::{pictures, tell};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, stage};
use leptos::prelude::*;
use std::cell::Cell;

/// Signs of a prompt that a card shows.
const PROMPT: usize = 60;

/// The card. It puts its task on the stage.
#[component]
pub fn Card(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let number = handle.number;
    announce(app, &handle);
    let prompt = match handle.draft.filled(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.trim().chars().take(PROMPT).collect(),
        _ => String::new(),
    };
    let model = handle.task.with_untracked(|task| task.origin.model.clone());
    let named = format!("#{number} {model}");
    let (title, of) = if prompt.is_empty() { (named, None) } else { (prompt, Some(named)) };
    let of = of.map(|named| view! { <span class="of">{named}</span>" " });
    let toned = handle.memo(|task| tone(&task.state));
    let state = handle.memo(move |task| words::state(app.lang(), &task.state));
    let price = handle.words(move |task| price(app, task));
    let when = handle.words(move |task| {
        let ago = task.ended_ms.map(|end| stage::ago(app.lang(), app.now.get().saturating_sub(end)));
        ago.unwrap_or_default()
    });
    let picture = pictures::of(app, &handle.uid);
    view! {
        <button
            type="button"
            class=move || format!("card {}", toned.get())
            aria-pressed=move || (app.selected.get() == Some(number)).to_string()
            on:click=move |_| app.selected.set(Some(number))
        >
            <Picture picture />
            <span class="told">
                <b lang="" dir="auto">{title}</b>" "
                {of}
                <span class="line">
                    <span class="state">{state}</span>" "<span class="hint">{price}</span>" "
                    <span class="when">{when}</span>
                </span>
            </span>
        </button>
    }
}

/// Says where a task stands when that changes: also of one that is not on the stage, and never what is told already.
fn announce(app: App, handle: &TaskHandle) {
    let (number, task, watched) = (handle.number.to_string(), handle.task.clone(), handle.clone());
    let before = Cell::new("");
    effect(move || {
        let now = task.with(|task| words::state(app.lang(), &task.state));
        let known = before.replace(now);
        // What was there when the page was opened is nothing new; a task that is being sent has just been made.
        let is_new = task.with_untracked(|task| matches!(task.state, State::Sending | State::NotSent));
        if known != now && (!known.is_empty() || is_new) {
            voice::say(&words::everyone::task_is(app.lang(), &number, now));
            if task.with_untracked(|task| task.state.is_final()) {
                tell::ended(app, &watched);
            }
        }
    });
}
