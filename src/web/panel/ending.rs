//! An unhappy end of a task: what happened, whose fault it is, was it billed, may it be sent again, what to do; beside
//! it the gateway's own words, to be copied for its support.

use crate::protocol::Fault;
use crate::task::{Cancel, Doubt, NetFault, State, Task};
use crate::verdict::{Billed, verdict};
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::parts::named;
use crate::web::component::verdict::{Answers, scene};
use crate::web::panel::diagnosis::Diagnosed;
use crate::web::panel::doubt::InDoubt;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::failure as words;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// The end of a task, explained.
#[component]
pub fn Ending(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// How it ended.
    state: State,
) -> impl IntoView {
    let task = handle.task.get_untracked();
    let verdict = verdict(&state, scene(app, &task))?;
    let happened = happened(app, &task);
    let said = fault(&state).map(|fault| view! { <Said app task=task.clone() fault=fault.clone() /> });
    let found = RwSignal::new(None);
    let timed_out = matches!(state, State::Doubtful(Doubt::Network(NetFault::Timeout)));
    let (one, two) = (handle.clone(), handle);
    let diagnosed = unanswered(&task).map(|url| view! { <Diagnosed app handle=one url timed_out found /> });
    let in_doubt = matches!(state, State::Doubtful(_)).then(|| view! { <InDoubt app handle=two /> });
    // A call that cannot have arrived cost nothing, as soon as that is known.
    let billed = Signal::derive(move || {
        let is_closed = found.get().is_some_and(crate::diagnosis::Diagnosis::is_closed_to_pages);
        words::billed(app.lang(), &state, if is_closed { Billed::Unlikely } else { verdict.billed })
    });
    Some(view! {
        <div class="ended">
            <Answers app happened billed found=verdict />
            {said}
            {diagnosed}
            {in_doubt}
            <div class="buttons">
                <button type="button" on:click=move |_| app.selected.set(None)>{app.texts().new_draft}</button>
            </div>
        </div>
    })
}

fn happened(app: App, task: &Task) -> &'static str {
    let offline = || task.exchanges.iter().any(|exchange| exchange.net == Some(NetFault::Offline));
    match (&task.state, &task.cancel) {
        (State::NotSent, _) => words::not_sent(app.lang(), offline()),
        (State::Canceled, Some(Cancel::Taken)) => words::canceled_by_you(app.lang()),
        (state, _) => words::what_happened(app.lang(), state),
    }
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
#[component]
fn Said(
    /// The page.
    app: App,
    /// The task.
    task: Task,
    /// What the gateway said of it.
    fault: Fault,
) -> impl IntoView {
    let texts = app.texts();
    // A task that failed is told of with 200: that the question went well is no news here.
    let is_bare = fault.code.is_empty() && fault.message.is_empty() && fault.request_id.is_empty();
    let is_plain = matches!(task.state, State::Failed(..)) && fault.status < 300 && !is_bare;
    let colon = if app.lang() == Lang::Zh { "：" } else { ": " };
    let line = |(name, value): (&str, &str)| (!value.is_empty()).then(|| format!("{name}{colon}{value}"));
    let status = (!is_plain).then(|| format!("HTTP {}", fault.status));
    let said = [(texts.code, &*fault.code), (texts.said, &*fault.message), (texts.request_id, &*fault.request_id)];
    let text = status.into_iter().chain(said.into_iter().filter_map(line)).collect::<Vec<_>>().join("\n");
    let (base, ended) = (task.origin.base.text(), browser::iso(task.ended_ms.unwrap_or(task.started_ms)));
    let about = [
        (texts.task_id, task.id.as_ref().map_or("", |id| &id.0)),
        (texts.model, &*task.origin.model),
        (texts.base, &*base),
        (words::labels(app.lang()).time, &*ended),
    ];
    let lines = (!text.is_empty()).then(|| text.clone()).into_iter().chain(about.into_iter().filter_map(line));
    let whole = lines.collect::<Vec<_>>().join("\n");
    let name = named(app, texts.copy, texts.said);
    view! {
        <div class="said">
            <pre id="said">{text}</pre>
            <Copy app text=move || whole.clone() attr:id="copy-said" attr:aria-label=name />
        </div>
    }
}
