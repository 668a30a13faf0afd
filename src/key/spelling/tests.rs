//! Every spelling of a key is found and masked, and nothing else is.

use super::*;
use proptest::prelude::*;

const KEY: &str = "sk-canary/key+1_2";

#[test]
fn every_spelling_is_masked() {
    for spelt in [
        KEY,
        r"sk-canary\/key+1_2",
        r"sk\u002dcanary\u002Fkey\u002b1_2",
        r"sk\\u002dcanary\\/key+1_2",
        r"sk\\\\u002dcanary\\\\/key+1_2",
        r"sk\x2dcanary\x2Fkey+1_2",
        "sk-canary%2Fkey%2B1_2",
        "sk%2dcanary%252Fkey%25252B1_2",
        "%73%6B%2D%63%61%6E%61%72%79%2F%6B%65%79%2B%31%5F%32",
        "sk&#45;canary&#x2F;key&#x2b;1&lowbar;2",
        "sk&amp;#45;canary&sol;key&plus;1_2",
        "%26%2345%3Bnothing sk%26%2345%3Bcanary/key+1_2",
        r"sk%5Cu002dcanary\u00252Fkey+1_2",
        r"\u0073\u006b-canary/key\u002B1_2",
    ] {
        let text = ["{\"message\":\"bad key ", spelt, ", see there\"}"].concat();
        let clean = masked(&text, KEY);
        assert!(clean.contains("bad key •••, see") || clean.contains("nothing •••, see"), "{spelt}: {clean}");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_err() || is_json(&clean), "{spelt}: {clean}");
    }
}

#[test]
fn base64_of_a_key_is_masked_wherever_it_begins() {
    for before in ["", "u", "us", "user:", "Bearer "] {
        for (text, is_known) in [("sk-canary/key>?1_2", false), (KEY, true)] {
            let spelt = base64(&[before, text, ":x"].concat());
            let clean = masked(&["Basic ", &spelt, " no"].concat(), KEY);
            assert_eq!(clean.contains("•••"), is_known, "{before}: {clean}");
            assert!(clean.starts_with("Basic ") && clean.ends_with(" no"));
        }
    }
}

