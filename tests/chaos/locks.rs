//! The browser's locks: one holder for each name, and a queue behind it.

use std::collections::{BTreeMap, VecDeque};

/// A page in one of its lives.
pub type Who = (usize, u32);

#[derive(Default)]
pub struct Locks(BTreeMap<String, Lock>);

#[derive(Default)]
struct Lock {
    holder: Option<Who>,
    line: VecDeque<Who>,
}

impl Locks {
    /// Joins the queue. `true` if the lock is granted immediately.
    pub fn ask(&mut self, name: &str, who: Who) -> bool {
        let lock = self.0.entry(name.to_owned()).or_default();
        if lock.holder.is_some() {
            lock.line.push_back(who);
            return false;
        }
        lock.holder = Some(who);
        true
    }

    /// Releases a lock or leaves its queue. Returns who holds it now, if that changed.
    pub fn release(&mut self, name: &str, who: Who) -> Option<Who> {
        let lock = self.0.get_mut(name)?;
        lock.line.retain(|waiting| *waiting != who);
        if lock.holder != Some(who) {
            return None;
        }
        lock.holder = lock.line.pop_front();
        lock.holder
    }

    pub fn is_held_by(&self, name: &str, who: Who) -> bool {
        self.0.get(name).is_some_and(|lock| lock.holder == Some(who))
    }

    /// Names of the locks that a page holds, and of those it is queued for.
    pub fn of(&self, who: Who) -> Vec<String> {
        let is_theirs = |lock: &Lock| lock.holder == Some(who) || lock.line.contains(&who);
        self.0.iter().filter(|(_, lock)| is_theirs(lock)).map(|(name, _)| name.clone()).collect()
    }
}
