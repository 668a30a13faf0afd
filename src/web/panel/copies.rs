//! What else can be had of the request: a copy with the key in it, and its files.

use crate::lazy;
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::dom::{View, held, keyed_part, nothing, yes};
use crate::web::component::later::later;
use crate::web::component::part::Part;
use crate::web::drive::printed::{BODY_FILE, Form, body, form, key, printed, with_key};
use crate::web::panel::colours::Colours;
use crate::web::panel::edit::{self, editor};
use crate::web::state::App;
use crate::words;
use crate::words::command;
use leptos::prelude::*;
use web_sys::Element;

lazy!(tasks:
    /// The buttons below the request of a call, and the colours of its text in its place.
    pub fn copies(app: App, place: Element, call: RwSignal<String>, shown: Memo<String>) -> View {
        let editing = RwSignal::new(false);
        let below = held(view! { <Colours app place call shown /><Copies app call shown editing /> });
        below.and(keyed_part(move || yes(editing.get()), move |is_open| {
            if is_open.is_empty() { nothing() } else { later(app, move || editor(app, editing)) }
        }))
    }
);

/// The buttons; each while there is something for it.
#[component]
fn Copies(
    /// The page.
    app: App,
    /// The call that is shown.
    call: RwSignal<String>,
    /// How it is written.
    shown: Memo<String>,
    /// Whether the body is edited.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let said = command::words(app.lang());
    let has_key = Memo::new(move |_| key(app).is_some());
    let with_key = Callback::new(move |()| untrack(|| with_key(app, &call.read())).unwrap_or_default());
    let program = Memo::new(move |_| match form(app) {
        // Its text may still be on its way.
        Form::Program(program) if app.printers.read().is_some() => Some(program.file_name()),
        _ => None,
    });
    let needs_file = Memo::new(move |_| printed(app, &call.read()).is_some_and(|printed| printed.needs_file));
    let save_body = move |_| browser::save_text(BODY_FILE, &untrack(|| body(app, &call.read())));
    // What is sent on Run is edited, not what was sent.
    let may_edit = Memo::new(move |_| {
        let is_create = matches!(form(app), Form::Program(_)) || *call.read() == "create";
        is_create && app.requested.get().is_none() && edit::body(app).is_some()
    });
    view! {
        <div class="copies">
        <Part of=may_edit let:may_edit>
            {may_edit.then(|| view! {
                <button type="button" class="small" id="edit-body" on:click=move |_| editing.set(true)>
                    {words::edit::words(app.lang()).open}
                </button>
            })}
        </Part>
        <Part of=needs_file let:needs_file>
            {needs_file.then(|| view! {
                <button type="button" class="small" id="save-body" on:click=save_body>{app.texts().body_file}</button>
            })}
        </Part>
        <Part of=has_key let:has_key>
            {has_key.then(|| view! {
                <Copy app text=with_key name=said.with_key copied=said.with_key_said
                    attr:id="copy-with-key" attr:title=said.with_key_why />
            })}
        </Part>
        <Part of=program let:program>
            {program.map(|name| view! {
                <button type="button" class="small" id="save-program"
                    on:click=move |_| browser::save_text(name, &shown.read_untracked())
                >
                    {[said.save_as, name].concat()}
                </button>
            })}
        </Part>
        </div>
    }
}
