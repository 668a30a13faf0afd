//! Cuts a text into what it holds. Answers and messages are cut out first, so that no shell takes them for commands;
//! then commands and programs are read; then what is left of JSON.

use super::card::Message;
use super::{message, record};
use crate::http::Json;
use crate::http::lenient as json;
use crate::import::{self, Body, Call, Language, Pasted, Program, RemarkKind};
use crate::protocol::loose;
use std::ops::Range;

/// An object in a text.
pub struct Object {
    /// Where.
    pub at: Range<usize>,
    /// The object.
    pub value: Json,
}

/// The pieces of a text.
#[derive(Default)]
pub struct Pieces {
    /// Messages of programs, each with its place.
    pub messages: Vec<(Range<usize>, Message)>,
    /// Objects that look like answers.
    pub answers: Vec<Object>,
    /// Objects that look like bodies, outside of commands and programs.
    pub bodies: Vec<Object>,
    /// Commands, `fetch`, HAR, request lines.
    pub pasted: Pasted,
    /// Calls in programs.
    pub programs: Vec<Program>,
    /// A language that was recognized, but in which no call was found.
    pub unread: Option<Language>,
    /// Requests in the page's own files: reports and exported tasks.
    pub records: Vec<Call>,
}

/// Cuts a text.
pub fn pieces(text: &str) -> Pieces {
    let printed = super::printed::find(text);
    let mut places: Vec<Range<usize>> = printed.iter().map(|(at, _)| at.clone()).collect();
    let objects = if places.is_empty() { objects(text) } else { objects(&blanked(text, &mut places)) };
    let (own, objects): (Vec<Object>, Vec<Object>) =
        objects.into_iter().partition(|object| record::is_file(&object.value));
    let messages = message::find(text);
    // A file of another tool repeats answers, which are not the text's own.
    let is_export = |value: &Json| ["log", "item", "nodes"].iter().any(|name| value.at(name).is_some());
    let is_exported = objects.first().is_some_and(|object| is_export(&object.value));
    if let Some(object) = objects.first().filter(|_| is_exported) {
        return exported(text, object, messages);
    }
    let printed = printed.into_iter().filter(|(_, value)| loose::is_answer(value));
    let (mut answers, others): (Vec<Object>, Vec<Object>) =
        objects.into_iter().partition(|object| !is_quoted(text, object) && loose::is_answer(&object.value));
    answers.extend(printed.map(|(at, value)| Object { at, value }));
    let mut hidden: Vec<Range<usize>> = messages.iter().map(|(at, _)| at.clone()).collect();
    hidden.extend(answers.iter().chain(&own).map(|object| object.at.clone()));
    let mut records = Vec::new();
    for object in own {
        let (calls, received) = record::read(text, &object.at);
        records.extend(calls);
        answers.extend(received.into_iter().map(|value| Object { at: object.at.clone(), value }));
    }
    // A byte order mark is three blanks.
    hidden.extend(text.starts_with('\u{feff}').then_some(0.."\u{feff}".len()));
    let rest = blanked(text, &mut hidden);
    let rest = verbose(rest);
    let rest = rest.as_str();
    let mut pieces = Pieces { messages, answers, records, ..Pieces::default() };
    if rest.trim().is_empty() {
        return pieces;
    }
    let language = import::language(rest);
    if let Some(language) = language {
        pieces.programs = import::programs(&blanked(rest, &mut fences(rest)), language);
    }
    let is_command = rest.lines().any(|line| line.trim_start_matches(['$', '>', ' ', '\t']).starts_with("curl "));
    let is_shell =
        is_command || matches!(language, None | Some(Language::Python | Language::JavaScript | Language::PowerShell));
    if pieces.programs.is_empty() {
        pieces.unread = language;
    }
    if (pieces.programs.is_empty() || is_command) && is_shell {
        // A command beside a program: the program is read already.
        let mut programs: Vec<Range<usize>> = pieces.programs.iter().map(|program| program.call.at.clone()).collect();
        let is_beside = !programs.is_empty();
        let mut pasted = import::read(&blanked(rest, &mut programs));
        if is_beside {
            pasted.remarks.retain(|remark| remark.kind != RemarkKind::FurtherCommand);
        }
        let is_ours = !matches!(pasted.written, None | Some(import::Written::Json));
        if is_ours {
            pieces.pasted = pasted;
            pieces.pasted.remarks.retain(|remark| remark.kind != RemarkKind::Unrecognized);
        } else if others.is_empty() {
            pieces.pasted.remarks = pasted.remarks;
            pieces.pasted.secrets = pasted.secrets;
        }
    }
    let is_empty = pieces.programs.is_empty() && pieces.pasted.calls.is_empty();
    if is_empty && !others.iter().any(|object| loose::is_body(&object.value)) {
        // What is no JSON may be an object of a program: some of its values are names.
        let open = rest.match_indices('{').map(|(at, _)| at).filter(|at| begins_object(&rest[*at..]));
        pieces.programs = import::bodies(rest, &open.take(MOST_TRIED).collect::<Vec<_>>());
        pieces.programs.truncate(1);
    }
    let inside = |at: &Range<usize>| {
        let calls = pieces.pasted.calls.iter().map(|call| &call.at);
        let programs = pieces.programs.iter().map(|program| &program.call.at);
        calls.chain(programs).any(|call| call.start < at.end && at.start < call.end)
    };
    let is_body = |object: &Object| loose::is_body(&object.value) && pieces.programs.is_empty();
    let is_variable = |object: &Object| is_variable(text, object, &pieces.pasted.calls);
    let is_own = |object: &Object| !inside(&object.at) && is_body(object) && !is_variable(object);
    let bodies = others.into_iter().filter(is_own).collect();
    pieces.bodies = bodies;
    pieces
}

