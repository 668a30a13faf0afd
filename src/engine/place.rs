//! Where a tab stands with a task's lock.

use crate::task::Input;

/// A line this short is no news: nobody is told that another tab follows.
pub const PATIENCE_MS: u64 = 400;

/// Where this tab stands with a task's lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// It has nothing to do with it.
    Away,
    /// In line, to begin a task that was made here.
    Begins,
    /// In line. What the user wants of it is heard once it is ours.
    Waits(Vec<Input>),
    /// Ours, but for the record that the last tab left: it is being read. Meanwhile the user may want something.
    TakesUp(Vec<Input>),
    /// Ours.
    Ours,
}

impl Place {
    /// Whether the lock is ours.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Ours | Self::TakesUp(_))
    }

    /// Whether what is to be done has to wait.
    pub fn holds_back(&self) -> bool {
        *self == Self::Begins
    }
}
