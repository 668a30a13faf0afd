//! The request that Run would send, or that of the task on the stage where it was asked for, in the form that was
//! chosen: a command, a program, or HTTP.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, Gateway, PollRule};
use crate::checked::{Problem, ProblemKind, check};
use crate::http::{Body, Files, Request};
use crate::key::ApiKey;
use crate::lazy;
use crate::protocol::{self, TaskId};
use crate::snippet::{self, Curl, Job, Note, Program, Shell, Snippet, print_program};
use crate::upload::first::{First, first};
use crate::upload::shelf::Goal;
use crate::web::state::place::Target;
use crate::web::state::{App, Printers};
use crate::words;
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
        Printers { command: snippet::print, with_key: snippet::with_key, program, note: words::command::note }
    }
);

/// The whole job as a program. A draft may have files that are uploaded first; what was sent has their links.
fn program(app: App, program: Program, job: &Job<'_>) -> Snippet {
    let uploads = if app.requested_task().is_some() { None } else { uploads(app) };
    print_program(program, &Job { uploads: &uploads.unwrap_or_default(), ..*job })
}

fn uploads(app: App) -> Option<Vec<First>> {
    let Target { base, region, .. } = app.target().ok()?;
    let settled = |goal: Goal<'_>| app.files.shelf.with(|shelf| app.draft.with(|draft| shelf.settled(draft, goal)));
    let draft = app.with_goal(settled)?;
    Some(first(&check(&draft, app.the_gateway(), app.the_model(), &base, &region)))
}

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

/// The create call of a draft that cannot be sent yet, for more than a file that has to be uploaded.
pub fn is_incomplete(app: App, call: &str) -> bool {
    let is_wrong = |problem: &Problem| problem.kind != ProblemKind::NotUploaded;
    let wrong = || app.outlook.with(|outlook| outlook.problems.iter().any(is_wrong) || outlook.base_fault.is_some());
    call == "create" && app.requested_task().is_none() && wrong()
}

/// Whether a file of the draft has to be uploaded before the create call: a command can only name it.
fn waits(app: App, call: &str) -> bool {
    let is_there = |problem: &Problem| problem.kind == ProblemKind::NotUploaded;
    call == "create"
        && app.requested_task().is_none()
        && app.outlook.with(|outlook| outlook.problems.iter().any(is_there))
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
    let mut request = request(app, call)?;
    let waits = waits(app, call);
    if waits {
        request = request.told();
    }
    let mut printed = match form(app) {
        Form::Shell(Shell::Posix | Shell::Bash) => snippet::print_posix(&request, how(key_variable, call)),
        Form::Shell(shell) => (app.printers.get()?.command)(shell, &request, how(key_variable, call)),
        Form::Http => http(&request, key_variable),
        Form::Program(program) => {
            let Place { endpoint, base, poll, .. } = &place;
            let (create, base) = (&self::request(app, "create")?, base.as_ref()?);
            let (poll, body_file) = (*poll, BODY_FILE);
            let job = Job { create, endpoint, base, poll, key_variable, body_file, uploads: &[] };
            return Some((app.printers.get()?.program)(app, program, &job));
        }
    };
    if waits {
        // A body that is saved would hold a file that the gateway does not take there.
        printed.needs_file = false;
        printed.notes = vec![Note::UploadFirst];
    }
    Some(printed)
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
