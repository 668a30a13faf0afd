//! How long generations usually take, and how far a progress bar may go on that ground: never to the end.

use crate::address::BaseUrl;
use crate::task::{Following, State, Task};

/// What the model's maker documents: from one to five minutes.
pub const DOCUMENTED_MS: (u64, u64) = (60_000, 300_000);
/// The source of that, in the table of the gateway [`SOURCE_GATEWAY`].
pub const SOURCE: &str = "doc";
/// The gateway whose table names the source. The others pass the same models on, and say nothing of their own.
pub const SOURCE_GATEWAY: &str = "dashscope";

/// Finished tasks that make a typical time. Fewer would be chance.
const ENOUGH: usize = 3;
/// Finished tasks that are looked at: older ones tell of a gateway as it was.
pub const LATEST: usize = 9;
/// How full a bar is at the usual time, in thousandths.
const AT_USUAL: u64 = 850;
/// How full it may become, in thousandths.
const AT_MOST: u64 = 970;

/// How long a finished task took, in milliseconds, if it says something about the next one at this address. A task that
/// was imported or run by hand does not: nobody knows when it began, or how long its owner waited.
pub fn took_ms(task: &Task, base: &BaseUrl) -> Option<u64> {
    let is_comparable = matches!(task.state, State::Done(_)) && task.create.is_some() && task.origin.base == *base;
    let took = task.ended_ms?.checked_sub(task.started_ms)?;
    (is_comparable && task.following != Following::ByHand).then_some(took)
}

/// The median of such times, in milliseconds; `None` if there are too few. The median, because a task whose tab was
/// closed ends when the tab is opened again.
pub fn typical_ms(mut times: Vec<u64>) -> Option<u64> {
    if times.len() < ENOUGH {
        return None;
    }
    times.sort_unstable();
    Some(times[(times.len() - 1) / 2])
}

/// How full a bar is, in thousandths, after `elapsed_ms` of something that usually takes `usual_ms`. It moves as long as
/// one waits, and claims no end.
pub fn fill(elapsed_ms: u64, usual_ms: u64) -> u64 {
    let usual_ms = usual_ms.max(1);
    match elapsed_ms.checked_sub(usual_ms) {
        None => AT_USUAL * elapsed_ms / usual_ms,
        Some(over_ms) => AT_USUAL + (AT_MOST - AT_USUAL) * over_ms / elapsed_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typical_time_needs_a_few_and_ignores_the_one_that_slept() {
        assert_eq!(typical_ms(vec![60_000, 90_000]), None);
        assert_eq!(typical_ms(vec![86_400_000, 60_000, 90_000]), Some(90_000));
        assert_eq!(typical_ms(vec![4, 1, 3, 2]), Some(2));
    }

    #[test]
    fn a_bar_only_grows_and_never_claims_the_end() {
        let usual = 300_000;
        let mut before = 0;
        for elapsed in (0..100_000_000).step_by(7_919) {
            let now = fill(elapsed, usual);
            assert!(now >= before && now < 1000, "{elapsed}: {now} after {before}");
            before = now;
        }
        assert_eq!((fill(0, usual), fill(usual, usual)), (0, AT_USUAL));
        assert!(fill(5, 0) < 1000, "no time at all is no division by zero");
    }
}
