//! The request that is sent, as cURL and as HTTP, for every call of the task.

use super::super::app::App;
use super::super::browser;
use super::super::dom::{El, class, el, keyed, nothing};
use super::button;
use super::parts::{copy_button, hidden, radios};
use crate::catalog::Endpoint;
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
pub fn request(app: App) -> El {
    let texts = app.texts();
    let call = RwSignal::new("create".to_owned());
    let form = RwSignal::new("curl".to_owned());
    let calls = Memo::new(move |_| {
        let of = |endpoint: &Endpoint| (endpoint.cancel.is_some(), endpoint.content.is_some());
        match app.shown_task() {
            Some(handle) => handle.task.with(|task| of(&task.origin.endpoint)),
            None => app.the_gateway().endpoint(app.the_model()).map(of).unwrap_or_default(),
        }
    });
    let shown = Memo::new(move |_| print(app, &call.read(), &form.read()));
    let call_tabs = move || {
        let (can_cancel, has_content) = calls.get();
        let mut tabs = vec![("create", texts.call_create), ("query", texts.call_query)];
        if has_content {
            tabs.push(("content", texts.call_content));
        }
        if can_cancel {
            tabs.push(("cancel", texts.call_cancel));
        }
        if !tabs.iter().any(|(name, _)| *name == *call.read_untracked()) {
            call.set("create".to_owned());
        }
        let tabs = tabs.into_iter().map(|(name, words)| (name.to_owned(), words.to_owned())).collect();
        radios("call", hidden(texts.call), tabs, move || call.get(), move |chosen| call.set(chosen), "").into()
    };
    let forms = vec![("curl".to_owned(), "cURL".to_owned()), ("http".to_owned(), texts.http.to_owned())];
    let form_tabs = radios("form", hidden(texts.form), forms, move || form.get(), move |chosen| form.set(chosen), "");
    let has_body = Memo::new(move |_| shown.with(|shown| shown.body.is_some()));
    let body_file = move || {
        if !has_body.get() {
            return nothing();
        }
        let save = move || {
            shown.with_untracked(|shown| browser::save_text(BODY_FILE, shown.body.as_deref().unwrap_or_default()));
        };
        button("small", texts.body_file, save).into()
    };
    // Each line is its own element, kept while it stays the same: a changed line is new and lights up.
    let lines = move || {
        let text = shown.with(|shown| shown.text.clone());
        text.split('\n').enumerate().map(|(index, line)| (index, line.to_owned())).collect::<Vec<_>>()
    };
    let key = |(index, line): &(usize, String)| [&index.to_string(), " ", line].concat();
    let line = |(_, line): (usize, String)| class("span", "code-line").text(&line).text("\n");
    let command = el("pre").attrs(&[("tabindex", "0"), ("id", "command"), ("aria-label", texts.request)]);
    let bar = class("div", "bar")
        .add(el("h2").text(texts.request))
        .live(call_tabs)
        .add(form_tabs)
        .live(body_file)
        .add(copy_button(app, move || shown.with_untracked(|shown| shown.text.clone())));
    let incomplete = class("p", "hint incomplete")
        .toggle("gone", move || !shown.with(|shown| shown.incomplete))
        .text(texts.preview_incomplete);
    class("section", "request")
        .attrs(&[("id", "request"), ("aria-label", texts.request)])
        .add(bar)
        .add(incomplete)
        .add(keyed(command, lines, key, line))
}
