//! What the last answer about a running task was, where it was of no help; and why none comes.

use crate::http::Response;
use crate::protocol::{self, Event, Fault};
use crate::task::{Following, NetFault, Task};
use crate::web::component::part::Part;
use crate::web::component::verdict::told;
use crate::web::panel::diagnosis::Diagnosed;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::diagnosis::no_answer;
use crate::words::failure as words;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// Questions without an answer in a row, before the page looks into it.
const SILENT_TIMES: u32 = 2;

/// What the last answer to a question about a running task was, where it was of no help; an attempt that failed before
/// all else.
pub fn trouble(app: App, task: &Task) -> String {
    if let Some(fault) = &task.setback {
        return format!("{} {} {}", words::setback(app.lang()), fault.code, fault.message);
    }
    let ended = task.exchanges.iter().rev().find(|exchange| exchange.took_ms.is_some());
    let Some(last) = ended.filter(|_| task.failures > 0) else { return String::new() };
    let Some(status) = last.status else {
        let gap = if app.lang() == Lang::Zh { "" } else { " " };
        let asks = task.following == Following::Yes;
        return format!("{}{gap}{}", no_answer(app.lang()), words::asking(app.lang(), asks));
    };
    let answer = Response { status, body: last.received.clone(), ..Response::default() };
    if let Some(other) = task.other_task(&answer) {
        return format!("{} {}", words::other_task(app.lang()), other.0);
    }
    let advice = |fault: &Fault| words::advice(app.lang(), told(app, task, last.call, fault));
    match protocol::read(&task.origin.endpoint, last.call, &answer) {
        Event::Refused(fault) => format!("HTTP {status} {} · {}", fault.code, advice(&fault)),
        Event::Lost(_) => advice(&Fault::default()),
        _ => String::new(),
    }
}

fn is_silent(task: &Task) -> bool {
    let ended = task.exchanges.iter().rev().find(|exchange| exchange.took_ms.is_some());
    let has_failed = ended.is_some_and(|exchange| exchange.net == Some(NetFault::NoAnswer));
    task.failures >= SILENT_TIMES && task.id.is_some() && has_failed
}

/// Why questions about a running task get no answer, once that happens again and again.
#[component]
pub fn Silence(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let silent = handle.memo(is_silent);
    let looked_into = move || {
        let url = handle.task.with_untracked(|task| {
            let id = task.id.as_ref()?;
            Some(protocol::query(&task.origin.endpoint, &task.origin.base, id).url)
        })?;
        let found = RwSignal::new(None);
        Some(view! { <Diagnosed app handle=handle.clone() url found /> })
    };
    view! { <Part of=silent let:silent>{silent.then(&looked_into)}</Part> }
}
