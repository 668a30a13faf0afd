//! A page as the browser's shell is meant to be: it holds tasks, carries out their effects one after the other, and
//! forgets everything when it is closed.

use std::collections::{BTreeMap, VecDeque};
use wan_playground::draft::Draft;
use wan_playground::task::{Effect, Task};

/// The key a page has at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    None,
    /// The gateway does not take it.
    Bad,
    Good,
}

/// One tab.
pub struct Page {
    /// Counts its lives: what was meant for an earlier one finds nobody.
    pub life: u32,
    pub open: bool,
    pub key: Key,
    pub hidden: bool,
    /// It lost the lock but does not know yet: its answers still come.
    pub is_ghost: bool,
    pub tasks: BTreeMap<String, Held>,
}

/// A task in a page's hands.
pub struct Held {
    pub task: Task,
    pub draft: Draft,
    pub todo: VecDeque<Effect>,
    /// A write is on its way; what comes after it waits.
    pub writing: bool,
    /// The timer that counts: a later one replaces it.
    pub timer: u32,
}

impl Page {
    pub fn new() -> Self {
        Self { life: 0, open: false, key: Key::Good, hidden: false, is_ghost: false, tasks: BTreeMap::new() }
    }

    pub fn close(&mut self) {
        self.life += 1;
        self.open = false;
        self.is_ghost = false;
        self.tasks.clear();
    }
}

impl Held {
    pub fn new(task: Task, draft: Draft, effects: Vec<Effect>) -> Self {
        Self { task, draft, todo: effects.into(), writing: false, timer: 0 }
    }
}
