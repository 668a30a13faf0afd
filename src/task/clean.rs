//! Removes keys that came back in responses from a task.

use super::{Cancel, Doubt, Finished, LookUp, State, Task};
use crate::protocol::{Fault, Usage};

impl Task {
    /// Passes every text of a response through `clean`, wherever the record keeps one: bodies, error texts, request
    /// IDs, the gateway's status strings, the enhanced prompt. Must be called before the record is shown or written.
    ///
    /// Two stay as received: the task ID and the link to its video. With part of either masked, a video that was paid
    /// for could no longer be queried or opened, and a gateway that puts a key in there already had it. Where they are
    /// repeated, in bodies and request lines, they are masked like everything else; and whatever is shared with others
    /// passes [`redact`](crate::redact), which spares neither. What the user wrote, the create call and the draft, did
    /// not come from outside.
    pub fn clean(&mut self, clean: impl Fn(&str) -> String) {
        let in_place = |text: &mut String| *text = clean(text);
        for exchange in &mut self.exchanges {
            [&mut exchange.line, &mut exchange.sent, &mut exchange.received, &mut exchange.request_id]
                .into_iter()
                .for_each(in_place);
        }
        let fault = |fault: &mut Fault| {
            [&mut fault.code, &mut fault.message, &mut fault.request_id].into_iter().for_each(in_place);
        };
        let finished = |finished: &mut Finished| {
            let Finished { usage: Usage { tier, size, .. }, word, actual_prompt, .. } = finished;
            [tier, size, actual_prompt].into_iter().flatten().for_each(in_place);
            in_place(word);
        };
        match &mut self.state {
            State::Refused(known) | State::Doubtful(Doubt::Server(known)) => fault(known),
            State::Failed(known, word) => {
                fault(known);
                in_place(word);
            }
            State::Waiting { word, .. } | State::Lost(word) => in_place(word),
            State::Fetching { finished: done, .. } | State::Done(done) => finished(done),
            State::Sending | State::NotSent | State::ByHand | State::Doubtful(_) | State::Canceled => {}
        }
        if let Some(Cancel::Refused(known)) = &mut self.cancel {
            fault(known);
        }
        if let Some(known) = &mut self.setback {
            fault(known);
        }
        match &mut self.look_up {
            Some(LookUp::Refused(known)) => fault(known),
            Some(LookUp::Found(list)) => {
                for found in list {
                    [&mut found.model, &mut found.word, &mut found.prompt].into_iter().for_each(in_place);
                }
            }
            _ => {}
        }
    }
}
