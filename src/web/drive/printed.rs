//! The request that Run would send, or that of the task on the stage where it was asked for, in the form that was
//! chosen: a command, a program, or HTTP.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, Gateway, PollRule};
use crate::http::{Body, Files, Request};
use crate::key::ApiKey;
use crate::lazy;
use crate::protocol::{self, TaskId};
use crate::snippet::{self, Curl, Job, Program, Shell, Snippet, print_program};
use crate::web::state::{App, Printers};
use leptos::prelude::*;

/// Name of the file a body with local files in it is saved to.
pub const BODY_FILE: &str = "wan-request.json";
/// The id of the form that is no command and no program.
pub const HTTP: &str = "http";

/// How a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it travels, for people.
    Http,
    /// As a command.
    Shell(Shell),
    /// As the whole job.
    Program(Program),
}

/// Where the request goes: of the task whose request is shown, else as the desk has it.
struct Place {
    gateway: Option<&'static Gateway>,
    endpoint: Endpoint,
    base: Option<BaseUrl>,
    poll: PollRule,
}

fn place(app: App) -> Option<Place> {
    if let Some(handle) = app.requested_task() {
        return handle.task.with(|task| {
            Some(Place {
                gateway: app.catalog().gateway(&task.origin.gateway),
                endpoint: task.origin.endpoint,
                base: Some(task.origin.base.clone()),
                poll: task.origin.poll,
            })
        });
    }
    let gateway = app.the_gateway();
    let target = app.target().ok();
    Some(Place {
        gateway: Some(gateway),
        endpoint: *gateway.endpoint(app.the_model())?,
        poll: app.poll_rule(gateway, target.as_ref().is_some_and(|target| target.simulated)),
        base: target.map(|target| target.base),
    })
}

/// The programs that can do the whole job here.
pub fn programs(app: App) -> Vec<Program> {
    place(app).map_or_else(Vec::new, |place| Program::all_at(&place.endpoint))
}

lazy!(programs:
    /// The printers of every form.
    fn printers() -> Printers {
        Printers { command: snippet::print, with_key: snippet::with_key, program: print_program }
    }
);

/// Fetches the printers where the chosen form needs them.
pub fn fetch_printers(app: App) {
    let is_there = matches!(form(app), Form::Http | Form::Shell(Shell::Posix | Shell::Bash));
    if !is_there && app.printers.read_untracked().is_none() {
        app.fetch(async move { printers().await.map(|printers| app.printers.set(Some(printers))) });
    }
}

/// The chosen form; the command for bash, where another was chosen that is not offered here.
pub fn form(app: App) -> Form {
    let id = app.written.get();
    if id == HTTP {
        return Form::Http;
    }
    match programs(app).into_iter().find(|program| program.file_name() == id) {
        Some(program) => Form::Program(program),
        None => Form::Shell(app.shell()),
    }
}

/// Its id: what is remembered, and the value of the choice.
pub fn form_id(form: Form) -> &'static str {
    match form {
        Form::Http => HTTP,
        Form::Shell(shell) => shell.id(),
        Form::Program(program) => program.file_name(),
    }
}

/// Names of the calls there are beside create and query.
pub fn other_calls(app: App) -> String {
    let Some(Place { endpoint, .. }) = place(app) else { return String::new() };
    let content = if endpoint.content.is_some() { "content " } else { "" };
    [content, if endpoint.cancel.is_some() { "cancel" } else { "" }].concat()
}

/// The request of a call, with a mark in place of an id that is not known.
fn request(app: App, call: &str) -> Option<Request> {
    let shown = app.requested_task();
    let id = shown.as_ref().and_then(|handle| handle.task.with(|task| task.id.clone()));
    let id = id.unwrap_or_else(|| TaskId("TASK_ID".to_owned()));
    let Place { endpoint, base, .. } = place(app)?;
    match (call, base) {
        ("query", Some(base)) => Some(protocol::query(&endpoint, &base, &id)),
        ("cancel", Some(base)) => protocol::cancel(&endpoint, &base, &id),
        ("content", Some(base)) => protocol::content(&endpoint, &base, &id),
        _ => match shown {
            Some(handle) => handle.task.with(|task| task.create.clone()),
            None => Some(app.outlook.with(|outlook| outlook.request.clone())),
        },
    }
}

/// The body of a call, in full.
pub fn body(app: App, call: &str) -> String {
    request(app, call).and_then(|request| request.body_text()).unwrap_or_default()
}

/// The create call of a draft that cannot be sent yet.
pub fn is_incomplete(app: App, call: &str) -> bool {
    let wrong = || app.outlook.with(|outlook| !outlook.problems.is_empty() || outlook.base_fault.is_some());
    call == "create" && app.requested_task().is_none() && wrong()
}

fn key_variable(place: &Place) -> &'static str {
    place.gateway.map_or("API_KEY", |gateway| gateway.key_variable)
}

fn how<'a>(key_variable: &'a str, call: &str) -> Curl<'a> {
    Curl { key_variable, output: (call == "content").then_some("wan-video.mp4"), body_file: BODY_FILE }
}

/// A call in the chosen form. A program does the whole job, whatever the call.
pub fn printed(app: App, call: &str) -> Option<Snippet> {
    let place = place(app)?;
    let key_variable = key_variable(&place);
    match form(app) {
        Form::Shell(Shell::Posix | Shell::Bash) => {
            Some(snippet::print_posix(&request(app, call)?, how(key_variable, call)))
        }
        Form::Shell(shell) => {
            let printers = app.printers.get()?;
            Some((printers.command)(shell, &request(app, call)?, how(key_variable, call)))
        }
        Form::Http => Some(http(&request(app, call)?, key_variable)),
        Form::Program(program) => {
            let Place { endpoint, base, poll, .. } = &place;
            let (create, base) = (&request(app, "create")?, base.as_ref()?);
            let job = Job { create, endpoint, base, poll: *poll, key_variable, body_file: BODY_FILE };
            Some((app.printers.get()?.program)(program, &job))
        }
    }
}

fn http(request: &Request, key_variable: &str) -> Snippet {
    let mut text = [request.method.name(), " ", &request.url, "\nAuthorization: Bearer $", key_variable].concat();
    for (name, value) in &request.headers {
        text.push('\n');
        text.push_str(&[name, ": ", value].concat());
    }
    if let Some(body) = &request.body {
        text.push_str("\n\n");
        text.push_str(&body.print(Files::Marked));
    }
    Snippet { text, needs_file: request.body.as_ref().is_some_and(Body::has_file), notes: Vec::new() }
}

/// The key a command could hold: only commands can, and only for its own origin.
pub fn key(app: App) -> Option<ApiKey> {
    let Form::Shell(_) = form(app) else { return None };
    let Place { gateway, base, .. } = place(app)?;
    app.key_now(gateway?.id, &base?)
}

/// The command of a call with the key in it: asked for by a press of its own, and kept nowhere.
pub fn with_key(app: App, call: &str) -> Option<String> {
    let Form::Shell(shell) = form(app) else { return None };
    let (command, request, key_variable) = (printed(app, call)?.text, request(app, call)?, key_variable(&place(app)?));
    let (how, key) = (how(key_variable, call), key(app)?);
    match shell {
        Shell::Posix | Shell::Bash => snippet::with_key_posix(&command, &request, how, &key),
        shell => (app.printers.get()?.with_key)(shell, &command, &request, how, &key),
    }
}