#[test]
fn half_a_key_at_the_end_of_a_cut_text_is_masked() {
    for cut in
        ["bad key sk-canary/k", "bad key sk-canary/k…", r"bad key sk\u002dcanary\u002Fk\u00", r"bad key sk-canary\"]
    {
        let clean = masked(cut, KEY);
        assert!(clean.starts_with("bad key •••"), "{clean}");
    }
    assert_eq!(masked("bad key sk-can", KEY), "bad key sk-can");
}

#[test]
fn escapes_around_a_key_stay_whole() {
    // The key's first characters end an escape of the text: masking starts where the escape does.
    for (text, key) in
        [(r#"{"a":"x\u0041bcdef-canary"}"#, "041bcdef-canary"), (r#"{"a":"x\nkey-canary"}"#, "nkey-canary")]
    {
        let clean = masked(text, key);
        assert!(is_json(&clean) && !clean.contains("canary"), "{clean}");
    }
    assert!(is_json(&masked(r#"{"a":"key-canary\\"}"#, r"key-canary\")));
}

#[test]
fn a_long_text_is_read_in_no_time() {
    let dense = r"%25\\u0025&amp;".repeat(20_000);
    let same = ["a".repeat(1 << 17), ".".to_owned()].concat();
    for text in [&dense, &same] {
        let began = std::time::Instant::now();
        assert!(masked(text, "aaaaaaaaaaaaaaaaaaaaaaab") == *text);
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    }
}

#[test]
fn a_plain_text_tells_where_it_came_from() {
    let (text, places) = plain(r"猫\n%2541&lt;\u732b.");
    assert_eq!(text, "猫\nA<\0.");
    assert_eq!(places, [0, 0, 0, 3, 5, 10, 14, 20, 21]);
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn base64(text: &str) -> String {
    let mut out = String::new();
    for part in text.as_bytes().chunks(3) {
        let number = (0..3).fold(0_u32, |number, at| number << 8 | u32::from(part.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let group = u8::try_from(number >> (18 - 6 * at) & 63).expect("six bits");
            out.push(if at > part.len() { '=' } else { char::from(letter(group, *b"+/")) });
        }
    }
    out
}

/// One character in one of its spellings.
fn spelt(c: u8, how: u8) -> String {
    let escaped = match how {
        0..3 => return char::from(c).to_string(),
        3 => format!("\\u{c:04x}"),
        4 => format!("\\u{c:04X}"),
        5 => format!("%{c:02x}"),
        6 => format!("%{c:02X}"),
        7 => format!("%25{c:02X}"),
        8 => format!("&#{c};"),
        9 => format!("&#x{c:x};"),
        10 => format!("&amp;#x{c:X};"),
        _ => format!("\\\\u{c:04x}"),
    };
    if how == 12 && c.is_ascii_punctuation() { format!("\\{}", char::from(c)) } else { escaped }
}

/// Undoes one kind of escape: written independently of the search, so that the two cannot share a mistake.
fn undone(text: &str, kind: u8) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let code = |digits: Option<&str>, base| digits.and_then(|digits| u32::from_str_radix(digits, base).ok());
        let number = rest.strip_prefix("&#").and_then(|rest| rest.split_once(';')).map(|(digits, _)| digits);
        let found = match (kind, c) {
            (0, '\\') if rest[1..].starts_with('u') => code(rest.get(2..6), 16).map(|code| (code, 6)),
            (0, '\\') => rest[1..].chars().next().filter(|c| "\\/\"".contains(*c)).map(|c| (u32::from(c), 2)),
            (1, '%') => code(rest.get(1..3), 16).map(|code| (code, 3)),
            (2, '&') if rest.starts_with("&amp;") => Some((u32::from('&'), 5)),
            (2, '&') => number.and_then(|digits| {
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(digits) => code(Some(digits), 16),
                    None => code(Some(digits), 10),
                };
                code.map(|code| (code, digits.len() + 3))
            }),
            _ => None,
        };
        let found = found.and_then(|(code, length)| Some((char::from_u32(code)?, length)));
        let (c, length) = found.unwrap_or((c, c.len_utf8()));
        out.push(c);
        rest = &rest[length..];
    }
    out
}

/// Whether any order of decoders reveals the key.
fn shows(text: &str, key: &str, depth: u8) -> bool {
    text.contains(key)
        || (depth > 0
            && (0..3).any(|kind| {
                let next = undone(text, kind);
                next != text && shows(&next, key, depth - 1)
            }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_spelling_is_left(
        key in "[!#-~]{8,40}",
        hows in proptest::collection::vec(0_u8..13, 40),
        before in "[a-f0-9%u&#; \\\\x猫]{0,12}",
        after in "[a-f0-9%u&#; \\\\x猫]{0,12}",
    ) {
        let spelling: String = key.bytes().zip(&hows).map(|(c, how)| spelt(c, *how)).collect();
        let text = [&*before, &spelling, &after].concat();
        let clean = masked(&text, &key);
        prop_assert!(clean.contains("•••"), "{} in {}", key, text);
        prop_assert!(!shows(&clean, &key, 4), "{} in {}", key, clean);
    }

    #[test]
    fn a_text_without_the_key_stays(key in "[!#-~]{8,40}", text in "[a-f%\\\\u0025&#x;猫\n]{0,60}") {
        prop_assume!(!shows(&text, &key, 4));
        prop_assert_eq!(masked(&text, &key), text);
    }

    #[test]
    fn json_stays_json(
        key in "[!#-~]{8,24}",
        hows in proptest::collection::vec(0_u8..12, 24),
        before in any::<String>(),
        after in "[a-f0-9u\\\\]{0,8}",
    ) {
        let quoted = |text: &str| {
            let quoted = serde_json::to_string(text).expect("a string");
            quoted[1..quoted.len() - 1].to_owned()
        };
        let spelling: String = key
            .bytes()
            .zip(&hows)
            .map(|(c, how)| if *how < 3 || *how > 4 { quoted(&spelt(c, *how)) } else { spelt(c, *how) })
            .collect();
        let text = ["{\"a\":[\"", &*quoted(&before), &spelling, &quoted(&after), "\"]}"].concat();
        prop_assert!(is_json(&text), "{}", text);
        let clean = masked(&text, &key);
        prop_assert!(is_json(&clean), "{} in {}: {}", key, text, clean);
        let value: serde_json::Value = serde_json::from_str(&clean).expect("it is JSON");
        let told = value["a"][0].as_str().expect("a string").to_owned();
        prop_assert!(!shows(&told, &key, 4), "{} in {}", key, told);
    }
}
