//! Every call of a task and its answer.

use crate::http::Response;
use crate::protocol::{Call, TaskId};
use crate::task::{Exchange, Task};
use crate::web::panel::report::Report;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::failure;
use leptos::prelude::*;

/// Signs of a body that are shown.
const BODY_SHOWN: usize = 20_000;

/// Every exchange, newest last. Rows are made when they are opened: answers can be long.
#[component]
pub fn Log(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let texts = app.texts();
    let open = RwSignal::new(false);
    let title = handle.words(move |task| format!("{} {}", texts.log, task.exchanges.len()));
    let task = handle.task.clone();
    let rows = move || if open.get() { task.with(rows) } else { Vec::new() };
    view! {
        <details class="log" id="log" on:toggle:target=move |event| open.set(event.target().open())>
            <summary>{title}</summary>
            <ol>
                <For each=rows key=Row::key let:row>
                    <Line app row />
                </For>
            </ol>
            <Report app handle />
        </details>
    }
}

/// A row of the log.
struct Row {
    exchange: Exchange,
    /// The other task that its answer is about.
    other: Option<TaskId>,
}

impl Row {
    /// What of a call changes once its answer is there, or its body is kept no longer.
    fn key(&self) -> (u32, Option<u64>, Option<u16>, usize, Option<String>) {
        let Exchange { no, took_ms, status, received, .. } = &self.exchange;
        (*no, *took_ms, *status, received.len(), self.other.as_ref().map(|id| id.0.clone()))
    }
}

fn rows(task: &Task) -> Vec<Row> {
    let row = |exchange: &Exchange| {
        let answer = |status| Response { status, body: exchange.received.clone(), ..Response::default() };
        let asked = exchange.status.filter(|_| exchange.call == Call::Query);
        Row { other: asked.and_then(|status| task.other_task(&answer(status))), exchange: exchange.clone() }
    };
    task.exchanges.iter().map(row).collect()
}

/// A call and its answer.
#[component]
fn Line(
    /// The page.
    app: App,
    /// The row.
    row: Row,
) -> impl IntoView {
    let texts = app.texts();
    let Row { exchange, other } = row;
    let other = other.map(|id| {
        view! { <p class="hint">{format!("{} {}", failure::other_task(app.lang()), id.0)}</p> }
    });
    let bodies = [(texts.sent, exchange.sent.clone()), (texts.received, exchange.received.clone())];
    let bodies = bodies.map(|(name, text)| {
        let text: String = text.chars().take(BODY_SHOWN).collect();
        (!text.is_empty()).then(|| {
            view! {
                <p class="hint">{name}</p>
                <pre tabindex="0" role="group" aria-label=name>{text}</pre>
            }
        })
    });
    view! {
        <li>
            <b>{summary(app, &exchange)}</b>
            <code class="url">{exchange.line}</code>
            {other}
            {bodies}
        </li>
    }
}

fn summary(app: App, exchange: &Exchange) -> String {
    let texts = app.texts();
    let call = match exchange.call {
        Call::Create => texts.call_create,
        Call::Query => texts.call_query,
        Call::Cancel => texts.call_cancel,
        Call::Content => texts.call_content,
        Call::LookUp => texts.call_look_up,
    };
    let has_ended = exchange.took_ms.is_some() || exchange.net.is_some();
    let outcome = match exchange.status {
        Some(status) => format!("HTTP {status}"),
        None if has_ended => texts.no_answer.to_owned(),
        None => "…".to_owned(),
    };
    let took = exchange.took_ms.map(|took| format!(" · {took} ms")).unwrap_or_default();
    let id = &exchange.request_id;
    let id = if id.is_empty() { String::new() } else { format!(" · {} {id}", texts.request_id) };
    format!("{call} · {outcome}{took}{id}")
}
