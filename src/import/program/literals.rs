//! Programs in languages that are not read: the texts in quotes still tell an address, a body and headers.

use super::found::Found;
use crate::http::lenient;
use crate::import::literal::{Kind, Node, Values};
use crate::import::word::Variables;
use std::ops::Range;

/// Maximum number of texts that are looked at.
const MOST: usize = 400;
/// Headers that are looked for.
const HEADERS: [&str; 3] = ["authorization", "content-type", "accept"];

/// How programs say that something is posted.
const POSTS: [&str; 6] = [".post(", "\"POST\"", "Method.Post", "HttpMethod.Post", "::Post", "'POST'"];

/// The call that the texts of a program tell: its first address of an API, and the first that is JSON.
pub fn call(text: &str) -> Option<Found> {
    let texts = texts(text);
    let is_api = |text: &str| {
        let is_url = text.starts_with("https://") || text.starts_with("http://");
        is_url && (text.contains("/v1/") || text.contains("/wan/") || text.contains("/api/"))
    };
    let whole = texts.iter().find(|(_, text)| is_api(text)).cloned();
    let (url_at, url) = whole.or_else(|| in_two(&texts))?;
    let (url_at, url) = (&url_at, &url);
    let body = texts.iter().find_map(|(at, text)| body(at, text)).or_else(|| encoded(text));
    let mut headers: Vec<(String, Node)> = Vec::new();
    let mut of_body: Option<(String, Node)> = None;
    for (index, (at, name)) in texts.iter().enumerate() {
        let node = |text: &str| Node { kind: Kind::Text(text.to_owned()), at: at.clone(), open: Vec::new() };
        if let Some((name, value)) = name.split_once(':').filter(|(name, _)| is_header(name)) {
            let value = if value.trim() == "Bearer" { "Bearer $KEY" } else { value.trim() };
            headers.push((name.trim().to_owned(), node(value)));
        } else if is_header(name)
            && let Some((_, value)) = texts.get(index + 1)
        {
            // The key is joined to it.
            // Ruby puts it into the text.
            let is_joined = value.trim() == "Bearer" || value.contains("#{");
            headers.push((name.clone(), node(if is_joined { "Bearer $KEY" } else { value })));
        } else if name.starts_with("application/json")
            && !index.checked_sub(1).is_some_and(|at| is_header(&texts[at].1))
        {
            // Given with the body: `MediaType.parse("application/json")`, `StringContent(…, "application/json")`.
            of_body.get_or_insert_with(|| ("Content-Type".to_owned(), node(name)));
        }
    }
    let is_typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    headers.extend(of_body.filter(|_| !is_typed));
    // What is posted is put together by the program.
    let computed = || {
        let at = POSTS.iter().find_map(|mark| text.find(mark).map(|at| at..at + mark.len()))?;
        let kind = Kind::Computed(text[at.clone()].to_owned());
        Some(Node { kind, open: vec![at.clone()], at })
    };
    let body = body.or_else(computed);
    let method = if body.is_some() { "POST" } else { "GET" }.to_owned();
    let end = body.as_ref().map_or(url_at.end, |node| node.at.end.max(url_at.end));
    let url = Node { kind: Kind::Text(url.clone()), at: url_at.clone(), open: Vec::new() };
    let headers = Node { kind: Kind::Table(headers), at: url_at.clone(), open: Vec::new() };
    Some(Found { method, url: Some(url), headers: Some(headers), body, at: url_at.start..end, ..Found::default() })
}

/// An address whose host and path are given apart.
fn in_two(texts: &[(Range<usize>, String)]) -> Option<(Range<usize>, String)> {
    let is_host = |text: &str| {
        text.strip_prefix("https://")
            .is_some_and(|host| host.contains('.') && !host.trim_end_matches('/').contains('/'))
    };
    let is_path = |text: &str| text.starts_with("/v1/") || text.starts_with("/wan/") || text.starts_with("/api/");
    let (_, host) = texts.iter().find(|(_, text)| is_host(text))?;
    let (at, path) = texts.iter().find(|(_, text)| is_path(text))?;
    Some((at.clone(), [host.trim_end_matches('/'), path].concat()))
}

/// Whether a text is the name of a header that requests of this kind have.
pub fn is_header(name: &str) -> bool {
    let name = name.trim();
    let is_own = || {
        let rest = name.strip_prefix("X-").or_else(|| name.strip_prefix("x-"));
        rest.is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    HEADERS.iter().any(|known| name.eq_ignore_ascii_case(known)) || is_own()
}

/// A text that is a body.
fn body(at: &Range<usize>, text: &str) -> Option<Node> {
    let bare = text.trim();
    let names_model = bare.starts_with('{') && (bare.contains("\"model\"") || bare.contains("\"input\""));
    if !names_model || lenient::parse(bare).is_err() {
        return None;
    }
    let mut variables = Variables::new(bare.len());
    let mut node = Values::new(bare, 0, &[], &mut variables).value();
    node.at = at.clone();
    Some(node)
}

/// A value that is written in the language's own way: a list with arrows, a typed map.
fn encoded(text: &str) -> Option<Node> {
    const STARTS: [&str; 6] =
        ["json_encode(", "map[string]interface{}{", "map[string]any{", "new { model", "new {\n", "array("];
    let mut variables = Variables::new(text.len());
    STARTS.iter().find_map(|start| {
        let at = text.find(start)?;
        let mut values = Values::new(text, at, &[], &mut variables);
        values.keeps = true;
        let node = values.value();
        (node.get("model").is_some() || node.get("input").is_some()).then_some(node)
    })
}

/// The texts in quotes of a program, joined where a plus or a line joins them.
fn texts(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut variables = Variables::new(text.len());
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at).copied() {
        if matches!(byte, b'"' | b'\'' | b'`') {
            let mut values = Values::new(text, at, &[], &mut variables);
            let (string, _) = values.string(byte);
            let end = values.at.max(at + 1).min(text.len());
            let glue = found.last().map(|(last, _)| text[last.end..at].trim());
            match found.last_mut() {
                Some((last, known)) if glue == Some("+") || glue == Some(".") || glue == Some("") && last.end < at => {
                    known.push_str(&string);
                    last.end = end;
                }
                _ => found.push((at..end, string)),
            }
            at = end;
        } else {
            at += 1;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}
