//! Credentials other than keys in pasted text: cookies, names with passwords, logins in URLs.

use std::ops::Range;

/// Longest login in a URL, in bytes.
const LONGEST_LOGIN: usize = 512;
/// Cookies and options that are checked in one text: a log has a few dozen, and each may reach to the end of the text.
const MOST: usize = 200;
/// Longest cookie whose end is searched for, and the longest gap between its quote and the end of its header's name.
const LONGEST_COOKIE: usize = 16 << 10;
const LONGEST_NAME: usize = 16;
/// curl options that take a login, and a cookie.
const LOGINS: [&str; 4] = ["-u", "--user", "--proxy-user", "-U"];
const COOKIES: [&str; 2] = ["-b", "--cookie"];

/// The spans of cookies and logins in a text, in any order.
pub fn inside(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    found.extend(lower.match_indices("://").filter_map(|(at, sign)| in_address(text, at + sign.len())));
    found.extend(lower.match_indices("basic").filter_map(|(at, word)| after_basic(text, at + word.len())));
    for (at, word) in lower.match_indices("cookie").take(MOST) {
        cookie(text, &lower, at + word.len(), &mut found);
    }
    if lower.contains("curl") {
        options(text, &LOGINS, ':', &mut found);
        options(text, &COOKIES, '=', &mut found);
    }
    found
}

/// A placeholder is not a secret.
fn is_filled_in(value: &str) -> bool {
    !value.is_empty() && !value.starts_with(['$', '<', '{', '%', '•', '*', '@'])
}

/// `name:password` before the host of a URL.
fn in_address(text: &str, start: usize) -> Option<Range<usize>> {
    let is_end = |c: char| c.is_whitespace() || "/?#\\\"'`<>()[]{}|,;".contains(c);
    let rest = text[start..].char_indices().take(LONGEST_LOGIN);
    let end = rest.clone().find(|(_, c)| is_end(*c)).or_else(|| rest.last()).map(|(at, _)| at)?;
    let login = text.get(start..start + end)?.rsplit_once('@')?.0;
    is_filled_in(login).then(|| start..start + login.len())
}

/// The base64 of `name:password` after `Basic`.
fn after_basic(text: &str, start: usize) -> Option<Range<usize>> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
    let blanks = text.bytes().skip(start).take(8).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let from = start + blanks;
    let length = text.bytes().skip(from).take(LONGEST_LOGIN).take_while(is_part).count();
    let word = &text[from..from + length];
    (blanks > 0 && length >= 4 && holds_colon(word)).then(|| from..from + length)
}

/// Whether the base64 decodes to text with a colon: an ordinary word does not.
fn holds_colon(word: &str) -> bool {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let groups: Option<Vec<u32>> = word.trim_end_matches('=').bytes().map(value).collect();
    let Some(groups) = groups else { return false };
    let mut has_colon = false;
    for four in groups.chunks(4).filter(|four| four.len() > 1) {
        let number = (0..4).fold(0, |number, at| number << 6 | four.get(at).copied().unwrap_or(0));
        for at in 0..four.len() - 1 {
            let byte = number >> (16 - 8 * at) & 255;
            has_colon |= byte == u32::from(b':');
            if byte < 32 || byte == 127 {
                return false;
            }
        }
    }
    has_colon
}

/// `Cookie: a=1; b=2` and similar: JSON properties, HAR entries, cookies created in PowerShell.
fn cookie(text: &str, lower: &str, end: usize, found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let line = bytes[end..].iter().take(LONGEST_COOKIE).take_while(|byte| !matches!(**byte, b'\n' | b'\r')).count();
    let line_end = (end..=end + line).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let before = bytes[..end].iter().rev().take(LONGEST_NAME);
    let quote = before.copied().find(|byte| matches!(byte, b'\n' | b'\'' | b'"')).map(char::from);
    let mut at = end;
    if lower[at..].starts_with("s\"") {
        return list(text, lower, at + 2, found);
    }
    if lower[at..].starts_with("(\"") || lower[at..].starts_with("('") {
        // `System.Net.Cookie("name", "value", …)`
        let second = string(text, at + 1).and_then(|name| string(text, next(text, name.end + 1, ',')?));
        return found.extend(second);
    }
    let closes = text[at..].starts_with(['"', '\'']);
    at += usize::from(closes);
    if let Some(value) = next(text, at, ',').and_then(|at| lower[at..].starts_with("\"value\"").then_some(at + 7)) {
        return found.extend(next(text, value, ':').and_then(|at| string(text, at)));
    }
    let Some(value) = next(text, at, ':').or_else(|| next(text, at, '=').filter(|_| closes)) else { return };
    if closes || text[value..].starts_with(['"', '\'']) {
        return found.extend(string(text, value).filter(|at| text[at.clone()].contains('=')));
    }
    // A header line, or a quoted argument of a command.
    let line = text.get(value..line_end).unwrap_or_default();
    let quote = quote.filter(|quote| *quote != '\n').and_then(|quote| line.find(quote));
    let end = value + quote.unwrap_or(line.len());
    let said = text[value..end].trim_end().trim_end_matches(['\\', '^']);
    let pair = said.split(';').next().unwrap_or_default();
    let is_pair = pair.split_once('=').is_some_and(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace));
    if is_pair && is_filled_in(said) {
        found.push(value..value + said.len());
    }
}

