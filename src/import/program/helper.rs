//! Programs that send through a function of their own: `call("POST", "https://…", headers, BODY)`. Where such a function
//! does the sending, nothing at the place of the call says so; but its address, its headers and the body it is given are
//! literals, and stand together.

use super::found::Found;
use super::literals::is_header;
use crate::http::lenient;
use crate::import::literal::{Kind, Node, Values};
use crate::import::word::{Variables, is_name};
use std::ops::Range;

/// Maximum number of bodies that are looked for, and of places that may begin one.
const MOST: usize = 16;
const MOST_TRIED: usize = 64;
/// Longest piece of a program around an address.
const LONGEST: usize = 4096;

/// The calls of such a program.
pub fn calls(text: &str) -> Vec<Found> {
    let bodies = bodies(text);
    let is_outside = |at: &Range<usize>| !bodies.iter().any(|other| other.at.start < at.end && at.start < other.at.end);
    let addresses: Vec<Range<usize>> = addresses(text).filter(is_outside).take(MOST_TRIED).collect();
    let mut found: Vec<Found> = Vec::new();
    for body in &bodies {
        // What is sent is given a name first. Where an address stands in front, it is not clear whose it is.
        let is_first = addresses.first().is_some_and(|url| url.start > body.at.end) || !found.is_empty();
        let url = addresses.iter().find(|url| url.start > body.at.end).filter(|_| is_first);
        let is_other = |known: &Found| known.body.as_ref().is_none_or(|node| node.json() != body.json());
        if let Some(url) = url.filter(|_| found.iter().all(is_other)) {
            found.push(call(text, url.clone(), Some(body.clone())));
        }
    }
    if bodies.is_empty()
        && let Some(at) = file(text)
        && let Some(url) = addresses.first().cloned()
    {
        let body = Node { kind: Kind::Computed(text[at.clone()].to_owned()), at, open: Vec::new() };
        found.push(call(text, url, Some(body)));
    }
    found
}

/// The call at an address.
fn call(text: &str, url: Range<usize>, body: Option<Node>) -> Found {
    let own = body.as_ref().filter(|body| matches!(body.kind, Kind::Table(_)) && body.at.end <= url.start);
    let around = paragraph(text, &url, own.map_or(0, |body| body.at.end));
    let mut headers = headers(text, around);
    headers.extend(proof(text).map(|value| {
        let node = Node { kind: Kind::Text(value), at: url.clone(), open: Vec::new() };
        ("Authorization".to_owned(), node)
    }));
    let node = |kind: Kind, at: &Range<usize>| Node { kind, at: at.clone(), open: Vec::new() };
    Found {
        method: "POST".to_owned(),
        url: Some(node(Kind::Text(text[url.clone()].to_owned()), &url)),
        headers: Some(node(Kind::Table(headers), &url)),
        body,
        at: url,
        ..Found::default()
    }
}

/// The objects of a program that name a model, as the language writes them: as a value of its own, or as JSON between
/// quotes within which nothing has to be escaped.
fn bodies(text: &str) -> Vec<Node> {
    let mut found: Vec<Node> = Vec::new();
    let mut tried = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|index| at + index) {
        at = open + 1;
        let before = text[..open].trim_end();
        let Some(last) = before.bytes().next_back().filter(|byte| b"=`\"'(".contains(byte)) else { continue };
        if tried >= MOST_TRIED || found.len() >= MOST {
            break;
        }
        tried += 1;
        let node = if matches!(last, b'=' | b'(') { object(text, open) } else { quoted(text, before, open) };
        if let Some(node) = node {
            at = node.at.end.max(at);
            found.push(node);
        }
    }
    found
}

fn is_body(node: &Node) -> bool {
    let names = node.get("model").is_some_and(|model| model.as_text().is_some());
    names || (node.get("input").is_some() && node.get("parameters").is_some())
}

fn object(text: &str, at: usize) -> Option<Node> {
    let mut variables = Variables::new(text.len() - at);
    let mut values = Values::new(text, at, &[], &mut variables);
    values.keeps = true;
    Some(values.value()).filter(is_body)
}

/// JSON in a raw string: between backticks, in `r#"…"#`, in a text block, in a here-string.
fn quoted(text: &str, before: &str, open: usize) -> Option<Node> {
    let hashes = before.strip_suffix('"').map(|rest| rest.len() - rest.trim_end_matches('#').len());
    let is_rust = |count: usize| before[..before.len() - 1 - count].ends_with('r');
    let (end, is_escaped) = if before.ends_with("\"\"\"") {
        ("\"\"\"".to_owned(), true)
    } else if before.ends_with("@'") {
        ("\n'@".to_owned(), false)
    } else if before.ends_with('`') {
        ("`".to_owned(), false)
    } else {
        let count = hashes.filter(|count| is_rust(*count))?;
        (["\"", &"#".repeat(count)].concat(), false)
    };
    let length = text[open..].find(&end)?;
    let at = open..open + length;
    let json = &text[at.clone()];
    let json = if is_escaped { json.replace("\\\\", "\\") } else { json.to_owned() };
    lenient::parse(json.trim_end()).ok()?;
    let mut variables = Variables::new(json.len());
    let node = Values::new(&json, 0, &[], &mut variables).value();
    Some(node.moved(&(at.start..at.end + end.len()))).filter(is_body)
}

