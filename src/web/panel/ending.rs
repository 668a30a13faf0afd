//! An unhappy end of a task: what happened, whose fault it is, was it billed, may it be sent again, what to do; beside
//! it the gateway's own words, to be copied for its support.

use crate::protocol::Fault;
use crate::task::{Cancel, Doubt, Following, NetFault, State, Task};
use crate::verdict::verdict;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing, yes};
use crate::web::component::parts::copy_button;
use crate::web::component::verdict::{scene, told};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;

use crate::words::failure as words;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// Questions without an answer in a row, before the page looks into it.
const SILENT_TIMES: u32 = 2;

/// The end of a task, explained.
pub fn view(app: App, handle: &TaskHandle) -> View {
    let task = handle.task.get_untracked();
    let Some(found) = verdict(&task.state, scene(app, &task)) else { return View::default() };
    let offline = || task.exchanges.iter().any(|exchange| exchange.net == Some(NetFault::Offline));
    let happened = match (&task.state, &task.cancel) {
        (State::NotSent, _) => words::not_sent(app.lang(), offline()),
        (State::Canceled, Some(Cancel::Taken)) => words::canceled_by_you(app.lang()),
        (state, _) => words::what_happened(app.lang(), state),
    };
    let billed = words::billed(app.lang(), &task.state, found.billed);
    let mut ended = class("div", "ended").add(crate::web::component::verdict::answers(app, happened, billed, found));
    if let Some(fault) = fault(&task.state) {
        ended = ended.add(said(app, &task, fault));
    }
    if let Some(url) = unanswered(&task) {
        let timed_out = matches!(task.state, State::Doubtful(Doubt::Network(NetFault::Timeout)));
        ended = ended.add(crate::web::panel::diagnosis::panel(app, handle, url, timed_out));
    }
    if matches!(task.state, State::Doubtful(_)) {
        ended = ended.add(crate::web::panel::doubt::panel(app, handle));
    }
    let back = button("", app.texts().new_draft, move || app.selected.set(None));
    ended.add(class("div", "buttons").add(back)).into()
}

fn fault(state: &State) -> Option<&Fault> {
    match state {
        State::Refused(fault) | State::Failed(fault, _) | State::Doubtful(Doubt::Server(fault)) => Some(fault),
        _ => None,
    }
}

/// The address of a create call that got no answer.
fn unanswered(task: &Task) -> Option<String> {
    let open = matches!(task.state, State::Doubtful(Doubt::Network(NetFault::NoAnswer | NetFault::Timeout)));
    task.create.as_ref().filter(|_| open).map(|create| create.url.clone())
}

/// What the gateway said, with all that its support asks for, to be copied. There is no key in it: none is kept in a
/// task, and answers lose theirs on arrival.
fn said(app: App, task: &Task, fault: &Fault) -> El {
    let texts = app.texts();
    // A task that failed is told of with 200: that the question went well is no news here.
    let is_bare = fault.code.is_empty() && fault.message.is_empty() && fault.request_id.is_empty();
    let is_plain = matches!(task.state, State::Failed(..)) && fault.status < 300 && !is_bare;
    let mut text = if is_plain { String::new() } else { ["HTTP ", &fault.status.to_string()].concat() };
    let colon = if app.lang() == Lang::Zh { "：" } else { ": " };
    let line = |text: &mut String, name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(&[name, colon, value].concat());
        }
    };
    line(&mut text, texts.code, &fault.code);
    line(&mut text, texts.said, &fault.message);
    line(&mut text, texts.request_id, &fault.request_id);
    let mut whole = text.clone();
    line(&mut whole, texts.task_id, task.id.as_ref().map_or("", |id| &id.0));
    line(&mut whole, texts.model, &task.origin.model);
    line(&mut whole, texts.base, &task.origin.base.text());
    line(&mut whole, words::labels(app.lang()).time, &browser::iso(task.ended_ms.unwrap_or(task.started_ms)));
    let said = class("div", "said").add(el("pre").attr("id", "said").text(&text));
    let name = crate::web::component::parts::named(app, texts.copy, texts.said);
    said.add(copy_button(app, move || whole.clone()).attrs(&[("id", "copy-said"), ("aria-label", &name)]))
}

/// What the last answer to a question about a running task was, where it was of no help; an attempt that failed before
/// all else.
pub fn trouble(app: App, task: &Task) -> String {
    if let Some(fault) = &task.setback {
        return [words::setback(app.lang()), " ", &fault.code, " ", &fault.message].concat();
    }
    if task.failures == 0 {
        return String::new();
    }
    let Some(last) = task.exchanges.iter().rev().find(|exchange| exchange.took_ms.is_some()) else {
        return String::new();
    };
    let Some(status) = last.status else {
        let gap = if app.lang() == Lang::Zh { "" } else { " " };
        let asks = task.following == Following::Yes;
        return [crate::words::diagnosis::no_answer(app.lang()), gap, &words::asking(app.lang(), asks)].concat();
    };
    let answer = crate::http::Response { status, body: last.received.clone(), ..Default::default() };
    if let Some(other) = task.other_task(&answer) {
        return [words::other_task(app.lang()), " ", &other.0].concat();
    }
    match crate::protocol::read(&task.origin.endpoint, last.call, &answer) {
        crate::protocol::Event::Refused(fault) => {
            let advice = words::advice(app.lang(), told(app, task, last.call, &fault));
            ["HTTP ", &status.to_string(), " ", &fault.code, " · ", &advice].concat()
        }
        crate::protocol::Event::Lost(_) => words::advice(app.lang(), told(app, task, last.call, &Fault::default())),
        _ => String::new(),
    }
}

/// Why questions about a running task get no answer, once that happens again and again.
pub fn silence(app: App, handle: &TaskHandle) -> View {
    let task = handle.task.clone();
    let is_silent = move || {
        let last_failed = |task: &Task| {
            let ended = task.exchanges.iter().rev().find(|exchange| exchange.took_ms.is_some());
            ended.is_some_and(|exchange| exchange.net == Some(NetFault::NoAnswer))
        };
        yes(task.with(|task| task.failures >= SILENT_TIMES && task.id.is_some() && last_failed(task)))
    };
    let handle = handle.clone();
    keyed_part(is_silent, move |silent| {
        let url = handle.task.with_untracked(|task| {
            let id = task.id.as_ref()?;
            Some(crate::protocol::query(&task.origin.endpoint, &task.origin.base, id).url)
        });
        match url.filter(|_| !silent.is_empty()) {
            Some(url) => crate::web::panel::diagnosis::panel(app, &handle, url, false).into(),
            None => nothing(),
        }
    })
}
