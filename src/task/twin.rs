//! A second task of the one create call. A browser may send a call again by itself when its connection ends without an
//! answer; then the gateway has two tasks, bills both, and the page has the id of one.

use super::event::Effect;
use super::found::CLOCKS_MS;
use super::state::{Following, LookUp, Twin};
use super::{Call, Task};
use crate::protocol::{self, Candidate, Lookable, TaskId};

/// Lists that may say nothing of a twin, in one visit: a gateway that refuses its list is not asked for ever.
const LOOKS: u32 = 3;
/// Two tasks of one call are made within the time of that call; a gateway's times are whole seconds.
const SLACK_MS: u64 = 5_000;

impl Task {
    /// The browser may have sent the create call twice.
    pub(super) fn may_be_twice(&mut self) -> Vec<Effect> {
        if self.twin != Twin::None {
            return Vec::new();
        }
        self.twin = Twin::Possible;
        vec![Effect::Save]
    }

    /// Asks for the gateway's list where a twin is possible. It costs nothing, and is asked when the id is known: the
    /// list shows both side by side then.
    pub(super) fn look_for_twin(&mut self, now_ms: u64) -> Option<Effect> {
        let is_open = self.now.twin_looks < LOOKS && self.following == Following::Yes;
        if is_open { self.send_for_twin(now_ms) } else { None }
    }

    fn send_for_twin(&mut self, now_ms: u64) -> Option<Effect> {
        if !self.can_look_for_twin() {
            return None;
        }
        let endpoint = &self.origin.endpoint;
        let account = match protocol::lookable(endpoint) {
            Lookable::No => return None,
            Lookable::Yes => String::new(),
            Lookable::ByAccount => {
                let mut answers = self.exchanges.iter().rev().filter(|exchange| !exchange.received.is_empty());
                answers.find_map(|exchange| protocol::account(endpoint, &exchange.received))?
            }
        };
        let model = self.origin.model.split('@').next().unwrap_or_default();
        let request = protocol::look_up(endpoint, &self.origin.base, model, &account)?;
        Some(self.send(Call::LookUp, request, now_ms))
    }

    /// Whether a second task is possible and the gateway has a list that would show it.
    pub fn can_look_for_twin(&self) -> bool {
        let is_open = self.twin == Twin::Possible && self.id.is_some() && !self.is_calling(Call::LookUp);
        is_open && protocol::lookable(&self.origin.endpoint) != Lookable::No
    }

    /// The user wants the list looked at once more.
    pub(super) fn look_for_twin_again(&mut self, now_ms: u64) -> Vec<Effect> {
        self.now.twin_looks = 0;
        // Whether or not the page asks by itself: this is a press.
        self.send_for_twin(now_ms).into_iter().collect()
    }

    /// What the list says of a twin. The list may lag behind: a task that is not in it itself proves nothing.
    pub(super) fn looked_for_twin(&mut self, found: &LookUp) -> Vec<Effect> {
        // What is no answer, or a gateway in trouble, is asked again with the next query.
        let is_trouble = |fault: &crate::protocol::Fault| fault.status == 429 || fault.status >= 500;
        if !matches!(found, LookUp::Refused(fault) if is_trouble(fault)) {
            self.now.twin_looks += 1;
        }
        let (LookUp::Found(found), Some(id)) = (found, self.id.clone()) else { return Vec::new() };
        let own = found.iter().find(|task| task.id == id);
        if own.is_none() && self.now.twin_looks < LOOKS {
            return Vec::new();
        }
        let twins: Vec<TaskId> =
            found.iter().filter(|task| self.is_twin(task, own)).map(|task| task.id.clone()).collect();
        self.twin = if twins.is_empty() { Twin::None } else { Twin::Found(twins) };
        vec![Effect::Save]
    }

    fn is_twin(&self, task: &Candidate, own: Option<&Candidate>) -> bool {
        if Some(&task.id) == self.id.as_ref() {
            return false;
        }
        let model = self.origin.model.split('@').next().unwrap_or_default();
        let is_other_model = !task.model.is_empty() && task.model != model;
        let is_other_prompt =
            own.is_some_and(|own| !own.prompt.is_empty() && !task.prompt.is_empty() && own.prompt != task.prompt);
        if is_other_model || is_other_prompt {
            return false;
        }
        let create = self.exchanges.iter().find(|exchange| exchange.call == Call::Create);
        let took_ms = create.and_then(|exchange| exchange.took_ms).unwrap_or(0);
        // Without a time it could be any of the account's tasks.
        let Some(created_ms) = task.created_ms else { return false };
        // By the gateway's own clock: of the two the first one's answer was lost.
        if let Some(own_ms) = own.and_then(|own| own.created_ms) {
            return created_ms.abs_diff(own_ms) <= took_ms + SLACK_MS;
        }
        let (from, to) = (self.started_ms.saturating_sub(CLOCKS_MS), self.started_ms + took_ms + CLOCKS_MS);
        (from..=to).contains(&created_ms)
    }
}
