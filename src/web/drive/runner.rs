//! Carries out what the [engine](crate::engine) says, with the means of the browser, and reports back. What comes next
//! for a task, when, and in which tab, is decided there.
//!
//! A task outlives every panel: its signal belongs to nobody's view.

use crate::engine::{Command, Event};
use crate::http::Request;
use crate::key::ApiKey;
use crate::protocol::Call;
use crate::snapshot::Saved;
use crate::task::{Effect, Input, Origin, Task};
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::drive::engine::{hear, with_engine};
use crate::web::drive::journal;
use crate::web::drive::journal::record;
use crate::web::drive::journal::tabs;
use crate::web::drive::keep;
use crate::web::drive::route;
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Pressed, Sender};
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, closure::Closure};

/// Longest wait that a browser's timer takes.
const LONGEST_TIMER_MS: u32 = u32::MAX / 2;

/// Carries out what the engine says.
pub fn perform(app: App, command: Command) {
    match command {
        Command::Add(uid) => add(app, &uid),
        Command::Show(uid) => {
            let task = with_engine(app, |engine| engine.task(&uid).cloned());
            if let (Some(handle), Some(task)) = (app.task(&uid), task) {
                handle.task.set(task);
            }
        }
        Command::Elsewhere(uid, elsewhere) => {
            if let Some(handle) = app.task(&uid) {
                handle.elsewhere.set(elsewhere);
            }
        }
        Command::Select(uid) => app.selected.set(app.task(&uid).map(|handle| handle.number)),
        Command::Drop(uid) => drop_handle(app, &uid),
        Command::Changed(uid) => journal::changed(app, &uid),
        Command::Write { write, saved } => {
            let entry = record::entry(&saved);
            spawn_local(async move {
                let uid = entry.uid.clone();
                let is_kept = journal::save(app, entry).await;
                hear(app, Event::Written { uid, write, is_kept });
            });
        }
        Command::Read(uid, why) => spawn_local(async move {
            let saved = record::load(app, &uid).await.map(Box::new);
            hear(app, Event::Read(uid, why, saved));
        }),
        Command::Send { uid, no, call, request, key, timeout_ms } => {
            spawn_local(send(app, uid, no, call, request, key, timeout_ms));
        }
        Command::Wake { uid, timer, wait_ms } => {
            let name = uid.clone();
            let timer = after(wait_ms, move || hear(app, Event::Due { uid, timer }));
            app.drive.timers.borrow_mut().insert(name, timer);
        }
        Command::StandInLine(uid) => tabs::stand_in_line(app, uid),
        Command::Patience(uid, wait_ms) => {
            after(wait_ms, move || hear(app, Event::StillWaiting(uid))).forget();
        }
        Command::LetGo(uid) => tabs::let_go(app, &uid),
        Command::Tell(word) => tabs::tell(app, &word),
        Command::ForgetKeys => keep::forget_here(app),
    }
}

fn after(wait_ms: u64, run: impl FnOnce() + 'static) -> gloo_timers::callback::Timeout {
    let wait_ms = u32::try_from(wait_ms).unwrap_or(LONGEST_TIMER_MS).min(LONGEST_TIMER_MS);
    gloo_timers::callback::Timeout::new(wait_ms, run)
}

/// Sends a call and reports what comes.
async fn send(app: App, uid: String, no: u32, call: Call, request: Request, key: ApiKey, timeout_ms: u64) {
    let Some((gateway, at_simulator)) = with_engine(app, |engine| {
        engine.task(&uid).map(|task| (task.origin.gateway.clone(), app.is_simulator(&task.origin.base)))
    }) else {
        return;
    };
    let relayed = route::relayed(app, &gateway, &request.url);
    let told = |input| hear(app, Event::Told(uid.clone(), input));
    if call == Call::Create {
        let created = fetch::create(&request, Some(&key), relayed.as_ref(), &uid, timeout_ms).await;
        if created.may_be_twice {
            hear(app, Event::MayBeTwice { uid: uid.clone(), at_simulator });
        }
        return told(match created.answer {
            Ok(answer) => Input::Answered(no, answer),
            Err(fault) => Input::NoAnswer(no, fault),
        });
    }
    let expect = if call == Call::Content { Expect::Video } else { Expect::Text };
    let progress = {
        let uid = uid.clone();
        Box::new(move |bytes, total| hear(app, Event::Told(uid.clone(), Input::Received(no, bytes, total))))
    };
    told(match fetch::send(&request, Some(&key), relayed.as_ref(), timeout_ms, expect, progress).await {
        Ok(Arrival::Text(answer)) => Input::Answered(no, answer),
        Ok(Arrival::Video(link, bytes)) => {
            if let Some(handle) = app.task(&uid) {
                handle.memory.set(Some(link));
            }
            Input::Arrived(no, bytes)
        }
        Err(fault) => Input::NoAnswer(no, fault),
    });
}