/// `"cookies": [ … ]`: the values of its entries.
fn list(text: &str, lower: &str, at: usize, found: &mut Vec<Range<usize>>) {
    let Some(start) = next(text, at, ':').filter(|at| text[*at..].starts_with('[')) else { return };
    let end = text[start..].find(']').map_or(text.len(), |at| start + at);
    for (at, name) in lower[start..end].match_indices("\"value\"").take(MOST) {
        found.extend(next(text, start + at + name.len(), ':').and_then(|at| string(text, at)));
    }
}

/// The position after a character and the whitespace around it, if it comes next.
fn next(text: &str, at: usize, sign: char) -> Option<usize> {
    let rest = text.get(at..)?.trim_start().strip_prefix(sign)?.trim_start_matches([' ', '\t', '\n', '\r']);
    Some(text.len() - rest.len())
}

/// The contents of the quotes that open at a position.
fn string(text: &str, at: usize) -> Option<Range<usize>> {
    let quote = text.get(at..)?.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(at + 1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            _ if byte == quote => return (index > at + 1).then_some(at + 1..index),
            _ => {}
        }
    }
    None
}

/// The values of curl options that contain this character.
fn options(text: &str, names: &[&str], sign: char, found: &mut Vec<Range<usize>>) {
    for name in names {
        for (at, _) in text.match_indices(name).take(MOST) {
            if !text[..at].ends_with([' ', '\t', '\n', '"', '\'', ',']) {
                continue;
            }
            let rest = &text[at + name.len()..];
            let is_long = name.starts_with("--");
            let value = rest.trim_start_matches([' ', '\t', '=', '^']);
            if is_long && value.len() == rest.len() {
                continue;
            }
            let start = text.len() - value.len();
            let is_quote = value.starts_with(['"', '\'']);
            let place = string(text, start).filter(|_| is_quote).or_else(|| {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                Some(start..start + end)
            });
            found.extend(place.filter(|at| text[at.clone()].contains(sign) && is_filled_in(&text[at.clone()])));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::key::without_keys;

    #[test]
    fn cookies_and_logins_are_masked_however_they_are_written() {
        for (text, clean) in [
            ("curl https://h/x -H 'Cookie: sid=abc; t=2' -d 1", "curl https://h/x -H 'Cookie: •••' -d 1"),
            ("curl https://h/x -H \"cookie: sid=abc\"", "curl https://h/x -H \"cookie: •••\""),
            ("curl -b 'sid=abc; t=2' https://h/x", "curl -b '•••' https://h/x"),
            ("curl --cookie sid=abc https://h/x", "curl --cookie ••• https://h/x"),
            ("curl -b cookies.txt https://h/x", "curl -b cookies.txt https://h/x"),
            ("curl -u joe:pw https://h/x", "curl -u ••• https://h/x"),
            ("curl -ujoe:pw --proxy-user 'a:b c' https://h", "curl -u••• --proxy-user '•••' https://h"),
            ("curl --user=\"joe:p w\" https://h/x", "curl --user=\"•••\" https://h/x"),
            ("curl -u $USER:$PASS https://h/x", "curl -u $USER:$PASS https://h/x"),
            ("see https://joe:p%40w@h.example/x?a=b@c", "see https://•••@h.example/x?a=b@c"),
            ("see https://h.example/x?a=b@c and a@b", "see https://h.example/x?a=b@c and a@b"),
            ("Authorization: Basic am9lOnB3", "Authorization: Basic •••"),
            ("-H 'Proxy-Authorization: basic am9lOnB3'", "-H 'Proxy-Authorization: basic •••'"),
            ("the basic idea is simple", "the basic idea is simple"),
            ("GET / HTTP/1.1\nCookie: sid=abc\nAccept: x", "GET / HTTP/1.1\nCookie: •••\nAccept: x"),
            ("Set-Cookie: sid=abc; Path=/\r\nX: y", "Set-Cookie: •••\r\nX: y"),
            (r#"{"headers": {"cookie": "sid=abc"}}"#, r#"{"headers": {"cookie": "•••"}}"#),
            (r#"{"name": "Cookie", "value": "sid=abc"}"#, r#"{"name": "Cookie", "value": "•••"}"#),
            (
                r#"{"cookies": [{"name": "sid", "value": "abc"}, {"name": "t", "value": "x]"}], "value": "v"}"#,
                r#"{"cookies": [{"name": "sid", "value": "•••"}, {"name": "t", "value": "•••"}], "value": "v"}"#,
            ),
            (
                r#"Cookies.Add((New-Object System.Net.Cookie("sid", "abc", "/", "h")))"#,
                r#"Cookies.Add((New-Object System.Net.Cookie("sid", "•••", "/", "h")))"#,
            ),
            ("a cookie: baked, brown = good", "a cookie: baked, brown = good"),
            ("Cookies are small. Cookie: a cake", "Cookies are small. Cookie: a cake"),
            (r#"{"message": "no https:\/\/joe:pw@h\/x"}"#, r#"{"message": "no https:\/\/•••@h\/x"}"#),
        ] {
            assert_eq!(without_keys(text), clean, "{text}");
        }
    }

    #[test]
    fn long_texts_are_read_in_no_time() {
        for part in ["://", "basic ", "cookie", "curl -u ", "cookie:", "\"cookies\":[", "://a"] {
            let began = std::time::Instant::now();
            let _ = super::inside(&["curl ", &part.repeat(20_000)].concat());
            assert!(began.elapsed().as_secs() < 5, "{part}: {:?}", began.elapsed());
        }
    }
}
