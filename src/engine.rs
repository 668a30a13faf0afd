//! What a tab does for its tasks: a state machine. It receives [`Event`]s and returns [`Command`]s, in the order in
//! which they must be carried out. The page and the chaos suite run the same engine; neither makes decisions itself.
//!
//! It knows no browser, no clock and no source of randomness: the time, whether the tab is hidden, and the available
//! keys come with every event, as a [`Moment`].
//!
//! - [`queue`]: the steps of one task, in order. Nothing overtakes a record on its way to the disk
//! - [`turns`]: when a query may be sent, so that the queries of many tasks are spaced out
//! - [`word`]: the messages between tabs
//! - `follow`: which tab polls a task, and how it takes one over; `place`: the tab's state with respect to the lock
//!
//! Two rules hold everything together. A step after a write waits until the write is done: the create call after its
//! record, the first query after the ID. And only the tab that holds a task's lock polls automatically: a timer that
//! fires without the lock does nothing. Responses are accepted in every tab, because a response that names a task must
//! not be lost; of two records of a task the disk keeps the one that knows more.

mod follow;
mod place;
pub mod queue;
pub mod turns;
pub mod word;

use crate::address::BaseUrl;
use crate::draft::Draft;
use crate::http::Request;
use crate::key::ApiKey;
use crate::protocol::Call;
use crate::redact::redact;
use crate::snapshot::Saved;
use crate::task::{Effect, Following, Input, Press, State, Task, press};
use place::Place;
use queue::{Queue, Step};
use std::collections::BTreeMap;
use std::sync::Arc;
use turns::Turns;
use word::Word;

/// The keys of a tab.
pub trait Keys {
    /// The key for calls to a gateway at this base.
    fn key(&self, gateway: &str, base: &BaseUrl) -> Option<ApiKey>;
    /// Every key of this visit: none of them may be in a record.
    fn known(&self) -> Vec<ApiKey>;
}

/// When an event happens, and the context at that time.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// Milliseconds since 1970, by the clock of the machine.
    pub now_ms: u64,
    /// Nobody is looking at the tab.
    pub is_hidden: bool,
    /// The keys.
    pub keys: &'a dyn Keys,
}

/// Which tasks a tab shows automatically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything that is active in this browser.
    Page,
    /// What was started here.
    Embed,
}

/// Whether the tabs can talk to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// They can.
    Open,
    /// The browser does not support it.
    Missing,
}

/// Why a record is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The task's lock is ours: it continues from what the last tab wrote.
    TakeUp,
    /// Another tab has written it.
    News,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// The page was opened, and the journal holds these.
    Opened(Vec<Saved>),
    /// The user created a task; the effects are its first.
    Began(Box<Saved>, Vec<Effect>),
    /// A record was found, in the history or in a file.
    Found(Box<Saved>),
    /// A request by the user about a task.
    Wish(String, Input),
    /// A call of this tab produced something.
    Told(String, Input),
    /// The browser may have sent the create call twice. Comes before the response.
    MayBeTwice {
        /// The task.
        uid: String,
        /// The call went to the simulator, which creates one task for both.
        at_simulator: bool,
    },
    /// A write has ended.
    Written {
        /// The task.
        uid: String,
        /// Which write.
        write: u64,
        /// The record is on disk.
        is_kept: bool,
    },
    /// The lock of a task is ours.
    Locked(String),
    /// The lock of a task is no longer ours.
    Unlocked(String),
    /// The record that was requested; `None` if there is none, or it cannot be read.
    Read(String, Why, Option<Box<Saved>>),
    /// A timer has fired.
    Due {
        /// The task.
        uid: String,
        /// Which timer.
        timer: u64,
    },
    /// The time set by [`Command::Patience`] is over.
    StillWaiting(String),
    /// A key was given, perhaps the same one again.
    KeyGiven,
    /// The user is looking at the tab again.
    LookedAt,
    /// Calls to this origin can now be sent from here: tasks queried by hand because there was no route are polled by
    /// the tab.
    WayOpened(String),
    /// Another tab sent a message.
    Heard(Word),
    /// The user deleted a task here.
    Deleted(String),
}

