//! The strip of tasks.

use super::super::app::App;
use super::super::runner::TaskHandle;
use super::super::wording;
use super::run;
use crate::task::State;
use leptos::prelude::*;

/// A word for styling: what a state means.
pub fn tone(state: &State) -> &'static str {
    match state {
        State::Sending | State::Waiting { .. } | State::Fetching { .. } => "running",
        State::Done(_) => "done",
        State::Doubtful(_) | State::Lost(_) | State::Canceled => "doubt",
        State::NotSent | State::Refused(_) | State::Failed(..) => "failed",
    }
}

/// All tasks of this visit, newest first.
pub fn strip(app: App) -> AnyView {
    let texts = app.texts();
    let row = move |handle: TaskHandle| {
        let number = handle.number;
        let (model, price) = handle.task.with_untracked(|task| {
            let price = task.estimate.as_ref().map(|estimate| run::amount(estimate, app.lang())).unwrap_or_default();
            (task.origin.model.clone(), price)
        });
        let tone_task = handle.task.clone();
        let state_task = handle.task.clone();
        view! {
            <li>
                <button
                    type="button"
                    class=move || ["card ", tone_task.with(|task| tone(&task.state))].concat()
                    aria-pressed=move || (app.selected.get() == Some(number)).to_string()
                    on:click=move |_| app.selected.set(Some(number))
                >
                    <b>{["#", &number.to_string(), " ", &model].concat()}</b>
                    <span class="state">{move || state_task.with(|task| wording::state(app.lang(), &task.state))}</span>
                    <span class="hint">{price}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="tasks" aria-label=texts.tasks>
            <h2>{texts.tasks}</h2>
            <Show when=move || app.tasks.with(Vec::is_empty)><p class="hint">{texts.tasks_empty}</p></Show>
            <ul>
                <Show when=move || !app.tasks.with(Vec::is_empty)>
                    <li>
                        <button type="button" class="card new" aria-pressed=move || app.selected.get().is_none().to_string()
                            on:click=move |_| app.selected.set(None)>
                            <b>{texts.new_draft}</b>
                        </button>
                    </li>
                </Show>
                <For each=move || app.tasks.get() key=|handle| handle.number children=row />
            </ul>
        </section>
    }
    .into_any()
}
