//! Numbers and `null` in the exact grammar of JSON: what may be printed as written.

use super::Json;

/// `null` or a number in the exact grammar of JSON, which may be printed as written.
pub fn scalar(text: &str) -> Option<Json> {
    if text == "null" {
        return Some(Json::Raw(text.to_owned()));
    }
    number(text).filter(|(_, length)| *length == text.len()).map(|(value, _)| value)
}

/// The number at the start of a text, and its length.
pub fn number(text: &str) -> Option<(Json, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && bytes[at] == b'0') {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let part = digits(at + 1);
        if part == 0 {
            return None;
        }
        at += 1 + part;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let power = digits((at + 1 + sign).min(bytes.len()));
        if power == 0 {
            return None;
        }
        at += 1 + sign + power;
    }
    let written = &text[..at];
    let whole = written.parse::<i64>().ok().filter(|number| number.to_string() == written);
    Some((whole.map_or_else(|| Json::Raw(written.to_owned()), Json::Number), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scalars_in_the_grammar_are_taken_for_such() {
        for text in ["null", "1.5", "-2e+10", "99999999999999999999", "5"] {
            assert!(scalar(text).is_some(), "{text}");
        }
        for text in ["", "nul", "1 ", "[1]", "\"x\"", "1.5,", "+1", "NaN", "1e"] {
            assert_eq!(scalar(text), None, "{text}");
        }
    }
}
