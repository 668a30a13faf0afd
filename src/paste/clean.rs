//! Takes keys out of what is shown of a text. Requests lost theirs when they were read; answers, messages and what a
//! program leaves open may repeat one.

use super::card::{Card, Holds, Paste};
use crate::import::{Pasted, masked};
use crate::key::without_keys;

/// Takes the keys out of the cards.
pub fn clean(cards: &mut [Card]) {
    let scrub = |text: &mut String| {
        let clean = without_keys(text);
        if clean != *text {
            *text = clean;
        }
    };
    for card in cards {
        match &mut card.holds {
            Holds::Answer(answer) => {
                if let Some(fault) = &mut answer.fault {
                    [&mut fault.code, &mut fault.message, &mut fault.request_id].into_iter().for_each(scrub);
                }
                [&mut answer.body, &mut answer.proper, &mut answer.word, &mut answer.request_id]
                    .into_iter()
                    .for_each(scrub);
            }
            Holds::Message(message) => scrub(&mut message.said),
            Holds::Request(request) => request.open.iter_mut().for_each(|open| scrub(&mut open.written)),
            Holds::Mention(_) | Holds::Page | Holds::Unread(_) => {}
        }
    }
}

impl Paste {
    /// The text without its keys, cookies and logins, as it may stay on the screen. As long as the text, so that the
    /// places of the remarks hold, unless a key is written with escapes.
    pub fn left(&self, text: &str) -> String {
        let pasted = Pasted { remarks: self.remarks.clone(), secrets: self.secrets.clone(), ..Pasted::default() };
        let clean = masked(text, &pasted);
        without_keys(&clean)
    }
}
