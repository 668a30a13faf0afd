//! The life of one paid generation, from the press of Run to its end: a state machine that returns effects.
//!
//! What must hold: the create call leaves once and is never repeated; a task id is saved before the first query; a
//! query that fails changes nothing about the task; an answer that comes late is logged and otherwise ignored.

use crate::address::BaseUrl;
use crate::catalog::{Endpoint, PollRule};
use crate::generation::Generation;
use crate::http::{Files, Request, Response};
use crate::price::Estimate;
use crate::protocol::{self, Call, Event, Fault, Stage, TaskId, Unreadable, Usage, VideoAt};
use crate::schedule::{Circumstances, pause_ms};

/// Longest wait for the answer to a create call that holds the connection until the video is there.
const CREATE_TIMEOUT_MS: u64 = 20 * 60_000;
/// Longest wait for any other answer.
const CALL_TIMEOUT_MS: u64 = 60_000;
/// Longest wait for a video to arrive.
const CONTENT_TIMEOUT_MS: u64 = 10 * 60_000;
/// Downloads tried by themselves before the user is asked.
const DOWNLOAD_TRIES: u32 = 6;
/// Exchanges kept in full; older ones keep their line without the bodies.
const BODIES_KEPT: usize = 12;

/// How a call ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetFault {
    /// The browser knew it was offline before anything was sent.
    Offline,
    /// No answer: the network, the host, or a gateway that does not let browsers in. A page cannot tell.
    NoAnswer,
    /// The time was up.
    Timeout,
}

/// Why a task may or may not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// No answer came.
    Network(NetFault),
    /// An error came after the request had been taken in.
    Server(Fault),
    /// An answer came that cannot be read.
    Unreadable(Unreadable),
}

/// A finished task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Where the video is.
    pub video: VideoAt,
    /// What is billed.
    pub usage: Usage,
    /// The gateway's word.
    pub word: String,
    /// The prompt as rewritten.
    pub actual_prompt: Option<String>,
    /// When the page learned of it.
    pub at_ms: u64,
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The create call is on its way.
    Sending,
    /// It never left: the browser was offline.
    NotSent,
    /// The gateway refused it: no task, nothing billed.
    Refused(Fault),
    /// It may have been created and billed.
    Doubtful(Doubt),
    /// The gateway works on it.
    Waiting {
        /// How far it is.
        stage: Stage,
        /// The gateway's own word, empty before the first.
        word: String,
    },
    /// Finished; the video is on its way here.
    Fetching {
        /// Bytes that came.
        received: u64,
        /// Bytes in all, where the gateway says so.
        total: Option<u64>,
        /// What the gateway reported.
        finished: Finished,
    },
    /// Finished.
    Done(Finished),
    /// Failed at the gateway; its word beside the fault.
    Failed(Fault, String),
    /// Canceled.
    Canceled,
    /// The gateway does not know it any more; its word.
    Lost(String),
}

impl State {
    /// Nothing more will happen by itself.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Sending | Self::Waiting { .. } | Self::Fetching { .. })
    }
}

/// Whether the page asks how it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Following {
    /// Yes.
    Yes,
    /// The user stopped it.
    Stopped,
    /// The key was refused: the task waits for another.
    KeyRefused,
    /// It took longer than the page waits by itself, or the download failed too often.
    GaveUp,
}

/// What became of the wish to cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancel {
    /// On its way.
    Asked,
    /// Taken: the next query shows it.
    Taken,
    /// Refused, as by a gateway that cancels only what is still queued.
    Refused(Fault),
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Number of the call within the task.
    pub no: u32,
    /// What it was for.
    pub call: Call,
    /// The request line.
    pub line: String,
    /// Body sent, files marked instead of written out.
    pub sent: String,
    /// When it left.
    pub at_ms: u64,
    /// How long it took.
    pub took_ms: Option<u64>,
    /// HTTP status, once there is one.
    pub status: Option<u16>,
    /// Body received, as text.
    pub received: String,
    /// The gateway's request or trace id, for its support.
    pub request_id: String,
    /// How it ended without an answer.
    pub net: Option<NetFault>,
}

/// What happens to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An answer came.
    Answered(u32, Response),
    /// None came.
    NoAnswer(u32, NetFault),
    /// A part of the video came.
    Received(u32, u64, Option<u64>),
    /// The video is here, in memory.
    Arrived(u32, u64),
    /// The time set by [`Effect::Wake`] has come.
    Due,
    /// The user does not want to wait.
    AskNow,
    /// The user stops following.
    Stop,
    /// The user follows again, or gave another key.
    Follow,
    /// The user wants it canceled.
    Cancel,
}

