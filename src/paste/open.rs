//! What is not filled in: placeholders of documents, variables of shells and templates, values that a program
//! computes. They are named once, and are never a key, an id, a host or a value.

use crate::http::{Json, path};
use crate::import::{Call, Unknown};

/// Longest placeholder.
const LONGEST: usize = 200;
/// Maximum number of places that are named.
const MOST: usize = 64;

/// A place that is not filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Where.
    pub at: At,
    /// What stands there.
    pub written: String,
    /// What it is.
    pub why: Why,
}

/// A place of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The host, or everything in front of the path.
    Host,
    /// The rest of the URL.
    Url,
    /// The task id.
    Id,
    /// A header, by its name.
    Header(String),
    /// A member of the body, by its path; the empty path is the whole body.
    Body(String),
}

/// Why a place is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A placeholder from a document.
    Placeholder,
    /// A variable that the text does not set.
    Variable,
    /// An expression of a program, which is not run.
    Computed,
    /// A file on the disk of whoever wrote it.
    LocalFile,
}

impl Open {
    /// From what a program leaves open.
    pub fn of(unknown: Unknown) -> Self {
        let at = match (unknown.header, unknown.path) {
            (Some(name), _) => At::Header(name),
            (None, Some(path)) => At::Body(path),
            (None, None) if unknown.is_host => At::Host,
            (None, None) => At::Url,
        };
        let why = if unknown.is_file { Why::LocalFile } else { Why::Computed };
        Self { at, written: unknown.written, why }
    }
}

/// What a text is a placeholder for, if it is nothing else.
pub fn placeholder(text: &str) -> Option<Why> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let is_disk = lower.starts_with("file:")
        || lower.get(1..3).is_some_and(|sign| sign == ":\\" || sign == ":/") && !text.contains(' ');
    if is_disk {
        return Some(Why::LocalFile);
    }
    let within = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.is_empty() && !inner.contains(['\n', '"'])).then_some(inner)
    };
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "_-. :".contains(c));
    if within("$(", ")").is_some() || within("${", "}").is_some_and(|inner| !inner.contains('{')) {
        return Some(Why::Variable);
    }
    // A format string's gap.
    if matches!(text, "%s" | "%d" | "{}") {
        return Some(Why::Variable);
    }
    if text.strip_prefix('$').is_some_and(is_word) || within("%", "%").is_some_and(is_word) {
        return Some(Why::Variable);
    }
    let is_tag = within("<", ">").is_some_and(|inner| !inner.contains(['<', '>']) && inner.len() < 80);
    if is_tag || within("{{", "}}").is_some_and(is_name) || within("{", "}").is_some_and(is_name) {
        return Some(Why::Placeholder);
    }
    // The part of a path that a client fills in: `/tasks/:task_id`.
    if text.strip_prefix(':').is_some_and(is_word) {
        return Some(Why::Placeholder);
    }
    let is_one_word = !text.contains(char::is_whitespace) && !text.contains("://");
    let is_yours = is_one_word
        && ["your_", "your-"].iter().any(|mark| lower.starts_with(mark) || lower.contains(&["_", mark].concat()));
    let is_crossed = text.len() >= 3 && lower.bytes().all(|byte| byte == b'x');
    let is_dots = text.chars().all(|c| matches!(c, '.' | '…')) && text.len() >= 3;
    let is_host = host_of(text).is_some_and(|host| {
        host.starts_with("your-")
            || host.starts_with("your.")
            || host.starts_with("your_")
            || host.contains(['<', '{', '$'])
    });
    (is_yours || is_crossed || is_dots || is_host || lower == "string").then_some(Why::Placeholder)
}

/// A name as shells have them.
pub fn is_word(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    Some(rest.split(['/', '?', '#']).next().unwrap_or(rest))
}

