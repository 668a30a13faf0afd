//! The stores that policies have named: a file may go to those for a few minutes, and to no other.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::upload::store::is_store;

/// Longest response that is searched for a store. A policy has some hundred bytes.
pub(super) const ANSWER_BYTES: usize = 64 << 10;
/// How long a store is known. A policy is good for five minutes.
const KNOWN: Duration = Duration::from_mins(6);
/// Stores known at the same time; Alibaba has a few.
const MOST: usize = 64;

/// The stores that are known.
#[derive(Debug, Default)]
pub(super) struct Stores(Mutex<HashMap<String, Instant>>);

impl Stores {
    /// Remembers the store that a response names.
    pub fn learn(&self, answer: &[u8], now: Instant) {
        let value: Value = serde_json::from_slice(answer).unwrap_or_default();
        let named = value["data"]["upload_host"].as_str().and_then(|address| address.strip_prefix("https://"));
        let Some(host) = named.map(|host| host.trim_end_matches('/')).filter(|host| is_store(host)) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, named| now.duration_since(*named) < KNOWN);
        if known.len() < MOST || known.contains_key(host) {
            known.insert(host.to_owned(), now);
        }
    }

    /// Whether a policy has named this host lately.
    pub fn knows(&self, host: &str, now: Instant) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(host).is_some_and(|named| now.duration_since(*named) < KNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_known_for_a_few_minutes_and_only_if_it_is_alibabas() {
        let (stores, now) = (Stores::default(), Instant::now());
        let host = "dashscope-file-mgr.oss-cn-beijing.aliyuncs.com";
        let told = |address: &str| serde_json::json!({"data": {"upload_host": address}}).to_string();
        assert!(!stores.knows(host, now));
        for other in ["https://evil.example", "http://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com", host] {
            stores.learn(told(other).as_bytes(), now);
        }
        stores.learn(b"no json", now);
        assert!(!stores.knows(host, now) && !stores.knows("evil.example", now));
        stores.learn(told(&format!("https://{host}")).as_bytes(), now);
        assert!(stores.knows(host, now + KNOWN.saturating_sub(Duration::from_secs(1))));
        assert!(!stores.knows(host, now + KNOWN));
    }
}