/// The addresses of an API that stand in quotes. What ends in a slash goes on with something computed.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("http").filter_map(|(start, _)| {
        let quote = text[..start].chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let length = text[start..].bytes().take(2048).position(|byte| byte == quote as u8)?;
        let url = text.get(start..start + length)?;
        let is_url = url.starts_with("https://") || url.starts_with("http://");
        let is_api = ["/v1/", "/wan/", "/api/"].iter().any(|part| url.contains(part));
        let is_plain = !url.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '$')) && !url.ends_with('/');
        // An upload comes before the call that uses it, and creates nothing.
        let is_upload = ["/uploads", "/v1/files/"].iter().any(|part| url.contains(part));
        (is_url && is_api && is_plain && !is_upload).then_some(start..start + length)
    })
}

/// The lines around a place that no blank line cuts off, up to the next address.
fn paragraph(text: &str, at: &Range<usize>, least: usize) -> Range<usize> {
    let floor = least.max(at.start.saturating_sub(LONGEST));
    let mut start = at.start;
    for line in text[..at.start].split_inclusive('\n').rev() {
        if start < at.start && line.trim().is_empty() || start <= floor {
            break;
        }
        start -= line.len();
    }
    let mut end = at.end;
    for line in text[at.end..].split_inclusive('\n') {
        if end > at.end && (line.trim().is_empty() || line.contains("://")) || end > at.end + LONGEST {
            break;
        }
        end += line.len();
    }
    start.max(least)..end
}

/// Names and values of headers, which follow each other in quotes.
fn headers(text: &str, within: Range<usize>) -> Vec<(String, Node)> {
    let mut strings: Vec<(Range<usize>, String)> = Vec::new();
    let mut variables = Variables::new(within.len());
    let mut at = within.start;
    while at < within.end {
        let byte = text.as_bytes()[at];
        if matches!(byte, b'"' | b'\'') {
            let mut values = Values::new(&text[..within.end], at, &[], &mut variables);
            let (string, _) = values.string(byte);
            let end = values.at.clamp(at + 1, within.end);
            strings.push((at..end, string));
            at = end;
        } else {
            at += 1;
        }
    }
    let is_glue = |glue: &str| glue.bytes().all(|byte| b" \t,:=(".contains(&byte));
    let mut found: Vec<(String, Node)> = Vec::new();
    for pair in strings.windows(2) {
        let [(name_at, name), (value_at, value)] = pair else { continue };
        let is_pair = is_header(name) && text.get(name_at.end..value_at.start).is_some_and(is_glue);
        let is_new = found.iter().all(|(known, _)| !known.eq_ignore_ascii_case(name));
        if is_pair && is_new && !name.eq_ignore_ascii_case("authorization") {
            let node = Node { kind: Kind::Text(value.clone()), at: value_at.clone(), open: Vec::new() };
            found.push((name.clone(), node));
        }
    }
    found
}

/// The authorization: the key that is written, or the name under which the program finds it.
fn proof(text: &str) -> Option<String> {
    const MARKS: [&str; 7] =
        ["os.environ.get(", "os.environ[", "process.env.", "os.Getenv(", "env::var(", "System.getenv(", "$env:"];
    if let Some(key) = crate::key::found::find(text) {
        return Some(["Bearer ", key.reveal()].concat());
    }
    let named = MARKS.iter().find_map(|mark| {
        let rest = text.split_once(mark)?.1.trim_start_matches(['"', '\'']);
        let length = rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_'))?;
        Some(&rest[..length]).filter(|name| is_name(name))
    });
    let filled = || {
        let rest = text.split_once("Bearer ${")?.1;
        Some(&rest[..rest.find('}')?]).filter(|name| is_name(name))
    };
    Some(["Bearer $", named.or_else(filled)?].concat())
}

/// Where a program reads a file, whose content is then sent.
fn file(text: &str) -> Option<Range<usize>> {
    const READERS: [&str; 9] = [
        "open(",
        "readFile(",
        "readFileSync(",
        "os.ReadFile(",
        "fs::read(",
        "ReadAllBytes(",
        "ReadAllText(",
        "Path.of(",
        "fetch(",
    ];
    let place = |reader: &&str| {
        text.match_indices(*reader).find_map(|(at, _)| {
            let line = text[at..].lines().next().unwrap_or_default();
            let end = line.find(".json").filter(|end| *end < 200)?;
            let quote = line[end + ".json".len()..].chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
            let name = &line[line[..end].rfind(quote)? + 1..end];
            (!name.contains("://")).then_some(at..at + end + ".json".len() + 1)
        })
    };
    READERS.iter().find_map(place)
}
