//! A task's state, as a string in records and lists.

use super::part::word;
use crate::task::State;

/// A task's state, without the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The create call is in flight.
    Sending,
    /// It was never sent.
    NotSent,
    /// The user sends it from a terminal.
    ByHand,
    /// Refused.
    Refused,
    /// May have been created and billed.
    Doubtful,
    /// In progress.
    Waiting,
    /// Finished, being downloaded.
    Fetching,
    /// Finished.
    Done,
    /// Failed.
    Failed,
    /// Canceled.
    Canceled,
    /// The gateway does not know it.
    Lost,
}

const KINDS: [(&str, Kind); 11] = [
    ("sending", Kind::Sending),
    ("not_sent", Kind::NotSent),
    ("by_hand", Kind::ByHand),
    ("refused", Kind::Refused),
    ("doubtful", Kind::Doubtful),
    ("waiting", Kind::Waiting),
    ("fetching", Kind::Fetching),
    ("done", Kind::Done),
    ("failed", Kind::Failed),
    ("canceled", Kind::Canceled),
    ("lost", Kind::Lost),
];

impl Kind {
    /// All of them, in the order of a task's life.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.into_iter().map(|(_, kind)| kind)
    }

    /// The kind of a state.
    pub fn of(state: &State) -> Self {
        match state {
            State::Sending => Self::Sending,
            State::NotSent => Self::NotSent,
            State::ByHand => Self::ByHand,
            State::Refused(_) => Self::Refused,
            State::Doubtful(_) => Self::Doubtful,
            State::Waiting { .. } => Self::Waiting,
            State::Fetching { .. } => Self::Fetching,
            State::Done(_) => Self::Done,
            State::Failed(..) => Self::Failed,
            State::Canceled => Self::Canceled,
            State::Lost(_) => Self::Lost,
        }
    }

    /// The name in records and lines.
    pub fn name(self) -> &'static str {
        word(&KINDS, &self)
    }

    /// The kind with this name.
    pub fn named(word: &str) -> Option<Self> {
        KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// Whether a task of this kind continues when a page opens: its record has to be read then.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Sending | Self::Waiting | Self::Fetching)
    }
}
