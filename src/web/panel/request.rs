//! The request that is sent, as a command, as a program or as HTTP, for every call of the task.

use crate::snippet::{Program, Shell};
use crate::web::browser;
use crate::web::component::dom::{El, class, effect, el, keyed_part, memo, nothing, typed, yes};
use crate::web::component::later::when_whole;
use crate::web::component::parts;
use crate::web::component::parts::{copy_button, hidden, radios};
use crate::web::drive::printed::{
    BODY_FILE, Form, HTTP, fetch_printers, form, form_id, is_incomplete, other_calls, printed, programs,
};
use crate::web::panel::copies::copies;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words::command::{bash_note, groups};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// Values of the tabs: a program by its file.
const CURL: &str = "curl";
const PYTHON: &str = "wan.py";
const JAVASCRIPT: &str = "wan.mjs";

/// The panel.
pub fn request(app: App) -> El {
    let texts = app.texts();
    let call = RwSignal::new("create".to_owned());
    // A program does the whole job: there is no call to choose.
    let calls = move || match form(app) {
        Form::Program(_) => String::new(),
        _ => ["query ", &other_calls(app)].concat(),
    };
    let shown = memo(move || printed(app, &call.read()).map(|printed| printed.text).unwrap_or_default());
    effect(move || fetch_printers(app));
    let first = Cell::new(true);
    // What is changed in the form is what Run would send: its request is shown again.
    effect(move || {
        app.outlook.track();
        if !first.replace(false) {
            app.requested.set(None);
        }
    });
    let call_tabs = move |calls: &str| {
        if calls.is_empty() {
            return nothing();
        }
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
    // The printer of the chosen form may still be on its way: then there is nothing to copy.
    let copy = move |is_there: &str| {
        if is_there.is_empty() {
            return nothing();
        }
        copy_button(app, move || shown.get_untracked()).attr("id", "copy-command").into()
    };
    let notes = move || {
        let notes = printed(app, &call.read()).map(|printed| printed.notes).unwrap_or_default();
        let note = app.printers.read().map_or(bash_note as fn(_, _, &str) -> _, |printers| printers.note);
        notes.into_iter().map(|said| note(app.lang(), said, BODY_FILE)).collect::<Vec<_>>().join("\n")
    };
    let command =
        el("pre").attrs(&[("tabindex", "0"), ("id", "command"), ("role", "group"), ("aria-label", texts.request)]);
    let place = command.element().clone();
    let bar = class("div", "bar")
        .add(el("h2").text(texts.request))
        .add(keyed_part(move || app.shown_task().map_or_else(String::new, |task| task.number.to_string()), {
            move |number| if number.is_empty() { nothing() } else { whose(app, number).into() }
        }))
        .add(keyed_part(calls, call_tabs))
        .add(
            class("div", "quiet")
                .add(parts::opener(app, "open-share", texts.copy_link, || Dialog::Share))
                .add(parts::opener(app, "import-request", texts.import, || Dialog::Paste)),
        );
    let incomplete = class("p", "hint incomplete")
        .toggle("gone", move || !is_incomplete(app, &call.read()))
        .text(texts.preview_incomplete);
    let code = class("div", "code")
        .add(
            class("div", "code-bar")
                .add(language_tabs(app))
                .add(keyed_part(move || offered(app), move |_| form_choice(app).into()))
                .add(keyed_part(move || yes(!shown.read().is_empty()), copy)),
        )
        .add(command.words(move || shown.get()));
    class("section", "request")
        .attrs(&[("id", "request"), ("aria-label", texts.request)])
        .add(bar)
        .add(incomplete)
        .add(code)
        .add(class("div", "quiet below").add(when_whole(app, move || copies(app, place.clone(), call, shown))))
        .add(class("p", "hint notes").attr("id", "command-notes").words(notes))
}

/// The choice between the request of the form and that of the task on the stage.
fn whose(app: App, number: &str) -> El {
    let texts = app.texts();
    let choices =
        vec![(String::new(), texts.of_form.to_owned()), ("task".to_owned(), [texts.of_task, number].concat())];
    let number = number.parse().ok();
    let chosen = move || (if app.requested_task().is_some() { "task" } else { "" }).to_owned();
    let choose = move |chosen: String| app.requested.set(number.filter(|_| !chosen.is_empty()));
    radios("whose", hidden(texts.whose), choices, chosen, choose, "")
}

/// The programs that are offered now: the choice is made anew when they change.
fn offered(app: App) -> String {
    programs(app).into_iter().map(Program::file_name).collect::<Vec<_>>().join(" ")
}

/// The ways of writing that most people look for. A shell is remembered while another is looked at.
fn language_tabs(app: App) -> El {
    let shell = Rc::new(Cell::new(Shell::Bash));
    let last = shell.clone();
    effect(move || {
        if let Some(shell) = Shell::of(&app.written.read()) {
            last.set(shell);
        }
    });
    let tabs = [(CURL, "cURL"), (PYTHON, "Python"), (JAVASCRIPT, "JavaScript"), (HTTP, app.texts().http)];
    let tabs = tabs.map(|(value, name)| (value.to_owned(), name.to_owned())).into();
    let chosen = move || family(form(app)).to_owned();
    let choose = move |tab: String| write_as(app, if tab == CURL { shell.get().id().to_owned() } else { tab });
    radios("as", hidden(app.texts().form), tabs, chosen, choose, "")
}

/// The tab of a form; none has the tab that no choice is.
fn family(form: Form) -> &'static str {
    match form {
        Form::Http => HTTP,
        Form::Shell(_) => CURL,
        Form::Program(Program::Python | Program::PythonSdk | Program::PythonOpenAi) => PYTHON,
        Form::Program(Program::JavaScript | Program::Browser) => JAVASCRIPT,
        Form::Program(_) => "-",
    }
}

/// Writes requests so from now on.
fn write_as(app: App, form: String) {
    browser::set_written(&form);
    app.written.set(form);
}

/// The choice of how requests are written.
fn form_choice(app: App) -> El {
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let [shell_group, program_group] = groups(app.lang());
    let shells = Shell::ALL.map(|shell| option(shell.id(), shell.name()));
    let programs = untrack(|| programs(app));
    let programs = programs.into_iter().map(|program| option(program.file_name(), program.name()));
    el("select")
        .attrs(&[("id", "form"), ("aria-label", app.texts().form_more)])
        .add(el("optgroup").attr("label", shell_group).all(shells))
        .add(el("optgroup").attr("label", program_group).all(programs))
        .add(option(HTTP, app.texts().http))
        .value(move || form_id(form(app)).to_owned())
        .on("change", move |event| write_as(app, typed(&event)))
}
