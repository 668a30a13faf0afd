//! The life of one paid generation, from the press of Run to its end: a state machine that returns effects.
//!
//! What must hold: the create call leaves once and is never repeated; a task id is saved before the first query; a
//! query that fails changes nothing about the task; an answer that comes late is ignored, unless it is the one answer
//! that names a task nobody knew the id of.
//!
//! Here are the task and its inputs; `state.rs` says where it can stand, `event.rs` what happens to it, `answer.rs` what
//! answers do, `ask.rs` which question comes next; `resume.rs` takes a task up again, `log.rs` keeps the log, and `clean.rs` takes keys out.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, PollRule};
use crate::generation::Generation;
use crate::http::Request;
use crate::price::Estimate;
use crate::protocol::{self, Call, Fault, Lookable, Stage, TaskId};

mod again;
mod answer;
mod ask;
mod clean;
mod event;
mod exchange;
mod found;
mod log;
mod press;
mod resume;
mod state;
mod twin;

pub use event::{Effect, Input};
pub use exchange::Exchange;
pub use found::{Whose, whose};
pub use press::{Press, press};
pub use state::{Cancel, Doubt, Finished, Following, LookUp, Misfit, NetFault, State, Twin};

/// Downloads tried by themselves before the user is asked.
const DOWNLOAD_TRIES: u32 = 6;
/// Answers in a row that must tell of an end without a proof (no link, an unknown task) before it is believed: right
/// after the create call, or while a gateway is restarted, they pass.
const UNPROVEN_TIMES: u32 = 3;

/// What a task needs to know of its place. Kept by value: a task outlives its model in the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Gateway id.
    pub gateway: String,
    /// Model id.
    pub model: String,
    /// Endpoint it was created at.
    pub endpoint: Endpoint,
    /// Base it was sent to.
    pub base: BaseUrl,
    /// Price region of that base.
    pub region: String,
    /// Polling advice.
    pub poll: PollRule,
    /// Hours a result link lives.
    pub link_hours: Option<u32>,
}

/// One paid generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its name in the journal, given by the shell: random, and no id of the gateway.
    pub uid: String,
    /// Grows with every change that is saved, from 1.
    pub rev: u64,
    /// Where it runs.
    pub origin: Origin,
    /// The create call; `None` for a task taken up from outside.
    pub create: Option<Request>,
    /// The price before.
    pub estimate: Option<Estimate>,
    /// When Run was pressed.
    pub started_ms: u64,
    /// When it ended.
    pub ended_ms: Option<u64>,
    /// The gateway's id.
    pub id: Option<TaskId>,
    /// Where it stands.
    pub state: State,
    /// Whether the page asks how it goes.
    pub following: Following,
    /// What became of the wish to cancel.
    pub cancel: Option<Cancel>,
    /// What came of looking for it.
    pub look_up: Option<LookUp>,
    /// Whether the one create call may have made a second task.
    pub twin: Twin,
    /// The task that was made of the same request when this one was in doubt.
    pub again: Option<String>,
    /// An attempt that failed, while the gateway goes on by itself.
    pub setback: Option<Fault>,
    /// Every call and its answer.
    pub exchanges: Vec<Exchange>,
    /// When the next query is due.
    pub next_ms: Option<u64>,
    /// Queries or downloads in a row without news.
    pub failures: u32,
    /// When the next query was planned. A clock that shows less has been set back.
    pub(crate) planned_ms: u64,
    /// Calls made so far: the number of the last one.
    pub(crate) calls: u32,
    pub(crate) now: Present,
}

/// What is true of a task only while a page holds it: never saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Present {
    in_flight: Vec<(u32, Call)>,
    /// Answers in a row that told of an end without a proof.
    unproven: u32,
    /// The last of them was that the gateway does not know the task.
    is_denied: bool,
    /// Pauses since the page began to follow: a clock that jumps, or a machine that sleeps, adds nothing to them.
    waited_ms: u64,
    /// The gateway wants no question before.
    not_before_ms: u64,
    /// Looks for a twin so far.
    twin_looks: u32,
}

