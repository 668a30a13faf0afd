//! Walks through a program: what it gives names to, and where it makes a call.

use super::found::Found;
use super::literals;
use super::sdk;
use crate::import::literal::{Kind, Node, Values};
use crate::import::word::Variables;
use std::ops::Range;

/// Maximum number of named values, and of calls.
const MOST_NAMED: usize = 64;
const MOST: usize = 16;
/// Functions that send something, by the last part of their names.
const SENDERS: [&str; 9] = ["post", "get", "put", "request", "fetch", "Post", "post_async", "PostAsync", "stream"];
/// What such a function is called on.
const CLIENTS: [&str; 10] =
    ["requests", "httpx", "axios", "session", "client", "http", "conn", "connection", "got", "self"];

struct Scanner<'a, 'b> {
    text: &'a str,
    at: usize,
    named: Vec<(String, Node)>,
    variables: &'b mut Variables,
    /// The host of a connection.
    host: String,
    calls: Vec<Found>,
}

/// The calls of a program.
pub fn calls(text: &str, variables: &mut Variables) -> Vec<Found> {
    let mut scanner = Scanner { text, at: 0, named: Vec::new(), variables, host: String::new(), calls: Vec::new() };
    while scanner.at < text.len() && scanner.calls.len() < MOST {
        scanner.step();
        while !text.is_char_boundary(scanner.at) {
            scanner.at += 1;
        }
    }
    if scanner.calls.is_empty() {
        let found = literals::call(text);
        scanner.calls.extend(found);
    }
    if scanner.calls.iter().all(|found| found.body.is_none()) {
        // A body without a call: a value that names a model.
        let is_body = |node: &Node| {
            node.get("model").is_some() || (node.get("input").is_some() && node.get("parameters").is_some())
        };
        if let Some((_, node)) = scanner.named.iter().find(|(_, node)| is_body(node)) {
            match scanner.calls.first_mut() {
                Some(found) => found.body = Some(node.clone()),
                None => scanner.calls.push(Found { at: node.at.clone(), body: Some(node.clone()), ..Found::default() }),
            }
        }
    }
    scanner.calls
}

/// The object at the start of a text, if it is one that a program would write: its values may be computed.
pub fn object(text: &str, at: usize) -> Option<Node> {
    let mut variables = Variables::new(text.len());
    let mut values = Values::new(text, at, &[], &mut variables);
    values.keeps = true;
    let node = values.value();
    (node.get("model").is_some() || (node.get("input").is_some() && node.get("parameters").is_some())).then_some(node)
}

