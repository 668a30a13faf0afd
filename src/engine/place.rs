//! A tab's state with respect to a task's lock.

use crate::task::Input;

/// A wait this short is not reported: nobody is shown that another tab polls the task.
pub const PATIENCE_MS: u64 = 400;

/// This tab's state with respect to a task's lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Neither in line nor holding the lock.
    Away,
    /// In line, to start a task that was created here.
    Begins,
    /// In line. The user's requests are applied once the lock is ours.
    Waits(Vec<Input>),
    /// Ours, but the record that the last tab left is still being read. Meanwhile the user may make requests.
    TakesUp(Vec<Input>),
    /// Ours.
    Ours,
}

impl Place {
    /// Whether the lock is ours.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Ours | Self::TakesUp(_))
    }

    /// Whether the steps have to wait.
    pub fn holds_back(&self) -> bool {
        *self == Self::Begins
    }
}