/// What has to be done.
#[derive(Debug, Clone)]
pub enum Command {
    /// Adds a task to those of the tab.
    Add(String),
    /// A task has changed.
    Show(String),
    /// Whether another tab polls a task.
    Elsewhere(String, bool),
    /// Show a task on the stage.
    Select(String),
    /// A task is gone.
    Drop(String),
    /// A record may have changed: lists have to update.
    Changed(String),
    /// Write a record and report back with [`Event::Written`]. A record on disk that knows more is kept.
    Write {
        /// Number to report under.
        write: u64,
        /// The record.
        saved: Box<Saved>,
    },
    /// Read a record and report back with [`Event::Read`].
    Read(String, Why),
    /// Send a request, and report the outcome with [`Event::Told`].
    Send {
        /// The task.
        uid: String,
        /// Number of the call within the task.
        no: u32,
        /// What it is for.
        call: Call,
        /// The request, without the key.
        request: Request,
        /// The key it is sent with.
        key: ApiKey,
        /// When to give up.
        timeout_ms: u64,
    },
    /// Report [`Event::Due`] after this time. Replaces an earlier timer of the task.
    Wake {
        /// The task.
        uid: String,
        /// Number to report under.
        timer: u64,
        /// Milliseconds from now.
        wait_ms: u64,
    },
    /// Ask for a task's lock, and report [`Event::Locked`] when it is ours.
    StandInLine(String),
    /// Report [`Event::StillWaiting`] after this time.
    Patience(String, u64),
    /// Release a task's lock, or leave the queue for it.
    LetGo(String),
    /// Send a message to the other tabs.
    Tell(Word),
    /// Forget every key.
    ForgetKeys,
}

/// What a timer is for.
#[derive(Debug, Clone)]
enum Purpose {
    /// A query is scheduled: it asks for its turn.
    Due,
    /// It is a query's turn.
    Turn(Input),
}

/// A task held by a tab.
struct Held {
    task: Task,
    draft: Arc<Draft>,
    queue: Queue,
    place: Place,
    /// The current timer: a later one replaces it.
    timer: Option<(u64, Purpose)>,
    /// The key with which it was refused here: it is not retried automatically.
    refused: Option<ApiKey>,
    /// The keys its calls were sent with, the latest one last: a response may repeat one that was changed since.
    sent_with: Vec<ApiKey>,
}

/// The tasks of one tab, and what remains to be done for them.
pub struct Engine {
    scope: Scope,
    channel: Channel,
    held: BTreeMap<String, Held>,
    turns: Turns,
    /// Counts writes and timers: a report for an earlier one matches nothing.
    count: u64,
}

impl Engine {
    /// A tab without tasks.
    pub fn new(scope: Scope, channel: Channel) -> Self {
        Self { scope, channel, held: BTreeMap::new(), turns: Turns::default(), count: 0 }
    }

    /// Processes an event and returns what to do.
    pub fn hear(&mut self, event: Event, moment: Moment<'_>) -> Vec<Command> {
        let mut turn = Turn { engine: self, moment, out: Vec::new() };
        match event {
            Event::Opened(saved) => turn.opened(saved),
            Event::Began(saved, effects) => turn.began(*saved, effects),
            Event::Found(saved) => turn.take_in(*saved),
            Event::Wish(uid, wish) => turn.wish(&uid, wish),
            Event::Told(uid, input) => turn.advance(&uid, input),
            // One press creates one task there, whatever the browser does.
            Event::MayBeTwice { at_simulator: true, .. } => {}
            Event::MayBeTwice { uid, at_simulator: false } => turn.advance(&uid, Input::MayBeTwice),
            Event::Written { uid, write, is_kept } => turn.written(&uid, write, is_kept),
            Event::Locked(uid) => turn.locked(uid),
            Event::Unlocked(uid) => turn.unlocked(&uid),
            Event::Read(uid, Why::TakeUp, saved) => turn.go_on(&uid, saved.map(|saved| *saved)),
            Event::Read(uid, Why::News, saved) => turn.news(&uid, saved.map(|saved| *saved)),
            Event::Due { uid, timer } => turn.due(&uid, timer),
            Event::StillWaiting(uid) => turn.still_waiting(uid),
            Event::KeyGiven => turn.key_given(),
            Event::LookedAt => turn.looked_at(),
            Event::WayOpened(origin) => turn.way_opened(&origin),
            Event::Heard(word) => turn.heard(word),
            Event::Deleted(uid) => turn.drop_task(uid),
        }
        turn.out
    }

    /// A task of this tab.
    pub fn task(&self, uid: &str) -> Option<&Task> {
        self.held.get(uid).map(|held| &held.task)
    }

