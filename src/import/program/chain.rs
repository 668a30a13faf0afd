//! Calls that are put together step by step: `post(url).header(…).body(…)`, `XMLHttpRequest`, a client with an address
//! of its own.

use super::found::Found;
use super::scan::{Scanner, begins_with_address, object};
use crate::import::literal::{Kind, Node};

/// Maximum number of steps.
const MOST: usize = 32;

impl Scanner<'_, '_> {
    /// `axios.create({baseURL, headers})`: what every call of the client has.
    pub(super) fn client(&mut self) {
        let arguments = self.arguments();
        let Some((_, options)) = arguments.first() else { return };
        let base = ["baseURL", "prefixUrl"].iter().find_map(|name| options.get(name)?.as_text());
        if let Some(base) = base {
            base.trim_start_matches("https://").trim_end_matches('/').clone_into(&mut self.host);
        }
        self.headers = options.get("headers").cloned().or(self.headers.take());
    }

    /// The steps of `XMLHttpRequest`: `open(method, url)`, `setRequestHeader(name, value)`, `send(body)`.
    pub(super) fn of_page(&mut self, name: &str) -> bool {
        let from = self.at;
        match name {
            "open" => {
                let arguments = self.arguments();
                if let [(_, method), (_, url), ..] = &arguments[..]
                    && let (Some(method), Some(address)) = (method.as_text(), url.as_text())
                    && address.starts_with("http")
                {
                    let headers = Node { kind: Kind::Table(Vec::new()), at: url.at.clone(), open: Vec::new() };
                    let (method, at) = (method.to_uppercase(), from..self.at);
                    let (url, headers) = (Some(url.clone()), Some(headers));
                    self.calls.push(Found { method, url, headers, at, ..Found::default() });
                    return true;
                }
            }
            "setRequestHeader" if !self.calls.is_empty() => {
                let arguments = self.arguments();
                self.add_header(arguments);
                return true;
            }
            "send" if self.calls.last().is_some_and(|found| found.body.is_none() && found.method != "GET") => {
                let arguments = self.arguments();
                if let (Some(found), Some((_, body))) = (self.calls.last_mut(), arguments.into_iter().next()) {
                    found.body = Some(body);
                    found.at.end = self.at;
                }
                return true;
            }
            _ => {}
        }
        self.at = from;
        false
    }

    /// Spring's `setContentType`, and `postForEntity(url, new HttpEntity<>(body, headers), …)`.
    pub(super) fn of_spring(&mut self, name: &str, owner: &str) -> bool {
        let from = self.at;
        if name == "setContentType" {
            self.arguments();
            let is_json = self.text[from..self.at].contains("JSON");
            if let Some((_, node)) = self.named.iter_mut().rev().find(|(known, _)| known == owner).filter(|_| is_json) {
                let json = Kind::Text("application/json".to_owned());
                let typed = Node { kind: json, at: from..self.at, open: Vec::new() };
                node.put("Content-Type".to_owned(), typed);
            }
            return true;
        }
        if !matches!(name, "postForEntity" | "postForObject" | "exchange") {
            return false;
        }
        let arguments = self.arguments();
        let code = &self.text[from..self.at];
        let address = arguments.first().map(|(_, node)| node.clone());
        let Some(url) = address.filter(|node| node.as_text().is_some_and(|url| url.starts_with("http"))) else {
            self.at = from;
            return false;
        };
        // What the entity is made of, here or where it got its name.
        let within = |code: &str| {
            let inner = code.split("HttpEntity").nth(1)?.split_once('(')?.1.split(')').next()?;
            Some(inner.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        };
        let names = within(code).or_else(|| within(self.text.get(..from)?)).unwrap_or_default();
        let of = |at: usize| {
            let name = names.get(at)?;
            self.named.iter().rev().find(|(known, _)| known == name).map(|(_, node)| node.clone())
        };
        let found =
            Found { method: "POST".to_owned(), url: Some(url), headers: of(1), body: of(0), ..Found::default() };
        self.calls.push(Found { at: from..self.at, ..found });
        true
    }

    /// `urllib.request.Request(url, data, headers, method)`.
    pub(super) fn of_urllib(&mut self, name: &str, start: usize) -> bool {
        let from = self.at;
        if name != "Request" || !begins_with_address(&self.text[from..], "") && !self.text[from..].starts_with("(url") {
            return false;
        }
        let arguments = self.arguments();
        let Some(mut found) = self.sent("post", arguments, start) else {
            self.at = from;
            return false;
        };
        if found.body.is_none() && found.method == "POST" {
            "GET".clone_into(&mut found.method);
        }
        self.calls.push(Found { at: start..self.at, ..found });
        true
    }

    fn add_header(&mut self, arguments: Vec<(String, Node)>) {
        if let Some(found) = self.calls.last_mut()
            && let [(_, name), (_, value)] = &arguments[..]
        {
            let empty = || Node { kind: Kind::Table(Vec::new()), at: name.at.clone(), open: Vec::new() };
            found.headers.get_or_insert_with(empty).put(name.text(), value.clone());
        }
    }

    /// `.header(name, value)`, `.body(text)` and their like behind a call.
    pub(super) fn chained(&mut self, found: &mut Found) {
        for _ in 0..MOST {
            let rest = &self.text[self.at..];
            let Some(bare) = rest.trim_start().strip_prefix('.') else { return };
            let length = bare.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            let name = &bare[..length];
            if !bare[length..].starts_with('(') {
                return;
            }
            self.at = self.text.len() - bare.len() + length;
            let open = self.at;
            let arguments = self.arguments();
            let empty = Node { kind: Kind::Table(Vec::new()), at: open..open, open: Vec::new() };
            match (name, &arguments[..]) {
                ("header" | "addHeader" | "setHeader" | "set" | "add_header", [(_, key), (_, value)]) => {
                    found.headers.get_or_insert(empty).put(key.text(), value.clone());
                }
                ("bearer_auth" | "bearerAuth", _) => {
                    let key = Node { kind: Kind::Text("Bearer $KEY".to_owned()), ..empty.clone() };
                    found.headers.get_or_insert(empty).put("Authorization".to_owned(), key);
                }
                ("headers", [(_, table)]) if !table.members().is_empty() => found.headers = Some(table.clone()),
                ("body" | "setBody" | "send" | "json" | "content", [(_, value), ..]) if found.body.is_none() => {
                    if name == "json" {
                        let typed = Node { kind: Kind::Text("application/json".to_owned()), ..empty.clone() };
                        found.headers.get_or_insert(empty).put("Content-Type".to_owned(), typed);
                    }
                    found.body = Some(self.body_of(value, open));
                }
                _ => {}
            }
            found.method =
                if found.body.is_some() && found.method.is_empty() { "POST".to_owned() } else { found.method.clone() };
        }
    }

    /// The value of a body: JSON in a text, or an object inside a macro or a function.
    fn body_of(&self, value: &Node, open: usize) -> Node {
        match &value.kind {
            Kind::Text(text) if value.open.is_empty() && text.trim_start().starts_with('{') => {
                object_in(text, value).unwrap_or_else(|| value.clone())
            }
            Kind::Computed(_) => {
                let within = &self.text[open..self.at];
                let start = within.find('{').map(|at| open + at);
                start.and_then(|at| object(self.text, at)).unwrap_or_else(|| value.clone())
            }
            _ => value.clone(),
        }
    }
}

/// The object in a text, at the place of the text.
fn object_in(text: &str, value: &Node) -> Option<Node> {
    let node = object(text, text.len() - text.trim_start().len())?;
    Some(node.moved(&value.at))
}
