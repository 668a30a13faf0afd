//! One press, one task: what pressing Run or "send it again" means, given the existing tasks.

use super::{Effect, State, Task};
use crate::http::Request;

/// Two presses this close together, for the same request, count as one.
const DOUBLE_PRESS_MS: u64 = 1500;
/// The longest a busy page may take from a press to the task it creates. A date further ahead comes from another clock.
const LONGEST_BUSY_MS: u64 = 60_000;

/// What a press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A separate request.
    New,
    /// The same press as the one that created this task: a double click, however late it is handled.
    Same,
    /// The create call of the same request is in flight: the user may not know.
    UnderWay,
}

/// What a press that happened at `pressed_ms` means, given a task of the same request. The time a press is handled
/// means nothing: a busy page handles two quick ones seconds apart. A press that happened before the page could show
/// what the first one did counts as the same.
pub fn press(task: &Task, request: &Request, pressed_ms: u64) -> Press {
    if task.create.as_ref() != Some(request) {
        return Press::New;
    }
    let earliest = task.started_ms.saturating_sub(LONGEST_BUSY_MS);
    if (earliest..task.started_ms.saturating_add(DOUBLE_PRESS_MS)).contains(&pressed_ms) {
        return Press::Same;
    }
    if task.state == State::Sending { Press::UnderWay } else { Press::New }
}

impl Task {
    /// Records that the request was sent again, so that no tab offers it a second time.
    pub(super) fn sent_again(&mut self, uid: String) -> Vec<Effect> {
        if self.again.is_some() {
            return Vec::new();
        }
        self.again = Some(uid);
        vec![Effect::Save]
    }
}
