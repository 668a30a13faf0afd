//! The steps of one task, in order. Nothing overtakes a record on its way to the disk: what comes after a write waits
//! until the write has ended, successfully or not. A create call never leaves before its record, nor a query before the
//! ID.

use crate::snapshot::Saved;
use crate::task::Effect;
use std::collections::VecDeque;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write this record.
    Write(Box<Saved>),
    /// Carry out this effect.
    Do(Effect),
}

/// What remains to be done for a task.
#[derive(Debug, Default)]
pub struct Queue {
    steps: VecDeque<Step>,
    /// The write in progress.
    writing: Option<u64>,
}

impl Queue {
    /// Adds a step.
    pub fn push(&mut self, step: Step) {
        self.steps.push_back(step);
    }

    /// The next step, if one may be taken now. A write gets this number, and blocks what comes after it.
    pub fn next(&mut self, number: u64) -> Option<Step> {
        if self.writing.is_some() {
            return None;
        }
        let step = self.steps.pop_front()?;
        if matches!(step, Step::Write(_)) {
            self.writing = Some(number);
        }
        Some(step)
    }

    /// A write has ended. `false` if it is not the one being waited for, as for a task that was deleted and found
    /// again.
    pub fn written(&mut self, number: u64) -> bool {
        let is_awaited = self.writing == Some(number);
        if is_awaited {
            self.writing = None;
        }
        is_awaited
    }

    /// Whether nothing remains to be done, and nothing is in progress.
    pub fn is_quiet(&self) -> bool {
        self.writing.is_none() && self.steps.is_empty()
    }
}
