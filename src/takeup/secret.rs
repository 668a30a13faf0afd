//! Keys that stand in what people paste.

use std::fmt;

/// A key found in a pasted text. It is never printed; whoever takes it binds it to an origin at once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The key, to be bound to an origin.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether a text is this key and nothing else.
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

/// What stands for a key that was taken out.
const MARK: &str = "•••";

/// The first key in a text.
pub fn find(text: &str) -> Option<Secret> {
    spans(text).first().map(|(start, end)| Secret(text[*start..*end].to_owned()))
}

/// The text without its keys.
pub fn without(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (start, end) in spans(text) {
        out.push_str(&text[from..start]);
        out.push_str(MARK);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

/// Where keys stand, in order, none over another.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    // Alone it is `AceDataCloud`'s kind of key; inside an answer the same looks are a request id's.
    let whole = text.trim();
    if whole.len() == 32 && whole.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
        let start = text.len() - text.trim_start().len();
        return vec![(start, start + whole.len())];
    }
    for (start, word) in words(text) {
        let end = start + word.len();
        let before = text[..start].trim_end_matches(['"', '\'', ' ', ':', '\\']);
        let is_bearer = ends_with_word(before, "bearer") && !word.starts_with('$');
        let is_named = ["api_key", "api-key", "apikey", "token"].iter().any(|name| ends_with_word(before, name));
        if is_key(word) || ((is_bearer || is_named) && word.len() >= 8 && !word.starts_with('$')) {
            found.push((start, end));
        }
    }
    found
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(word))
}

/// The words of a text as keys are made of: letters, digits and a few signs; with a `$` that makes it a variable.
fn words(text: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.$+=~/".contains(c);
    let mut words = Vec::new();
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
    words
}

/// A word that is a key by its looks: `sk-…`, or a JSON web token.
fn is_key(word: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let is_jwt = word.starts_with("eyJ") && word.split('.').count() == 3 && word.len() > 40;
    (word.starts_with("sk-") && word.len() >= 11 && plain(word)) || is_jwt
}
