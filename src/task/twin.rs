//! A second task (a twin) from the one create call. A browser may automatically resend a call when its connection ends
//! without a response; then the gateway has two tasks, bills both, and the page has the ID of one.

use super::event::Effect;
use super::found::CLOCKS_MS;
use super::state::{Following, LookUp, Twin};
use super::{Call, Task};
use crate::protocol::{self, Candidate, Lookable, TaskId};

/// How often a list may say nothing about a twin in one visit: a gateway that refuses its list is not asked forever.
const LOOKS: u32 = 3;
/// Two tasks of one call are created while that call runs; a gateway's times are whole seconds.
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

    /// Requests the gateway's list where a twin is possible. It costs nothing, and is done when the ID is known: the
    /// list then shows both side by side.
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

    /// The user wants the list checked again.
    pub(super) fn look_for_twin_again(&mut self, now_ms: u64) -> Vec<Effect> {
        self.now.twin_looks = 0;
        // Whether or not the page polls automatically: this is a button press.
        self.send_for_twin(now_ms).into_iter().collect()
    }

    /// What the list says about a twin. The list may lag behind: if the task itself is missing from it, it proves
    /// nothing.
    pub(super) fn looked_for_twin(&mut self, found: &LookUp) -> Vec<Effect> {
        // No response, or a gateway in trouble: asked again with the next query.
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
        // By the gateway's own clock: the response for the first of the two was lost.
        if let Some(own_ms) = own.and_then(|own| own.created_ms) {
            return created_ms.abs_diff(own_ms) <= took_ms + SLACK_MS;
        }
        let (from, to) = (self.started_ms.saturating_sub(CLOCKS_MS), self.started_ms + took_ms + CLOCKS_MS);
        (from..=to).contains(&created_ms)
    }
}
