//! Walks through a program: what it gives names to, and where it makes a call.

use super::found::Found;
use super::helper;
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

/// A walk through a program.
pub(super) struct Scanner<'a, 'b> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) named: Vec<(String, Node)>,
    pub(super) variables: &'b mut Variables,
    /// The host of a connection or a client.
    pub(super) host: String,
    /// Headers that a client sends with every call.
    pub(super) headers: Option<Node>,
    pub(super) calls: Vec<Found>,
}

/// The calls of a program.
pub fn calls(text: &str, variables: &mut Variables) -> Vec<Found> {
    let mut scanner =
        Scanner { text, at: 0, named: Vec::new(), variables, host: String::new(), headers: None, calls: Vec::new() };
    while scanner.at < text.len() && scanner.calls.len() < MOST {
        scanner.step();
        while !text.is_char_boundary(scanner.at) {
            scanner.at += 1;
        }
    }
    if scanner.calls.is_empty() {
        scanner.calls = helper::calls(text);
    }
    let is_by_texts = scanner.calls.is_empty();
    if is_by_texts {
        let found = literals::call(text);
        scanner.calls.extend(found);
    }
    let is_computed = |node: &Node| is_by_texts && matches!(node.kind, Kind::Computed(_));
    if scanner.calls.iter().all(|found| found.body.as_ref().is_none_or(is_computed)) {
        // A body without a call: a value that names a model.
        let is_body = |node: &Node| {
            node.get("model").is_some() || (node.get("input").is_some() && node.get("parameters").is_some())
        };
        if let Some((_, node)) = scanner.named.iter().find(|(_, node)| is_body(node)) {
            match scanner.calls.first_mut() {
                Some(found) => {
                    found.body = Some(node.clone());
                    "POST".clone_into(&mut found.method);
                }
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
    pub(super) fn rest(&self) -> &'a str {
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
                "new HttpHeaders",
                "new JSONObject",
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
            let is_table = ["new HashMap", "new LinkedHashMap", "new HttpHeaders", "new JSONObject"];
            if is_table.iter().any(|start| rest.starts_with(start)) {
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
            let named = |wanted: &str| arguments.iter().find(|(name, _)| name == wanted).map(|(_, node)| node);
            let base = named("base_address").or_else(|| self.sdk_base());
            let mut found = sdk::found(body, base, start..self.at, named("task").and_then(Node::as_text));
            if let (Some(all), Some(own)) = (&mut found.headers, named("headers")) {
                own.members().iter().for_each(|(name, value)| all.put(name.clone(), value.clone()));
            }
            self.calls.push(found);
            return;
        }
        if last == "builder" && name.contains("VideoSynthesisParam") {
            let members = self.chain();
            let body = sdk::of_arguments(&members, self.at);
            self.calls.push(sdk::found(body, self.sdk_base(), start..self.at, None));
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
        if sdk::is_openai(name) {
            let arguments = self.arguments();
            self.calls.push(sdk::of_openai(arguments, &self.host, start..self.at));
            return;
        }
        if last == "create" && matches!(owner, "axios" | "got" | "ky") {
            self.client();
            return;
        }
        if self.of_spring(last, owner) || self.of_page(last) || self.of_urllib(last, start) {
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
        // Whatever it is called on: an address is posted to.
        let posts = matches!(last, "post" | "put" | "Post") && begins_with_address(&self.text[open..], &self.host);
        if (is_client || posts) && SENDERS.contains(&last) {
            let arguments = self.arguments();
            if let Some(mut found) = self.sent(last, arguments, start) {
                self.chained(&mut found);
                if let (None, Some(headers)) = (&found.headers, &self.headers) {
                    found.headers = Some(headers.clone());
                } else if let (Some(own), Some(all)) = (&mut found.headers, &self.headers) {
                    for (name, value) in all.members() {
                        if own.get(name).is_none() {
                            own.put(name.clone(), value.clone());
                        }
                    }
                }
                self.calls.push(Found { at: start..self.at, ..found });
                return;
            }
        }
        // What stands in the parentheses is looked through.
        self.at = open + 1;
    }

    /// The address that the program gives to Alibaba's library.
    fn sdk_base(&self) -> Option<&Node> {
        let is_base = |name: &str| matches!(name, "base_http_api_url" | "baseHttpApiUrl" | "DASHSCOPE_HTTP_BASE_URL");
        self.named.iter().rev().find(|(name, _)| is_base(name)).map(|(_, node)| node)
    }

    /// A call by its arguments: address, body, headers, in the order or by the names of the libraries.
    pub(super) fn sent(&self, function: &str, arguments: Vec<(String, Node)>, start: usize) -> Option<Found> {
        let mut found = Found { host: self.host.clone(), at: start..self.at, ..Found::default() };
        let mut plain = Vec::new();
        let mut is_json = false;
        for (name, node) in arguments {
            is_json |= name == "json";
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
                // axios has its options last, `http.client` its headers; Guzzle has all in one.
                if let Some(headers) = node.get("headers") {
                    found.headers = Some(headers.clone());
                    if found.body.is_none() {
                        found.body = node.get("json").or_else(|| node.get("body")).cloned();
                    }
                } else if found.body.is_none() && !is_get {
                    // JavaScript's clients send an object as JSON.
                    is_json |= function == "post" && matches!(node.kind, Kind::Table(_));
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
            body = Some(node.moved(at));
        }
        if let Some(headers) = found.headers.as_mut().filter(|headers| is_json && !headers.members().is_empty()) {
            let is_typed = headers.members().iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            if !is_typed {
                let json = Kind::Text("application/json".to_owned());
                let typed = Node { kind: json, at: headers.at.clone(), open: Vec::new() };
                headers.put("Content-Type".to_owned(), typed);
            }
        }
        found.body = body.filter(|node| !matches!(&node.kind, Kind::Plain(word) if word == "null" || word == "None"));
        let url = found.url.as_ref()?;
        let is_address = matches!(url.kind, Kind::Text(_) | Kind::Computed(_));
        is_address.then_some(found)
    }
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

/// Whether the first argument of a call is an address, or a path where the client has a host.
pub(super) fn begins_with_address(rest: &str, host: &str) -> bool {
    let first = rest.trim_start_matches(['(', ' ', '\n', '\t']).trim_start_matches(['"', '\'', '`']);
    first.starts_with("https://") || first.starts_with("http://") || (!host.is_empty() && first.starts_with('/'))
}
