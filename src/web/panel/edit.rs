//! The body of the request, edited as JSON in its place.

use crate::http::{Body, Files};
use crate::lazy;
use crate::reading::edit::{Fault, edited};
use crate::reading::json::Spot;
use crate::web::browser;
use crate::web::component::dom::{View, held};
use crate::web::component::voice;
use crate::web::state::App;
use crate::words::edit::{self, words};
use leptos::html;
use leptos::prelude::*;

lazy!(paste:
    /// The editor; `open` is ended by it.
    pub fn editor(app: App, open: RwSignal<bool>) -> View {
        held(view! { <Editor app open /> })
    }
);

/// The body of the draft's request as it is shown. Local files are only named in it.
pub fn body(app: App) -> Option<String> {
    app.outlook.with(|outlook| outlook.request.body.as_ref().map(|body: &Body| body.print(Files::Marked)))
}

/// The text, and what to do with it.
#[component]
fn Editor(
    /// The page.
    app: App,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let place = app.gateway.get_untracked();
    let model = app.seats.with_untracked(|seats| seats[place].model);
    let before = untrack(|| body(app)).unwrap_or_default();
    let area = NodeRef::<html::Textarea>::new();
    let problem = RwSignal::new(String::new());
    let close = move || {
        open.set(false);
        browser::focus("edit-body");
    };
    let shown = before.clone();
    let apply = move |_| {
        let Some(field) = area.get_untracked() else { return };
        let text = field.value();
        let gateway = &app.catalog().gateways[place];
        let found = app.draft.with_untracked(|draft| edited(gateway, model, &shown, &text, draft));
        let is_locked = |index: usize| index != model && browser::lock() == "model";
        let found = found.and_then(|found| {
            let name = || gateway.models[found.model].wire_name().to_owned();
            if is_locked(found.model) { Err(Fault::Model(name())) } else { Ok(found) }
        });
        match found {
            Ok(found) => {
                app.gateway.set(place);
                if app.seats.with_untracked(|seats| seats[place].model) != found.model {
                    app.choose_model(found.model);
                }
                app.draft.set(found.draft);
                voice::say(words.applied);
                close();
            }
            Err(why) => {
                problem.set(edit::fault(lang, &why));
                if let Fault::Broken(spot) = why {
                    let at = units(&text, spot);
                    let _ = field.set_selection_range(at, at);
                }
                let _ = field.focus();
            }
        }
    };
    Effect::new(move |_| area.get().map(|area| area.focus()));
    view! {
        <div class="json-edit">
            <label for="body-json">{words.label}</label>
            <textarea
                id="body-json"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                aria-describedby="body-lead body-problem"
                node_ref=area
                on:input=move |_| problem.set(String::new())
            >
                {before}
            </textarea>
            <p class="problem" id="body-problem" role="alert">{problem}</p>
            <p class="hint" id="body-lead">{words.lead}</p>
            <div class="buttons">
                <button type="button" class="primary" id="body-apply" on:click=apply>{words.apply}</button>
                <button type="button" id="body-cancel" on:click=move |_| close()>{words.cancel}</button>
            </div>
        </div>
    }
}

/// Where a place in a text is, in UTF-16 units, as inputs count.
fn units(text: &str, spot: Spot) -> u32 {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines.by_ref().take(spot.line - 1).map(|line| line.encode_utf16().count()).sum();
    let within = lines.next().unwrap_or_default().chars().take(spot.column - 1).map(char::len_utf16).sum::<usize>();
    u32::try_from(before + within).unwrap_or(u32::MAX)
}