/// How many braces are tried as objects of a program.
const MOST_TRIED: usize = 16;

/// The pieces of a file of another tool.
fn exported(text: &str, object: &Object, messages: Vec<(Range<usize>, Message)>) -> Pieces {
    let mut pasted = import::read(text.get(object.at.clone()).unwrap_or_default());
    let from = object.at.start;
    for call in &mut pasted.calls {
        call.at = call.at.start + from..call.at.end + from;
    }
    for remark in &mut pasted.remarks {
        remark.at = remark.at.start + from..remark.at.end + from;
    }
    let end = object.at.end;
    let answers = responses(&object.value).into_iter().map(|value| Object { at: end - 1..end, value }).collect();
    Pieces { messages, answers, pasted, ..Pieces::default() }
}

/// The answers in a HAR file, behind its requests.
fn responses(file: &Json) -> Vec<Json> {
    let Some(Json::List(entries)) = file.at("log.entries") else { return Vec::new() };
    let text = |entry: &Json| match entry.at("response.content.text") {
        Some(Json::Text(text)) => json::parse(text.trim()).ok().map(|parsed| parsed.value),
        _ => None,
    };
    entries.iter().filter_map(text).filter(loose::is_answer).take(MOST_TRIED).collect()
}

/// What `curl -v` prints, without its signs: `> ` in front of what was sent, `< ` and `* ` in front of the rest.
fn verbose(text: String) -> String {
    let is_it = text.contains("\n> Host: ") || text.contains("\n> host: ") || text.contains("\r\n> Host: ");
    if !is_it {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.starts_with("> ") || bare == ">" {
            out.push(' ');
            out.push_str(&line[1..]);
        } else if bare.starts_with("< ") || bare == "<" || bare.starts_with("* ") {
            out.extend(line.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
        } else {
            out.push_str(line);
        }
    }
    out
}

/// The lines that fence code in a message.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with("```") && bare.len() < 20 && !bare[3..].contains('`') {
            found.push(at..at + line.len());
        }
        at += line.len();
    }
    found
}

/// Whether an object stands inside the quotes of a command, where it is the command's.
fn is_quoted(text: &str, object: &Object) -> bool {
    let before = text[..object.at.start].trim_end();
    let is_opened = before.ends_with(['\'', '"', '(', '=', ':']) || before.ends_with("<<");
    // Directly behind a closing quote an answer was glued to the command.
    is_opened && !loose::is_answer(&object.value)
}

/// Whether an object is what a variable of a shell is set to, and a command sends: there the shell's quotes count.
fn is_variable(text: &str, object: &Object, calls: &[Call]) -> bool {
    fn names(value: &Json) -> Vec<&str> {
        match value {
            Json::Object(members) => members.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }
    let before = &text[..object.at.start];
    let is_set = ["='", "=\"", "=$'", " '", " \""].iter().any(|mark| before.ends_with(mark));
    let sends = |call: &Call| {
        let Some(Body::Text(body)) = &call.body else { return false };
        json::parse(body).is_ok_and(|parsed| names(&parsed.value) == names(&object.value))
    };
    is_set && calls.iter().any(sends)
}

/// The objects of a text, in order, without overlaps: JSON as people write it, plain or with escaped quotes.
pub fn objects(text: &str) -> Vec<Object> {
    let mut found = Vec::new();
    // Every failed attempt costs what it read; together they cost no more than a few readings of the text.
    let mut left = text.len() * 4 + 4096;
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|index| at + index) {
        let rest = &text[start..];
        at = start + 1;
        if !begins_object(rest) {
            continue;
        }
        match json::prefix(rest) {
            Ok((parsed, length)) => {
                at = start + length;
                found.push(Object { at: start..start + length, value: parsed.value });
            }
            Err(read) => {
                left = left.saturating_sub(read + 64);
                if let Some((value, length)) = escaped(rest) {
                    at = start + length;
                    found.push(Object { at: start..start + length, value });
                }
            }
        }
        if left == 0 {
            break;
        }
    }
    found
}

/// Whether a brace opens an object: a name follows, or a comment.
fn begins_object(rest: &str) -> bool {
    let inner = rest[1..].trim_start();
    inner.starts_with(['"', '\'', '“', '”', '\\', '/', '}', '＂']) || {
        let length = inner.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        length > 0 && inner[length..].trim_start().starts_with(':')
    }
}

/// An object whose quotes are escaped, on one line, and its length in the text.
fn escaped(rest: &str) -> Option<(Json, usize)> {
    let line = rest.lines().next().unwrap_or_default();
    let plain = loose::unescaped(line)?;
    let (parsed, length) = json::prefix(&plain).ok()?;
    // The same number of characters with the backslashes counted again.
    let mut left = length;
    let mut at = 0;
    let mut letters = line.char_indices().peekable();
    while left > 0 {
        let (index, c) = letters.next()?;
        at = index + c.len_utf8();
        if c == '\\' && letters.peek().is_some_and(|(_, next)| matches!(next, '"' | '\\' | '/' | 'n' | 'r' | 't')) {
            let (index, next) = letters.next()?;
            at = index + next.len_utf8();
            left = left.saturating_sub(1);
        } else {
            left = left.saturating_sub(c.len_utf8());
        }
    }
    Some((parsed.value, at))
}

/// The text with these places replaced by blanks of the same length; line breaks stay.
pub fn blanked(text: &str, places: &mut [Range<usize>]) -> String {
    places.sort_by_key(|at| at.start);
    let mut bytes = text.as_bytes().to_vec();
    for at in places {
        for byte in &mut bytes[at.clone()] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    // Whole characters were replaced, so it is still valid text.
    String::from_utf8(bytes).unwrap_or_default()
}
