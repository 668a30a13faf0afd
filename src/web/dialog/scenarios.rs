//! The scenarios of the simulator.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::http::Request;
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::button;
use crate::web::component::dialogs::{self, dialog};
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use crate::words::lang::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog of the scenarios. Its list is filled when it is opened: the simulator is the truth about what it plays.
pub fn view(app: App) -> El {
    let texts = app.texts();
    dialog(app, "scenarios", texts.scenarios)
        .add(el("p").text(texts.scenarios_lead))
        .add(class("ul", "scenarios").attr("id", "scenario-list"))
}

/// Opens the dialog and fills it.
pub fn open(app: App) {
    dialogs::show("scenarios");
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
