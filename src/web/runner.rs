//! Carries out the effects of tasks. A task outlives every panel: its signal belongs to nobody's view.

use super::app::App;
use super::browser;
use super::fetch::{self, Arrival, Expect};
use super::journal::record;
use super::journal::store::Entry;
use super::journal::{self, follow, tabs};
use crate::catalog::{Gateway, PollRule};
use crate::draft::Draft;
use crate::http::Request;
use crate::key::ApiKey;
use crate::protocol::Call;
use crate::redact::redact;
use crate::snapshot::Saved;
use crate::task::{Effect, Input, Origin, Press, State, Task, press};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use wasm_bindgen::{JsCast, closure::Closure};

/// Least milliseconds between queries, however fast the simulator's clock runs.
const FASTEST_MS: f64 = 250.0;

/// Least milliseconds between the queries of different tasks, and the longest such a queue can get.
const BETWEEN_QUERIES_MS: u64 = 150;
const LONGEST_TURN_MS: u64 = 60_000;

thread_local! {
    /// When the next query may leave.
    static TURN: Cell<u64> = const { Cell::new(0) };
}

/// A task, its timer, and the link to its video in memory.
#[derive(Clone)]
pub struct TaskHandle {
    /// Number within this visit, from 1.
    pub number: u32,
    /// Its name in the journal.
    pub uid: Arc<str>,
    /// The task.
    pub task: ArcRwSignal<Task>,
    /// What was wanted, as the form had it.
    pub draft: Arc<Draft>,
    /// Link to the video in memory, once it was fetched with the key.
    pub memory: ArcRwSignal<Option<String>>,
    /// Another tab follows it.
    pub elsewhere: ArcRwSignal<bool>,
    /// The key with which it was refused here: it is not tried again by itself.
    pub refused: Arc<Mutex<Option<ApiKey>>>,
    timer: Arc<Mutex<Option<SendWrapper<gloo_timers::callback::Timeout>>>>,
    line: Arc<Mutex<Line>>,
}

/// What is still to be done for a task, in order. Nothing passes a record on its way to the disk.
#[derive(Default)]
struct Line {
    steps: VecDeque<Step>,
    writing: bool,
    gone: bool,
}

enum Step {
    Write(Entry),
    Do(Effect),
}

impl TaskHandle {
    /// Whether it was deleted: nothing is done for it any more, and nothing written.
    pub fn is_gone(&self) -> bool {
        self.line.lock().is_ok_and(|line| line.gone)
    }
}

/// The task of this name, if it is among those of the page.
pub fn find(app: App, uid: &str) -> Option<TaskHandle> {
    app.tasks.with_untracked(|tasks| tasks.iter().find(|handle| *handle.uid == *uid).cloned())
}

/// Puts a task among those of the page, by the time it began.
pub fn add(app: App, saved: Saved) -> TaskHandle {
    let Saved { task, draft } = saved;
    let number = app.tasks.with_untracked(|tasks| tasks.iter().map(|handle| handle.number).max().unwrap_or(0)) + 1;
    let started_ms = task.started_ms;
    let handle = TaskHandle {
        number,
        uid: task.uid.as_str().into(),
        task: ArcRwSignal::new(task),
        draft: Arc::new(draft),
        memory: ArcRwSignal::new(None),
        elsewhere: ArcRwSignal::new(false),
        refused: Arc::default(),
        timer: Arc::default(),
        line: Arc::default(),
    };
    app.tasks.update(|tasks| {
        let older = |known: &TaskHandle| known.task.with_untracked(|task| task.started_ms <= started_ms);
        let place = tasks.iter().position(older).unwrap_or(tasks.len());
        tasks.insert(place, handle.clone());
    });
    handle
}

/// Takes a task from the page; its record is another matter.
pub fn drop_task(app: App, uid: &str) {
    let Some(handle) = find(app, uid) else { return };
    if let Ok(mut line) = handle.line.lock() {
        line.gone = true;
        line.steps.clear();
    }
    if let Ok(mut timer) = handle.timer.lock() {
        *timer = None;
    }
    tabs::let_go(uid);
    if app.selected.get_untracked() == Some(handle.number) {
        app.selected.set(None);
    }
    app.tasks.update(|tasks| tasks.retain(|known| known.number != handle.number));
}

/// Who makes the calls of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The page.
    Page,
    /// The user, from a terminal: the page needs no key and sends nothing.
    Person,
}

/// Presses Run: makes one task with one create call, or shows what is missing.
pub fn run(app: App) {
    begin(app, Sender::Page, Asked::Once);
}

/// Makes another task of a request that is on its way already, by a press of its own.
pub fn run_once_more(app: App) {
    begin(app, Sender::Page, Asked::Again);
}

/// Makes one task whose calls the user makes.
pub fn run_by_hand(app: App) {
    begin(app, Sender::Person, Asked::Again);
}

/// How a wish was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// By a press that may be a second one for the same wish.
    Once,
    /// By a press that cannot mean anything else.
    Again,
}

