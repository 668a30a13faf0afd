//! The request that is sent, as cURL and as HTTP, for every call of the task.

use super::super::app::App;
use super::super::browser;
use super::parts::{copy_button, radios};
use crate::http::{Files, Request};
use crate::protocol::{self, TaskId};
use crate::snippet::{Curl, posix};
use leptos::prelude::*;

/// Name of the file a body with local files in it is saved to.
const BODY_FILE: &str = "wan-request.json";

/// What the panel shows.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    text: String,
    body: Option<String>,
    incomplete: bool,
}

/// The request of a call: of the task on the stage, or of the draft with a mark in place of the id.
fn request_of(app: App, call: &str) -> Option<Request> {
    if let Some(handle) = app.shown_task() {
        return handle.task.with(|task| {
            let id = task.id.clone().unwrap_or_else(|| TaskId("TASK_ID".to_owned()));
            let (endpoint, base) = (&task.origin.endpoint, &task.origin.base);
            match call {
                "query" => Some(protocol::query(endpoint, base, &id)),
                "cancel" => protocol::cancel(endpoint, base, &id),
                "content" => protocol::content(endpoint, base, &id),
                _ => Some(task.create.clone()),
            }
        });
    }
    let gateway = app.the_gateway();
    let endpoint = gateway.endpoint(app.the_model())?;
    let base = app.target().ok().map(|target| target.base);
    let id = TaskId("TASK_ID".to_owned());
    match (call, base) {
        ("query", Some(base)) => Some(protocol::query(endpoint, &base, &id)),
        ("cancel", Some(base)) => protocol::cancel(endpoint, &base, &id),
        ("content", Some(base)) => protocol::content(endpoint, &base, &id),
        _ => Some(app.outlook.with(|outlook| outlook.request.clone())),
    }
}

fn print(app: App, call: &str, form: &str) -> Shown {
    let empty = Shown { text: String::new(), body: None, incomplete: false };
    let Some(request) = request_of(app, call) else { return empty };
    let key_variable = match app.shown_task() {
        Some(handle) => handle.task.with(|task| app.catalog.gateway(&task.origin.gateway).map(|g| &*g.key_variable)),
        None => Some(&*app.the_gateway().key_variable),
    }
    .unwrap_or("API_KEY");
    let text = if form == "curl" {
        let output = (call == "content").then_some("wan-video.mp4");
        posix(&request, Curl { key_variable, output, body_file: BODY_FILE })
    } else {
        let mut text = [request.method.name(), " ", &request.url, "\nAuthorization: Bearer $", key_variable].concat();
        for (name, value) in &request.headers {
            text.push('\n');
            text.push_str(&[name, ": ", value].concat());
        }
        if let Some(body) = &request.body {
            text.push_str("\n\n");
            text.push_str(&body.print(Files::Marked));
        }
        text
    };
    let body = request.body.filter(crate::http::Json::has_file).map(|body| body.print(Files::Whole));
    let draft_incomplete = call == "create"
        && app.selected.get().is_none()
        && app.outlook.with(|outlook| !outlook.problems.is_empty() || outlook.base_fault.is_some());
    Shown { text, body, incomplete: draft_incomplete }
}

/// The panel.
pub fn request(app: App) -> AnyView {
    let texts = app.texts();
    let call = RwSignal::new("create".to_owned());
    let form = RwSignal::new("curl".to_owned());
    let calls = Memo::new(move |_| {
        let endpoint = match app.shown_task() {
            Some(handle) => Some(
                handle
                    .task
                    .with(|task| (task.origin.endpoint.cancel.is_some(), task.origin.endpoint.content.is_some())),
            ),
            None => app.the_gateway().endpoint(app.the_model()).map(|e| (e.cancel.is_some(), e.content.is_some())),
        };
        endpoint.unwrap_or_default()
    });
    let shown = Memo::new(move |_| print(app, &call.read(), &form.read()));
    let call_tabs = move || {
        let (can_cancel, has_content) = calls.get();
        let mut tabs = vec![
            ("create".to_owned(), texts.call_create.to_owned()),
            ("query".to_owned(), texts.call_query.to_owned()),
        ];
        if has_content {
            tabs.push(("content".to_owned(), texts.call_content.to_owned()));
        }
        if can_cancel {
            tabs.push(("cancel".to_owned(), texts.call_cancel.to_owned()));
        }
        if !tabs.iter().any(|(name, _)| *name == *call.read_untracked()) {
            call.set("create".to_owned());
        }
        let choose = Callback::new(move |chosen| call.set(chosen));
        radios(
            "call".into(),
            view! { <span class="hidden">{texts.request}</span> }.into_any(),
            tabs,
            call.into(),
            choose,
            String::new(),
        )
    };
    let forms = vec![("curl".to_owned(), "cURL".to_owned()), ("http".to_owned(), texts.http.to_owned())];
    let choose_form = Callback::new(move |chosen| form.set(chosen));
    // Each line is its own element, kept while it stays the same: a changed line is new and lights up.
    let lines = move || {
        let text = shown.with(|shown| shown.text.clone());
        text.split('\n').enumerate().map(|(index, line)| (index, line.to_owned())).collect::<Vec<_>>()
    };
    let body_file = move || {
        shown.with(|shown| shown.body.is_some()).then(|| {
            let save =
                move |_| shown.with_untracked(|s| browser::save_text(BODY_FILE, s.body.as_deref().unwrap_or_default()));
            view! { <button class="small" type="button" on:click=save>{texts.body_file}</button> }
        })
    };
    view! {
        <section class="request" id="request" aria-label=texts.request>
            <div class="bar">
                <h2>{texts.request}</h2>
                {call_tabs}
                {radios("form".into(), view! { <span class="hidden">{texts.http}</span> }.into_any(), forms, form.into(), choose_form, String::new())}
                {body_file}
                {copy_button(app, move || shown.with_untracked(|shown| shown.text.clone()))}
            </div>
            <p class="hint incomplete" class:gone=move || !shown.with(|shown| shown.incomplete)>{texts.preview_incomplete}</p>
            <pre tabindex="0" id="command" aria-label=texts.request><For each=lines key=|line| line.clone() children=|(_, line)| view! { <span class="code-line">{line}"\n"</span> } /></pre>
        </section>
    }
    .into_any()
}