    /// The draft a task was created from.
    pub fn draft(&self, uid: &str) -> Option<&Arc<Draft>> {
        self.held.get(uid).map(|held| &held.draft)
    }

    /// Every task of this tab, by its name.
    pub fn tasks(&self) -> impl Iterator<Item = (&str, &Task)> {
        self.held.iter().map(|(uid, held)| (uid.as_str(), &held.task))
    }

    /// Whether this tab polls a task, as far as it knows.
    pub fn follows(&self, uid: &str) -> bool {
        self.held.get(uid).is_some_and(|held| held.place == Place::Ours)
    }

    /// Whether nothing remains to be done for a task until something happens.
    pub fn is_quiet(&self, uid: &str) -> bool {
        self.held.get(uid).is_none_or(|held| held.queue.is_quiet())
    }

    /// The existing task that a press refers to, if any: created by the same press, or with its create call in flight.
    /// `beside` is a task that it cannot refer to.
    pub fn pressed(&self, request: &Request, pressed_ms: u64, beside: Option<&str>) -> Option<&str> {
        let others = self.tasks().filter(|(uid, _)| Some(*uid) != beside);
        // Not only the newest: one dated by a clock that is ahead of this one sorts before it.
        let meant = others.filter(|(_, task)| press(task, request, pressed_ms) != Press::New);
        meant.max_by_key(|(_, task)| task.started_ms).map(|(uid, _)| uid)
    }

    /// Whether anything depends on the time: an active task, or a video whose link expires.
    pub fn counts_time(&self) -> bool {
        self.tasks().any(|(_, task)| goes_on(task) || matches!(task.state, State::Done(_)))
    }

    /// Whether something is lost if the tab is closed now. What is on disk continues when the page is opened again; a
    /// create call without its response is in doubt.
    pub fn would_lose(&self, is_kept: bool) -> bool {
        let loses = |task: &Task| task.state == State::Sending || (!is_kept && goes_on(task));
        self.held.values().any(|held| held.place.is_ours() && loses(&held.task))
    }
}

/// Whether anything can still happen to a task automatically.
fn goes_on(task: &Task) -> bool {
    !task.state.is_final()
}

/// Whether it waits for a key that may be accepted.
fn lacks_key(task: &Task) -> bool {
    goes_on(task) && matches!(task.following, Following::NeedsKey | Following::KeyRefused)
}

/// One event being processed.
struct Turn<'a, 'm> {
    engine: &'a mut Engine,
    moment: Moment<'m>,
    out: Vec<Command>,
}

impl Turn<'_, '_> {
    fn held(&mut self, uid: &str) -> Option<&mut Held> {
        self.engine.held.get_mut(uid)
    }

    fn next_number(&mut self) -> u64 {
        self.engine.count += 1;
        self.engine.count
    }

    /// The available key for a task.
    fn key_of(&self, task: &Task) -> Option<ApiKey> {
        self.moment.keys.key(&task.origin.gateway, &task.origin.base)
    }

    /// Passes an event to a task, and carries out the effects.
    fn advance(&mut self, uid: &str, input: Input) {
        self.step(uid, input);
        self.work_off(uid);
    }

    /// Passes an event to a task; its effects go into its queue. Nobody sees the task before keys have been removed
    /// from what a response brought: those of this visit, and those that its calls were sent with, which may have been
    /// changed since.
    fn step(&mut self, uid: &str, input: Input) {
        let moment = self.moment;
        let Some(held) = self.engine.held.get_mut(uid) else { return };
        let brings_text = matches!(input, Input::Answered(..) | Input::Pasted(..));
        let was_refused = held.task.following == Following::KeyRefused;
        let effects = held.task.advance(input, moment.now_ms, moment.is_hidden);
        if brings_text {
            let known = moment.keys.known();
            let keys = known.iter().chain(&held.sent_with);
            held.task.clean(|text| redact(keys.clone(), text));
        }
        if held.task.following == Following::KeyRefused && !was_refused {
            let at_hand = || moment.keys.key(&held.task.origin.gateway, &held.task.origin.base);
            held.refused = held.sent_with.last().cloned().or_else(at_hand);
        }
        self.take_on(uid, effects);
    }

    /// Adds a task's effects to its queue.
    fn take_on(&mut self, uid: &str, effects: Vec<Effect>) {
        let Some(held) = self.engine.held.get_mut(uid) else { return };
        for effect in effects {
            held.queue.push(match effect {
                // The record at this exact moment, whatever happens while it waits.
                Effect::Save => Step::Write(Box::new(held.saved())),
                other => Step::Do(other),
            });
        }
        self.out.push(Command::Show(uid.to_owned()));
    }

