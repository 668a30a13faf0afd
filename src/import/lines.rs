//! Lines: those of a command that lost what joins them, and those of a request as HTTP has it.

use super::call::Body;
use super::raw::{Placed, RawCall};
use super::remark::{Remark, RemarkKind};
use std::ops::Range;

/// The text with the lines of its commands joined, of the same length, and a remark about the first such place.
pub fn joined(text: &str) -> Option<(String, Remark)> {
    let mut bytes = text.as_bytes().to_vec();
    let mut remark: Option<Remark> = None;
    let mut before: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let here = at..at + line.len();
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            continue;
        }
        if let Some(before) = before.as_ref().filter(|_| begins_option(bare)) {
            let end = text[before.clone()].trim_end();
            let end_at = before.start + end.len();
            if end.ends_with("\\\\") {
                bytes[end_at - 2] = b' ';
                blank(&mut bytes[end_at..here.start]);
                bytes[end_at - 1] = b' ';
                let at = end_at - 2..end_at;
                remark.get_or_insert(Remark { at, kind: RemarkKind::DoubledContinuation });
            } else if !end.ends_with(['\\', '^', '`']) {
                blank(&mut bytes[end_at..here.start]);
                remark.get_or_insert(Remark { at: end_at..here.start, kind: RemarkKind::LostContinuation });
            }
        }
        before = Some(here);
    }
    // Only bytes of ASCII were replaced, by such.
    Some((String::from_utf8(bytes).ok()?, remark?))
}

/// The text without the backslashes that stand in front of an option on the same line, of the same length, and a remark
/// about the first: they ended lines before the line breaks were lost.
pub fn unbroken(text: &str) -> Option<(String, Remark)> {
    let mut bytes = text.as_bytes().to_vec();
    let mut first = None;
    for (at, _) in text.match_indices(" \\") {
        let rest = &text[at + 2..];
        let bare = rest.trim_start_matches([' ', '\t']);
        if bare.len() < rest.len() && begins_option(bare.split(['\n', '\r']).next().unwrap_or_default()) {
            bytes[at + 1] = b' ';
            first.get_or_insert(at + 1..at + 2);
        }
    }
    let remark = Remark { at: first?, kind: RemarkKind::LostBreaks };
    Some((String::from_utf8(bytes).ok()?, remark))
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| byte.is_ascii()).for_each(|byte| *byte = b' ');
}

/// Whether a line begins with an option of curl.
fn begins_option(line: &str) -> bool {
    let word = line.split([' ', '\t', '=']).next().unwrap_or(line);
    if let Some(name) = word.strip_prefix("--") {
        return name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    }
    let mut letters = word.bytes().skip(1);
    word.starts_with('-') && letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

/// Requests as HTTP has them: `POST /path HTTP/1.1`, headers, an empty line, a body.
pub fn requests(text: &str) -> Vec<RawCall> {
    const MOST: usize = 16;
    let mut found: Vec<RawCall> = Vec::new();
    let mut at = 0;
    let mut is_head = false;
    let mut variables: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let bare = line.trim();
        at += line.len();
        if let Some((method, target)) = request_line(bare) {
            if found.len() == MOST {
                break;
            }
            let url_at = start + bare.find(target).unwrap_or(0);
            let url = Placed { text: target.to_owned(), at: url_at..url_at + target.len(), open: Vec::new() };
            found.push(RawCall { method: method.to_owned(), url, at: start..start + bare.len(), ..RawCall::default() });
            is_head = true;
            continue;
        }
        if let Some((name, value)) = bare.strip_prefix('@').and_then(|rest| rest.split_once('=')) {
            variables.push((["{{", name.trim(), "}}"].concat(), value.trim().to_owned()));
        }
        let Some(raw) = found.last_mut() else { continue };
        if !is_head {
            continue;
        }
        let header = bare.split_once(':').filter(|(name, _)| is_header_name(name));
        if let Some((name, value)) = header {
            let value = value.trim();
            let from = start + bare.len() - value.len();
            let placed = Placed { text: value.to_owned(), at: from..from + value.len(), open: Vec::new() };
            if name.eq_ignore_ascii_case("host") && raw.url.text.starts_with('/') {
                raw.url.text = ["https://", value, &raw.url.text].concat();
            }
            raw.headers.push((name.to_owned(), placed));
            raw.at.end = start + bare.len();
        } else if bare.starts_with('{') {
            let rest = &text[start..];
            let end = body_end(rest);
            raw.body = Some(Body::Text(rest[..end].trim_end().to_owned()));
            raw.body_at = start..start + end;
            raw.at.end = start + end;
            is_head = false;
        } else if !bare.is_empty() {
            is_head = false;
        }
    }
    for raw in &mut found {
        for (name, value) in &variables {
            raw.url.text = raw.url.text.replace(name, value);
            raw.headers.iter_mut().for_each(|(_, header)| header.text = header.text.replace(name, value));
        }
    }
    found
}

/// Where the body of a request ends: with its last brace, or before the next request.
fn body_end(rest: &str) -> usize {
    let mut end = rest.len();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if at > 0 && request_line(line.trim()).is_some() {
            end = at;
            break;
        }
        at += line.len();
    }
    rest[..end].rfind('}').map_or(end, |brace| brace + 1)
}

fn request_line(line: &str) -> Option<(&str, &str)> {
    const METHODS: [&str; 5] = ["POST", "GET", "PUT", "DELETE", "PATCH"];
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    let is_end = match words.next() {
        None => true,
        Some(version) => version.starts_with("HTTP/") && words.next().is_none(),
    };
    let is_target = target.starts_with('/')
        || target.starts_with("https://")
        || target.starts_with("http://")
        || target.starts_with("{{");
    (METHODS.contains(&method) && is_target && is_end).then_some((method, target))
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.len() < 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
