//! Carries out the effects of tasks. A task outlives every panel: its signal belongs to nobody's view.

use super::app::App;
use super::browser;
use super::fetch::{self, Arrival, Expect};
use crate::protocol::Call;
use crate::task::{Effect, Input, Origin, State, Task};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::sync::{Arc, Mutex};
use wasm_bindgen::{JsCast, closure::Closure};

/// Least milliseconds between queries, however fast the simulator's clock runs.
const FASTEST_MS: f64 = 250.0;

/// Two presses of Run this close together, for the same request, are one.
const DOUBLE_PRESS_MS: u64 = 1500;

/// A task, its timer, and the link to its video in memory.
#[derive(Clone)]
pub struct TaskHandle {
    /// Number within this visit, from 1.
    pub number: u32,
    /// The task.
    pub task: ArcRwSignal<Task>,
    /// Link to the video in memory, once it was fetched with the key.
    pub memory: ArcRwSignal<Option<String>>,
    timer: Arc<Mutex<Option<SendWrapper<gloo_timers::callback::Timeout>>>>,
}

/// Presses Run: makes one task with one create call, or shows what is missing.
pub fn run(app: App) {
    let outlook = app.outlook.get_untracked();
    let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
    let target = untrack(|| app.target());
    let key_missing = target.as_ref().is_ok_and(|target| app.key(&gateway.id, &target.base).is_none());
    let (Some(generation), Ok(target), false) = (&outlook.generation, target, key_missing) else {
        app.tried.set(true);
        super::view::focus_first_problem(app);
        return;
    };
    let Some(endpoint) = gateway.endpoint(model) else { return };
    // A double click is one wish: the same request again within a moment is the same press.
    let again = app.tasks.with_untracked(|tasks| {
        tasks.first().is_some_and(|newest| {
            newest.task.with_untracked(|task| {
                browser::now_ms() < task.started_ms + DOUBLE_PRESS_MS && task.create == *generation.request()
            })
        })
    });
    if again {
        return;
    }
    let mut poll = gateway.poll;
    if let Some(speed) = app.simulator.filter(|_| target.simulated) {
        // Bounded above by the rule and below by a constant: the cast cannot overflow.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let scale = |ms: u32| (f64::from(ms) / speed).max(FASTEST_MS) as u32;
        poll.first_ms = scale(poll.first_ms);
        poll.interval_ms = scale(poll.interval_ms);
    }
    let origin = Origin {
        gateway: gateway.id.clone(),
        model: model.id.clone(),
        endpoint: endpoint.clone(),
        base: target.base,
        region: target.region,
        poll,
        link_hours: gateway.link_hours,
    };
    let (task, effects) = Task::start(origin, generation, browser::now_ms());
    let number = app.tasks.with_untracked(|tasks| tasks.first().map_or(0, |task| task.number)) + 1;
    let handle =
        TaskHandle { number, task: ArcRwSignal::new(task), memory: ArcRwSignal::new(None), timer: Arc::default() };
    app.tried.set(false);
    app.now.set(browser::now_ms());
    app.tasks.update(|tasks| tasks.insert(0, handle.clone()));
    app.selected.set(Some(number));
    browser::reveal("stage");
    for effect in effects {
        carry_out(app, &handle, effect);
    }
}

/// Tells a task what happened, and does what it says.
pub fn feed(app: App, handle: &TaskHandle, input: Input) {
    let now = browser::now_ms();
    let mut effects = Vec::new();
    handle.task.update(|task| effects = task.advance(input, now, browser::is_hidden()));
    for effect in effects {
        carry_out(app, handle, effect);
    }
}

fn carry_out(app: App, handle: &TaskHandle, effect: Effect) {
    match effect {
        // Tasks live in memory for this visit.
        Effect::Save => {}
        Effect::Wake(at_ms) => {
            let wait = u32::try_from(at_ms.saturating_sub(browser::now_ms())).unwrap_or(u32::MAX / 2);
            let task = handle.clone();
            let timer = gloo_timers::callback::Timeout::new(wait, move || feed(app, &task, Input::Due));
            if let Ok(mut slot) = handle.timer.lock() {
                *slot = Some(SendWrapper::new(timer));
            }
        }
        Effect::Send { no, call, request, timeout_ms } => {
            let handle = handle.clone();
            let key = handle.task.with_untracked(|task| app.key(&task.origin.gateway, &task.origin.base));
            spawn_local(async move {
                let expect = if call == Call::Content { Expect::Video } else { Expect::Text };
                let progress = {
                    let handle = handle.clone();
                    Box::new(move |bytes, total| feed(app, &handle, Input::Received(no, bytes, total)))
                };
                let input = match fetch::send(&request, key.as_ref(), timeout_ms, expect, progress).await {
                    Ok(Arrival::Text(answer)) => Input::Answered(no, answer),
                    Ok(Arrival::Video(link, bytes)) => {
                        handle.memory.set(Some(link));
                        Input::Arrived(no, bytes)
                    }
                    Err(fault) => Input::NoAnswer(no, fault),
                };
                feed(app, &handle, input);
            });
        }
    }
}

/// Moves the clock once a second while anything counts time, asks at once when the tab is looked at again, and warns
/// before a tab with a create call in flight is closed.
pub fn keep_time(app: App) {
    let counts = move || {
        app.tasks.with_untracked(|tasks| {
            tasks.iter().any(|handle| {
                handle.task.with_untracked(|task| !task.state.is_final() || matches!(task.state, State::Done(_)))
            })
        })
    };
    gloo_timers::callback::Interval::new(1000, move || {
        if !browser::is_hidden() && counts() {
            app.now.set(browser::now_ms());
        }
    })
    .forget();
    let looked_at = Closure::<dyn FnMut()>::new(move || {
        if browser::is_hidden() {
            return;
        }
        let now = browser::now_ms();
        for handle in app.tasks.get_untracked() {
            let stale = handle.task.with_untracked(|task| {
                let last = task.exchanges.last().map_or(0, |exchange| exchange.at_ms);
                task.next_ms.is_some() && now.saturating_sub(last) > u64::from(task.origin.poll.interval_ms)
            });
            if stale {
                feed(app, &handle, Input::AskNow);
            }
        }
    });
    let leaving = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let unsafe_to_leave = app.tasks.with_untracked(|tasks| {
            tasks.iter().any(|handle| handle.task.with_untracked(|task| !task.state.is_final()))
        });
        if unsafe_to_leave {
            event.prevent_default();
        }
    });
    let document = browser::document();
    let _ = document.add_event_listener_with_callback("visibilitychange", looked_at.as_ref().unchecked_ref());
    let _ = browser::window().add_event_listener_with_callback("beforeunload", leaving.as_ref().unchecked_ref());
    looked_at.forget();
    leaving.forget();
}
