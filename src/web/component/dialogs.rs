//! Help, and the scenarios of the simulator.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::http::Request;
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::button;
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use crate::words::everyone::single_keys;
use crate::words::text::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A dialog with its title and a way out.
pub fn dialog(app: App, id: &str, title: &str) -> El {
    let title_id = [id, "-title"].concat();
    let close = el("form").attr("method", "dialog").add(class("button", "small").text(app.texts().close));
    el("dialog")
        .attrs(&[("id", id), ("aria-labelledby", &title_id)])
        .add(close)
        .add(el("h2").attr("id", &title_id).text(title))
}

/// Opens a dialog, made anew in its place. It is made by a press, outside of any effect: what tracks signals in it
/// belongs to an owner of its own, until the next.
pub fn open(app: App, id: &'static str, make: impl FnOnce() -> El + 'static) {
    open_boxed(app, id, Box::new(make));
}

fn open_boxed(app: App, id: &'static str, make: Box<dyn FnOnce() -> El>) {
    let Some(place) = browser::document().get_element_by_id(&["place-of-", id].concat()) else { return };
    place.set_text_content(None);
    let owner = Owner::new();
    let dialog = owner.with(|| untrack(make));
    let earlier = app.dialogs.borrow_mut().insert(id, owner);
    if let Some(earlier) = earlier {
        earlier.cleanup();
    }
    let _ = El::from(place).add(dialog);
    browser::show_dialog(id);
}

/// How it works, and the keys.
pub fn help(app: App) -> El {
    let texts = app.texts();
    let steps = texts.help_steps.iter().map(|(what, why)| el("li").add(el("b").text(what)).add(el("p").text(why)));
    let mut keys = class("dl", "keys");
    for (key, what) in texts.keys {
        keys = keys.add(el("dt").add(el("kbd").text(key))).add(el("dd").text(what));
    }
    let switch = el("input").attrs(&[("id", "single-keys"), ("type", "checkbox")]).checked(browser::single_keys);
    let switch = switch.on("change", |event| {
        let on = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        browser::set_single_keys(on.is_some_and(|switch| switch.checked()));
    });
    dialog(app, "help", texts.help_title)
        .add(class("ol", "steps").all(steps))
        .add(el("h3").text(texts.keys_title))
        .add(keys)
        .add(class("label", "check").add(switch).text(single_keys(app.lang())))
}

/// The dialog of the scenarios. Its list is filled when it is opened: the simulator is the truth about what it plays.
pub fn scenarios(app: App) -> El {
    let texts = app.texts();
    dialog(app, "scenarios", texts.scenarios)
        .add(el("p").text(texts.scenarios_lead))
        .add(class("ul", "scenarios").attr("id", "scenario-list"))
}

/// Opens the dialog and fills it.
pub fn open_scenarios(app: App) {
    browser::show_dialog("scenarios");
    spawn_local(async move {
        let url = [&browser::origin(), "/sim/scenarios"].concat();
        let request = Request::file(&url);
        let answer = fetch::send(&request, None, None, 10_000, Expect::Text, Box::new(|_, _| ())).await;
        let list = match answer {
            Ok(Arrival::Text(answer)) => serde_json::from_str(&answer.body).unwrap_or_default(),
            _ => serde_json::Value::Null,
        };
        let Some(place) = browser::document().get_element_by_id("scenario-list") else { return };
        place.set_text_content(None);
        let place = El::from(place);
        let Some(items) = list.as_array().filter(|items| !items.is_empty()) else {
            place.text(app.texts().scenarios_failed);
            return;
        };
        let language = if app.lang() == Lang::Zh { "zh" } else { "en" };
        place.all(items.iter().map(|item| row(app, text(&item["word"]), text(&item[language]))));
    });
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn row(app: App, word: &str, what: &str) -> El {
    let insert = word.to_owned();
    let insert = button("small", app.texts().insert, move || {
        app.draft.update(|draft| {
            let joined = match draft.get(FieldId::Prompt) {
                Some(Value::Text(old)) if !old.is_empty() => [old, " ", insert.as_str()].concat(),
                _ => insert.clone(),
            };
            draft.set(FieldId::Prompt, Value::Text(joined));
        });
    });
    el("li").add(el("code").text(word)).add(el("span").text(what)).add(insert)
}