impl Task {
    fn new(uid: String, origin: Origin, state: State, now_ms: u64) -> Self {
        Self {
            uid,
            rev: 1,
            origin,
            create: None,
            estimate: None,
            started_ms: now_ms,
            ended_ms: None,
            id: None,
            state,
            following: Following::Yes,
            cancel: None,
            look_up: None,
            twin: Twin::None,
            again: None,
            setback: None,
            exchanges: Vec::new(),
            next_ms: None,
            failures: 0,
            planned_ms: 0,
            calls: 0,
            now: Present::default(),
        }
    }

    /// Starts a generation. The effects hold the one and only create call, after the record is saved.
    pub fn start(uid: String, origin: Origin, generation: &Generation, now_ms: u64) -> (Self, Vec<Effect>) {
        let mut task = Self::new(uid, origin, State::Sending, now_ms);
        let create = generation.request().clone();
        task.create = Some(create.clone());
        task.estimate = generation.estimate().cloned();
        let effects = vec![Effect::Save, task.send(Call::Create, create, now_ms)];
        (task, effects)
    }

    /// Starts a generation whose calls the user makes from a terminal: nothing is sent from here.
    pub fn by_hand(uid: String, origin: Origin, generation: &Generation, now_ms: u64) -> (Self, Vec<Effect>) {
        let mut task = Self::new(uid, origin, State::ByHand, now_ms);
        task.create = Some(generation.request().clone());
        task.estimate = generation.estimate().cloned();
        task.following = Following::ByHand;
        (task, vec![Effect::Save])
    }

    /// Takes up a task that was created elsewhere, and asks how it is doing.
    pub fn adopt(uid: String, origin: Origin, id: TaskId, now_ms: u64) -> (Self, Vec<Effect>) {
        let state = State::Waiting { stage: Stage::Unknown, word: String::new() };
        let mut task = Self::new(uid, origin, state, now_ms);
        task.id = Some(id);
        let mut effects = vec![Effect::Save];
        effects.extend(task.ask(now_ms));
        (task, effects)
    }

    /// Takes in what happened and says what to do.
    pub fn advance(&mut self, input: Input, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let effects = match input {
            Input::Answered(no, answer) => self.answered(no, &answer, now_ms, hidden),
            Input::NoAnswer(no, fault) => self.no_answer(no, fault, now_ms, hidden),
            Input::MayBeTwice => self.may_be_twice(),
            Input::LookForTwin => self.look_for_twin_again(now_ms),
            Input::SentAgain(uid) => self.sent_again(uid),
            Input::Received(no, received, total) => self.received(no, received, total),
            Input::Arrived(no, bytes) => self.arrived(no, bytes, now_ms),
            Input::NoKey(no) => self.no_key(no),
            Input::Due if self.is_due(now_ms) => self.ask(now_ms),
            Input::Due => self.next_ms.map(Effect::Wake).into_iter().collect(),
            Input::AskNow => self.ask_soon(now_ms),
            Input::Stop => self.pause(Following::Stopped),
            Input::Follow => self.follow(now_ms),
            Input::Cancel => self.ask_cancel(now_ms),
            Input::LookUp(account) => self.ask_look_up(&account, now_ms),
            Input::Attach(id) => self.attach(id, now_ms),
            Input::ByHand => self.pause(Following::ByHand),
            Input::Pasted(call, answer) => self.pasted(call, &answer, now_ms, hidden),
            Input::FetchAgain => self.fetch_again(now_ms),
        };
        self.seal(effects, now_ms)
    }

