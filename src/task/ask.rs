//! Which call a task makes next, and which ones a user can trigger.

use super::Task;
use super::event::Effect;
use super::exchange::Exchange;
use super::state::{Cancel, Following, LookUp, State};
use crate::protocol::{self, Call, Lookable, Stage, TaskId, VideoAt};

/// The minimum interval between two queries a user triggers; a shorter interval set by the gateway overrides it.
const ASK_AGAIN_MS: u64 = 2000;

impl Task {
    /// Makes the next call there is to make, if none is in flight.
    pub(super) fn ask(&mut self, now_ms: u64) -> Vec<Effect> {
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

    /// The same for a button press, which may be one of many in a row: they are throttled, and the last one is not
    /// lost.
    pub(super) fn ask_soon(&mut self, now_ms: u64) -> Vec<Effect> {
        let pace_ms = ASK_AGAIN_MS.min(u64::from(self.origin.poll.interval_ms));
        let is_question = |exchange: &&Exchange| matches!(exchange.call, Call::Query | Call::Content);
        let last_ms = self.exchanges.iter().rev().find(is_question).map(|exchange| exchange.at_ms);
        // A clock that shows less than that has been set back.
        let rested_ms = last_ms.and_then(|last_ms| now_ms.checked_sub(last_ms)).unwrap_or(u64::MAX);
        let Some(due) = self.next_ms.filter(|_| rested_ms < pace_ms) else { return self.ask(now_ms) };
        let soon = now_ms + (pace_ms - rested_ms);
        if due <= soon {
            return Vec::new();
        }
        self.next_ms = Some(soon);
        vec![Effect::Wake(soon)]
    }

    pub(super) fn pause(&mut self, how: Following) -> Vec<Effect> {
        self.following = how;
        self.next_ms = None;
        vec![Effect::Save]
    }

    pub(super) fn follow(&mut self, now_ms: u64) -> Vec<Effect> {
        self.following = Following::Yes;
        self.failures = 0;
        self.now.waited_ms = 0;
        self.now.unproven = 0;
        let unproven = match &self.state {
            State::Lost(word) => Some(word),
            State::Done(done) if done.video == VideoAt::Nowhere => Some(&done.word),
            _ => None,
        };
        if let Some(word) = unproven.filter(|_| self.id.is_some()) {
            self.state = State::Waiting { stage: Stage::Unknown, word: word.clone() };
        }
        let mut effects = vec![Effect::Save];
        effects.extend(self.ask(now_ms));
        effects
    }

    pub(super) fn ask_cancel(&mut self, now_ms: u64) -> Vec<Effect> {
        if !self.can_cancel() {
            return Vec::new();
        }
        let Some(id) = &self.id else { return Vec::new() };
        let Some(request) = protocol::cancel(&self.origin.endpoint, &self.origin.base, id) else { return Vec::new() };
        self.cancel = Some(Cancel::Asked);
        vec![self.send(Call::Cancel, request, now_ms)]
    }

    pub(super) fn ask_look_up(&mut self, account: &str, now_ms: u64) -> Vec<Effect> {
        let account = account.trim();
        let ready = match self.can_look_up() {
            Lookable::No => false,
            Lookable::Yes => true,
            Lookable::ByAccount => !account.is_empty(),
        };
        if !ready {
            return Vec::new();
        }
        let model = self.origin.model.split('@').next().unwrap_or_default();
        let Some(request) = protocol::look_up(&self.origin.endpoint, &self.origin.base, model, account) else {
            return Vec::new();
        };
        self.look_up = Some(LookUp::Asked);
        vec![self.send(Call::LookUp, request, now_ms)]
    }

    pub(super) fn attach(&mut self, id: TaskId, now_ms: u64) -> Vec<Effect> {
        if !self.can_attach() || id.0.trim().is_empty() {
            return Vec::new();
        }
        self.id = Some(id);
        self.look_up = None;
        self.state = State::Waiting { stage: Stage::Unknown, word: String::new() };
        if self.following == Following::ByHand {
            return vec![Effect::Save];
        }
        let mut effects = self.follow(now_ms);
        effects.extend(self.look_for_twin(now_ms));
        effects
    }

    pub(super) fn fetch_again(&mut self, now_ms: u64) -> Vec<Effect> {
        let State::Done(finished) = &self.state else { return Vec::new() };
        if finished.video != VideoAt::Content || self.origin.endpoint.content.is_none() || self.id.is_none() {
            return Vec::new();
        }
        self.state = State::Fetching { received: 0, total: None, finished: finished.clone() };
        self.follow(now_ms)
    }
}