impl<'a> Scanner<'a, '_> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(byte) = rest.bytes().next() else { return };
        match byte {
            b'"' | b'\'' | b'`' => {
                let mut values = Values::new(self.text, self.at, &self.named, self.variables);
                values.keeps = true;
                values.string(byte);
                self.at = values.at.max(self.at + 1);
            }
            b'#' => self.at += rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => self.at += rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => self.word(),
            _ => self.at += 1,
        }
    }

    /// A dotted name, and what follows it.
    fn word(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.') || byte >= 0x80;
        let length = rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let name = rest[..length].trim_end_matches('.');
        self.at += length;
        let after = self.rest();
        let bare = after.trim_start_matches([' ', '\t']);
        // `const a: Type =` and `a := …`
        if bare.starts_with('(') {
            self.at = self.text.len() - bare.len();
            return self.call(name, start);
        }
        let value = bare.strip_prefix(":=").or_else(|| {
            let rest = bare.strip_prefix('=')?;
            (!rest.starts_with(['=', '>', '~'])).then_some(rest)
        });
        if let Some(value) = value {
            self.at = self.text.len() - value.len();
            self.assign(name);
        }
    }

    /// `name = value`, if the value is one that can be read.
    fn assign(&mut self, name: &str) {
        let bare = self.rest().trim_start();
        let here = self.text.len() - bare.len();
        let is_value = bare.starts_with(['{', '[', '"', '\'', '`', '('])
            || [
                "f\"",
                "f'",
                "r\"",
                "r'",
                "json.dumps(",
                "JSON.stringify(",
                "dict(",
                "new HashMap",
                "new ArrayList",
                "new LinkedHashMap",
                "Map.of(",
                "List.of(",
                "@\"",
                "$@\"",
                "$\"",
            ]
            .iter()
            .any(|start| bare.starts_with(start));
        if !is_value || self.named.len() >= MOST_NAMED {
            return;
        }
        let node = self.value_at(here);
        let end = self.at;
        let last = name.rsplit('.').next().unwrap_or(name).to_owned();
        self.named.push((last, node));
        // Calls may stand within the value.
        self.at = if self.text[here..end].contains("post(") { here } else { end.max(here) };
    }

    fn value_at(&mut self, at: usize) -> Node {
        let text = self.text;
        let rest = &text[at..];
        let empty = |kind: Kind, end: usize| Node { kind, at: at..end, open: Vec::new() };
        if let Some(end) = rest.find(';').or_else(|| rest.find('\n')).map(|end| at + end) {
            if rest.starts_with("new HashMap") || rest.starts_with("new LinkedHashMap") {
                self.at = end;
                return empty(Kind::Table(Vec::new()), end);
            }
            if rest.starts_with("new ArrayList") {
                self.at = end;
                return empty(Kind::List(Vec::new()), end);
            }
        }
        let skip = ["$@", "@", "$"]
            .iter()
            .find(|mark| rest.starts_with(&[**mark, "\""].concat()))
            .map_or(0, |mark| mark.len());
        let mut values = Values::new(text, at + skip, &self.named, self.variables);
        values.keeps = true;
        let node = values.value();
        self.at = values.at.max(at + 1);
        node
    }

    /// A function that is called, with the parenthesis next.
    fn call(&mut self, name: &str, start: usize) {
        let last = name.rsplit('.').next().unwrap_or(name);
        let owner = name.rsplit('.').nth(1).unwrap_or_default();
        let open = self.at;
        if sdk::is_video_call(name) {
            let arguments = self.arguments();
            let body = sdk::of_arguments(&arguments, self.at);
            let mut found = sdk::found(body, start..self.at);
            if let Some((_, headers)) = arguments.into_iter().find(|(name, _)| name == "headers") {
                found.headers = Some(headers);
            }
            self.calls.push(found);
            return;
        }
        if last == "builder" && name.contains("VideoSynthesisParam") {
            let members = self.chain();
            let body = sdk::of_arguments(&members, self.at);
            self.calls.push(sdk::found(body, start..self.at));
            return;
        }
        if matches!(last, "put" | "add" | "set" | "append") && self.named.iter().any(|(known, _)| known == owner) {
            let arguments = self.arguments();
            let known = self.named.iter_mut().rev().find(|(known, _)| known == owner);
            if let Some((_, node)) = known {
                add(node, arguments);
            }
            return;
        }
        if matches!(last, "HTTPSConnection" | "HTTPConnection") {
            let arguments = self.arguments();
            if let Some(host) = arguments.first().and_then(|(_, node)| node.as_text()) {
                host.clone_into(&mut self.host);
            }
            return;
        }
        if last == "write" && self.calls.last().is_some_and(|found| found.body.is_none()) {
            let arguments = self.arguments();
            if let (Some(found), Some((_, node))) = (self.calls.last_mut(), arguments.into_iter().next()) {
                found.body = Some(node);
            }
            return;
        }
        if matches!(last, "OpenAI" | "AsyncOpenAI") {
            let arguments = self.arguments();
            let named = arguments.iter().find(|(name, _)| name == "base_url").map(|(_, node)| node);
            let within = || arguments.iter().find_map(|(_, node)| node.get("baseURL"));
            if let Some(base) = named.or_else(within).and_then(Node::as_text) {
                base.trim_end_matches('/').clone_into(&mut self.host);
            }
            return;
        }
        if is_openai(name) {
            let arguments = self.arguments();
            self.calls.push(of_openai(arguments, &self.host, start..self.at));
            return;
        }
        let lower = owner.to_ascii_lowercase();
        if matches!(last, "axios" | "ajax" | "got" | "request" | "fetch" | "http")
            || matches!(owner, "axios" | "https" | "http")
        {
            let here = self.at;
            let arguments = self.arguments();
            if let Some(found) = of_options(&arguments, start..self.at) {
                self.calls.push(found);
                return;
            }
            self.at = here;
        }
        let is_client = CLIENTS.iter().any(|client| lower.ends_with(client)) || (owner.is_empty() && last == "fetch");
        if is_client && SENDERS.contains(&last) {
            let arguments = self.arguments();
            let end = self.at;
            if let Some(found) = self.sent(last, arguments, start) {
                self.calls.push(Found { at: start..end, ..found });
                return;
            }
        }
        // What stands in the parentheses is looked through.
        self.at = open + 1;
    }

    /// A call by its arguments: address, body, headers, in the order or by the names of the libraries.
    fn sent(&self, function: &str, arguments: Vec<(String, Node)>, start: usize) -> Option<Found> {
        let mut found = Found { host: self.host.clone(), at: start..self.at, ..Found::default() };
        let mut plain = Vec::new();
        for (name, node) in arguments {
            match name.as_str() {
                "url" => found.url = Some(node),
                "headers" => found.headers = Some(node),
                "json" | "data" | "body" | "content" => found.body = Some(node),
                "method" => found.method = node.text().to_uppercase(),
                "" => plain.push(node),
                _ => {}
            }
        }
        let mut plain = plain.into_iter();
        let lower = function.to_ascii_lowercase();
        if lower == "request" && found.method.is_empty() && found.url.is_none() {
            found.method = plain.next()?.text().to_uppercase();
        }
        if found.url.is_none() {
            found.url = plain.next();
        }
        if lower.starts_with("fetch") {
            "GET".clone_into(&mut found.method);
            if let Some(options) = plain.next() {
                if let Some(method) = options.get("method") {
                    found.method = method.text().to_uppercase();
                }
                found.headers = options.get("headers").cloned();
                found.body = options.get("body").cloned();
            }
        } else {
            if found.method.is_empty() {
                found.method = lower.trim_end_matches("_async").trim_end_matches("async").to_uppercase();
            }
            let is_get = found.method == "GET";
            for node in plain {
                // axios has its options last, `http.client` its headers.
                if let Some(headers) = node.get("headers") {
                    found.headers = Some(headers.clone());
                } else if found.body.is_none() && !is_get {
                    found.body = Some(node);
                } else if found.headers.is_none() {
                    found.headers = Some(node);
                }
            }
        }
        let mut body = found.body.take();
        if let Some(Node { kind: Kind::Text(text), open, at }) = &body
            && open.is_empty()
            && text.trim_start().starts_with('{')
        {
            // JSON in a string.
            let mut variables = Variables::new(text.len());
            let node = Values::new(text, text.len() - text.trim_start().len(), &[], &mut variables).value();
            body = Some(moved(node, at.clone()));
        }
        found.body = body.filter(|node| !matches!(&node.kind, Kind::Plain(word) if word == "null" || word == "None"));
        let url = found.url.as_ref()?;
        let is_address = matches!(url.kind, Kind::Text(_) | Kind::Computed(_));
        is_address.then_some(found)
    }

    /// The arguments of a call: by name, or without one.
    fn arguments(&mut self) -> Vec<(String, Node)> {
        let mut values = Values::new(self.text, self.at, &self.named, self.variables);
        values.keeps = true;
        values.take(b'(');
        let mut all = Vec::new();
        loop {
            values.blanks();
            if values.take(b')') || values.at >= self.text.len() {
                break;
            }
            let before = values.at;
            if self.text[values.at..].starts_with("**") {
                // All members of a dictionary.
                values.at += 2;
                all.extend(values.value().members().iter().cloned());
                values.take(b',');
                continue;
            }
            let rest = &self.text[values.at..];
            let length =
                rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_')).unwrap_or(rest.len());
            let after = rest[length..].trim_start();
            let is_named = length > 0 && after.starts_with('=') && !after.starts_with("==");
            let name = if is_named { rest[..length].to_owned() } else { String::new() };
            if is_named {
                values.at = self.text.len() - after.len() + 1;
            }
            let node = values.value();
            all.push((name, node));
            if !values.take(b',') {
                // Something that is no argument: up to the end of this one.
                let at = values.at;
                values.skip();
                if !values.take(b',') && !values.take(b')') || values.at == before {
                    break;
                }
                if self.text.as_bytes().get(values.at.wrapping_sub(1)) == Some(&b')') {
                    break;
                }
                if values.at <= at {
                    break;
                }
            }
            if all.len() > 64 {
                break;
            }
        }
        self.at = values.at.max(self.at + 1);
        all
    }

    /// `.name(value).name(value)` after `builder()`.
    fn chain(&mut self) -> Vec<(String, Node)> {
        let mut members = Vec::new();
        self.arguments();
        loop {
            let mut values = Values::new(self.text, self.at, &self.named, self.variables);
            values.keeps = true;
            values.blanks();
            self.at = values.at;
            let Some(rest) = self.rest().strip_prefix('.') else { return members };
            let length =
                rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_')).unwrap_or(rest.len());
            let name = rest[..length].to_owned();
            self.at += 1 + length;
            if !self.rest().starts_with('(') {
                return members;
            }
            let mut arguments = self.arguments();
            if name == "build" || members.len() > 64 {
                return members;
            }
            if arguments.len() == 1 {
                members.push((sdk::snake(&name), arguments.remove(0).1));
            } else if let [(_, key), (_, value)] = &arguments[..] {
                // `.parameter("size", "…")`
                members.push((key.text(), value.clone()));
            }
        }
    }
}

