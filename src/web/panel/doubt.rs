//! A send in doubt: look for the task, say which it is, or send it again with the price in view.

use crate::protocol::TaskId;
use crate::snapshot::Saved;
use crate::task::{Input, Task};
use crate::web::browser;
use crate::web::component::part::Part;
use crate::web::component::price::amount;
use crate::web::drive::runner::{self, feed};
use crate::web::panel::lookup::LookUpRow;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::{once, takeup};
use leptos::prelude::*;

/// The panel of a doubtful send.
#[component]
pub fn InDoubt(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let words = takeup::words(app.lang());
    view! {
        <section class="in-doubt" id="doubt" aria-label=words.doubt>
            <h3>{words.doubt}</h3>
            <p class="hint">{words.doubt_lead}</p>
            <LookUpRow app handle=handle.clone() />
            <AttachRow app handle=handle.clone() />
            <Again app handle />
        </section>
    }
}

/// Attaching by an id the user has from elsewhere.
#[component]
fn AttachRow(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let id = RwSignal::new(String::new());
    let attach = move |_| {
        let id = id.get_untracked().trim().to_owned();
        if !id.is_empty() {
            feed(app, &handle, Input::Attach(TaskId(id)));
        }
    };
    let name = app.texts().task_id;
    view! {
        <div class="with-buttons">
            <input
                id="attach-id"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=name
                placeholder=name
                on:input:target=move |event| id.set(event.target().value())
            />
            <button type="button" id="attach" on:click=attach>{takeup::words(app.lang()).attach_id}</button>
        </div>
    }
}

/// Sending it again: the price, and a second press. Once it was sent again, here or in another tab, it is that task's
/// turn.
#[component]
fn Again(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let successor = handle.memo(|task| task.again.clone());
    view! {
        <Part of=successor let:successor>
            {match successor {
                Some(uid) => view! { <SentAgain app uid /> }.into_any(),
                None => view! { <SendAgain app handle=handle.clone() /> }.into_any(),
            }}
        </Part>
    }
}

/// It was sent again: as which task.
#[component]
fn SentAgain(
    /// The page.
    app: App,
    /// The name of that task.
    uid: String,
) -> impl IntoView {
    let number = app.task(&uid).map(|handle| handle.number);
    let go = number.map(|number| {
        view! {
            <button type="button" class="small" on:click=move |_| app.selected.set(Some(number))>
                {format!("#{number}")}
            </button>
        }
    });
    view! {
        <p class="hint" id="sent-again">{once::sent_again(app.lang(), number)}</p>
        {go}
    }
}

/// The two presses. The first never leads to the button that pays: a key that is held down would press it.
#[component]
fn SendAgain(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let is_possible = handle.task.with_untracked(|task| task.create.is_some());
    let asked = RwSignal::new(false);
    let is_asked = Memo::new(move |_| asked.get());
    let ask = move |_| {
        asked.set(true);
        browser::focus("again-no");
    };
    is_possible.then(move || {
        view! {
            <Part of=is_asked let:is_asked>
                {if is_asked {
                    view! { <Sure app handle=handle.clone() asked /> }.into_any()
                } else {
                    let words = takeup::words(app.lang()).again;
                    view! { <button type="button" id="again" on:click=ask>{words}</button> }.into_any()
                }}
            </Part>
        }
    })
}

/// The second press, with the price.
#[component]
fn Sure(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// Whether the first press was made: it can be taken back.
    asked: RwSignal<bool>,
) -> impl IntoView {
    let words = takeup::words(app.lang());
    let price = handle.task.with_untracked(|task| task.estimate.as_ref().map(|price| amount(price, app.lang())));
    let back = move |_| {
        asked.set(false);
        browser::focus("again");
    };
    view! {
        <div class="sure" role="alert">
            <p class="problem">
                {words.again_sure}" "<b>{price.unwrap_or_else(|| app.texts().unknown.to_owned())}</b>
            </p>
            <div class="buttons">
                <button type="button" class="primary" id="again-yes" on:click=move |_| send_again(app, &handle)>
                    {words.again_yes}
                </button>
                <button type="button" id="again-no" on:click=back>{words.again_no}</button>
            </div>
        </div>
    }
}

fn send_again(app: App, handle: &TaskHandle) {
    let (create, is_open) = handle.task.with_untracked(|task| (task.create.clone(), task.again.is_none()));
    let is_under_way = |create| runner::is_pressed_already(app, &create, browser::pressed_ms(), Some(&*handle.uid));
    if !is_open || create.is_some_and(is_under_way) {
        return;
    }
    let again = |task: &Task| task.again(runner::fresh_uid(), browser::now_ms());
    if let Some((task, effects)) = handle.task.with_untracked(again) {
        feed(app, handle, Input::SentAgain(task.uid.clone()));
        runner::launch(app, Saved { task, draft: (*handle.draft).clone() }, effects);
    }
}
