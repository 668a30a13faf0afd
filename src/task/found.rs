//! Which tasks in a gateway's list may come from a create call whose outcome is unknown.

use crate::protocol::{Candidate, TaskId};

/// The gateway's clock and the page's may differ by this much: a task that seems older than the press by less than this
/// may still come from it.
pub const CLOCKS_MS: u64 = 120_000;

/// Which record a task in the list belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// No record of the page knows it: it may be the one.
    Open,
    /// It belongs to another record; its number, if it is on the page.
    Yours(Option<u32>),
}

/// The tasks that were created at the press or after it, most likely first: those of the model, the closest in time. A
/// task for which the list has no time stays in.
pub fn possible(mut found: Vec<Candidate>, model: &str, pressed_ms: u64) -> Vec<Candidate> {
    found.retain(|task| task.created_ms.is_none_or(|ms| ms.saturating_add(CLOCKS_MS) >= pressed_ms));
    found.sort_by_key(|task| {
        let is_other = !task.model.is_empty() && task.model != model;
        (is_other, task.created_ms.map_or(u64::MAX, |created_ms| created_ms.abs_diff(pressed_ms)))
    });
    found
}

/// Which record a task belongs to, judging by the tasks on the page and the IDs of the records that are not on it.
pub fn whose(id: &TaskId, here: &[(TaskId, u32)], kept: &[TaskId]) -> Whose {
    match here.iter().find(|(known, _)| known == id) {
        Some((_, number)) => Whose::Yours(Some(*number)),
        None if kept.contains(id) => Whose::Yours(None),
        None => Whose::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, created_ms: Option<u64>, model: &str) -> Candidate {
        let (word, prompt) = (String::new(), String::new());
        Candidate { id: TaskId(id.to_owned()), created_ms, model: model.to_owned(), word, prompt }
    }

    #[test]
    fn what_is_older_than_the_press_is_not_offered() {
        let pressed_ms = 10_000_000;
        let found = vec![
            task("yesterday", Some(1), "m"),
            task("before", Some(pressed_ms - CLOCKS_MS - 1), "m"),
            task("untimed", None, "m"),
            task("other", Some(pressed_ms + 1), "n"),
            task("later", Some(pressed_ms + 90_000), "m"),
            task("clocks", Some(pressed_ms - CLOCKS_MS), "m"),
            task("it", Some(pressed_ms + 700), "m"),
        ];
        let ids: Vec<String> = possible(found, "m", pressed_ms).into_iter().map(|task| task.id.0).collect();
        assert_eq!(ids, ["it", "later", "clocks", "untimed", "other"]);
        assert_eq!(possible(vec![task("far", Some(u64::MAX), "m")], "m", u64::MAX).len(), 1);
    }

    #[test]
    fn what_another_record_has_is_named_as_ones_own() {
        let id = |id: &str| TaskId(id.to_owned());
        let (here, kept) = ([(id("a"), 4)], [id("a"), id("b")]);
        assert_eq!(whose(&id("a"), &here, &kept), Whose::Yours(Some(4)));
        assert_eq!(whose(&id("b"), &here, &kept), Whose::Yours(None));
        assert_eq!(whose(&id("c"), &here, &kept), Whose::Open);
    }
}
