//! The request that is sent, as cURL and as HTTP, for every call of the task.

use super::super::app::App;
use super::super::browser;
use super::super::dom::{El, Keyed, class, el, keyed, keyed_part, memo, nothing, typed, yes};
use super::super::wording::command::{note, words};
use super::button;
use super::parts::{copy_as, copy_button, hidden, radios};
use crate::catalog::Endpoint;
use crate::http::{Files, Request};
use crate::key::ApiKey;
use crate::protocol::{self, TaskId};
use crate::snippet::{self, Curl, Shell, Snippet};
use leptos::prelude::*;

/// Name of the file a body with local files in it is saved to.
pub const BODY_FILE: &str = "wan-request.json";

/// The form that is no command.
const HTTP: &str = "http";

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

/// The name of the variable the key is taken from, and the key's gateway and base.
fn key_of(app: App) -> (&'static str, Option<ApiKey>) {
    let (gateway, base) = match app.shown_task() {
        Some(handle) => {
            handle.task.with(|task| (app.catalog.gateway(&task.origin.gateway), Some(task.origin.base.clone())))
        }
        None => (Some(app.the_gateway()), app.target().ok().map(|target| target.base)),
    };
    let key = gateway.zip(base).and_then(|(gateway, base)| app.key_now(&gateway.id, &base));
    (gateway.map_or("API_KEY", |gateway| &gateway.key_variable), key)
}

fn how<'a>(key_variable: &'a str, call: &str) -> Curl<'a> {
    Curl { key_variable, output: (call == "content").then_some("wan-video.mp4"), body_file: BODY_FILE }
}

/// The command of a call, for the chosen shell.
fn command(app: App, call: &str) -> Option<Snippet> {
    Some(snippet::print(app.shell(), &request_of(app, call)?, how(key_of(app).0, call)))
}

/// The same with the key in it: asked for by a press of its own, and kept nowhere.
fn with_key(app: App, call: &str) -> Option<String> {
    let (key_variable, key) = key_of(app);
    let command = command(app, call)?.text;
    snippet::with_key(app.shell(), &command, &request_of(app, call)?, how(key_variable, call), &key?)
}

fn print(app: App, call: &str) -> String {
    if *app.written.read() != HTTP {
        return command(app, call).map(|command| command.text).unwrap_or_default();
    }
    let Some(request) = request_of(app, call) else { return String::new() };
    let key_variable = key_of(app).0;
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
    let shown = memo(move || print(app, &call.read()));
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
    let needs_file = move || {
        let has_file =
            || request_of(app, &call.read()).and_then(|request| request.body).is_some_and(|body| body.has_file());
        let is_http = *app.written.read() == HTTP;
        yes(if is_http { has_file() } else { command(app, &call.read()).is_some_and(|command| command.needs_file) })
    };
    let body_file = move |needs_file: &str| {
        if needs_file.is_empty() {
            return nothing();
        }
        let save = move || {
            let request = untrack(|| request_of(app, &call.read()));
            let body = request.and_then(|request| request.body_text()).unwrap_or_default();
            browser::save_text(BODY_FILE, &body);
        };
        button("small", texts.body_file, save).attr("id", "save-body").into()
    };
    let has_key = move || {
        let is_command = *app.written.read() != HTTP;
        yes(is_command && key_of(app).1.is_some())
    };
    let key_button = move |has_key: &str| {
        if has_key.is_empty() {
            return nothing();
        }
        let words = words(app.lang());
        let text = move || untrack(|| with_key(app, &call.read())).unwrap_or_default();
        copy_as(app, words.with_key, words.with_key_said, text)
            .attrs(&[("id", "copy-with-key"), ("title", words.with_key_why)])
            .into()
    };
    let notes = move || {
        let notes = if *app.written.read() == HTTP { None } else { command(app, &call.read()) };
        let notes = notes.map(|command| command.notes).unwrap_or_default();
        notes.into_iter().map(|said| note(app.lang(), said, BODY_FILE)).collect::<Vec<_>>().join("\n")
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
        .add(form_choice(app))
        .add(keyed_part(needs_file, body_file))
        .add(
            class("div", "copies")
                .add(copy_button(app, move || shown.get_untracked()).attr("id", "copy-command"))
                .add(keyed_part(has_key, key_button)),
        );
    let incomplete = class("p", "hint incomplete")
        .toggle("gone", move || !is_incomplete(app, &call.read()))
        .text(texts.preview_incomplete);
    class("section", "request")
        .attrs(&[("id", "request"), ("aria-label", texts.request)])
        .add(bar)
        .add(incomplete)
        .add(keyed(command, lines))
        .add(class("p", "hint notes").attr("id", "command-notes").words(notes))
}

/// The choice of how requests are written.
fn form_choice(app: App) -> El {
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let shells = Shell::ALL.map(|shell| option(shell.id(), shell.name()));
    let group = el("optgroup").attr("label", words(app.lang()).shells).all(shells);
    el("select")
        .attrs(&[("id", "form"), ("class", "compact"), ("aria-label", app.texts().form)])
        .add(group)
        .add(option(HTTP, app.texts().http))
        .value(move || app.written.get())
        .on("change", move |event| {
            let form = typed(&event);
            browser::set_written(&form);
            app.written.set(form);
        })
}
