//! The life of one paid generation, from pressing Run to its end: a state machine that returns effects.
//!
//! The invariants: the create call leaves once and is never repeated; a task id is saved before the first query; a
//! failed query changes nothing about the task; a late response is ignored, unless it is the one response that names a
//! task whose id nobody knew.
//!
//! Here are the task and its inputs. `state.rs` has the states it can be in, `event.rs` what happens to it, `answer.rs`
//! what responses do to it, `ask.rs` which call comes next; `resume.rs` resumes a saved task, `log.rs` keeps the log,
//! and `clean.rs` removes keys.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, Gateway, Model, PollRule};
use crate::generation::Generation;
use crate::http::{Body, Request};
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

/// Downloads tried automatically before the user is asked.
const DOWNLOAD_TRIES: u32 = 6;
/// Responses in a row that must report an unproven end (no link, an unknown task) before it is believed: right after
/// the create call, or while a gateway restarts, they are temporary.
const UNPROVEN_TIMES: u32 = 3;

/// What a task needs to know about where it runs. Kept by value: a task outlives its model in the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Gateway ID.
    pub gateway: String,
    /// Model ID.
    pub model: String,
    /// Endpoint it was created at.
    pub endpoint: Endpoint,
    /// Base it was sent to.
    pub base: BaseUrl,
    /// Price region of that base.
    pub region: String,
    /// Polling advice.
    pub poll: PollRule,
    /// Hours a result link stays valid.
    pub link_hours: Option<u32>,
}

impl Origin {
    /// A model of a gateway at a base, as the catalog describes it; `None` if the model has no endpoint there.
    pub fn of(gateway: &Gateway, model: &Model, base: BaseUrl, region: &str) -> Option<Self> {
        Some(Self {
            gateway: gateway.id.to_owned(),
            model: model.id.to_owned(),
            endpoint: *gateway.endpoint(model)?,
            base,
            region: region.to_owned(),
            poll: gateway.poll,
            link_hours: gateway.link_hours,
        })
    }
}

/// One paid generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its name in the journal, given by the shell: random, and not the gateway's ID.
    pub uid: String,
    /// Incremented with every change that is saved, from 1.
    pub rev: u64,
    /// Where it runs.
    pub origin: Origin,
    /// The create call; `None` for a task imported from outside.
    pub create: Option<Request>,
    /// The estimated price.
    pub estimate: Option<Estimate>,
    /// When Run was pressed.
    pub started_ms: u64,
    /// When it ended.
    pub ended_ms: Option<u64>,
    /// The gateway's ID.
    pub id: Option<TaskId>,
    /// Its current state.
    pub state: State,
    /// Whether the page polls it.
    pub following: Following,
    /// The state of the cancel request.
    pub cancel: Option<Cancel>,
    /// The result of searching for it at the gateway.
    pub look_up: Option<LookUp>,
    /// Whether the one create call may have made a second task (a twin).
    pub twin: Twin,
    /// The task that was created from the same request when this one was in doubt.
    pub again: Option<String>,
    /// An attempt that failed while the gateway keeps trying on its own.
    pub setback: Option<Fault>,
    /// Every call and its response.
    pub exchanges: Vec<Exchange>,
    /// When the next query is scheduled.
    pub next_ms: Option<u64>,
    /// Queries or downloads in a row that brought nothing new.
    pub failures: u32,
    /// When the next query was scheduled. A clock that shows less has been set back.
    pub(crate) planned_ms: u64,
    /// Calls made so far, which is the number of the last one.
    pub(crate) calls: u32,
    pub(crate) now: Present,
}

