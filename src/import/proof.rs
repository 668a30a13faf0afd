//! Extracts keys from calls: whatever a call is read from, it passes through here, and afterwards its key is in no
//! other part of it.

use super::call::{Body, Call, Proof};
use super::raw::{Login, Placed, RawCall};
use super::remark::{Notes, RemarkKind};
use super::word::{is_name, is_smart_double, is_smart_single};
use crate::key::Secret;
use crate::key::found::inside as keys_in;
use crate::key::mark::with_marks;
use std::ops::Range;

/// Whether quoting decides if a variable is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// It does, as in shells.
    Count,
    /// There is no quoting that could.
    DoNot,
}

/// The call without its key.
pub fn call(raw: RawCall, quotes: Quotes, notes: &mut Notes) -> Call {
    let mut taker = Taker { proof: Proof::None, quotes, notes };
    let RawCall { method, url, headers, body, body_at, login, at } = raw;
    let length = match &body {
        Some(Body::Text(text)) => Some(text.len()),
        Some(_) => None,
        None => Some(0),
    };
    let headers = taker.headers(headers, length);
    if let Some((login, text)) = login {
        taker.login(login, &text);
    }
    let url = taker.url(&url);
    let mut clean = |text: String| taker.clean(text, &body_at);
    let body = match body {
        Some(Body::Text(text)) => Some(Body::Text(clean(text))),
        Some(Body::File(name)) => Some(Body::File(clean(name))),
        Some(Body::Form(fields)) => {
            Some(Body::Form(fields.into_iter().map(|(name, value)| (clean(name), clean(value))).collect()))
        }
        None => None,
    };
    let method = if keys_in(&method.to_ascii_lowercase()).is_empty() { method } else { String::new() };
    Call { method, url, headers, body, proof: taker.proof, at }
}

struct Taker<'a> {
    proof: Proof,
    quotes: Quotes,
    notes: &'a mut Notes,
}

impl Taker<'_> {
    fn headers(&mut self, headers: Vec<(String, Placed)>, length: Option<usize>) -> Vec<(String, String)> {
        let mut kept = Vec::with_capacity(headers.len());
        // Name and value in typographic quotes of their own.
        let is_smart = |c: char| is_smart_double(c) || is_smart_single(c);
        let headers: Vec<(String, Placed)> = headers
            .into_iter()
            .map(|(name, value)| {
                if !name.contains(is_smart) {
                    return (name, value);
                }
                let text = value.text.trim().trim_matches(is_smart).to_owned();
                (name.trim_matches(is_smart).to_owned(), Placed { text, ..value })
            })
            .collect();
        // The authorization header is the credential, wherever it is among the headers.
        for (name, value) in headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("authorization")) {
            self.taken(name, value);
        }
        for (name, value) in headers {
            let lower = name.to_ascii_lowercase();
            let is_removed = value.text.is_empty();
            match &*lower {
                "authorization" => {}
                // Browsers write HTTP/2 pseudo-headers.
                _ if name.starts_with(':') => {}
                _ if is_removed => self.notes.add(RemarkKind::HeaderRemoved, value.at),
                "cookie" => {
                    self.notes.secret(Secret::new(&value.text));
                    self.notes.add(RemarkKind::Cookies, value.at);
                }
                "content-length" => {
                    // The length is set by whoever sends the body.
                    let said: Option<usize> = value.text.parse().ok();
                    if length.is_some() && said != length {
                        self.notes.add(RemarkKind::NoEffect, value.at);
                    }
                }
                _ if is_key_name(&lower) => {
                    self.notes.add(RemarkKind::KeyTaken, value.at.clone());
                    self.taken(&name, &value);
                }
                _ => {
                    for at in value.open.iter().filter(|at| !at.is_empty()) {
                        self.notes.add(RemarkKind::Substitution, at.clone());
                    }
                    let text = if value.text == ";" { String::new() } else { value.text };
                    kept.push((self.clean(name, &value.at), self.clean(text, &value.at)));
                }
            }
        }
        kept
    }

    /// The value of a header that holds a key.
    fn taken(&mut self, name: &str, value: &Placed) {
        let text = value.text.trim();
        let is_bare = !name.eq_ignore_ascii_case("authorization") && !name.eq_ignore_ascii_case("proxy-authorization");
        let (scheme, key) = match text.split_once([' ', '\t']) {
            Some((scheme, key)) if !is_bare || scheme.eq_ignore_ascii_case("bearer") => (scheme, key.trim()),
            _ if text.eq_ignore_ascii_case("bearer") || text.eq_ignore_ascii_case("basic") => (text, ""),
            _ => ("", text),
        };
        if scheme.eq_ignore_ascii_case("basic") {
            self.notes.add(RemarkKind::BasicLogin, value.at.clone());
        }
        self.found(key, value);
    }

    fn login(&mut self, login: Login, value: &Placed) {
        let key = match login {
            Login::Bearer => value.text.as_str(),
            Login::Basic => {
                self.notes.secret(Secret::new(&value.text));
                self.notes.add(RemarkKind::BasicLogin, value.at.clone());
                match value.text.split_once(':') {
                    Some((_, password)) if !password.is_empty() => password,
                    Some((name, _)) => name,
                    None => &value.text,
                }
            }
        };
        self.found(key, value);
    }

    /// A key, or a placeholder for one.
    fn found(&mut self, key: &str, value: &Placed) {
        if key.is_empty() {
            return;
        }
        let proof = if let Some(name) = variable(key, !value.open.is_empty()) {
            if self.quotes == Quotes::Count && value.open.is_empty() && key.starts_with('$') {
                self.notes.add(RemarkKind::QuotedVariable, value.at.clone());
            }
            Proof::Variable(name)
        } else {
            self.notes.secret(Secret::new(key));
            Proof::Key(Secret::new(key))
        };
        self.offer(proof, &value.at);
    }

    /// The first one is the call's; a key takes precedence over a variable name.
    fn offer(&mut self, proof: Proof, at: &Range<usize>) {
        match (&self.proof, &proof) {
            (Proof::None, _) | (Proof::Variable(_), Proof::Key(_)) => self.proof = proof,
            (_, Proof::Key(_)) => self.notes.add(RemarkKind::KeyTaken, at.clone()),
            _ => {}
        }
    }

    fn url(&mut self, url: &Placed) -> String {
        let mut text = self.without_login(url);
        if let Some((start, query)) = text.split_once('?') {
            let (query, fragment) = query.split_at(query.find('#').unwrap_or(query.len()));
            let mut kept: Vec<&str> = Vec::new();
            let mut keys: Vec<&str> = Vec::new();
            for part in query.split('&') {
                match part.split_once('=') {
                    Some((name, value)) if value.len() >= 8 && is_key_parameter(name) => keys.push(value),
                    _ => kept.push(part),
                }
            }
            if !keys.is_empty() {
                for key in keys {
                    self.notes.secret(Secret::new(key));
                    let proof = variable(key, false).map_or_else(|| Proof::Key(Secret::new(key)), Proof::Variable);
                    self.notes.add(RemarkKind::KeyTaken, url.at.clone());
                    if self.proof == Proof::None {
                        self.proof = proof;
                    }
                }
                let sign = if kept.is_empty() { "" } else { "?" };
                text = [start, sign, &kept.join("&"), fragment].concat();
            }
        }
        self.clean(text, &url.at)
    }

    /// The URL without `name:password@`.
    fn without_login(&mut self, url: &Placed) -> String {
        let text = url.text.as_str();
        let Some(start) = text.find("://").map(|at| at + 3) else { return text.to_owned() };
        let end = text[start..].find(['/', '?', '#']).map_or(text.len(), |at| at + start);
        let Some(at) = text[start..end].rfind('@').map(|at| at + start) else { return text.to_owned() };
        let value = Placed { text: text[start..at].to_owned(), at: url.at.clone(), open: url.open.clone() };
        self.login(Login::Basic, &value);
        [&text[..start], &text[at + 1..]].concat()
    }

    /// A text without the keys in it, which get a remark.
    fn clean(&mut self, text: String, at: &Range<usize>) -> String {
        let keys = keys_in(&text);
        let Some(first) = keys.first() else { return text };
        self.notes.add(RemarkKind::KeyTaken, at.clone());
        self.notes.secret(Secret::new(&text[first.clone()]));
        if !matches!(self.proof, Proof::Key(_)) {
            self.proof = Proof::Key(Secret::new(&text[first.clone()]));
        }
        with_marks(&text, &keys)
    }
}

