//! What responses, and missing responses, do to a task.

use super::found::possible;
use super::{
    Cancel, DOWNLOAD_TRIES, Doubt, Effect, Finished, Following, LookUp, Misfit, NetFault, State, Task, UNPROVEN_TIMES,
};
use crate::failure::{Remedy, Scene, remedy};
use crate::http::Response;
use crate::protocol::{self, Call, Event, Fault, Listed, Lookable, Stage, TaskId, Unreadable, VideoAt};
use crate::schedule::{Circumstances, pause_ms};

impl Task {
    pub(super) fn answered(&mut self, no: u32, answer: &Response, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let Some((call, exchange)) = self.close(no, now_ms) else { return self.late(no, answer, now_ms) };
        exchange.keep(answer);
        if call == Call::LookUp {
            return self.looked_up(answer);
        }
        if self.state.is_final() {
            return Vec::new();
        }
        let mut effects = self.take(call, answer, now_ms, hidden);
        if call == Call::Query {
            effects.extend(self.look_for_twin(now_ms));
        }
        effects
    }

    /// A response to a call that is already closed. Only one is useful: the create call's, when nobody knows the ID.
    fn late(&mut self, no: u32, answer: &Response, now_ms: u64) -> Vec<Effect> {
        let of_create = |exchange: &&mut super::Exchange| exchange.no == no && exchange.call == Call::Create;
        let is_missing = self.id.is_none() && matches!(self.state, State::Doubtful(_));
        let Some(exchange) = self.exchanges.iter_mut().find(of_create).filter(|_| is_missing) else {
            return Vec::new();
        };
        let event = protocol::read(&self.origin.endpoint, Call::Create, answer);
        if !matches!(event, Event::Accepted(_) | Event::Done { .. } | Event::Failed(..)) {
            return Vec::new();
        }
        exchange.keep(answer);
        let mut effects = self.created(event, now_ms);
        // The doubt was already saved as an end: nothing else would save what is known now.
        effects.insert(0, Effect::Save);
        effects
    }

    fn take(&mut self, call: Call, answer: &Response, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let event = protocol::read(&self.origin.endpoint, call, answer);
        match call {
            Call::Create => self.created(event, now_ms),
            // Whatever it says is about another task.
            Call::Query if self.other_task(answer).is_some() => {
                self.wait_again(answer.retry_after_ms(), now_ms, hidden)
            }
            Call::Query => self.queried(event, answer.retry_after_ms(), now_ms, hidden),
            Call::Cancel => self.cancel_answered(event, now_ms),
            Call::Content => self.download_failed(event, answer.retry_after_ms(), now_ms, hidden),
            Call::LookUp => Vec::new(),
        }
    }

    pub(super) fn no_answer(&mut self, no: u32, fault: NetFault, now_ms: u64, hidden: bool) -> Vec<Effect> {
        let Some((call, exchange)) = self.close(no, now_ms) else { return Vec::new() };
        exchange.net = Some(fault);
        if call == Call::LookUp {
            self.note_look_up(LookUp::NoAnswer(fault));
            return Vec::new();
        }
        if self.state.is_final() {
            return Vec::new();
        }
        match call {
            Call::Create => {
                self.state = match fault {
                    NetFault::Offline => State::NotSent,
                    _ => State::Doubtful(Doubt::Network(fault)),
                };
                Vec::new()
            }
            Call::Query => self.wait_again(None, now_ms, hidden),
            Call::Content => self.download_again(None, now_ms, hidden),
            Call::Cancel | Call::LookUp => {
                self.cancel = None;
                Vec::new()
            }
        }
    }

    /// The call was not sent, so it leaves no line in the log.
    pub(super) fn no_key(&mut self, no: u32) -> Vec<Effect> {
        let Some((call, _)) = self.close(no, 0) else { return Vec::new() };
        self.exchanges.retain(|exchange| exchange.no != no);
        match call {
            Call::Create if self.state == State::Sending => {
                self.state = State::NotSent;
                Vec::new()
            }
            Call::Query | Call::Content if !self.state.is_final() => self.pause(Following::NeedsKey),
            Call::LookUp => {
                self.note_look_up(LookUp::NeedsKey);
                Vec::new()
            }
            Call::Cancel => {
                self.cancel = None;
                Vec::new()
            }
            Call::Create | Call::Query | Call::Content => Vec::new(),
        }
    }

