//! Keys in pasted text.

use super::mark::marked;
use super::{login, spelling};
use std::fmt;
use std::ops::Range;

/// A key found in a pasted text. It is never printed; the receiver binds it to an origin immediately.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A key that was found where keys are expected.
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The key, to be bound to an origin.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether a text is exactly this key.
    pub fn is_whole(&self, text: &str) -> bool {
        let text = text.trim();
        let bare = text.strip_prefix("Authorization:").unwrap_or(text).trim();
        bare.strip_prefix("Bearer ").unwrap_or(bare).trim() == self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The first key in a text.
pub fn find(text: &str) -> Option<Secret> {
    spans(text).first().map(|at| Secret::new(&text[at.clone()]))
}

/// The text without its keys, cookies and logins, including escaped ones.
pub fn without(text: &str) -> String {
    let mut places = spans(text);
    places.extend(login::inside(text));
    let (plain, origins) = spelling::plain(text);
    if plain != text {
        let found = inside(&plain).into_iter().chain(login::inside(&plain));
        places.extend(found.map(|at| origins[at.start]..origins[at.end]));
    }
    marked(text, places)
}

/// The spans of keys in a text that may itself be one.
fn spans(text: &str) -> Vec<Range<usize>> {
    // On its own this is `AceDataCloud`'s kind of key; inside a response a request ID looks the same.
    let whole = text.trim();
    if whole.len() == 32 && whole.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
        let start = text.len() - text.trim_start().len();
        return std::iter::once(start..start + whole.len()).collect();
    }
    inside(text)
}

/// The spans of keys in a text, in order, without overlaps.
pub fn inside(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, word) in words(text) {
        let end = start + word.len();
        let before = text[..start].trim_end_matches(['"', '\'', ' ', ':', '=', '\\']);
        let is_bearer = ends_with_word(before, "bearer");
        let is_said = text[before.len()..start].contains([':', '=']);
        let is_named =
            is_said && ["api_key", "api-key", "apikey", "token"].iter().any(|name| ends_with_word(before, name));
        if (is_bearer || is_named) && !word.starts_with('$') && !is_environment(word) && is_like_token(word) {
            found.push(start..end);
            continue;
        }
        let mut from = start;
        for piece in word.split(['/', '+', '~', '$', '=']) {
            if is_key(piece) {
                found.push(from..from + piece.len());
            }
            from += piece.len() + 1;
        }
    }
    found
}

/// A word in the position of a key that is not an ordinary word: "the bearer of the ring" contains no key.
fn is_like_token(word: &str) -> bool {
    word.len() >= 20 || (word.len() >= 8 && word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Where a program finds its key, as opposed to the key: `process.env.API_KEY`.
fn is_environment(word: &str) -> bool {
    const STARTS: [&str; 6] =
        ["process.env.", "import.meta.env.", "os.environ", "os.getenv", "System.getenv", "Environment.GetEnvironment"];
    // A name has no hyphen: what has one may be a key that was glued to it.
    let is_name = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    is_name && STARTS.iter().any(|start| word.starts_with(start))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(word))
}

/// The words of a text made of the characters that keys use: letters, digits and a few symbols; also `$`, which marks a
/// variable. An equals sign separates a name from its value, except at the end.
fn words(text: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.$+~/".contains(c);
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (index, c) in text.char_indices() {
        match (is_part(c), start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                words.push((from, &text[from..index]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push((from, &text[from..]));
    }
    for (from, word) in &mut words {
        let rest = &text[*from + word.len()..];
        let padding = rest.bytes().take(2).take_while(|byte| *byte == b'=').count();
        if padding > 0 && !rest[padding..].starts_with(is_part) {
            *word = &text[*from..*from + word.len() + padding];
        }
    }
    words
}

/// A word that looks like a key: `sk-…`, or a JSON web token.
fn is_key(word: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let is_jwt = word.starts_with("eyJ") && word.split('.').count() == 3 && word.len() > 40;
    (word.starts_with("sk-") && word.len() >= 11 && plain(word)) || is_jwt
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_place_of_a_key_is_no_key_and_a_key_glued_to_it_is_one() {
        assert!(find("apiKey: process.env.OPENAI_API_KEY").is_none());
        assert!(find("Bearer process.env.sk-canary-1234567890abcdef").is_some());
    }
}
