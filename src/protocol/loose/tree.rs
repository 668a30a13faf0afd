//! A JSON value as a whole tree: every object in it with its path, also those that are written inside strings.

use crate::http::lenient as json;
use crate::http::{Json, path};

/// Maximum number of values that are looked at, and of objects that are read out of strings.
const MOST: usize = 20_000;
const MOST_INNER: usize = 16;
/// Deepest nesting of JSON within strings.
const DEEPEST: usize = 5;

/// An object and where it is.
pub struct Spot {
    /// The path from the top; `(text)` marks a step into a string.
    pub path: String,
    /// The object.
    pub value: Json,
}

/// All objects of a value, those nearest to the top first.
pub fn objects(value: &Json) -> Vec<Spot> {
    let mut found: Vec<Spot> = Vec::new();
    let mut level: Vec<(String, Json, usize)> = vec![(String::new(), value.clone(), 0)];
    let (mut left, mut inner) = (MOST, MOST_INNER);
    while !level.is_empty() && left > 0 {
        let mut next = Vec::new();
        for (at, value, depth) in level {
            left = left.saturating_sub(1);
            match value {
                Json::Object(members) => {
                    for (name, member) in &members {
                        if matches!(member, Json::Object(_) | Json::List(_) | Json::Text(_)) {
                            next.push((path::member(&at, name), member.clone(), depth));
                        }
                    }
                    found.push(Spot { path: at, value: Json::Object(members) });
                }
                Json::List(list) => {
                    let items = list.into_iter().enumerate().take(MOST);
                    next.extend(items.map(|(index, entry)| (path::item(&at, index), entry, depth)));
                }
                Json::Text(text) if depth < DEEPEST && inner > 0 => {
                    if let Some(value) = within(&text) {
                        inner -= 1;
                        next.push(([&*at, "(text)"].concat(), value, depth + 1));
                    }
                }
                _ => {}
            }
        }
        level = next;
    }
    found
}

/// The object that a string holds or ends with.
pub fn within(text: &str) -> Option<Json> {
    let start = text.find('{')?;
    let rest = &text[start..];
    if let Ok((parsed, _)) = json::prefix(rest) {
        return matches!(parsed.value, Json::Object(_)).then_some(parsed.value);
    }
    let plain = unescaped(rest)?;
    let (parsed, _) = json::prefix(&plain).ok()?;
    matches!(parsed.value, Json::Object(_)).then_some(parsed.value)
}

/// A text that begins like escaped JSON, with one level of backslashes taken away.
pub fn unescaped(text: &str) -> Option<String> {
    if !text[1..].trim_start_matches([' ', '\n', '\r', '\t']).starts_with('\\') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(c @ ('"' | '\\' | '/')) => out.push(c),
            Some(c) => out.extend(['\\', c]),
            None => break,
        }
    }
    Some(out)
}

/// A member that is a string, and not empty.
pub fn text<'a>(value: &'a Json, name: &str) -> Option<&'a str> {
    match member(value, name)? {
        Json::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The same, a number as its digits.
pub fn word(value: &Json, name: &str) -> Option<String> {
    match member(value, name)? {
        Json::Text(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Raw(written) if written != "null" => Some(written.clone()),
        _ => None,
    }
}

/// A member of an object.
pub fn member<'a>(value: &'a Json, name: &str) -> Option<&'a Json> {
    let Json::Object(members) = value else { return None };
    members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// `video_ratio` as `videoRatio`, as clients in Java and JavaScript write it.
pub fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_start = false;
    for c in name.chars() {
        match c {
            '_' => is_start = true,
            c if is_start => {
                out.push(c.to_ascii_uppercase());
                is_start = false;
            }
            c => out.push(c),
        }
    }
    out
}