fn begin(app: App, sender: Sender, asked: Asked) {
    let outlook = app.outlook.get_untracked();
    let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
    let target = untrack(|| app.target());
    let key_missing =
        sender == Sender::Page && target.as_ref().is_ok_and(|target| app.key(&gateway.id, &target.base).is_none());
    let (Some(generation), Ok(target), false) = (&outlook.generation, target, key_missing) else {
        app.tried.set(true);
        super::view::focus_first_problem(app);
        return;
    };
    let Some(endpoint) = gateway.endpoint(model) else { return };
    app.pressed_twice.set(None);
    if asked == Asked::Once && is_pressed_already(app, generation.request(), None) {
        return;
    }
    let poll = poll_rule(app, gateway, target.simulated);
    let origin = Origin {
        gateway: gateway.id.clone(),
        model: model.id.clone(),
        endpoint: endpoint.clone(),
        base: target.base,
        region: target.region,
        poll,
        link_hours: gateway.link_hours,
    };
    let make = if sender == Sender::Page { Task::start } else { Task::by_hand };
    let (task, effects) = make(fresh_uid(), origin, generation, browser::now_ms());
    app.tried.set(false);
    launch(app, Saved { task, draft: app.draft.get_untracked() }, effects);
}

/// Whether the press that is handled now means a task that is there: made by the same press, or on its way. Whoever
/// pressed is told so, because a press that does nothing is pressed again. `beside` is a task that it cannot mean.
pub fn is_pressed_already(app: App, request: &Request, beside: Option<&str>) -> bool {
    let pressed_ms = browser::pressed_ms();
    let meant = app.tasks.with_untracked(|tasks| {
        // Not only the newest: one that a clock ahead of this one has dated stands before it.
        let mut others = tasks.iter().filter(|handle| beside != Some(&*handle.uid));
        let is_meant =
            |handle: &&TaskHandle| handle.task.with_untracked(|task| press(task, request, pressed_ms) != Press::New);
        others.find(is_meant).map(|handle| handle.number)
    });
    if let Some(number) = meant {
        app.pressed_twice.set(Some((number, browser::now_ms())));
    }
    meant.is_some()
}

/// Puts a new task on the stage and does what it says first.
pub fn launch(app: App, saved: Saved, effects: Vec<Effect>) -> TaskHandle {
    app.now.set(browser::now_ms());
    let handle = add(app, saved);
    app.selected.set(Some(handle.number));
    browser::reveal("stage");
    // The other tabs learn of the task when its record is written: by then it has to be ours.
    let ours = handle.clone();
    tabs::stand_in_line(&handle.uid, move || carry_out(app, &ours, effects));
    handle
}

/// How often a gateway is asked; the simulator's clock may run faster than life.
pub fn poll_rule(app: App, gateway: &Gateway, simulated: bool) -> PollRule {
    let mut poll = gateway.poll;
    if app.has_simulator() && simulated {
        // Bounded above by the rule and below by a constant: the cast cannot overflow.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let scale = |ms: u32| (f64::from(ms) / app.speed).max(FASTEST_MS) as u32;
        poll.first_ms = scale(poll.first_ms);
        poll.interval_ms = scale(poll.interval_ms);
    }
    poll
}

/// Tells a task what the user wants of it, in whichever tab it is followed.
pub fn feed(app: App, handle: &TaskHandle, input: Input) {
    follow::wish(app, handle, input);
}

/// A name for a task that no other task has: the moment and a random part.
pub fn fresh_uid() -> String {
    // Between 0 and 2^52: exact in both types.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let random = (js_sys::Math::random() * 4_503_599_627_370_496.0) as u64;
    [&browser::now_ms().to_string(), "-", &random.to_string()].concat()
}

/// Tells a task what happened, and does what it says.
pub fn advance(app: App, handle: &TaskHandle, input: Input) {
    let mut effects = Vec::new();
    handle.task.update(|task| effects = step(app, task, input, None));
    carry_out(app, handle, effects);
}

/// Tells a task what happened. Nobody sees it before the keys of this visit are out of what an answer brought, and the
/// one that the call was sent with, which may have been changed since.
pub fn step(app: App, task: &mut Task, input: Input, sent_with: Option<&ApiKey>) -> Vec<Effect> {
    let brings_text = matches!(input, Input::Answered(..) | Input::Pasted(..));
    let effects = task.advance(input, browser::now_ms(), browser::is_hidden());
    if brings_text {
        let known = app.known_keys();
        task.clean(|text| redact(known.iter().chain(sent_with), text));
    }
    effects
}

/// Does what a task says, one step after the other.
pub fn carry_out(app: App, handle: &TaskHandle, effects: Vec<Effect>) {
    {
        let Ok(mut line) = handle.line.lock() else { return };
        for effect in effects {
            line.steps.push_back(match effect {
                // The record of this very moment, whatever comes while it waits its turn.
                Effect::Save => Step::Write(record::entry(handle)),
                other => Step::Do(other),
            });
        }
        if line.writing || line.gone {
            return;
        }
    }
    work_off(app, handle);
}

