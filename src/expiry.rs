//! How long a result link lives, and when to warn about it. The expiry in a signed link takes precedence over the
//! document's.

pub use crate::media::link::signed_until_ms;
use crate::protocol::VideoAt;
use crate::task::{State, Task};

/// How long before its expiry a link is mentioned: time enough to notice and to download.
pub const NOTICE_MS: u64 = 2 * 3_600_000;

/// When the link to a finished task's video expires, if known.
pub fn link_ends_ms(task: &Task) -> Option<u64> {
    let State::Done(done) = &task.state else { return None };
    let VideoAt::Link { url, .. } = &done.video else { return None };
    let documented = || task.origin.link_hours.map(|hours| done.at_ms + u64::from(hours) * 3_600_000);
    signed_until_ms(url).or_else(documented)
}

/// Whether the link is still valid but not for long.
pub fn ends_soon(task: &Task, now_ms: u64) -> bool {
    link_ends_ms(task).is_some_and(|end| now_ms < end && end - now_ms <= NOTICE_MS)
}
