//! Help, and the scenarios of the simulator.

use super::super::app::App;
use super::super::browser;
use super::super::text::Lang;
use crate::catalog::FieldId;
use crate::draft::Value;
use crate::http::{Method, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How it works, and the keys.
pub fn help(app: App) -> AnyView {
    let texts = app.texts();
    let steps =
        texts.help_steps.iter().map(|(what, why)| view! { <li><b>{*what}</b><p>{*why}</p></li> }).collect_view();
    let keys = texts.keys.iter().map(|(key, what)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*what}</dd> }).collect_view();
    view! {
        <dialog id="help" aria-labelledby="help-title">
            <form method="dialog"><button class="small">{texts.close}</button></form>
            <h2 id="help-title">{texts.help_title}</h2>
            <ol class="steps">{steps}</ol>
            <h3>{texts.keys_title}</h3>
            <dl class="keys">{keys}</dl>
        </dialog>
    }
    .into_any()
}

/// A scenario as the simulator lists it.
#[derive(Clone)]
struct Scenario {
    word: String,
    what: String,
}

/// Loaded when the dialog is first opened: the simulator is the truth about what it can play.
static LIST: std::sync::Mutex<Option<RwSignal<Vec<Scenario>>>> = std::sync::Mutex::new(None);

/// The dialog. Its list is made when it is opened.
pub fn scenarios(app: App) -> AnyView {
    let texts = app.texts();
    let list: RwSignal<Vec<Scenario>> = RwSignal::new(Vec::new());
    if let Ok(mut slot) = LIST.lock() {
        *slot = Some(list);
    }
    let rows = move || {
        list.get()
            .into_iter()
            .map(|item| {
                let word = item.word.clone();
                let insert = move |_| {
                    app.draft.update(|draft| {
                        let old = match draft.get(FieldId::Prompt) {
                            Some(Value::Text(text)) => text.clone(),
                            _ => String::new(),
                        };
                        let joined = if old.is_empty() { word.clone() } else { [&old, " ", word.as_str()].concat() };
                        draft.set(FieldId::Prompt, Value::Text(joined));
                    });
                };
                view! {
                    <li>
                        <code>{item.word}</code> <span>{item.what}</span>
                        <button class="small" type="button" on:click=insert>{texts.insert}</button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <dialog id="scenarios" aria-labelledby="scenarios-title">
            <form method="dialog"><button class="small">{texts.close}</button></form>
            <h2 id="scenarios-title">{texts.scenarios}</h2>
            <p>{texts.scenarios_lead}</p>
            <ul class="scenarios">{rows}</ul>
        </dialog>
    }
    .into_any()
}

/// Opens the dialog and fills it.
pub fn open_scenarios(app: App) {
    browser::show_dialog("scenarios");
    spawn_local(async move {
        let url = [&browser::origin(), "/sim/scenarios"].concat();
        let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
        let answer =
            super::super::fetch::send(&request, None, 10_000, super::super::fetch::Expect::Text, |_, _| ()).await;
        let mut found = Vec::new();
        if let Ok(super::super::fetch::Arrival::Text(answer)) = answer
            && let Ok(serde_json::Value::Array(items)) = serde_json::from_str(&answer.body)
        {
            let member = |item: &serde_json::Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
            let language = if app.lang() == Lang::Zh { "zh" } else { "en" };
            found = items
                .iter()
                .map(|item| Scenario { word: member(item, "word"), what: member(item, language) })
                .collect();
        }
        if found.is_empty() {
            found.push(Scenario { word: String::new(), what: app.texts().scenarios_failed.to_owned() });
        }
        if let Some(list) = LIST.lock().ok().and_then(|slot| *slot) {
            list.try_set(found);
        }
    });
}