    /// Drains the queue up to the next write.
    fn work_off(&mut self, uid: &str) {
        loop {
            let number = self.engine.count + 1;
            let Some(held) = self.held(uid) else { return };
            // The other tabs learn about a new task when its record is written: by then it must be ours.
            if held.place.holds_back() {
                return;
            }
            match held.queue.next(number) {
                Some(Step::Write(saved)) => {
                    let write = self.next_number();
                    return self.out.push(Command::Write { write, saved });
                }
                Some(Step::Do(effect)) => self.act(uid, effect),
                None => break,
            }
        }
        self.settle(uid);
    }

    fn act(&mut self, uid: &str, effect: Effect) {
        match effect {
            Effect::Save => {}
            Effect::Wake(at_ms) => {
                let wait_ms = at_ms.saturating_sub(self.moment.now_ms);
                self.set_timer(uid, wait_ms, Purpose::Due);
            }
            Effect::Send { no, call, request, timeout_ms } => {
                let Some(key) = self.engine.task(uid).and_then(|task| self.key_of(task)) else {
                    return self.step(uid, Input::NoKey(no));
                };
                if let Some(held) = self.held(uid) {
                    held.sent_with.retain(|known| *known != key);
                    held.sent_with.push(key.clone());
                }
                self.out.push(Command::Send { uid: uid.to_owned(), no, call, request, key, timeout_ms });
            }
        }
    }

    fn set_timer(&mut self, uid: &str, wait_ms: u64, purpose: Purpose) {
        let timer = self.next_number();
        let Some(held) = self.held(uid) else { return };
        held.timer = Some((timer, purpose));
        self.out.push(Command::Wake { uid: uid.to_owned(), timer, wait_ms });
    }

    /// A timer has fired. Another tab may poll the task by now, with a key that this one lacks: two that poll would
    /// interfere with each other.
    fn due(&mut self, uid: &str, timer: u64) {
        let Some(held) = self.held(uid).filter(|held| held.place == Place::Ours) else { return };
        match held.timer.take_if(|(known, _)| *known == timer) {
            Some((_, Purpose::Due)) => self.in_turn(uid, Input::Due),
            Some((_, Purpose::Turn(input))) => self.advance(uid, input),
            None => {}
        }
    }

    /// Queries when it is its turn.
    fn in_turn(&mut self, uid: &str, input: Input) {
        let Some(task) = self.engine.task(uid) else { return };
        let account = turns::Account {
            gateway: task.origin.gateway.clone(),
            origin: task.origin.base.origin().to_owned(),
            key: self.key_of(task),
        };
        match self.engine.turns.take(account, self.moment.now_ms) {
            0 => self.advance(uid, input),
            wait_ms => self.set_timer(uid, wait_ms, Purpose::Turn(input)),
        }
    }

    /// The user is looking at the tab again, and does not want to wait for the next query.
    fn looked_at(&mut self) {
        let now_ms = self.moment.now_ms;
        let may_ask = |held: &Held| held.place == Place::Ours && held.task.may_ask_early(now_ms);
        for uid in self.uids(may_ask) {
            self.in_turn(&uid, Input::AskNow);
        }
    }

    fn written(&mut self, uid: &str, write: u64, is_kept: bool) {
        if is_kept {
            self.out.push(Command::Tell(Word::Saved(uid.to_owned())));
        }
        self.out.push(Command::Changed(uid.to_owned()));
        if self.held(uid).is_some_and(|held| held.queue.written(write)) {
            self.work_off(uid);
        }
    }

    fn uids(&self, wanted: impl Fn(&Held) -> bool) -> Vec<String> {
        self.engine.held.iter().filter(|(_, held)| wanted(held)).map(|(uid, _)| uid.clone()).collect()
    }
}

impl Held {
    fn new(saved: Saved) -> Self {
        Self {
            task: saved.task,
            draft: Arc::new(saved.draft),
            queue: Queue::default(),
            place: Place::Away,
            timer: None,
            refused: None,
            sent_with: Vec::new(),
        }
    }

    fn saved(&self) -> Saved {
        Saved { task: self.task.clone(), draft: self.draft.as_ref().clone() }
    }
}

#[cfg(test)]
mod tests;
