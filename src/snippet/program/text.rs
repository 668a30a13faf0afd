//! Parts of a program that several languages write the same way.

use super::language::Job;
use crate::http::{Files, Json, Request};
use crate::protocol::{self, TaskId};

/// Placeholder for the task ID in a call that is split into parts.
pub const ID: &str = "task0id";

/// The call that queries the task.
pub fn query(job: &Job<'_>) -> Request {
    protocol::query(job.endpoint, job.base, &TaskId(ID.to_owned()))
}

/// The body of the query on one line, in which the ID and its quotes are the mark.
pub fn query_text(job: &Job<'_>) -> String {
    let body = query(job).body.map(|body| body.print(Files::Whole)).unwrap_or_default();
    let lines: Vec<&str> = body.lines().map(str::trim_start).collect();
    lines.concat().replace(',', ", ").replace(&["\"", ID, "\""].concat(), ID)
}

/// The text before and after the ID; if there is none, all of it comes first.
pub fn split(text: &str) -> (&str, &str) {
    text.split_once(ID).unwrap_or((text, ""))
}

/// A string unchanged.
pub fn plain(out: &mut String, word: &str) {
    out.push_str(word);
}

/// A string as JSON writes it, which Python, JavaScript and Go read the same way.
pub fn json_text(out: &mut String, text: &str) {
    out.push_str(&Json::Text(text.to_owned()).print(Files::Whole));
}

/// JSON in which non-ASCII characters are written as JSON's own escapes, with this mark in front; a backslash is
/// repeated as often as in the mark.
pub fn ascii_json(out: &mut String, value: &Json, mark: &str) {
    value.print(Files::Whole).chars().for_each(|c| match c {
        '\\' => out.push_str(mark.trim_end_matches('u')),
        '\n' => out.push('\n'),
        c => units(out, c, mark),
    });
}

/// A character, or its UTF-16 units in hexadecimal after a mark.
pub fn units(out: &mut String, c: char, mark: &str) {
    if matches!(c, ' '..='~') {
        return out.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(mark);
        crate::hex::lower(out, u32::from(*unit), 4);
    }
}
