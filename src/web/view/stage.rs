//! What will be, is becoming, or is the video.

use super::super::app::App;
use super::run::{amount, formula};
use super::task;
use crate::catalog::FieldId;
use crate::draft::Value;
use leptos::prelude::*;

/// The stage: the selected task, or the frame that will come.
pub fn stage(app: App) -> AnyView {
    let texts = app.texts();
    let shown = Memo::new(move |_| app.shown_task().map(|handle| handle.number));
    let content = move || {
        shown.track();
        match untrack(|| app.shown_task()) {
            Some(handle) => task::panel(app, handle),
            None => frame(app),
        }
    };
    view! { <section class="stage" id="stage" aria-label=texts.stage>{content}</section> }.into_any()
}

/// The frame in the chosen ratio, with what is known before.
fn frame(app: App) -> AnyView {
    let texts = app.texts();
    let ratio = move || {
        let model = app.the_model();
        let by_ratio = model.field(FieldId::Ratio).is_some();
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
    view! {
        <div class="waiting-frame">
            <div class=ratio><span>{texts.stage_empty}</span></div>
            <p class="hint">{facts}</p>
        </div>
    }
    .into_any()
}
