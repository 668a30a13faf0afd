//! When to poll a gateway again.

use crate::catalog::PollRule;

/// Longest pause between two queries that failures alone can cause.
const LONGEST_MS: u64 = 120_000;

/// What the next pause depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances {
    /// Consecutive queries without news.
    pub failures: u32,
    /// The gateway's `Retry-After`, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Nobody is looking at the tab.
    pub hidden: bool,
}

/// Milliseconds until the next query: the gateway's advised interval, doubled for each consecutive failure and once
/// more in a hidden tab, and never less than `Retry-After`.
pub fn pause_ms(rule: &PollRule, now: Circumstances) -> u64 {
    let interval = u64::from(rule.interval_ms);
    let doublings = now.failures.min(4) + u32::from(now.hidden);
    let pause = (interval << doublings).min(LONGEST_MS.max(interval));
    pause.max(now.retry_after_ms.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: PollRule = PollRule { first_ms: 15_000, interval_ms: 15_000, give_up_min: 60 };

    #[test]
    fn failures_and_hidden_tabs_slow_down_within_a_bound() {
        let pause = |failures, hidden| pause_ms(&RULE, Circumstances { failures, hidden, retry_after_ms: None });
        assert_eq!(pause(0, false), 15_000);
        assert_eq!(pause(2, false), 60_000);
        assert_eq!(pause(0, true), 30_000);
        assert_eq!(pause(99, true), 120_000);
    }

    #[test]
    fn retry_after_is_never_undercut() {
        let now = Circumstances { retry_after_ms: Some(600_000), ..Circumstances::default() };
        assert_eq!(pause_ms(&RULE, now), 600_000);
    }
}
