//! The locks of the browser: one holder for each name, and a line behind it.

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
    /// Stands in line. `true` if the lock is theirs at once.
    pub fn ask(&mut self, name: &str, who: Who) -> bool {
        let lock = self.0.entry(name.to_owned()).or_default();
        if lock.holder.is_some() {
            lock.line.push_back(who);
            return false;
        }
        lock.holder = Some(who);
        true
    }

    /// Gives a lock back or leaves its line. Says who holds it now, if that is news.
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

    /// Names of the locks that somebody holds, and of those in whose lines they stand.
    pub fn of(&self, who: Who) -> Vec<String> {
        let is_theirs = |lock: &Lock| lock.holder == Some(who) || lock.line.contains(&who);
        self.0.iter().filter(|(_, lock)| is_theirs(lock)).map(|(name, _)| name.clone()).collect()
    }
}
