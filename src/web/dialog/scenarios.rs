//! The scenarios of the simulator.

use crate::catalog::FieldId;
use crate::draft::Value;
use crate::http::Request;
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::dialog::Dialog;
use crate::web::state::App;
use crate::words::lang::Lang;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;

const ID: &str = "scenarios";
/// How long the list is waited for.
const WAIT_MS: u64 = 10_000;

/// What the simulator plays when a word stands in the prompt.
#[derive(Clone)]
struct Scenario {
    word: String,
    what: String,
}

/// Opens the dialog.
pub fn open(app: App) {
    app.show(ID, move || view! { <Scenarios app /> });
}

/// The dialog. Its list is asked for when it is opened: the simulator is the truth about what it plays.
#[component]
fn Scenarios(
    /// The page.
    app: App,
) -> impl IntoView {
    let texts = app.texts();
    let found = RwSignal::new(None::<Vec<Scenario>>);
    spawn_local(async move {
        let list = ask(app.lang()).await;
        found.try_set(Some(list));
    });
    let rows = move || {
        found.get().map(|list| {
            if list.is_empty() {
                return Either::Left(texts.scenarios_failed);
            }
            Either::Right(list.into_iter().map(|scenario| view! { <Row app scenario /> }).collect_view())
        })
    };
    view! {
        <Dialog app id=ID title=texts.scenarios>
            <p>{crate::words::beside::scenarios_lead(app.lang())}</p>
            <ul class="scenarios" id="scenario-list">{rows}</ul>
        </Dialog>
    }
}

/// Asks the simulator. Empty if it does not answer.
async fn ask(lang: Lang) -> Vec<Scenario> {
    let request = Request::file(&format!("{}/sim/scenarios", browser::origin()));
    let answer = fetch::send(&request, None, None, WAIT_MS, Expect::Text, Box::new(|_, _| ())).await;
    let Ok(Arrival::Text(answer)) = answer else { return Vec::new() };
    let list: Vec<serde_json::Value> = serde_json::from_str(&answer.body).unwrap_or_default();
    let name = if lang == Lang::Zh { "zh" } else { "en" };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    list.iter().map(|item| Scenario { word: text(&item["word"]), what: text(&item[name]) }).collect()
}

/// A scenario, and the button that puts its word into the prompt.
#[component]
fn Row(
    /// The page.
    app: App,
    /// The scenario.
    scenario: Scenario,
) -> impl IntoView {
    let Scenario { word, what } = scenario;
    let shown = word.clone();
    view! {
        <li>
            <code>{shown}</code>
            <span>{what}</span>
            <button type="button" class="small" on:click=move |_| insert(app, &word)>{app.texts().insert}</button>
        </li>
    }
}

fn insert(app: App, word: &str) {
    app.draft.update(|draft| {
        let joined = match draft.get(FieldId::Prompt) {
            Some(Value::Text(old)) if !old.is_empty() => format!("{old} {word}"),
            _ => word.to_owned(),
        };
        draft.set(FieldId::Prompt, Value::Text(joined));
    });
}
