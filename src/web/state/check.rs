//! Judgements of portraits: those that were made in this visit, and those under way.

use crate::account::CheckSaid;
use crate::task::NetFault;

/// Most judgements that are remembered.
const MOST_KNOWN: usize = 100;

/// What is shown at the field.
#[derive(Clone, PartialEq)]
pub(crate) enum Shown {
    Nothing,
    NoLink,
    NoKey,
    Asking,
    Said(CheckSaid),
    /// It was known before.
    Already(CheckSaid),
    Net(NetFault),
}

/// Judgements of this visit, and the links that are being judged: by origin and link, because the form is re-rendered
/// while a call is on its way.
#[derive(Default)]
pub struct Room {
    pub(crate) known: Vec<(String, CheckSaid)>,
    pub(crate) under_way: Vec<String>,
}

impl Room {
    /// A check has ended; a judgement is remembered.
    pub(crate) fn ended(&mut self, place: String, shown: &Shown) {
        self.under_way.retain(|known| *known != place);
        if let Shown::Said(said @ (CheckSaid::Passed | CheckSaid::NotPassed(..))) = shown {
            self.known.retain(|(known, _)| *known != place);
            self.known.insert(0, (place, said.clone()));
            self.known.truncate(MOST_KNOWN);
        }
    }
}
