//! An unhappy end of a task: one headline, what the gateway said, one advice and one action. Whose fault it is and
//! whether the same may be sent again is folded.

use crate::failure::Retry;
use crate::protocol::Fault;
use crate::task::{Cancel, Doubt, NetFault, State, Task};
use crate::verdict::{Billed, Verdict, verdict};
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::parts::named;
use crate::web::component::verdict::scene;
use crate::web::panel::diagnosis::Diagnosed;
use crate::web::panel::doubt::InDoubt;
use crate::web::panel::steps::{Refill, RunAgain};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::failure as words;
use crate::words::lang::Lang;
use crate::words::stage;
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
    let (one, two) = (handle.clone(), handle.clone());
    let diagnosed = unanswered(&task).map(|url| view! { <Diagnosed app handle=one url timed_out found /> });
    let in_doubt = matches!(state, State::Doubtful(_)).then(|| view! { <InDoubt app handle=two /> });
    let (advice, action) =
        (advice(app, &state, verdict), view! { <Action app handle state=state.clone() found=verdict /> });
    let is_by_you = state == State::Canceled;
    // A call that cannot have arrived cost nothing, as soon as that is known.
    let billed = Signal::derive(move || {
        let is_closed = found.get().is_some_and(crate::diagnosis::Diagnosis::is_closed_to_pages);
        words::billed(app.lang(), &state, if is_closed { Billed::Unlikely } else { verdict.billed })
    });
    Some(view! {
        <div class="ended">
            <p class="headline" id="happened">{happened}</p>
            {said}
            {(!advice.is_empty()).then(|| view! { <p class="advised" id="advice">{advice}</p> })}
            <p class="paid"><span>{app.texts().was_it_billed}</span>" "<span id="billed">{billed}</span></p>
            {action}
            {diagnosed}
            {in_doubt}
            {(!is_by_you).then(|| view! { <Why app found=verdict /> })}
        </div>
    })
}

/// What to do, where no button says it better.
fn advice(app: App, state: &State, found: Verdict) -> String {
    if *state == State::Canceled { String::new() } else { words::advice(app.lang(), found.advice) }
}

/// The one thing to do: the same again where that may help, else the request in the form. A doubt has its own ways.
#[component]
fn Action(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// How it ended.
    state: State,
    /// What it means.
    found: Verdict,
) -> impl IntoView {
    let is_open = matches!(state, State::Doubtful(_) | State::Lost(_));
    let runs = matches!(found.retry, Retry::Yes | Retry::Later) || state == State::NotSent;
    let again = (runs && !is_open).then(|| view! { <RunAgain app handle=handle.clone() is_advised=true /> });
    (!is_open).then(|| {
        view! {
            <div class="buttons">
                {again}
                <Refill app handle is_advised=!runs only_as_it_was=true />
            </div>
        }
    })
}

/// Whose fault it is, and whether the same may be sent again: for whoever wants to know.
#[component]
fn Why(
    /// The page.
    app: App,
    /// What it means.
    found: Verdict,
) -> impl IntoView {
    let lang = app.lang();
    let labels = words::labels(lang);
    let blame = words::blame(lang, found.blame);
    view! {
        <details class="why" id="why">
            <summary>{stage::words(lang).details}</summary>
            <dl class="answers">
                {(!blame.is_empty()).then(|| view! { <dt>{labels.blame}</dt><dd id="blame">{blame}</dd> })}
                <dt>{labels.retry}</dt>
                <dd id="retry">{words::retry(lang, found.retry)}</dd>
            </dl>
        </details>
    }
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
    // Its sentence first; what only support asks for after it, on one line.
    let status = (!is_plain).then(|| format!("HTTP {}", fault.status));
    let marks = [line((texts.code, &*fault.code)), status, line((texts.request_id, &*fault.request_id))];
    let marks = marks.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let text = [&*fault.message, &*marks].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
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
