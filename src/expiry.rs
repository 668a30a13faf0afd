//! How long a result link lives, and when to warn about it. The expiry in a signed link takes precedence over the
//! document's.

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

/// The expiry that a signed link states itself: `Expires`, in seconds since 1970, as object stores write it.
pub fn signed_until_ms(link: &str) -> Option<u64> {
    let (_, query) = link.split_once('?')?;
    let query = query.split('#').next()?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix("Expires="))?;
    // Anything but a time of this century is some other parameter with the same name.
    value.parse::<u64>().ok().filter(|seconds| (1_000_000_000..10_000_000_000).contains(seconds)).map(|s| s * 1000)
}

/// Whether the link is still valid but not for long.
pub fn ends_soon(task: &Task, now_ms: u64) -> bool {
    link_ends_ms(task).is_some_and(|end| now_ms < end && end - now_ms <= NOTICE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_link_says_when_it_ends() {
        let link = "https://store.example/a.mp4?OSSAccessKeyId=x&Expires=1763801000&Signature=%2Fa%3D";
        assert_eq!(signed_until_ms(link), Some(1_763_801_000_000));
        assert_eq!(signed_until_ms("https://store.example/a.mp4"), None);
        assert_eq!(signed_until_ms("https://store.example/a.mp4?Expires=soon"), None);
        assert_eq!(signed_until_ms("https://store.example/a.mp4?Expires=3600"), None, "a length is no time");
        assert_eq!(signed_until_ms("https://store.example/a.mp4?x=1#Expires=1763801000"), None);
    }
}