fn work_off(app: App, handle: &TaskHandle) {
    loop {
        let step = {
            let Ok(mut line) = handle.line.lock() else { return };
            let step = line.steps.pop_front();
            line.writing = matches!(step, Some(Step::Write(_)));
            step
        };
        match step {
            Some(Step::Do(effect)) => act(app, handle, effect),
            Some(Step::Write(entry)) => {
                let handle = handle.clone();
                spawn_local(async move {
                    journal::save(app, entry).await;
                    work_off(app, &handle);
                });
                return;
            }
            None => return follow::let_go_if_idle(app, handle),
        }
    }
}

/// Asks when it is its turn: however many tasks are followed, their queries leave one after the other. It keeps the page
/// smooth, and the gateways' limits on queries a second.
fn in_turn(app: App, handle: &TaskHandle, input: Input) {
    let now = browser::now_ms();
    // A turn far away is of a clock that has been set back since: it must not put this one off.
    let known = TURN.get();
    let turn = if known > now + LONGEST_TURN_MS { now } else { known.max(now) };
    TURN.set(turn + BETWEEN_QUERIES_MS);
    let wait = u32::try_from(turn - now).unwrap_or(0);
    if wait == 0 {
        return advance(app, handle, input);
    }
    set_timer(handle, wait, {
        let handle = handle.clone();
        move || advance(app, &handle, input)
    });
}

fn set_timer(handle: &TaskHandle, wait_ms: u32, run: impl FnOnce() + 'static) {
    let uid = handle.uid.clone();
    let timer = gloo_timers::callback::Timeout::new(wait_ms, move || {
        // Another tab may follow it by now, with a key that this one lacks: two that write would talk over each other.
        if tabs::is_ours(&uid) {
            run();
        }
    });
    if let Ok(mut slot) = handle.timer.lock() {
        *slot = Some(SendWrapper::new(timer));
    }
}

fn act(app: App, handle: &TaskHandle, effect: Effect) {
    match effect {
        Effect::Save => {}
        Effect::Wake(at_ms) => {
            let wait = u32::try_from(at_ms.saturating_sub(browser::now_ms())).unwrap_or(u32::MAX / 2);
            set_timer(handle, wait, {
                let handle = handle.clone();
                move || in_turn(app, &handle, Input::Due)
            });
        }
        Effect::Send { no, call, request, timeout_ms } => {
            let handle = handle.clone();
            let key = handle.task.with_untracked(|task| app.key(&task.origin.gateway, &task.origin.base));
            let relayed =
                handle.task.with_untracked(|task| super::route::relayed(app, &task.origin.gateway, &request.url));
            let Some(key) = key else { return advance(app, &handle, Input::NoKey(no)) };
            if call == Call::Create {
                let simulated = handle.task.with_untracked(|task| app.is_simulator(&task.origin.base));
                spawn_local(async move {
                    let created = fetch::create(&request, Some(&key), relayed.as_ref(), &handle.uid, timeout_ms).await;
                    let input = match created.answer {
                        Ok(answer) => Input::Answered(no, answer),
                        Err(fault) => Input::NoAnswer(no, fault),
                    };
                    if created.may_be_twice && !simulated {
                        advance(app, &handle, Input::MayBeTwice);
                    }
                    advance(app, &handle, input);
                });
                return;
            }
            spawn_local(async move {
                let expect = if call == Call::Content { Expect::Video } else { Expect::Text };
                let progress = {
                    let handle = handle.clone();
                    Box::new(move |bytes, total| advance(app, &handle, Input::Received(no, bytes, total)))
                };
                let input =
                    match fetch::send(&request, Some(&key), relayed.as_ref(), timeout_ms, expect, progress).await {
                        Ok(Arrival::Text(answer)) => Input::Answered(no, answer),
                        Ok(Arrival::Video(link, bytes)) => {
                            handle.memory.set(Some(link));
                            Input::Arrived(no, bytes)
                        }
                        Err(fault) => Input::NoAnswer(no, fault),
                    };
                let mut effects = Vec::new();
                handle.task.update(|task| effects = step(app, task, input, Some(&key)));
                carry_out(app, &handle, effects);
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
        if !browser::is_hidden() && (counts() || app.counts_keys()) {
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
            let may_ask = handle.task.with_untracked(|task| task.may_ask_early(now));
            if may_ask && tabs::is_ours(&handle.uid) {
                in_turn(app, &handle, Input::AskNow);
            }
        }
    });
    let leaving = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let unsafe_to_leave = app.tasks.with_untracked(|tasks| {
            // What is on disk goes on when the page is opened again; a create call without its answer is in doubt.
            let kept = app.unkept.get_untracked().is_empty();
            let loses = |task: &Task| task.state == State::Sending || (!kept && !task.state.is_final());
            tasks.iter().any(|handle| tabs::is_ours(&handle.uid) && handle.task.with_untracked(loses))
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