    /// Notes the end, and puts one save in front where anything is saved.
    fn seal(&mut self, mut effects: Vec<Effect>, now_ms: u64) -> Vec<Effect> {
        if !self.state.is_final() {
            self.ended_ms = None;
        } else if self.ended_ms.is_none() {
            self.ended_ms = Some(now_ms);
            effects.push(Effect::Save);
        }
        if self.state.is_final() {
            self.next_ms = None;
            self.setback = None;
            // The end came first: whatever the gateway says of the wish, there is nothing left to cancel.
            if self.cancel == Some(Cancel::Asked) {
                self.cancel = None;
            }
        }
        if effects.contains(&Effect::Save) {
            effects.retain(|effect| *effect != Effect::Save);
            effects.insert(0, Effect::Save);
            self.rev += 1;
        }
        effects
    }

    /// Whether the gateway documents a way to cancel it, and would take it now: Alibaba's page says that only a task
    /// that is queued can be canceled.
    pub fn can_cancel(&self) -> bool {
        let offered = self.origin.endpoint.cancel.is_some() && self.id.is_some();
        let is_queued = matches!(self.state, State::Waiting { stage: Stage::Queued, .. });
        offered && is_queued && !matches!(self.cancel, Some(Cancel::Asked))
    }

    /// Whether it is too late to cancel a task of a gateway that cancels what is queued.
    pub fn is_past_cancel(&self) -> bool {
        let runs = matches!(self.state, State::Waiting { stage: Stage::Running, .. });
        runs && self.origin.endpoint.cancel.is_some() && self.cancel.is_none()
    }

    /// Whether the gateway's last word was that it does not know the task, and that is not believed yet.
    pub fn is_denied(&self) -> bool {
        self.now.unproven > 0 && self.now.is_denied && matches!(self.state, State::Waiting { .. })
    }

    /// Whether the task can be looked for at the gateway: its create call may have been taken, and there is a list.
    pub fn can_look_up(&self) -> Lookable {
        if self.id.is_some() || !matches!(self.state, State::Doubtful(_)) || self.is_calling(Call::LookUp) {
            return Lookable::No;
        }
        protocol::lookable(&self.origin.endpoint)
    }

    /// Whether an id from the user may be taken for this task: it has none of its own that the gateway knows.
    pub fn can_attach(&self) -> bool {
        match self.state {
            State::Doubtful(_) | State::NotSent | State::Refused(_) | State::ByHand => self.id.is_none(),
            State::Lost(_) => true,
            _ => false,
        }
    }

    /// Whether a call of this kind is on its way.
    pub fn is_calling(&self, call: Call) -> bool {
        self.now.in_flight.iter().any(|(_, known)| *known == call)
    }

    /// Whether somebody who looks at the page again may have it ask before the next question is due: the gateway's
    /// interval has passed, and it has not asked to be left alone for longer.
    pub fn may_ask_early(&self, now_ms: u64) -> bool {
        let last = self.exchanges.last();
        let is_rested = last.is_none_or(|last| {
            // How long it is to be left alone after these is not in the record.
            now_ms.saturating_sub(last.at_ms) > u64::from(self.origin.poll.interval_ms)
                && !matches!(last.status, Some(429 | 503))
        });
        self.next_ms.is_some() && is_rested && now_ms >= self.now.not_before_ms
    }

    /// Whether this record knows more than another of the same task: a known id outranks any doubt, then the later
    /// revision, then the end. Two pages may write; a record is never replaced by one that is behind.
    pub fn is_ahead_of(&self, other: &Self) -> bool {
        self.rank() > other.rank()
    }

    /// What a record knows, as a number: see [`Self::is_ahead_of`].
    pub fn rank(&self) -> u64 {
        (u64::from(self.id.is_some()) << 40) + 2 * self.rev + u64::from(self.state.is_final())
    }

    fn is_due(&self, now_ms: u64) -> bool {
        self.next_ms.is_some_and(|due| due <= now_ms || now_ms < self.planned_ms)
    }
}

#[cfg(test)]
mod tests;