/// `openai`'s call for videos.
fn is_openai(name: &str) -> bool {
    name.ends_with("videos.create")
        || name.ends_with("videos.create_and_poll")
        || name.ends_with("videos.createAndPoll")
}

fn of_openai(arguments: Vec<(String, Node)>, base: &str, at: Range<usize>) -> Found {
    let mut members: Vec<(String, Node)> = Vec::new();
    for (name, node) in arguments {
        match name.as_str() {
            "extra_body" | "" => members.extend(node.members().iter().cloned()),
            "extra_headers" | "timeout" => {}
            _ => members.push((name, node)),
        }
    }
    let open = if base.is_empty() { vec![at.clone()] } else { Vec::new() };
    let base = if base.is_empty() { "{base_url}/v1" } else { base };
    let url = Node { kind: Kind::Text([base, "/videos"].concat()), at: at.clone(), open };
    let body = Node { kind: Kind::Table(members), at: at.clone(), open: Vec::new() };
    Found { method: "POST".to_owned(), url: Some(url), body: Some(body), at, ..Found::default() }
}

/// A call whose one argument says everything: `axios({url, method, headers, data})`, `https.request({hostname, path})`.
fn of_options(arguments: &[(String, Node)], at: Range<usize>) -> Option<Found> {
    let options =
        arguments.iter().map(|(_, node)| node).find(|node| node.get("url").is_some() || node.get("path").is_some())?;
    let text = |names: &[&str]| names.iter().find_map(|name| options.get(name));
    let host = text(&["hostname", "host", "baseURL"]).and_then(Node::as_text).unwrap_or_default();
    let method = text(&["method", "type"]).map_or("GET".to_owned(), |node| node.text().to_uppercase());
    Some(Found {
        method,
        url: text(&["path", "url"]).cloned(),
        host: host.trim_start_matches("https://").trim_end_matches('/').to_owned(),
        headers: text(&["headers"]).cloned(),
        body: text(&["json", "body", "data"]).cloned(),
        at,
    })
}

/// Adds to a table or a list.
fn add(node: &mut Node, arguments: Vec<(String, Node)>) {
    match (&mut node.kind, &arguments[..]) {
        (Kind::Table(_), [(_, name), (_, value)]) => node.put(name.text(), value.clone()),
        (Kind::List(entries), [(_, value)]) if entries.len() < MOST_NAMED => entries.push(value.clone()),
        _ => {}
    }
}

/// A value that was read out of a string: all of it lies where the string does.
fn moved(mut node: Node, at: Range<usize>) -> Node {
    node.at = at.clone();
    match &mut node.kind {
        Kind::List(entries) => {
            for entry in entries.iter_mut() {
                *entry = moved(entry.clone(), at.clone());
            }
        }
        Kind::Table(members) => {
            for (_, member) in members.iter_mut() {
                *member = moved(member.clone(), at.clone());
            }
        }
        _ => {}
    }
    node
}