/// What the shell has to do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the task down.
    Save,
    /// Send a request and report back under this number.
    Send {
        /// Number to report under.
        no: u32,
        /// What it is for: a content call is read as bytes.
        call: Call,
        /// The request, without a key.
        request: Request,
        /// When to give up.
        timeout_ms: u64,
    },
    /// Report [`Input::Due`] at this time. Replaces an earlier wish.
    Wake(u64),
}

/// What a task needs to know of its place.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub struct Task {
    /// Where it runs.
    pub origin: Origin,
    /// The create call.
    pub create: Request,
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
    /// Every call and its answer.
    pub exchanges: Vec<Exchange>,
    /// When the next query is due.
    pub next_ms: Option<u64>,
    /// Queries or downloads in a row without news.
    pub failures: u32,
    calls: u32,
    in_flight: Vec<(u32, Call)>,
}

impl Task {
    /// Starts a generation. The effects hold the one and only create call, after the record is saved.
    pub fn start(origin: Origin, generation: &Generation, now_ms: u64) -> (Self, Vec<Effect>) {
        let create = generation.request().clone();
        let mut task = Self {
            origin,
            create: create.clone(),
            estimate: generation.estimate().cloned(),
            started_ms: now_ms,
            ended_ms: None,
            id: None,
            state: State::Sending,
            following: Following::Yes,
            cancel: None,
            exchanges: Vec::new(),
            next_ms: None,
            failures: 0,
            calls: 0,
            in_flight: Vec::new(),
        };
        let mut effects = vec![Effect::Save];
        effects.push(task.send(Call::Create, create, now_ms));
        (task, effects)
    }

    /// Takes in what happened and says what to do.
    pub fn advance(&mut self, input: Input, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let mut effects = match input {
            Input::Answered(no, answer) => self.answered(no, &answer, now_ms, hidden),
            Input::NoAnswer(no, fault) => self.no_answer(no, fault, now_ms, hidden),
            Input::Received(no, received, total) => self.received(no, received, total),
            Input::Arrived(no, bytes) => self.arrived(no, bytes, now_ms),
            Input::Due if self.next_ms.is_some_and(|due| due <= now_ms) => self.ask(now_ms),
            Input::Due => self.next_ms.map(Effect::Wake).into_iter().collect(),
            Input::AskNow => self.ask(now_ms),
            Input::Stop => {
                self.following = Following::Stopped;
                self.next_ms = None;
                vec![Effect::Save]
            }
            Input::Follow => {
                self.following = Following::Yes;
                self.failures = 0;
                self.ask(now_ms)
            }
            Input::Cancel => self.ask_cancel(now_ms),
        };
        if self.state.is_final() {
            self.next_ms = None;
            if self.ended_ms.is_none() {
                self.ended_ms = Some(now_ms);
                effects.insert(0, Effect::Save);
            }
        }
        effects
    }

    /// Whether the gateway documents a way to cancel it, and it makes sense now.
    pub fn can_cancel(&self) -> bool {
        let offered = self.origin.endpoint.cancel.is_some() && self.id.is_some();
        offered && matches!(self.state, State::Waiting { .. }) && !matches!(self.cancel, Some(Cancel::Asked))
    }

    /// Whether a call of this kind is on its way.
    pub fn is_calling(&self, call: Call) -> bool {
        self.in_flight.iter().any(|(_, known)| *known == call)
    }

    fn send(&mut self, call: Call, request: Request, now_ms: u64) -> Effect {
        self.calls += 1;
        let no = self.calls;
        self.in_flight.push((no, call));
        if self.exchanges.len() >= BODIES_KEPT {
            // The create call stays whole: it is what support asks for.
            let old = self.exchanges.len() - BODIES_KEPT + 1;
            self.exchanges[old].received.clear();
        }
        self.exchanges.push(Exchange {
            no,
            call,
            line: [request.method.name(), " ", &request.url].concat(),
            sent: request.body.as_ref().map(|body| body.print(Files::Marked)).unwrap_or_default(),
            at_ms: now_ms,
            took_ms: None,
            status: None,
            received: String::new(),
            request_id: String::new(),
            net: None,
        });
        let timeout_ms = match call {
            Call::Create => CREATE_TIMEOUT_MS,
            Call::Content => CONTENT_TIMEOUT_MS,
            Call::Query | Call::Cancel => CALL_TIMEOUT_MS,
        };
        Effect::Send { no, call, request, timeout_ms }
    }

