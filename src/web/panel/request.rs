//! The request that is sent, as a command, as a program or as HTTP, for every call of the task.

use crate::snippet::{Program, Shell};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, Keyed, class, effect, el, keyed, keyed_part, memo, nothing, typed, yes};
use crate::web::component::parts;
use crate::web::component::parts::{copy_as, copy_button, hidden, radios};
use crate::web::drive::printed::{
    BODY_FILE, Form, HTTP, body, fetch_printers, form, form_id, is_incomplete, key, other_calls, printed, programs,
    with_key,
};
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words::command::{bash_note, words};
use leptos::prelude::*;
use std::cell::Cell;

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
    let needs_file = move || yes(printed(app, &call.read()).is_some_and(|printed| printed.needs_file));
    let body_file = move |needs_file: &str| {
        if needs_file.is_empty() {
            return nothing();
        }
        let save = move || browser::save_text(BODY_FILE, &untrack(|| body(app, &call.read())));
        button("small", texts.body_file, save).attr("id", "save-body").into()
    };
    // The printer of the chosen form may still be on its way: then there is nothing to copy.
    let copy = move |is_there: &str| {
        if is_there.is_empty() {
            return nothing();
        }
        copy_button(app, move || shown.get_untracked()).attr("id", "copy-command").into()
    };
    let has_key = move || yes(key(app).is_some());
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
        let notes = printed(app, &call.read()).map(|printed| printed.notes).unwrap_or_default();
        let note = app.printers.read().map_or(bash_note as fn(_, _, &str) -> _, |printers| printers.note);
        notes.into_iter().map(|said| note(app.lang(), said, BODY_FILE)).collect::<Vec<_>>().join("\n")
    };
    let program_file = move || match form(app) {
        // Its text may still be on its way.
        Form::Program(program) if app.printers.read().is_some() => program.file_name().to_owned(),
        _ => String::new(),
    };
    let save_button = move |name: &str| {
        if name.is_empty() {
            return nothing();
        }
        let file = name.to_owned();
        let save = move || browser::save_text(&file, &shown.read_untracked());
        button("small", &[words(app.lang()).save_as, name].concat(), save).attr("id", "save-program").into()
    };
    // Each line is its own element, kept while it stays the same: a changed line is new and lights up.
    let lines = move || {
        let row = |(index, line): (usize, &str)| -> Keyed {
            let text = [line, "\n"].concat();
            ([&index.to_string(), " ", line].concat(), Box::new(move || class("span", "code-line").text(&text)))
        };
        shown.get().split('\n').enumerate().map(row).collect()
    };
    let command =
        el("pre").attrs(&[("tabindex", "0"), ("id", "command"), ("role", "group"), ("aria-label", texts.request)]);
    let bar = class("div", "bar")
        .add(el("h2").text(texts.request))
        .add(keyed_part(move || app.shown_task().map_or_else(String::new, |task| task.number.to_string()), {
            move |number| if number.is_empty() { nothing() } else { whose(app, number).into() }
        }))
        .add(keyed_part(calls, call_tabs))
        .add(keyed_part(move || offered(app), move |_| form_choice(app).into()))
        .add(keyed_part(needs_file, body_file))
        .add(
            class("div", "copies")
                .add(keyed_part(move || yes(!shown.read().is_empty()), copy))
                .add(keyed_part(has_key, key_button))
                .add(keyed_part(program_file, save_button))
                .add(parts::opener(app, "open-share", texts.copy_link, || Dialog::Share))
                .add(parts::opener(app, "import-request", texts.import, || Dialog::Paste)),
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

/// The choice of how requests are written.
fn form_choice(app: App) -> El {
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let words = words(app.lang());
    let shells = Shell::ALL.map(|shell| option(shell.id(), shell.name()));
    let programs = untrack(|| programs(app));
    let programs = programs.into_iter().map(|program| option(program.file_name(), program.name()));
    el("select")
        .attrs(&[("id", "form"), ("aria-label", app.texts().form)])
        .add(el("optgroup").attr("label", words.shells).all(shells))
        .add(el("optgroup").attr("label", words.programs).all(programs))
        .add(option(HTTP, app.texts().http))
        .value(move || form_id(form(app)).to_owned())
        .on("change", move |event| {
            let form = typed(&event);
            browser::set_written(&form);
            app.written.set(form);
        })
}
