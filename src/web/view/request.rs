//! The request that is sent, as cURL and as HTTP, for every call of the task.

use super::super::app::App;
use super::super::browser;
use super::super::dom::{El, Keyed, class, el, keyed, keyed_part, memo, nothing, yes};
use super::button;
use super::parts::{copy_button, hidden, radios};
use crate::catalog::Endpoint;
use crate::http::{Files, Request};
use crate::protocol::{self, TaskId};
use crate::snippet::{Curl, posix};
use leptos::prelude::*;

/// Name of the file a body with local files in it is saved to.
pub const BODY_FILE: &str = "wan-request.json";

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
                _ => task.create.clone(),
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

/// The create call of a draft that cannot be sent yet.
fn is_incomplete(app: App, call: &str) -> bool {
    let wrong = || app.outlook.with(|outlook| !outlook.problems.is_empty() || outlook.base_fault.is_some());
    call == "create" && app.selected.get().is_none() && wrong()
}

fn print(app: App, call: &str, form: &str) -> String {
    let Some(request) = request_of(app, call) else { return String::new() };
    let key_variable = match app.shown_task() {
        Some(handle) => handle.task.with(|task| app.catalog.gateway(&task.origin.gateway).map(|g| &*g.key_variable)),
        None => Some(&*app.the_gateway().key_variable),
    }
    .unwrap_or("API_KEY");
    if form == "curl" {
        let output = (call == "content").then_some("wan-video.mp4");
        return posix(&request, Curl { key_variable, output, body_file: BODY_FILE });
    }
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
}

/// The panel.
pub fn request(app: App) -> El {
    let texts = app.texts();
    let call = RwSignal::new("create".to_owned());
    let form = RwSignal::new("curl".to_owned());
    let calls = move || {
        let of = |endpoint: &Endpoint| {
            let content = if endpoint.content.is_some() { "content " } else { "" };
            [content, if endpoint.cancel.is_some() { "cancel" } else { "" }].concat()
        };
        match app.shown_task() {
            Some(handle) => handle.task.with(|task| of(&task.origin.endpoint)),
            None => app.the_gateway().endpoint(app.the_model()).map(of).unwrap_or_default(),
        }
    };
    let shown = memo(move || print(app, &call.read(), &form.read()));
    let call_tabs = move |calls: &str| {
        let mut tabs = vec![("create", texts.call_create), ("query", texts.call_query)];
        if calls.contains("content") {
            tabs.push(("content", texts.call_content));
        }
        if calls.contains("cancel") {
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
    let has_file = move || {
        let request = request_of(app, &call.read());
        yes(request.and_then(|request| request.body).is_some_and(|body| body.has_file()))
    };
    let body_file = move |has_file: &str| {
        if has_file.is_empty() {
            return nothing();
        }
        let save = move || {
            let request = untrack(|| request_of(app, &call.read()));
            let body = request.and_then(|request| request.body_text()).unwrap_or_default();
            browser::save_text(BODY_FILE, &body);
        };
        button("small", texts.body_file, save).into()
    };
    // Each line is its own element, kept while it stays the same: a changed line is new and lights up.
    let lines = move || {
        let row = |(index, line): (usize, &str)| -> Keyed {
            let text = [line, "\n"].concat();
            ([&index.to_string(), " ", line].concat(), Box::new(move || class("span", "code-line").text(&text)))
        };
        shown.get().split('\n').enumerate().map(row).collect()
    };
    let command = el("pre").attrs(&[("tabindex", "0"), ("id", "command"), ("aria-label", texts.request)]);
    let bar = class("div", "bar")
        .add(el("h2").text(texts.request))
        .add(keyed_part(calls, call_tabs))
        .add(form_tabs)
        .add(keyed_part(has_file, body_file))
        .add(copy_button(app, move || shown.get_untracked()));
    let incomplete = class("p", "hint incomplete")
        .toggle("gone", move || !is_incomplete(app, &call.read()))
        .text(texts.preview_incomplete);
    class("section", "request")
        .attrs(&[("id", "request"), ("aria-label", texts.request)])
        .add(bar)
        .add(incomplete)
        .add(keyed(command, lines))
}