/// A header whose value is a key.
fn is_key_name(lower: &str) -> bool {
    lower == "proxy-authorization"
        || ["api-key", "apikey", "api_key"].iter().any(|part| lower.contains(part))
        || ["secret", "token"].iter().any(|part| lower.ends_with(part))
}

/// A URL parameter whose value is a key.
fn is_key_parameter(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_key_name(&lower) || matches!(&*lower, "key" | "authorization")
}

/// The name of what stands for a key: a shell or program variable, or a placeholder.
fn variable(text: &str, is_open: bool) -> Option<String> {
    if text.len() > 256 || !keys_in(text).is_empty() {
        return placeholder(text);
    }
    let within = |open: &str, close: &str| text.strip_prefix(open)?.strip_suffix(close);
    let braced = within("${", "}").or_else(|| within("{$", "}")).map(str::trim);
    let bare = braced
        .or_else(|| within("%", "%"))
        .or_else(|| within("!", "!"))
        .or_else(|| within("{{", "}}"))
        .or_else(|| text.strip_prefix('$'))
        .unwrap_or(text)
        .trim();
    let is_marked = bare.len() < text.len();
    let in_env = ["env:", "process.env.", "import.meta.env.", "env."]
        .iter()
        .find(|prefix| bare.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
        .map(|prefix| &bare[prefix.len()..]);
    if let Some(name) = in_env.filter(|name| is_name(name)) {
        return Some(name.to_owned());
    }
    if is_marked {
        // `${NAME:?say so}`
        let name = bare.split([':', '-', '?', '+']).next().unwrap_or_default();
        if is_name(name) {
            return Some(name.to_owned());
        }
    }
    // A template's expression, whatever it is.
    if within("{{", "}}").is_some_and(|inner| !inner.contains(['{', '}'])) {
        return Some(bare.to_owned());
    }
    if is_open || text.starts_with("$(") || text.starts_with('`') {
        return Some(text.to_owned());
    }
    placeholder(text)
}

/// `<your key>`, `YOUR_API_KEY`, `sk-xxxx`: not a real key.
fn placeholder(text: &str) -> Option<String> {
    let brackets = [("<", ">"), ("{", "}"), ("[", "]")];
    let inner = brackets.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let lower = text.to_ascii_lowercase();
    let is_words = |text: &str| text.chars().all(|c| c.is_alphabetic() || " _-".contains(c));
    let is_said = inner.is_some_and(|inner| is_words(inner) && !inner.starts_with("sk-"));
    let is_yours =
        is_words(text) && (lower.contains("your") || lower.ends_with("api_key") || lower.ends_with("api-key"));
    let is_crossed = lower.trim_start_matches("sk-").bytes().all(|byte| b"x*.".contains(&byte));
    let is_dots = text.chars().all(|c| "•…·".contains(c));
    (is_said || is_yours || is_crossed || is_dots).then(|| inner.unwrap_or(text).to_owned())
}
