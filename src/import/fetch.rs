//! `fetch(…)` as browsers copy it and as programs write it: URL and options are parsed, never executed.

use super::call::Body;
use super::literal::{Kind, Node, Values};
use super::raw::{Placed, RawCall};
use super::remark::{Notes, RemarkKind};
use super::word::{self, Variables};

/// Maximum number of named values that are remembered.
const MOST: usize = 64;

/// All calls of `fetch` in a text.
pub fn calls(text: &str, variables: &mut Variables, notes: &mut Notes) -> Vec<RawCall> {
    let mut named: Vec<(String, Node)> = Vec::new();
    let mut raw_calls = Vec::new();
    let mut at = 0;
    // A value that contains a call is scanned again, but only a limited number of times.
    let mut again = MOST;
    while let Some(byte) = text.as_bytes().get(at).copied() {
        match byte {
            b'"' | b'\'' | b'`' => {
                let mut values = Values::new(text, at, &named, variables);
                values.string(byte);
                at = values.at;
            }
            b'/' if text[at..].starts_with("//") || text[at..].starts_with("/*") => {
                let mut values = Values::new(text, at, &named, variables);
                values.blanks();
                at = values.at;
            }
            _ if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
                let length = text[at..].bytes().position(|byte| !is_part(byte)).unwrap_or(text.len() - at);
                let word = &text[at..at + length];
                let start = at;
                at += length;
                let before = text[..start].bytes().next_back();
                // A function defined in the text that is called with a URL, like `fetch`.
                let is_own = || {
                    let inside = text[at..].strip_prefix('(').map(str::trim_start);
                    inside.is_some_and(|rest| {
                        rest.starts_with(['"', '\'', '`'])
                            && (rest[1..].starts_with("http://") || rest[1..].starts_with("https://"))
                    }) && !matches!(word, "URL" | "stop" | "open" | "log")
                };
                let is_fetch = word == "fetch" && text[at..].trim_start().starts_with('(');
                if before != Some(b'.') && (is_fetch || is_own()) {
                    let mut values = Values::new(text, at, &named, variables);
                    let raw = call(&mut values, start, notes);
                    at = values.at;
                    raw_calls.push(raw);
                } else if let Some(length) = adding(&text[at..]).filter(|_| named.iter().any(|(name, _)| name == word))
                {
                    let mut values = Values::new(text, at + length, &named, variables);
                    let name = values.value().text();
                    let value = values.take(b',').then(|| values.value());
                    values.take(b')');
                    at = values.at;
                    let known = named.iter_mut().rev().find(|(known, _)| known == word);
                    if let (Some((_, known)), Some(value)) = (known, value) {
                        known.put(name, value);
                    }
                } else if matches!(word, "const" | "let" | "var") {
                    let mut is_more = true;
                    while is_more {
                        let mut values = Values::new(text, at, &named, variables);
                        let found = binding(&mut values);
                        is_more = found.is_some() && values.take(b',');
                        at = values.at;
                        // A call whose response is assigned to a name is read as a call.
                        if let Some((_, value)) = found.as_ref().filter(|(_, value)| again > 0 && is_call(value)) {
                            again -= 1;
                            at = value.at.start;
                            break;
                        }
                        if let Some((name, value)) = found.filter(|(_, value)| !is_call(value))
                            && named.len() < MOST
                        {
                            named.push((name, value));
                        }
                    }
                }
            }
            _ => at += 1,
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    // Where such a function calls `fetch` itself, the URL is only a variable name.
    let is_named = |raw: &RawCall| word::is_name(&raw.url.text);
    if raw_calls.iter().any(|raw| !is_named(raw)) {
        raw_calls.retain(|raw| !is_named(raw));
    }
    raw_calls
}

/// `.append(` or `.set(` after the name of a headers object.
fn adding(rest: &str) -> Option<usize> {
    [".append(", ".set("].into_iter().find(|call| rest.starts_with(call)).map(str::len)
}

fn is_call(value: &Node) -> bool {
    matches!(&value.kind, Kind::Computed(text) if text.contains("fetch") || text.contains("://"))
}

/// `name = value`
fn binding(values: &mut Values<'_, '_>) -> Option<(String, Node)> {
    values.blanks();
    let rest = &values.text[values.at..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    let name = rest[..end].to_owned();
    values.at += end;
    if name.is_empty() || !values.take(b'=') {
        return None;
    }
    Some((name, values.value()))
}

fn call(values: &mut Values<'_, '_>, start: usize, notes: &mut Notes) -> RawCall {
    values.take(b'(');
    let address = values.value();
    let options = if values.take(b',') { Some(values.value()) } else { None };
    values.take(b',');
    if !values.take(b')') {
        notes.add(RemarkKind::UnbalancedQuote, start..start + "fetch".len());
    }
    address.note_open(notes);
    let mut raw = RawCall { url: text_of(&address), at: start..values.at, ..RawCall::default() };
    if raw.url.text.is_empty() {
        notes.add(RemarkKind::NoAddress, raw.at.clone());
    }
    "GET".clone_into(&mut raw.method);
    let Some(options) = options else { return raw };
    if !matches!(options.kind, Kind::Table(_)) {
        options.note_open(notes);
    }
    for (name, value) in options.members() {
        match name.as_str() {
            "method" => {
                value.note_open(notes);
                raw.method = value.text().to_uppercase();
                if !raw.method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    notes.add(RemarkKind::OddMethod, value.at.clone());
                }
            }
            "headers" => headers(value, &mut raw, notes),
            "body" => {
                raw.body_at = value.at.clone();
                let read = body(value);
                if matches!(read, Body::Text(_)) {
                    value.note_open(notes);
                }
                if !matches!(&value.kind, Kind::Plain(text) if text == "null") {
                    raw.body = Some(read);
                }
            }
            _ => notes.add(RemarkKind::NoEffect, value.at.clone()),
        }
    }
    if raw.body.is_some() && !raw.has_header("content-type") {
        notes.add(RemarkKind::ImpliedType, raw.body_at.clone());
        let text = "text/plain;charset=UTF-8".to_owned();
        let text = Placed { text, at: raw.body_at.clone(), open: Vec::new() };
        raw.headers.push(("Content-Type".to_owned(), text));
    }
    raw
}

/// The body, or the file that the program reads it from.
fn body(value: &Node) -> Body {
    match &value.kind {
        Kind::Computed(code) => file_read(code).map_or_else(|| Body::Text(value.text()), Body::File),
        _ => Body::Text(value.text()),
    }
}

/// The name in `readFile("name")` and `fs.readFileSync("name", "utf8")`.
fn file_read(code: &str) -> Option<String> {
    let (function, arguments) = code.split_once('(')?;
    if !matches!(function.rsplit(['.', ' ']).next()?, "readFile" | "readFileSync") {
        return None;
    }
    let arguments = arguments.trim_start();
    let quote = arguments.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
    arguments[1..].split(quote).next().map(str::to_owned)
}

/// An object, or a list of pairs.
fn headers(value: &Node, raw: &mut RawCall, notes: &mut Notes) {
    match &value.kind {
        Kind::Table(members) => {
            raw.headers.extend(members.iter().map(|(name, value)| (name.clone(), text_of(value))));
        }
        Kind::List(pairs) => {
            for pair in pairs {
                if let [name, value] = pair.entries() {
                    raw.headers.push((name.text(), text_of(value)));
                }
            }
        }
        _ if value.open.is_empty() => notes.add(RemarkKind::Substitution, value.at.clone()),
        _ => value.note_open(notes),
    }
}

fn text_of(node: &Node) -> Placed {
    Placed { text: node.text(), at: node.at.clone(), open: node.all_open() }
}
