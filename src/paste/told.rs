//! Errors that a text tells in other forms than JSON: a gateway's code within a sentence or a console's table, the XML
//! of a storage service, a proxy's page.

use crate::failure::CODES;
use crate::http::Json;
use std::ops::Range;

/// Longest message that is taken over.
const LONGEST: usize = 300;

/// The error of a text that is a page or the XML of a storage service, as a gateway would write it.
pub fn markup(text: &str) -> Option<Json> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with('<') {
        return None;
    }
    let tag = |name: &str| {
        let (open, close) = ([&*["<", name].concat(), ">"].concat(), ["</", name, ">"].concat());
        let from = text.find(&open)? + open.len();
        let length = text[from..].find(&close)?;
        Some(text[from..from + length].trim())
    };
    if text.contains("<Error>") {
        let request_id = tag("RequestId").unwrap_or_default();
        return Some(fault(tag("Code")?, tag("Message").unwrap_or_default(), request_id));
    }
    let title = tag("title")?;
    let status = title.split_whitespace().next()?;
    let is_status = status.len() == 3 && matches!(status.as_bytes()[0], b'4' | b'5');
    (is_status && status.bytes().all(|byte| byte.is_ascii_digit())).then(|| fault(status, title, ""))
}

/// The first error that a text tells by a gateway's code, and where.
pub fn error(text: &str) -> Option<(Range<usize>, Json)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !is_part(c)) {
        let word = piece.trim_end_matches(|c: char| !is_part(c)).trim_end_matches('.');
        let here = at..at + word.len();
        at += piece.len();
        if is_code(word) {
            let line_end = text[here.end..].find('\n').map_or(text.len(), |end| here.end + end);
            let same = said(&text[here.end..line_end]);
            let (message, end) = if same.is_empty() {
                labelled(text, line_end).unwrap_or((String::new(), here.end))
            } else {
                (same, line_end)
            };
            return Some((here.start..end, fault(word, &message, &request_id(text))));
        }
    }
    None
}

/// Whether a word is a code of the documents that means nothing else: two parts at least.
fn is_code(word: &str) -> bool {
    let is_long = word.len() >= 9 && word.len() <= 80;
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let has_parts = capitals >= 2 && word.bytes().any(|byte| byte.is_ascii_lowercase()) || word.contains('_');
    let is_known = |known: &str| known == word || (known.ends_with('.') && word.starts_with(known));
    is_long && has_parts && CODES.iter().any(|(known, _)| is_known(known))
}

/// The message behind a code on its line, without what follows it.
fn said(rest: &str) -> String {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":：-–,，·|\"'`）)]】".contains(c));
    let lower = rest.to_ascii_lowercase();
    let ends = ["requestid", "request_id", "request id", "请求id", "请求 id"];
    let end = ends.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(rest.len());
    let kept =
        rest.get(..end).unwrap_or(rest).trim_end_matches(|c: char| c.is_whitespace() || ",，;；(（\"'".contains(c));
    kept.chars().take(LONGEST).collect()
}

/// The message on the lines behind, after its label.
fn labelled(text: &str, from: usize) -> Option<(String, usize)> {
    const LABELS: [&str; 4] = ["错误信息", "message", "错误描述", "reason"];
    let mut at = from;
    for line in text[from..].split_inclusive('\n').take(4) {
        at += line.len();
        let bare = line.trim();
        let lower = bare.to_ascii_lowercase();
        if let Some(label) = LABELS.iter().find(|label| lower.starts_with(**label)) {
            let message = said(bare.get(label.len()..).unwrap_or_default());
            return (!message.is_empty()).then_some((message, at));
        }
    }
    None
}

/// The id behind a label for requests.
fn request_id(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let labels = ["requestid", "request_id", "request id", "请求id", "请求 id", "trace_id"];
    let Some(from) = labels.iter().filter_map(|label| lower.find(label).map(|at| at + label.len())).min() else {
        return String::new();
    };
    let Some(rest) = text.get(from..) else { return String::new() };
    let rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    if (8..=80).contains(&length) { rest[..length].to_owned() } else { String::new() }
}

fn fault(code: &str, message: &str, request_id: &str) -> Json {
    let text = |name: &str, value: &str| (name.to_owned(), Json::Text(value.to_owned()));
    Json::Object(vec![text("code", code), text("message", message), text("request_id", request_id)])
}