/// A URL whose host is not filled in: what stands there, and the rest.
pub fn host(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let closing = [("{{", "}}"), ("${", "}"), ("$(", ")"), ("{", "}"), ("<", ">"), ("%", "%")];
    let closed = closing.iter().find_map(|(open, close)| {
        let inner = rest.strip_prefix(open)?;
        let end = inner.find(close)?;
        // `$($name)`
        let more = inner[end + close.len()..].bytes().take_while(|byte| *byte == b')').count();
        Some(open.len() + end + close.len() + more)
    });
    let named = || {
        let name = rest.strip_prefix('$')?;
        let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        (length > 0).then_some(1 + length)
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let inside = || {
        let is_open = !scheme.is_empty() && (authority.contains(['{', '<', '$']) || placeholder(url).is_some());
        is_open.then_some(authority.len())
    };
    let end = closed.or_else(named).or_else(inside)?;
    // What follows up to the path belongs to the host.
    let end = rest[end..].find('/').map_or(rest.len(), |at| at + end);
    Some((rest[..end].to_owned(), rest[end..].to_owned()))
}

/// The open places of a call. `filled` are the pieces of the text that a shell would put something into; `None` if it was
/// not read as a shell reads it, and whatever looks like a variable may be one.
pub fn of_call(call: &Call, body: Option<&Json>, filled: Option<&[&str]>) -> Vec<Open> {
    let mut found: Vec<Open> = Vec::new();
    if let Some((written, _)) = host(&call.url) {
        found.push(Open { at: At::Host, written, why: Why::Placeholder });
    }
    for (name, value) in &call.headers {
        let why = placeholder(value).or_else(|| is_filled(value, filled.unwrap_or_default()).then_some(Why::Variable));
        if let Some(why) = why {
            found.push(Open { at: At::Header(name.clone()), written: value.clone(), why });
        }
    }
    if let Some(body) = body {
        in_body(body, "", filled, &mut found);
        // A page that renders a schema writes 123 for every number.
        let strings = found.iter().filter(|open| matches!(&*open.written, "<string>" | "string")).count();
        if strings >= 2 {
            numbers(body, "", &mut found);
        }
    }
    found.truncate(MOST);
    found
}

/// Whether a shell puts something into a text.
fn is_filled(text: &str, filled: &[&str]) -> bool {
    filled.iter().any(|part| part.len() > 1 && text.contains(part))
}

fn in_body(value: &Json, at: &str, filled: Option<&[&str]>, found: &mut Vec<Open>) {
    match value {
        Json::Text(text) => {
            // A shell's quotes decide whether `$NAME` is a variable there: where they were read, nothing is guessed.
            let is_open = match filled {
                Some(filled) => is_filled(text, filled) || is_template(text, &[("{{", "}}")]),
                None => is_template(text, &[("{{", "}}"), ("${", "}")]) || is_variable(text),
            };
            if let Some(why) = placeholder(text).or(is_open.then_some(Why::Variable)) {
                found.push(Open { at: At::Body(at.to_owned()), written: text.clone(), why });
            }
        }
        Json::List(list) => {
            list.iter().enumerate().for_each(|(index, entry)| in_body(entry, &path::item(at, index), filled, found));
        }
        Json::Object(members) => {
            for (name, member) in members {
                in_body(member, &path::member(at, name), filled, found);
            }
        }
        _ => {}
    }
}

/// Whether a text has gaps: `a {{weather}} morning`, `${weather}`.
fn is_template(text: &str, marks: &[(&str, &str)]) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.len() < 60 && name.chars().all(|c| c.is_alphanumeric() || "_-. $".contains(c))
    };
    marks.iter().any(|(open, close)| {
        text.match_indices(open).take(16).any(|(at, _)| {
            let rest = &text[at + open.len()..];
            rest.find(close).is_some_and(|end| is_name(&rest[..end]))
        })
    })
}

/// Whether a text has a variable in it: `a $WEATHER morning`.
fn is_variable(text: &str) -> bool {
    text.match_indices('$').take(16).any(|(at, _)| {
        let name = &text[at + 1..];
        name.bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b'_').count() >= 3
    })
}

fn numbers(value: &Json, at: &str, found: &mut Vec<Open>) {
    match value {
        Json::Number(123) => {
            found.push(Open { at: At::Body(at.to_owned()), written: "123".to_owned(), why: Why::Placeholder });
        }
        Json::List(list) => {
            list.iter().enumerate().for_each(|(index, entry)| numbers(entry, &path::item(at, index), found));
        }
        Json::Object(members) => {
            for (name, member) in members {
                numbers(member, &path::member(at, name), found);
            }
        }
        _ => {}
    }
}

/// The body without its open members.
pub fn without(body: &Json, open: &[Open]) -> Json {
    let mut rest = body.clone();
    // Entries of lists from the end, so that the places of those in front stay.
    for open in open.iter().rev() {
        if let At::Body(path) = &open.at
            && !path.is_empty()
        {
            rest.take(path);
        }
    }
    rest
}

/// Whether a finding's path is about an open member.
pub fn touches(open: &[Open], at: &str) -> bool {
    open.iter().any(|open| match &open.at {
        At::Body(path) => {
            path == at || path.strip_prefix(at).is_some_and(|rest| rest.starts_with(['.', '['])) && !at.is_empty()
        }
        _ => false,
    })
}