/// State that exists only while a page holds the task; never saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Present {
    in_flight: Vec<(u32, Call)>,
    /// Responses in a row that reported an unproven end.
    unproven: u32,
    /// The last of them said that the gateway does not know the task.
    is_denied: bool,
    /// Sum of the pauses since the page started polling: clock jumps and machine sleep add nothing to it.
    waited_ms: u64,
    /// The gateway asked for no calls before this time.
    not_before_ms: u64,
    /// Searches for a twin so far.
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

    /// Starts a generation. The effects contain the one and only create call, after the record is saved.
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

    /// Imports a task that was created elsewhere, and queries its status.
    pub fn adopt(uid: String, origin: Origin, id: TaskId, now_ms: u64) -> (Self, Vec<Effect>) {
        let state = State::Waiting { stage: Stage::Unknown, word: String::new() };
        let mut task = Self::new(uid, origin, state, now_ms);
        task.id = Some(id);
        let mut effects = vec![Effect::Save];
        effects.extend(task.ask(now_ms));
        (task, effects)
    }

    /// Processes an event and returns what to do.
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

    /// Records the end, and puts one save in front if anything has to be saved.
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
            // The end came first: whatever the gateway says about the cancel request, there is nothing left to cancel.
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

    /// Whether its create call is somebody else's request, sent to the byte as it was pasted.
    pub fn is_exact(&self) -> bool {
        self.create.as_ref().is_some_and(|create| matches!(create.body, Some(Body::Exact(_))))
    }

    /// Whether the gateway documents a way to cancel it, and would accept it now: Alibaba's page says that only a
    /// queued task can be canceled.
    pub fn can_cancel(&self) -> bool {
        let offered = self.origin.endpoint.cancel.is_some() && self.id.is_some();
        let is_queued = matches!(self.state, State::Waiting { stage: Stage::Queued, .. });
        offered && is_queued && !matches!(self.cancel, Some(Cancel::Asked))
    }

    /// Whether it is too late to cancel, at a gateway that cancels only queued tasks.
    pub fn is_past_cancel(&self) -> bool {
        let runs = matches!(self.state, State::Waiting { stage: Stage::Running, .. });
        runs && self.origin.endpoint.cancel.is_some() && self.cancel.is_none()
    }

    /// Whether the gateway last said that it does not know the task, and that is not believed yet.
    pub fn is_denied(&self) -> bool {
        self.now.unproven > 0 && self.now.is_denied && matches!(self.state, State::Waiting { .. })
    }

    /// Whether the task can be searched for at the gateway: its create call may have been accepted, and there is a
    /// list.
    pub fn can_look_up(&self) -> Lookable {
        if self.id.is_some() || !matches!(self.state, State::Doubtful(_)) || self.is_calling(Call::LookUp) {
            return Lookable::No;
        }
        protocol::lookable(&self.origin.endpoint)
    }

    /// Whether the user may link an ID to this task: it has none that the gateway knows.
    pub fn can_attach(&self) -> bool {
        match self.state {
            State::Doubtful(_) | State::NotSent | State::Refused(_) | State::ByHand => self.id.is_none(),
            State::Lost(_) => true,
            _ => false,
        }
    }

    /// Whether a call of this kind is in flight.
    pub fn is_calling(&self, call: Call) -> bool {
        self.now.in_flight.iter().any(|(_, known)| *known == call)
    }

    /// Whether a user who returns to the page may trigger a query before the next scheduled one: the gateway's interval
    /// has passed, and it has not asked for a longer pause.
    pub fn may_ask_early(&self, now_ms: u64) -> bool {
        let last = self.exchanges.last();
        let is_rested = last.is_none_or(|last| {
            // The record does not say how long to pause after these.
            now_ms.saturating_sub(last.at_ms) > u64::from(self.origin.poll.interval_ms)
                && !matches!(last.status, Some(429 | 503))
        });
        self.next_ms.is_some() && is_rested && now_ms >= self.now.not_before_ms
    }

    /// Whether this record knows more than another of the same task: a known ID outranks any doubt, then the later
    /// revision, then the end. Two pages may write; a record is never replaced by one that is behind.
    pub fn is_ahead_of(&self, other: &Self) -> bool {
        self.rank() > other.rank()
    }

    /// How much a record knows, as a number: see [`Self::is_ahead_of`].
    pub fn rank(&self) -> u64 {
        (u64::from(self.id.is_some()) << 40) + 2 * self.rev + u64::from(self.state.is_final())
    }

    fn is_due(&self, now_ms: u64) -> bool {
        self.next_ms.is_some_and(|due| due <= now_ms || now_ms < self.planned_ms)
    }
}

#[cfg(test)]
mod tests;
