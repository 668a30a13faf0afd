//! The only way out for text that leaves the page: no credentials get through.

use crate::key::{self, ApiKey};

/// The text without the known keys, and without anything else that looks like one.
pub fn redact<'a>(keys: impl IntoIterator<Item = &'a ApiKey>, text: &str) -> String {
    let mut out = text.to_owned();
    for key in keys {
        out = key.redact(&out);
    }
    key::without_keys(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BaseUrl;

    #[test]
    fn known_keys_and_what_looks_like_one_stay_behind() {
        let base = BaseUrl::parse("https://gateway.example").expect("a base");
        let odd = ApiKey::new("canary~odd~key", &base).expect("a key");
        let text = "{\"a\": \"canary~odd~key\", \"b\": \"Bearer sk-canary-other-1\", \"c\": \"Bearer $WAN_KEY\"}";
        let clean = redact([&odd], text);
        assert!(!clean.contains("canary"), "{clean}");
        assert!(clean.contains("Bearer $WAN_KEY"), "{clean}");
        assert!(serde_json::from_str::<serde_json::Value>(&clean).is_ok(), "{clean}");
    }
}
