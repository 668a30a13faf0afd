//! A task that is not at an end: how long it takes, when it is asked after next, and what can be done.

use crate::protocol::Call;
use crate::task::{Cancel, Following, Input, State, Task};
use crate::web::browser::{self, notice};
use crate::web::component::part::Part;
use crate::web::component::verdict::told;
use crate::web::drive::runner::feed;
use crate::web::panel::byhand::UnderTask;
use crate::web::panel::silence::{Silence, trouble};
use crate::web::panel::takes::Takes;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::web::state::tasks::TaskHandle;
use crate::words::{self, stage};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The task, while it runs.
#[component]
pub fn Running(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let elsewhere = handle.elsewhere.clone();
    let next = handle.words(move |task| next(app, task, elsewhere.get()));
    let trouble = handle.words(move |task| trouble(app, task));
    let cancel = handle.words(move |task| cancel(app, task));
    // It comes by itself with a state that is told already: read where it stands, not said.
    let past = handle.words(move |task| {
        let is_past = task.cancel.is_none() && task.is_past_cancel();
        (if is_past { words::failure::past_cancel(app.lang()) } else { "" }).to_owned()
    });
    view! {
        <div class="running-view">
            <Takes app handle=handle.clone() />
            <p class="hint next">{next}</p>
            <p class="hint" id="trouble">{trouble}</p>
            <p class="bytes">{handle.words(progress)}</p>
            <p class="hint" aria-live="polite">{cancel}</p>
            <p class="hint">{past}</p>
            <div class="buttons">
                <Buttons app handle=handle.clone() />
                <Notify app />
            </div>
            <Silence app handle=handle.clone() />
            <UnderTask app handle />
        </div>
    }
}

/// When it is asked after next, or why it is not.
fn next(app: App, task: &Task, elsewhere: bool) -> String {
    match (&task.following, task.next_ms) {
        (Following::Yes, _) if elsewhere => app.texts().elsewhere.to_owned(),
        (Following::Yes, Some(due)) => {
            let left = due.saturating_sub(app.now.get()).div_ceil(1000);
            words::next_look(app.lang(), left, task.failures)
        }
        (Following::Yes, None) => "…".to_owned(),
        (paused, _) => words::paused(app.lang(), paused).to_owned(),
    }
}

/// How much of the video has come.
fn progress(task: &Task) -> String {
    match &task.state {
        State::Fetching { received, total: Some(total), .. } => {
            format!("{} / {}", words::bytes(*received), words::bytes(*total))
        }
        State::Fetching { received, .. } => words::bytes(*received),
        _ => String::new(),
    }
}

/// What became of the wish to cancel it.
fn cancel(app: App, task: &Task) -> String {
    match &task.cancel {
        Some(Cancel::Asked) => app.texts().cancel_asked.to_owned(),
        Some(Cancel::Taken) => app.texts().cancel_taken.to_owned(),
        Some(Cancel::Refused(fault)) => {
            let advice = words::failure::advice(app.lang(), told(app, task, Call::Cancel, fault));
            format!("{advice} {} {}", fault.code, fault.message)
        }
        None => String::new(),
    }
}

/// Asks for a notification at the end of tasks, or takes that back. The browser's leave is asked for by this press only.
#[component]
fn Notify(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let (wanted, said) = (RwSignal::new(app.drive.notifies.get()), RwSignal::new(""));
    let turn = move |on: bool| {
        app.drive.notifies.set(on);
        wanted.try_set(on);
    };
    let press = move |_| {
        said.set("");
        if wanted.get_untracked() {
            return turn(false);
        }
        spawn_local(async move {
            let may = notice::ask().await;
            turn(may);
            said.try_set(if may { words.notifying } else { words.notify_denied });
        });
    };
    (notice::is_there() && !app.embedded).then(|| {
        view! {
            <button type="button" id="notify" aria-pressed=move || wanted.get().to_string() on:click=press>
                {words.notify}
            </button>
            <span class="hint" id="notify-said" role="status">{said}</span>
        }
    })
}

/// Whether a task is asked after, as a button changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Yes,
    No,
}

/// What can be done with a running task. Each button comes and goes alone.
#[component]
fn Buttons(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let texts = app.texts();
    let asks = handle.memo(|task| {
        let asks = if task.following == Following::Yes { Asks::Yes } else { Asks::No };
        task.id.is_some().then_some(asks)
    });
    let lacks_key = handle.memo(|task| matches!(task.following, Following::NeedsKey | Following::KeyRefused));
    let can_cancel = handle.memo(Task::can_cancel);
    let handle = StoredValue::new(handle);
    let wish = move |id, words, wish, next| view! { <Wish app handle id words wish next /> };
    // Who stops to follow, or follows again, finds the focus on what undoes it.
    let pair = move |asks| match asks {
        Asks::Yes => {
            let ask = wish("ask", texts.ask_now, Input::AskNow, "ask");
            (ask, wish("stop", texts.stop, Input::Stop, "follow")).into_any()
        }
        Asks::No => wish("follow", texts.follow, Input::Follow, "stop").into_any(),
    };
    let give_key = move || view! { <GiveKey app handle /> };
    let cancel = move || wish("cancel", texts.cancel, Input::Cancel, "ask");
    view! {
        <Part of=asks let:asks>{asks.map(pair)}</Part>
        <Part of=lacks_key let:lacks_key>{lacks_key.then(give_key)}</Part>
        <Part of=can_cancel let:can_cancel>{can_cancel.then(cancel)}</Part>
    }
}

/// A button that tells a task what the user wants of it.
#[component]
fn Wish(
    /// The page.
    app: App,
    /// The task.
    handle: StoredValue<TaskHandle>,
    /// Its id.
    id: &'static str,
    /// Its words.
    words: &'static str,
    /// What is wanted.
    wish: Input,
    /// Id of what has the focus then.
    next: &'static str,
) -> impl IntoView {
    let press = move |_| {
        feed(app, &handle.read_value(), wish.clone());
        browser::focus(next);
    };
    view! { <button type="button" id=id on:click=press>{words}</button> }
}

/// Goes to the key of a task's gateway, at the task's address.
#[component]
fn GiveKey(
    /// The page.
    app: App,
    /// The task.
    handle: StoredValue<TaskHandle>,
) -> impl IntoView {
    let press = move |_| {
        let handle = handle.get_value();
        let origin = handle.task.with_untracked(|task| task.origin.clone());
        let gateways = &app.catalog().gateways;
        let Some(index) = gateways.iter().position(|known| known.id == origin.gateway) else {
            return app.open(Dialog::TaskKey(handle));
        };
        app.choose_gateway(index);
        app.choose_place(app.place_of(&gateways[index], &origin.base));
        browser::focus("key");
    };
    view! { <button type="button" class="primary" id="give-key" on:click=press>{app.texts().give_key}</button> }
}