/// Puts a task of the engine's among those of the page, by the time it began.
fn add(app: App, uid: &str) {
    let found = with_engine(app, |engine| engine.task(uid).cloned().zip(engine.draft(uid).cloned()));
    let Some((task, draft)) = found else { return };
    let number = app.tasks.with_untracked(|tasks| tasks.iter().map(|handle| handle.number).max().unwrap_or(0)) + 1;
    let started_ms = task.started_ms;
    let handle = TaskHandle {
        number,
        uid: uid.into(),
        task: ArcRwSignal::new(task),
        draft,
        memory: ArcRwSignal::new(None),
        elsewhere: ArcRwSignal::new(false),
    };
    app.tasks.update(|tasks| {
        let older = |known: &TaskHandle| known.task.with_untracked(|task| task.started_ms <= started_ms);
        let place = tasks.iter().position(older).unwrap_or(tasks.len());
        tasks.insert(place, handle);
    });
}

fn drop_handle(app: App, uid: &str) {
    app.drive.timers.borrow_mut().remove(uid);
    let Some(handle) = app.task(uid) else { return };
    if app.selected.get_untracked() == Some(handle.number) {
        app.selected.set(None);
    }
    app.tasks.update(|tasks| tasks.retain(|known| known.number != handle.number));
}

/// Takes a task from the page; its record is another matter.
pub fn drop_task(app: App, uid: &str) {
    hear(app, Event::Deleted(uid.to_owned()));
}

/// Makes one task of a press, with one create call; none where the press means a task that is there.
pub fn run(app: App, pressed: Pressed) {
    let Pressed { at_ms, sender, asked, generation, draft, gateway, endpoint, model, target } = pressed;
    let origin = Origin {
        gateway: gateway.id.to_owned(),
        model,
        endpoint,
        base: target.base,
        region: target.region,
        poll: app.poll_rule(gateway, target.simulated),
        link_hours: gateway.link_hours,
    };
    app.pressed_twice.set(None);
    if asked == Asked::Once && is_pressed_already(app, generation.request(), at_ms, None) {
        return;
    }
    let make = if sender == Sender::Page { Task::start } else { Task::by_hand };
    let (task, effects) = make(fresh_uid(), origin, &generation, browser::now_ms());
    app.tried.set(false);
    launch(app, Saved { task, draft }, effects);
}

/// Whether a press means a task that is there: made by the same press, or on its way. Whoever pressed is told so,
/// because a press that does nothing is pressed again. `beside` is a task that it cannot mean.
pub fn is_pressed_already(app: App, request: &Request, pressed_ms: u64, beside: Option<&str>) -> bool {
    let meant = with_engine(app, |engine| engine.pressed(request, pressed_ms, beside).map(str::to_owned));
    let meant = meant.and_then(|uid| app.task(&uid)).map(|handle| handle.number);
    if let Some(number) = meant {
        app.pressed_twice.set(Some((number, browser::now_ms())));
    }
    meant.is_some()
}

/// Puts a new task on the stage and does what it says first.
pub fn launch(app: App, saved: Saved, effects: Vec<Effect>) -> Option<TaskHandle> {
    let uid = saved.task.uid.clone();
    app.now.set(browser::now_ms());
    hear(app, Event::Began(Box::new(saved), effects));
    browser::reveal("stage");
    app.task(&uid)
}

/// Tells a task what the user wants of it, in whichever tab it is followed.
pub fn feed(app: App, handle: &TaskHandle, input: Input) {
    hear(app, Event::Wish(handle.uid.to_string(), input));
}

/// A name for a task that no other task has: the moment and a random part.
pub fn fresh_uid() -> String {
    // Between 0 and 2^52: exact in both types.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let random = (js_sys::Math::random() * 4_503_599_627_370_496.0) as u64;
    [&browser::now_ms().to_string(), "-", &random.to_string()].concat()
}

/// Moves the clock once a second while anything counts time, asks at once when the tab is looked at again, and warns
/// before a tab with a create call in flight is closed.
pub fn keep_time(app: App) {
    let counts = move || with_engine(app, |engine| engine.counts_time());
    gloo_timers::callback::Interval::new(1000, move || {
        if !browser::is_hidden() && (counts() || app.counts_keys()) {
            app.now.set(browser::now_ms());
        }
    })
    .forget();
    let looked_at = Closure::<dyn FnMut()>::new(move || {
        if !browser::is_hidden() {
            hear(app, Event::LookedAt);
        }
    });
    let leaving = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let is_kept = app.unkept.get_untracked().is_empty();
        if with_engine(app, |engine| engine.would_lose(is_kept)) {
            event.prevent_default();
        }
    });
    let document = browser::document();
    let _ = document.add_event_listener_with_callback("visibilitychange", looked_at.as_ref().unchecked_ref());
    let _ = browser::window().add_event_listener_with_callback("beforeunload", leaving.as_ref().unchecked_ref());
    looked_at.forget();
    leaving.forget();
}
