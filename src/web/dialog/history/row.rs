//! A line of the history on the screen: what was wanted, where it ran, what became of it.

use crate::catalog::Basis;
use crate::snapshot::list::tone;
use crate::snapshot::{Kind, Summary};
use crate::web::browser;
use crate::web::browser::js;
use crate::web::component::button;
use crate::web::component::dom::{El, class, el};
use crate::web::dialog::history::{close, compare, removal, say};
use crate::web::drive::journal::follow;
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

thread_local! {
    /// Writes dates; costly to make, cheap to use.
    static DATES: RefCell<Option<(&'static str, JsValue)>> = const { RefCell::new(None) };
}

/// A row.
pub fn row(app: App, summary: &Summary) -> El {
    let words = app.lang().history();
    let prompt = if summary.prompt.is_empty() { words.no_prompt } else { &summary.prompt };
    let gateway = app.catalog().gateway(&summary.gateway).map_or(summary.gateway.as_str(), |one| app.pick(&one.name));
    // What failed or never ran is free by the documents: a price would say otherwise.
    let free = matches!(summary.kind, Kind::Failed | Kind::Refused | Kind::NotSent | Kind::Canceled);
    let price = match &summary.price {
        Some((money, currency)) if !free => {
            let known = app.catalog().gateway(&summary.gateway).and_then(|gateway| gateway.model(&summary.model));
            let is_own = known.is_none_or(|model| model.price.basis == Basis::Own);
            [if is_own { "" } else { "≈ " }, &words::everyone::sum(app.lang(), *money, currency)].concat()
        }
        _ => String::new(),
    };
    let (opened, again, removed) = (summary.uid.clone(), summary.uid.clone(), summary.uid.clone());
    let open = button("entry", "", move || show(app, opened.clone()))
        .add(badge(app, summary))
        .add(class("b", "entry-prompt").text(prompt))
        .add(class("span", "entry-where").text(gateway).text(" · ").text(&summary.model))
        .add(class("span", "entry-when").text(&date(app, summary.started_ms)))
        .add(class("span", "entry-price").text(&price));
    let named = |what: &str| crate::web::component::parts::named(app, what, prompt);
    let again = button("small", words.run_again, move || compare::show(app, again.clone()))
        .attr("aria-label", &named(words.run_again));
    let remove = button("small", words.delete, move || removal::remove(app, vec![removed.clone()]))
        .attr("aria-label", &named(words.delete));
    el("li").attr("id", &id(&summary.uid)).add(open).add(class("div", "entry-tools").add(again).add(remove))
}

fn badge(app: App, summary: &Summary) -> El {
    let look = ["badge ", tone(summary.kind)].concat();
    class("span", &look).text(words::kind(app.lang(), summary.kind))
}

/// Brings a row up to date: only its state can have changed.
pub fn refresh(app: App, row: &Element, summary: &Summary) {
    if let Ok(Some(old)) = row.query_selector(".badge") {
        let _ = old.replace_with_with_node_1(badge(app, summary).element());
    }
}

fn id(uid: &str) -> String {
    ["entry-", uid].concat()
}

/// Puts the focus on a row.
pub fn focus(uid: Option<String>) {
    if let Some(uid) = uid {
        focus_first(&id(&uid));
    }
}

/// Puts the focus on the first button within an element, and the element in view from its beginning.
pub fn focus_first(id: &str) {
    let Some(part) = browser::document().get_element_by_id(id) else { return };
    if let Ok(Some(button)) = part.query_selector("button") {
        let calmly = js::record(&[("preventScroll", &JsValue::TRUE)]);
        let _ = js::call(button.as_ref(), "focus", &[&calmly]);
        let _ = js::call(part.as_ref(), "scrollIntoView", &[&js::record(&[("block", &"nearest".into())])]);
    }
}

/// Day and time in the language of the page.
fn date(app: App, at_ms: u64) -> String {
    let tag = app.lang().tag();
    DATES.with_borrow_mut(|dates| {
        if dates.as_ref().is_none_or(|(known, _)| *known != tag) {
            let options = js::record(&[("dateStyle", &"medium".into()), ("timeStyle", &"short".into())]);
            let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::of1(&tag.into()), options.unchecked_ref());
            *dates = Some((tag, format.into()));
        }
        #[allow(clippy::cast_precision_loss)] // A date of this era is far below 2^53.
        let at = JsValue::from(at_ms as f64);
        let format = dates.as_ref().map_or(JsValue::UNDEFINED, |(_, format)| format.clone());
        js::call(&format, "format", &[&at]).ok().and_then(|text| text.as_string()).unwrap_or_default()
    })
}

/// Puts a task on the stage.
fn show(app: App, uid: String) {
    spawn_local(async move {
        let known = app.task(&uid);
        let handle = if known.is_some() {
            known
        } else {
            record::load(app, &uid).await.and_then(|saved| follow::take_in(app, saved))
        };
        let Some(handle) = handle else {
            say(app.lang().history().gone);
            return crate::web::dialog::history::aside::show(app).await;
        };
        close();
        app.selected.set(Some(handle.number));
        browser::reveal("stage");
        browser::focus("stage");
    });
}
