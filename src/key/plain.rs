//! Texts that certainly hold no key, told by little code: whatever is not plain is looked at by [`crate::redact`].

/// The longest run of letters and digits in which no key can be, and the longest of letters alone.
const LONGEST: usize = 15;
const LONGEST_WORD: usize = 30;
/// Words that stand before keys.
const SIGNS: [&str; 8] = ["sk-", "key", "token", "secret", "password", "bearer", "basic", "auth"];

/// Whether a text certainly holds no key. `false` says nothing.
pub fn is_plain(text: &str) -> bool {
    let (mut run, mut has_digit) = (0, false);
    for byte in text.bytes() {
        if matches!(byte, b'@' | b'%' | b'\\' | b'=') {
            return false;
        }
        let goes_on = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
        run = if goes_on { run + 1 } else { 0 };
        has_digit = goes_on && (has_digit || byte.is_ascii_digit());
        if run > if has_digit { LONGEST } else { LONGEST_WORD } {
            return false;
        }
    }
    let small = text.to_ascii_lowercase();
    !SIGNS.iter().any(|sign| small.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::redact;
    use proptest::prelude::*;

    #[test]
    fn sentences_and_short_links_are_plain() {
        for text in [
            "a boat on the sea, slowly",
            "一只猫在海边散步",
            "https://example.com/a.png",
            "16:9",
            "wan2.6-t2v",
            "Donaudampfschiff-Ankunft",
            "",
        ] {
            assert!(is_plain(text), "{text}");
        }
    }

    #[test]
    fn whatever_redaction_finds_is_not_plain() {
        for text in [
            "my key is sk-canary-1",
            "Bearer canary",
            "Authorization: Basic Y2FuYXJ5",
            "https://canary:pass@example.com/a.png",
            "https://example.com/a.png?token=canary",
            "Cookie: session=canary",
            "0123456789abcdef0123456789abcdef",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_left_by_redaction(
            text in "(a|sk|key|Bearer|token|x-api-key|https://u:p|[a-zA-Z0-9]{1,24}|[-_=:@%/ \"'.]){1,6}"
        ) {
            prop_assert!(!is_plain(&text) || redact([], &text) == text, "{text}");
        }
    }
}