    fn created(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        match event {
            Event::Accepted(id) => return self.accepted(id, now_ms),
            Event::Done { id, video, usage, word, actual_prompt } => {
                if id.is_none() && video == VideoAt::Nowhere {
                    self.state = State::Doubtful(Doubt::Unreadable(Unreadable::Shape));
                    return Vec::new();
                }
                self.id = id;
                return self.finish(Finished { video, usage, word, actual_prompt, at_ms: now_ms }, now_ms);
            }
            Event::Failed(fault, word) => self.state = State::Failed(fault, word),
            Event::Refused(fault) if is_refusal(&fault) => self.state = State::Refused(fault),
            Event::Refused(fault) => self.state = State::Doubtful(Doubt::Server(fault)),
            Event::Unreadable(why) => self.state = State::Doubtful(Doubt::Unreadable(why)),
            Event::Canceled => self.state = State::Canceled,
            Event::Lost(_) | Event::Progress(..) | Event::Setback(..) | Event::CancelTaken => {
                self.state = State::Doubtful(Doubt::Unreadable(Unreadable::Shape));
            }
        }
        Vec::new()
    }

    fn accepted(&mut self, id: TaskId, now_ms: u64) -> Vec<Effect> {
        self.id = Some(id);
        self.look_up = None;
        self.state = State::Waiting { stage: Stage::Queued, word: String::new() };
        let mut effects = vec![Effect::Save];
        if self.following == Following::Yes {
            effects.push(self.plan(u64::from(self.origin.poll.first_ms), now_ms));
        }
        effects.extend(self.look_for_twin(now_ms));
        effects
    }

