//! Commands of other programs than curl: `HTTPie` and `wget`.

use super::call::Body;
use super::raw::{Placed, RawCall};
use super::word::Word;
use crate::http::{Files, Json, lenient};
use std::ops::Range;

/// Whether a word is such a program.
pub fn is_program(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    matches!(name, "http" | "https" | "xh" | "wget")
}

/// The call of such a command.
pub fn call(words: &[Word], at: Range<usize>) -> Option<RawCall> {
    let name = words.first()?.text.rsplit('/').next().unwrap_or_default();
    if name == "wget" { wget(words, at) } else { httpie(words, at) }
}

fn placed(word: &Word, text: &str) -> Placed {
    Placed { text: text.to_owned(), at: word.at.clone(), open: word.open.clone() }
}

/// `http POST url Name:value name=text name:=json`
fn httpie(words: &[Word], at: Range<usize>) -> Option<RawCall> {
    let mut raw = RawCall { at, ..RawCall::default() };
    let mut body = Json::object();
    let mut items = words[1..].iter().filter(|word| !word.text.starts_with('-'));
    let mut first = items.next()?;
    if first.text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        raw.method.clone_from(&first.text);
        first = items.next()?;
    }
    if !first.text.contains(['.', ':', '/', '$', '{']) {
        return None;
    }
    let has_scheme = first.text.contains("://") || first.text.starts_with(['$', '{', '/']);
    let scheme = if has_scheme { "" } else { "https://" };
    raw.url = placed(first, &[scheme, &first.text].concat());
    for word in items {
        let text = word.text.as_str();
        let Some(sign) = text.find([':', '=']) else { continue };
        let (name, rest) = text.split_at(sign);
        if let Some(value) = rest.strip_prefix(":=") {
            let value = lenient::parse(value).map_or_else(|_| Json::Text(value.to_owned()), |parsed| parsed.value);
            put(&mut body, name, value);
        } else if let Some(value) = rest.strip_prefix("==") {
            let sign = if raw.url.text.contains('?') { "&" } else { "?" };
            raw.url.text.push_str(&[sign, name, "=", value].concat());
        } else if let Some(value) = rest.strip_prefix('=') {
            put(&mut body, name, Json::Text(value.to_owned()));
        } else if let Some(value) = rest.strip_prefix(':') {
            raw.headers.push((name.to_owned(), placed(word, value.trim())));
        }
        raw.body_at = word.at.clone();
    }
    let is_empty = matches!(&body, Json::Object(members) if members.is_empty());
    if !is_empty {
        raw.body = Some(Body::Text(body.print(Files::Whole)));
        if raw.method.is_empty() {
            "POST".clone_into(&mut raw.method);
        }
        if !raw.has_header("content-type") {
            let at = raw.body_at.clone();
            let json = Placed { text: "application/json".to_owned(), at, open: Vec::new() };
            raw.headers.push(("Content-Type".to_owned(), json));
        }
    }
    if raw.method.is_empty() {
        "GET".clone_into(&mut raw.method);
    }
    Some(raw)
}

/// Nested names: `input[prompt]`.
fn put(body: &mut Json, name: &str, value: Json) {
    let path = name.replace('[', ".").replace(']', "");
    if !path.is_empty() && !path.starts_with('.') {
        body.put(&path, value);
    }
}

/// `wget --method=POST --header='…' --body-data='…' url`
fn wget(words: &[Word], at: Range<usize>) -> Option<RawCall> {
    let mut raw = RawCall { at, ..RawCall::default() };
    let mut rest = words[1..].iter();
    while let Some(word) = rest.next() {
        let Some(option) = word.text.strip_prefix("--") else {
            let takes_value = matches!(word.text.as_str(), "-O" | "-o" | "-a" | "-t" | "-T" | "-U" | "-P");
            if takes_value {
                rest.next();
            } else if !word.text.starts_with('-') {
                raw.url = placed(word, &word.text);
            }
            continue;
        };
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        if !matches!(name, "method" | "header" | "body-data" | "post-data" | "user-agent" | "output-document") {
            continue;
        }
        let (source, value) = match value {
            Some(value) => (word, value.to_owned()),
            None => rest.next().map(|next| (next, next.text.clone()))?,
        };
        match name {
            "method" => raw.method = value.to_uppercase(),
            "header" => {
                if let Some((name, value)) = value.split_once(':') {
                    raw.headers.push((name.to_owned(), placed(source, value.trim())));
                }
            }
            "body-data" | "post-data" => {
                raw.body_at = source.at.clone();
                raw.body = Some(Body::Text(value));
            }
            _ => {}
        }
    }
    if raw.method.is_empty() {
        if raw.body.is_some() { "POST" } else { "GET" }.clone_into(&mut raw.method);
    }
    (!raw.url.text.is_empty()).then_some(raw)
}
