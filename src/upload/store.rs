//! Where a file may go: to Alibaba's own store, or to the server that gave the policy.

use super::trouble::Trouble;
use crate::address::{BaseUrl, origin_of};

/// Whether a host is one of Alibaba's stores for such files: `dashscope-file-….oss-cn-….aliyuncs.com`.
pub fn is_store(host: &str) -> bool {
    let label = |text: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !text.is_empty()
            && text.len() <= 40
            && text.bytes().all(inner)
            && !text.ends_with('-')
            && !text.starts_with('-')
    };
    let parts = host.strip_suffix(".aliyuncs.com").and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(bucket, region)| {
        bucket.strip_prefix("dashscope-file-").is_some_and(label) && region.strip_prefix("oss-cn-").is_some_and(label)
    })
}

/// A file goes to Alibaba's store only, or to the same server that gave the policy.
pub(super) fn check(store: &str, base: &BaseUrl) -> Result<(), Trouble> {
    let origin = origin_of(store).unwrap_or_default();
    let is_theirs = origin.strip_prefix("https://").is_some_and(is_store);
    // A stand-in or a proxy keeps the file itself.
    let is_own = origin == base.origin();
    let has_more = store.contains(['?', '#', '@', '\\']) || store.chars().any(char::is_whitespace);
    if (is_theirs || is_own) && !has_more { Ok(()) } else { Err(Trouble::Store(origin)) }
}