    fn queried(&mut self, event: Event, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        match event {
            Event::Progress(stage, word) => {
                self.setback = None;
                self.goes_on(stage, word, retry_after_ms, now_ms, hidden)
            }
            Event::Setback(stage, word, fault) => {
                self.setback = Some(fault);
                self.goes_on(stage, word, retry_after_ms, now_ms, hidden)
            }
            Event::Done { video: VideoAt::Nowhere, .. } | Event::Lost(_) if !self.is_believed(&event) => {
                self.now.unproven += 1;
                self.now.is_denied = matches!(event, Event::Lost(_));
                self.wait_again(retry_after_ms, now_ms, hidden)
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
            Event::Refused(fault) if fault.status == 401 => self.pause(Following::KeyRefused),
            // Anything else is about the call, not about the task.
            Event::Refused(_) | Event::Unreadable(_) | Event::Accepted(_) | Event::CancelTaken => {
                self.wait_again(retry_after_ms, now_ms, hidden)
            }
        }
    }

    fn goes_on(&mut self, stage: Stage, word: String, retry: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        self.failures = 0;
        self.now.unproven = 0;
        self.state = State::Waiting { stage, word };
        self.schedule(retry, now_ms, hidden)
    }

    /// The other task that a response is about, if it is about another one.
    pub fn other_task(&self, answer: &Response) -> Option<TaskId> {
        protocol::names_another(&self.origin.endpoint, answer, self.id.as_ref()?)
    }

    /// An unproven end is believed once it has been reported often enough; immediately if a person pasted it, or if
    /// this page did not see the task being created.
    fn is_believed(&self, event: &Event) -> bool {
        let stranger = self.create.is_none() && matches!(event, Event::Lost(_));
        stranger || self.now.unproven + 1 >= UNPROVEN_TIMES
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

    /// The result of a search is shown where the user asked for it. A search for a twin is internal to the page.
    fn note_look_up(&mut self, what: LookUp) {
        if self.id.is_none() {
            self.look_up = Some(what);
        }
    }

    fn looked_up(&mut self, answer: &Response) -> Vec<Effect> {
        let model = self.origin.model.split('@').next().unwrap_or_default();
        let what = match protocol::listed(&self.origin.endpoint, answer) {
            Listed::Found(found) => LookUp::Found(found),
            Listed::Refused(fault) => LookUp::Refused(fault),
            Listed::Unreadable(why) => LookUp::Unreadable(why),
        };
        if self.id.is_some() {
            return self.looked_for_twin(&what);
        }
        self.look_up = Some(match what {
            LookUp::Found(found) => LookUp::Found(possible(found, model, self.started_ms)),
            other => other,
        });
        Vec::new()
    }

    /// Why a pasted response would not be accepted; `None` if it would.
    pub fn misfit(&self, call: Call, answer: &Response) -> Option<Misfit> {
        let awaited = match call {
            Call::Create => {
                let unsent = matches!(self.state, State::ByHand | State::NotSent | State::Doubtful(_));
                self.id.is_none() && unsent
            }
            Call::Query => {
                let unproven = matches!(&self.state, State::Done(done) if done.video == VideoAt::Nowhere);
                self.id.is_some() && (unproven || matches!(self.state, State::Waiting { .. } | State::Lost(_)))
            }
            Call::LookUp => self.can_look_up() != Lookable::No,
            Call::Cancel | Call::Content => false,
        };
        if !awaited {
            return Some(Misfit::NotAwaited);
        }
        if call == Call::LookUp {
            return match protocol::listed(&self.origin.endpoint, answer) {
                Listed::Unreadable(why) => Some(Misfit::Unreadable(why)),
                _ => None,
            };
        }
        if self.other_task(answer).is_some() {
            return Some(Misfit::OtherTask);
        }
        match protocol::read(&self.origin.endpoint, call, answer) {
            Event::Unreadable(why) => Some(Misfit::Unreadable(why)),
            _ => None,
        }
    }

    /// Processes a response that the user pasted, the same way as one from the network.
    pub(super) fn pasted(&mut self, call: Call, answer: &Response, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if self.misfit(call, answer).is_some() {
            return Vec::new();
        }
        let no = self.note(call, String::new(), String::new(), now_ms);
        if let Some(exchange) = self.exchanges.iter_mut().find(|exchange| exchange.no == no) {
            exchange.keep(answer);
        }
        if call == Call::LookUp {
            return self.looked_up(answer);
        }
        // A pasted response does not have to be repeated.
        let unproven = std::mem::replace(&mut self.now.unproven, UNPROVEN_TIMES);
        let mut effects = vec![Effect::Save];
        effects.extend(self.take(call, answer, now_ms, hidden));
        self.now.unproven = unproven;
        effects
    }

    fn finish(&mut self, finished: Finished, now_ms: u64) -> Vec<Effect> {
        self.failures = 0;
        let can_fetch = self.origin.endpoint.content.is_some() && self.id.is_some();
        // Users who query from a terminal also download from there.
        if finished.video == VideoAt::Content && can_fetch && self.following != Following::ByHand {
            self.state = State::Fetching { received: 0, total: None, finished };
            let mut effects = vec![Effect::Save];
            effects.extend(self.ask(now_ms));
            return effects;
        }
        self.state = State::Done(finished);
        Vec::new()
    }

    pub(super) fn received(&mut self, no: u32, bytes: u64, of: Option<u64>) -> Vec<Effect> {
        if self.now.in_flight.contains(&(no, Call::Content))
            && let State::Fetching { received, total, .. } = &mut self.state
        {
            (*received, *total) = (bytes, of);
        }
        Vec::new()
    }

    pub(super) fn arrived(&mut self, no: u32, bytes: u64, now_ms: u64) -> Vec<Effect> {
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
            return self.pause(Following::KeyRefused);
        }
        self.download_again(retry, now_ms, hidden)
    }

    fn download_again(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if let State::Fetching { received, .. } = &mut self.state {
            *received = 0;
        }
        if self.failures + 1 >= DOWNLOAD_TRIES && self.following == Following::Yes {
            return self.pause(Following::GaveUp);
        }
        self.wait_again(retry_after_ms, now_ms, hidden)
    }

    fn wait_again(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        self.failures = self.failures.saturating_add(1);
        self.schedule(retry_after_ms, now_ms, hidden)
    }

    fn schedule(&mut self, retry_after_ms: Option<u64>, now_ms: u64, hidden: bool) -> Vec<Effect> {
        if self.following != Following::Yes {
            return vec![Effect::Save];
        }
        if self.now.waited_ms > u64::from(self.origin.poll.give_up_min) * 60_000 {
            return self.pause(Following::GaveUp);
        }
        self.now.not_before_ms = retry_after_ms.map_or(0, |pause_ms| now_ms.saturating_add(pause_ms));
        let pause_ms = pause_ms(&self.origin.poll, Circumstances { failures: self.failures, retry_after_ms, hidden });
        vec![Effect::Save, self.plan(pause_ms, now_ms)]
    }

    /// Schedules the next query.
    pub(super) fn plan(&mut self, pause_ms: u64, now_ms: u64) -> Effect {
        let due = now_ms.saturating_add(pause_ms);
        self.now.waited_ms = self.now.waited_ms.saturating_add(pause_ms);
        self.planned_ms = now_ms;
        self.next_ms = Some(due);
        Effect::Wake(due)
    }
}

/// Whether an error means that nothing was created. A server error, or one that reports a timeout or a duplicate call,
/// may have come after the request was accepted.
fn is_refusal(fault: &Fault) -> bool {
    match fault.status {
        408 | 409 | 425 | 499 => false,
        400..=499 => true,
        // An error inside a success response, as new-api gateways send it, or pasted without its status.
        200..=299 => !matches!(remedy(fault, Scene::default()), Remedy::TryOnce | Remedy::TryLater),
        _ => false,
    }
}
