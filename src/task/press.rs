//! One press, one task: what a press of Run, or of "send it again", means beside the tasks there are.

use super::{Effect, State, Task};
use crate::http::Request;

/// Two presses this close together, for the same request, are one.
const DOUBLE_PRESS_MS: u64 = 1500;
/// Longest a busy page may take from a press to the task it makes. What is dated further ahead was dated by another
/// clock.
const LONGEST_BUSY_MS: u64 = 60_000;

/// What a press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A wish of its own.
    New,
    /// The same press as the one that made this task: a double click, however late it is handled.
    Same,
    /// The create call of the same request is on its way: whoever pressed may not know.
    UnderWay,
}

/// What a press means that happened at `pressed_ms`, beside a task of the same request. When a press is handled says
/// nothing: a page that is busy handles two quick ones seconds apart. One that happened before the page could show
/// what the first one did is the same.
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
    /// Notes that the request was sent once more, so that no tab offers it again.
    pub(super) fn sent_again(&mut self, uid: String) -> Vec<Effect> {
        if self.again.is_some() {
            return Vec::new();
        }
        self.again = Some(uid);
        vec![Effect::Save]
    }
}
