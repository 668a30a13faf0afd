//! Keys that the user chose to save, as the text in a browser's storage.
//!
//! A first line with the version, then one line per key: gateway, origin, key. None of the three contains a space. Text
//! in any other form was written by another page, and is left alone.

use super::ApiKey;
use crate::address::BaseUrl;

const VERSION: &str = "1";

/// A saved key: gateway and origin separated by a space, and the key itself.
pub type Kept = (String, String);

/// Serializes keys; `None` for no keys, which need no text.
pub fn print(keys: &[Kept]) -> Option<String> {
    if keys.is_empty() {
        return None;
    }
    let mut text = VERSION.to_owned();
    for (slot, key) in keys {
        for part in ["\n", slot, " ", key] {
            text.push_str(part);
        }
    }
    Some(text)
}

/// Parses the keys. `None` if the text has another version or format.
pub fn read(text: &str) -> Option<Vec<Kept>> {
    let mut lines = text.lines();
    if lines.next()? != VERSION {
        return None;
    }
    lines.map(read_line).collect()
}

fn read_line(line: &str) -> Option<Kept> {
    let (slot, key) = line.rsplit_once(' ')?;
    let (gateway, origin) = slot.split_once(' ')?;
    let base = BaseUrl::parse(origin).ok().filter(|base| base.origin() == origin)?;
    let key = ApiKey::new(key, &base).ok()?;
    (!gateway.is_empty()).then(|| (slot.to_owned(), key.secret))
}

/// A typed key as it is saved: without what surrounds it. `None` if it is not a key.
pub fn bare(slot: &str, typed: &str) -> Option<String> {
    let (_, origin) = slot.split_once(' ')?;
    let key = ApiKey::new(typed, &BaseUrl::parse(origin).ok()?).ok()?;
    Some(key.secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<Kept> {
        [("dashscope https://dashscope.aliyuncs.com", "sk-canary-1"), ("own https://10.0.0.7:3000", "sk-canary-2")]
            .map(|(slot, key)| (slot.to_owned(), key.to_owned()))
            .to_vec()
    }

    #[test]
    fn what_is_kept_comes_back() {
        let text = print(&keys()).expect("there are keys");
        assert_eq!(read(&text), Some(keys()));
        assert_eq!(print(&[]), None);
    }

    #[test]
    fn what_another_page_wrote_is_not_read() {
        let good = print(&keys()).expect("there are keys");
        let bad = [
            String::new(),
            "{}".to_owned(),
            good.replacen('1', "2", 1),
            format!("{good}\nthree words only"),
            format!("{good}\ndashscope https://dashscope.aliyuncs.com"),
            format!("{good}\ndashscope https://dashscope.aliyuncs.com/path sk-canary-3"),
            format!("{good}\n https://dashscope.aliyuncs.com sk-canary-3"),
            format!("{good}\n\n"),
        ];
        for text in bad {
            assert_eq!(read(&text), None, "{text:?}");
        }
    }

    #[test]
    fn a_key_is_kept_without_what_surrounds_it() {
        let slot = "dashscope https://dashscope.aliyuncs.com";
        assert_eq!(bare(slot, " Bearer sk-canary-1\n").as_deref(), Some("sk-canary-1"));
        assert_eq!(bare(slot, "half a key"), None);
        assert_eq!(bare(slot, ""), None);
    }
}
