//! What an outcome means, as answers to the questions people ask.

use crate::failure::{Scene, remedy};
use crate::protocol::{Call, Fault};
use crate::task::Task;
use crate::verdict::{Advice, Known, Verdict, advise};
use crate::web::state::App;
use crate::words::failure as words;
use leptos::prelude::*;

/// The five answers, in the order people ask. What there is nothing to say of is left out.
#[component]
pub fn Answers(
    /// The page.
    app: App,
    /// What happened.
    #[prop(into)]
    happened: String,
    /// Whether it was billed.
    #[prop(into)]
    billed: Signal<String>,
    /// What it means.
    found: Verdict,
) -> impl IntoView {
    let (texts, lang) = (app.texts(), app.lang());
    let labels = words::labels(lang);
    view! {
        <dl class="answers">
            <Answer title=texts.what_happened words=happened id="happened" />
            <Answer title=labels.blame words=words::blame(lang, found.blame) id="blame" />
            <Answer title=texts.was_it_billed words=billed id="billed" />
            <Answer title=labels.retry words=words::retry(lang, found.retry) id="retry" />
            <Answer title=texts.what_to_do words=words::advice(lang, found.advice) id="advice" />
        </dl>
    }
}

/// A question and its answer.
#[component]
fn Answer(
    /// The question.
    title: &'static str,
    /// The answer; empty for none.
    #[prop(into)]
    words: Signal<String>,
    /// Id of the answer.
    id: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || words.with(|words| !words.is_empty())>
            <div class="answer"><dt>{title}</dt><dd id=id>{words}</dd></div>
        </Show>
    }
}

/// What the verdict has to know of the task's place.
pub fn scene(app: App, task: &Task) -> Scene {
    let gateway = app.catalog().gateway(&task.origin.gateway);
    gateway.map(|gateway| Scene::of(gateway, &task.origin.model, &task.origin.region)).unwrap_or_default()
}

/// What is advised after a call about a task failed.
pub fn told(app: App, task: &Task, call: Call, fault: &Fault) -> Advice {
    advise(call, Known::of_task(task), remedy(fault, scene(app, task)))
}