    /// Asks the next question there is to ask, if none is on its way.
    fn ask(&mut self, now_ms: u64) -> Vec<Effect> {
        let Some(id) = self.id.clone() else { return Vec::new() };
        if self.following != Following::Yes {
            return Vec::new();
        }
        let (endpoint, base) = (&self.origin.endpoint, &self.origin.base);
        let (call, request) = match self.state {
            State::Waiting { .. } => (Call::Query, Some(protocol::query(endpoint, base, &id))),
            State::Fetching { .. } => (Call::Content, protocol::content(endpoint, base, &id)),
            _ => return Vec::new(),
        };
        let Some(request) = request.filter(|_| !self.is_calling(call)) else { return Vec::new() };
        self.next_ms = None;
        vec![self.send(call, request, now_ms)]
    }

    fn ask_cancel(&mut self, now_ms: u64) -> Vec<Effect> {
        if !self.can_cancel() {
            return Vec::new();
        }
        let Some(id) = &self.id else { return Vec::new() };
        let Some(request) = protocol::cancel(&self.origin.endpoint, &self.origin.base, id) else { return Vec::new() };
        self.cancel = Some(Cancel::Asked);
        vec![self.send(Call::Cancel, request, now_ms)]
    }

    /// Closes a call: `None` if it was not open any more, as with an answer that comes twice.
    fn close(&mut self, no: u32, now_ms: u64) -> Option<(Call, &mut Exchange)> {
        let index = self.in_flight.iter().position(|(known, _)| *known == no)?;
        let (_, call) = self.in_flight.remove(index);
        let exchange = self.exchanges.iter_mut().find(|exchange| exchange.no == no)?;
        exchange.took_ms = Some(now_ms.saturating_sub(exchange.at_ms));
        Some((call, exchange))
    }

    fn answered(&mut self, no: u32, answer: &Response, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let Some((call, exchange)) = self.close(no, now_ms) else { return Vec::new() };
        exchange.status = Some(answer.status);
        exchange.received.clone_from(&answer.body);
        exchange.request_id = protocol::request_id(answer);
        if self.state.is_final() {
            return Vec::new();
        }
        let event = protocol::read(&self.origin.endpoint, call, answer);
        match call {
            Call::Create => self.created(event, now_ms),
            Call::Query => self.queried(event, answer.retry_after_ms(), now_ms, hidden),
            Call::Cancel => self.cancel_answered(event, now_ms),
            Call::Content => self.download_failed(event, answer.retry_after_ms(), now_ms, hidden),
        }
    }

    fn no_answer(&mut self, no: u32, fault: NetFault, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let Some((call, exchange)) = self.close(no, now_ms) else { return Vec::new() };
        exchange.net = Some(fault);
        if self.state.is_final() {
            return Vec::new();
        }
        match call {
            Call::Create => {
                self.state = match fault {
                    NetFault::Offline => State::NotSent,
                    NetFault::NoAnswer | NetFault::Timeout => State::Doubtful(Doubt::Network(fault)),
                };
                Vec::new()
            }
            Call::Query => self.wait_again(None, now_ms, hidden),
            Call::Cancel => {
                self.cancel = None;
                Vec::new()
            }
            Call::Content => self.download_again(None, now_ms, hidden),
        }
    }

    fn created(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        match event {
            Event::Accepted(id) => {
                self.id = Some(id);
                self.state = State::Waiting { stage: Stage::Queued, word: String::new() };
                let due = now_ms + u64::from(self.origin.poll.first_ms);
                self.next_ms = Some(due);
                vec![Effect::Save, Effect::Wake(due)]
            }
            Event::Done { id, video, usage, word, actual_prompt } => {
                self.id = id;
                self.finish(Finished { video, usage, word, actual_prompt, at_ms: now_ms }, now_ms)
            }
            Event::Failed(fault, word) => {
                self.state = State::Failed(fault, word);
                Vec::new()
            }
            Event::Refused(fault) if fault.status >= 500 || fault.status == 408 => {
                self.state = State::Doubtful(Doubt::Server(fault));
                Vec::new()
            }
            Event::Refused(fault) => {
                self.state = State::Refused(fault);
                Vec::new()
            }
            Event::Unreadable(why) => {
                self.state = State::Doubtful(Doubt::Unreadable(why));
                Vec::new()
            }
            Event::Canceled => {
                self.state = State::Canceled;
                Vec::new()
            }
            Event::Lost(_) | Event::Progress(..) | Event::CancelTaken => {
                self.state = State::Doubtful(Doubt::Unreadable(Unreadable::Shape));
                Vec::new()
            }
        }
    }

