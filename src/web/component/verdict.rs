//! What an outcome means, as answers to the questions people ask.

use crate::failure::{Scene, remedy};
use crate::protocol::{Call, Fault};
use crate::task::Task;
use crate::verdict::{Advice, Known, Verdict, advise};
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use crate::words::failure as words;
use leptos::prelude::*;

/// The five answers, in the order people ask. What there is nothing to say of is left out.
pub fn answers(app: App, happened: &str, billed: &str, found: Verdict) -> El {
    let (texts, lang) = (app.texts(), app.lang());
    let labels = words::labels(lang);
    let row = |title: &str, words: &str, id: &str| {
        let answer = || class("div", "answer").add(el("dt").text(title)).add(el("dd").attr("id", id).text(words));
        (!words.is_empty()).then(answer)
    };
    class("dl", "answers")
        .add(row(texts.what_happened, happened, "happened"))
        .add(row(labels.blame, words::blame(lang, found.blame), "blame"))
        .add(row(texts.was_it_billed, billed, "billed"))
        .add(row(labels.retry, words::retry(lang, found.retry), "retry"))
        .add(row(texts.what_to_do, &words::advice(lang, found.advice), "advice"))
}

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
    billed: String,
    /// What it means.
    found: Verdict,
) -> impl IntoView {
    let (texts, lang) = (app.texts(), app.lang());
    let labels = words::labels(lang);
    let row = |title: &'static str, words: String, id: &'static str| {
        (!words.is_empty()).then(|| view! { <div class="answer"><dt>{title}</dt><dd id=id>{words}</dd></div> })
    };
    view! {
        <dl class="answers">
            {row(texts.what_happened, happened, "happened")}
            {row(labels.blame, words::blame(lang, found.blame).to_owned(), "blame")}
            {row(texts.was_it_billed, billed, "billed")}
            {row(labels.retry, words::retry(lang, found.retry).to_owned(), "retry")}
            {row(texts.what_to_do, words::advice(lang, found.advice), "advice")}
        </dl>
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
