//! What will be, is becoming, or is the video.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::lazy;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing};
use crate::web::component::later::{later, when_whole};
use crate::web::component::parts::icon;
use crate::web::component::price::{amount, formula};
use crate::web::panel::samples::Samples;
use crate::web::panel::task;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;

lazy!(tasks:
    fn task_panel(app: App, handle: TaskHandle) -> View {
        View::of(task::panel(app, &handle))
    }
);

lazy!(samples:
    fn samples(app: App) -> View {
        View::of(view! { <Samples app /> })
    }
);

/// The stage: the selected task, or the frame that will come.
pub fn stage(app: App) -> El {
    let shown = move || app.shown_task().map(|handle| handle.number.to_string()).unwrap_or_default();
    let content = move |_: &str| match app.shown_task() {
        Some(handle) => later(app, move || task_panel(app, handle.clone())),
        None => frame(app),
    };
    class("section", "stage")
        .attrs(&[("id", "stage"), ("tabindex", "-1"), ("aria-label", app.texts().stage)])
        .add(keyed_part(shown, content))
}

/// The frame in the chosen ratio, with what is known before.
fn frame(app: App) -> View {
    let texts = app.texts();
    let ratio = move || {
        let by_ratio = app.the_model().field(FieldId::Ratio).is_some();
        let chosen = app.draft.with(|draft| match draft.filled(FieldId::Ratio) {
            Some(Value::Text(ratio)) if by_ratio => ratio.clone(),
            _ => "16:9".to_owned(),
        });
        ["frame r", &chosen.replace(':', "-")].concat()
    };
    let facts = move || {
        let outlook = app.outlook.get();
        let mut facts = Vec::new();
        match outlook.frame {
            Some((width, height)) => facts.push([&width.to_string(), " × ", &height.to_string()].concat()),
            None if app.the_model().field(FieldId::Ratio).is_none() => facts.push(texts.stage_follows_image.to_owned()),
            None => {}
        }
        if let Ok(estimate) = &outlook.estimate {
            let formula = formula(estimate, app.lang());
            facts.push(if formula.is_empty() { amount(estimate, app.lang()) } else { formula });
        }
        facts.join("  ·  ")
    };
    let (title, words) = (el("p").add(el("b").text(texts.stage_empty)), el("p").text(texts.lead));
    class("div", "waiting-frame")
        .add(class("h2", "hidden").text(texts.stage))
        .add(el("div").bind("class", ratio).add(icon("mark")).add(title).add(words))
        .add(class("p", "hint").words(facts))
        .add(if app.embedded {
            nothing()
        } else {
            class("div", "samples").add(when_whole(app, move || samples(app))).into()
        })
        .into()
}