    fn queried(&mut self, event: Event, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        match event {
            Event::Progress(stage, word) => {
                self.failures = 0;
                self.state = State::Waiting { stage, word };
                self.schedule(retry_after_ms, now_ms, hidden)
            }
            Event::Done { video, usage, word, actual_prompt, .. } => {
                self.finish(Finished { video, usage, word, actual_prompt, at_ms: now_ms }, now_ms)
            }
            Event::Failed(fault, word) => {
                self.state = State::Failed(fault, word);
                Vec::new()
            }
            Event::Canceled => {
                self.state = State::Canceled;
                Vec::new()
            }
            Event::Lost(word) => {
                self.state = State::Lost(word);
                Vec::new()
            }
            Event::Refused(fault) if fault.status == 401 => {
                self.following = Following::KeyRefused;
                vec![Effect::Save]
            }
            // Anything else says something about the call, nothing about the task.
            Event::Refused(_) | Event::Unreadable(_) | Event::Accepted(_) | Event::CancelTaken => {
                self.wait_again(retry_after_ms, now_ms, hidden)
            }
        }
    }

    fn cancel_answered(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        match event {
            Event::Refused(fault) => {
                self.cancel = Some(Cancel::Refused(fault));
                Vec::new()
            }
            Event::CancelTaken => {
                self.cancel = Some(Cancel::Taken);
                self.ask(now_ms)
            }
            _ => {
                self.cancel = None;
                self.ask(now_ms)
            }
        }
    }

    fn finish(&mut self, finished: Finished, now_ms: u64) -> Vec<Effect> {
        self.failures = 0;
        if finished.video == VideoAt::Content && self.origin.endpoint.content.is_some() && self.id.is_some() {
            self.state = State::Fetching { received: 0, total: None, finished };
            let mut effects = vec![Effect::Save];
            effects.extend(self.ask(now_ms));
            return effects;
        }
        self.state = State::Done(finished);
        Vec::new()
    }

    fn received(&mut self, no: u32, bytes: u64, of: Option<u64>) -> Vec<Effect> {
        if self.in_flight.contains(&(no, Call::Content))
            && let State::Fetching { received, total, .. } = &mut self.state
        {
            (*received, *total) = (bytes, of);
        }
        Vec::new()
    }

    fn arrived(&mut self, no: u32, bytes: u64, now_ms: u64) -> Vec<Effect> {
        let Some((Call::Content, exchange)) = self.close(no, now_ms) else { return Vec::new() };
        exchange.status = Some(200);
        exchange.received = ["(", &bytes.to_string(), " B)"].concat();
        if let State::Fetching { finished, .. } = &self.state {
            self.state = State::Done(finished.clone());
        }
        Vec::new()
    }

    fn download_failed(&mut self, event: Event, retry: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if matches!(&event, Event::Refused(fault) if fault.status == 401) {
            self.following = Following::KeyRefused;
            return vec![Effect::Save];
        }
        self.download_again(retry, now_ms, hidden)
    }

    fn download_again(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if let State::Fetching { received, .. } = &mut self.state {
            *received = 0;
        }
        if self.failures + 1 >= DOWNLOAD_TRIES {
            self.following = Following::GaveUp;
            return vec![Effect::Save];
        }
        self.wait_again(retry_after_ms, now_ms, hidden)
    }

    fn wait_again(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        self.failures += 1;
        self.schedule(retry_after_ms, now_ms, hidden)
    }

    fn schedule(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if self.following != Following::Yes {
            return vec![Effect::Save];
        }
        let age = now_ms.saturating_sub(self.started_ms);
        if age > u64::from(self.origin.poll.give_up_min) * 60_000 {
            self.following = Following::GaveUp;
            return vec![Effect::Save];
        }
        let now = Circumstances { failures: self.failures, retry_after_ms, hidden };
        let due = now_ms + pause_ms(&self.origin.poll, now);
        self.next_ms = Some(due);
        vec![Effect::Save, Effect::Wake(due)]
    }
}

#[cfg(test)]
mod tests;
