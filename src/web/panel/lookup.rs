//! Looking for the task of a send in doubt in the gateway's list.

use crate::protocol::{self, Call, Candidate, Fault, Lookable, TaskId};
use crate::task::{Input, LookUp, Misfit, Task, Whose, whose};
use crate::web::browser;
use crate::web::component::part::Part;
use crate::web::component::verdict::told;
use crate::web::drive::journal::record;
use crate::web::drive::runner::feed;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{failure, takeup as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Tasks of the list that are shown.
const SHOWN: usize = 20;
/// Signs of a task's prompt that are shown.
const PROMPT_SHOWN: usize = 120;

/// Asks the gateway for its list, and shows what came of it.
#[component]
pub fn LookUpRow(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let words = words::words(app.lang());
    let lookable = handle.task.with_untracked(|task| protocol::lookable(&task.origin.endpoint));
    if lookable == Lookable::No {
        return view! { <p class="hint" id="no-list">{words.no_list}</p> }.into_any();
    }
    let known = known_account(app, &handle);
    let account = RwSignal::new(known.clone());
    let account_input = (lookable == Lookable::ByAccount).then(|| {
        view! {
            <input
                id="look-account"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=words.account
                placeholder=words.account
                prop:value=known
                on:input:target=move |event| account.set(event.target().value())
            />
        }
    });
    let look_up = handle.memo(|task| task.look_up.clone());
    let asked = handle.clone();
    let ask = move |_| feed(app, &asked, Input::LookUp(account.get_untracked()));
    view! {
        <div class="with-buttons">
            {account_input}
            <button type="button" id="look-up" on:click=ask>{words.look}</button>
        </div>
        <div class="looked" id="looked" role="status">
            <Part of=look_up let:look_up>
                {look_up.map(|look_up| outcome(app, handle.clone(), look_up))}
            </Part>
        </div>
    }
    .into_any()
}

/// The user id of an earlier answer of the same gateway: its list asks for one.
fn known_account(app: App, handle: &TaskHandle) -> String {
    let gateway = handle.task.with_untracked(|task| task.origin.gateway.clone());
    app.tasks.with_untracked(|tasks| {
        let of = |task: &Task| {
            let mut answers = task.exchanges.iter().rev().filter(|exchange| !exchange.received.is_empty());
            answers.find_map(|exchange| protocol::account(&task.origin.endpoint, &exchange.received))
        };
        let same = |known: &&TaskHandle| known.task.with_untracked(|task| task.origin.gateway == gateway);
        tasks.iter().filter(same).find_map(|known| known.task.with_untracked(of)).unwrap_or_default()
    })
}

fn outcome(app: App, handle: TaskHandle, look_up: LookUp) -> AnyView {
    let words = words::words(app.lang());
    let hint = |text: &'static str| view! { <p class="hint">{text}</p> }.into_any();
    match look_up {
        LookUp::Asked => hint(words.looking),
        LookUp::NeedsKey => hint(words.look_needs_key),
        LookUp::NoAnswer(_) => hint(words.look_no_answer),
        LookUp::Unreadable(why) => hint(words::misfit(app.lang(), Misfit::Unreadable(why))),
        LookUp::Refused(fault) => view! { <Refused app handle fault /> }.into_any(),
        LookUp::Found(found) if found.is_empty() => hint(words.found_none),
        LookUp::Found(found) => view! { <Candidates app handle found /> }.into_any(),
    }
}

/// The gateway did not show its list.
#[component]
fn Refused(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// Why.
    fault: Fault,
) -> impl IntoView {
    let advice = handle.task.with_untracked(|task| told(app, task, Call::LookUp, &fault));
    view! {
        <p>{failure::advice(app.lang(), advice)}</p>
        <p class="hint">{format!("HTTP {} {} {}", fault.status, fault.code, fault.message)}</p>
    }
}

/// Tasks of the list that may be the one.
#[component]
fn Candidates(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The tasks, most likely first.
    found: Vec<Candidate>,
) -> impl IntoView {
    // What lies in the history only is known a moment later.
    let kept = RwSignal::new(Vec::new());
    let pressed_ms = handle.task.with_untracked(|task| task.started_ms);
    spawn_local(async move {
        let ids = record::ids_since(app, pressed_ms).await;
        kept.try_set(ids);
    });
    let row = |one: Candidate| {
        let id = one.id.clone();
        let whose = Memo::new(move |_| whose(&id, &here(app), &kept.read()));
        view! { <Row app handle=handle.clone() one whose /> }
    };
    view! {
        <p>{words::words(app.lang()).found}</p>
        <ul class="candidates">{found.into_iter().take(SHOWN).map(row).collect::<Vec<_>>()}</ul>
    }
}

/// The ids that tasks of the page have, and their numbers. The list is followed.
fn here(app: App) -> Vec<(TaskId, u32)> {
    let id = |known: &TaskHandle| known.task.with_untracked(|task| task.id.clone());
    app.tasks.with(|tasks| tasks.iter().filter_map(|known| Some((id(known)?, known.number))).collect())
}

/// A task of the list: to be taken, unless another record has it.
#[component]
fn Row(
    /// The page.
    app: App,
    /// The task that is in doubt.
    handle: TaskHandle,
    /// The task of the list.
    one: Candidate,
    /// Which record has it.
    whose: Memo<Whose>,
) -> impl IntoView {
    let when = one.created_ms.map(browser::local_time).unwrap_or_default();
    let prompt: String = one.prompt.chars().take(PROMPT_SHOWN).collect();
    let facts = [when, one.model, one.word, prompt];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let id = one.id.clone();
    let attach = move || {
        let (id, handle) = (id.clone(), handle.clone());
        let attach = move |_| feed(app, &handle, Input::Attach(id.clone()));
        view! { <button type="button" class="small" on:click=attach>{words::words(app.lang()).attach}</button> }
    };
    view! {
        <li>
            <code>{one.id.0}</code>
            <span class="hint">{facts.join(" · ")}</span>
            <Part of=whose let:whose>
                {match whose {
                    Whose::Yours(number) => {
                        view! { <span class="hint">{words::yours(app.lang(), number)}</span> }.into_any()
                    }
                    Whose::Open => attach().into_any(),
                }}
            </Part>
        </li>
    }
}
