//! Requests in the files of other tools: collections of Postman, nodes of n8n.

use super::call::Body;
use super::literal::{Kind, Node};
use super::raw::{Placed, RawCall};

/// Maximum number of requests, and of values that are looked at.
const MOST: usize = 50;
const MOST_VALUES: usize = 20_000;

/// The requests of a document; `None` if it is no such file.
pub fn calls(document: &Node) -> Option<Vec<RawCall>> {
    document.get("item").or_else(|| document.get("nodes")).or_else(|| document.get("request"))?;
    let mut found = Vec::new();
    let mut left = MOST_VALUES;
    walk(document, &mut found, &mut left);
    (!found.is_empty()).then_some(found)
}

fn walk(node: &Node, found: &mut Vec<RawCall>, left: &mut usize) {
    if *left == 0 || found.len() >= MOST {
        return;
    }
    *left -= 1;
    let raw = postman(node).or_else(|| n8n(node));
    if let Some(raw) = raw {
        found.push(raw);
        return;
    }
    node.entries().iter().for_each(|entry| walk(entry, found, left));
    for (_, member) in node.members() {
        walk(member, found, left);
    }
}

/// `{"request": {"method", "header": […], "body": {"raw"}, "url"}}`
fn postman(node: &Node) -> Option<RawCall> {
    let request = node.get("request").filter(|request| request.get("url").is_some())?;
    let url = request.get("url")?;
    let url = url.get("raw").unwrap_or(url);
    let pairs = request.get("header").map_or(&[][..], Node::entries);
    let headers = pairs.iter().filter_map(|pair| header(pair, "key"));
    let mut raw = RawCall {
        method: request.get("method").map_or("GET".to_owned(), |method| method.text().to_uppercase()),
        url: placed(url),
        headers: headers.collect(),
        at: node.at.clone(),
        ..RawCall::default()
    };
    if let Some(token) = bearer(request) {
        raw.headers.push(("Authorization".to_owned(), token));
    }
    if let Some(body) = request.get("body").and_then(|body| body.get("raw")) {
        raw.body_at = body.at.clone();
        raw.body = Some(Body::Text(body.text()));
    }
    Some(raw)
}

/// `"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "…"}]}`
fn bearer(request: &Node) -> Option<Placed> {
    let list = request.get("auth")?.get("bearer")?.entries();
    let value = list.iter().find_map(|pair| pair.get("value"))?;
    Some(Placed { text: ["Bearer ", &value.text()].concat(), at: value.at.clone(), open: Vec::new() })
}

/// The node of n8n that makes a call. A value that begins with an equals sign is an expression with gaps.
fn n8n(node: &Node) -> Option<RawCall> {
    let kind = node.get("type")?.as_text()?;
    let parameters = node.get("parameters").filter(|_| kind.ends_with("httpRequest"))?;
    let text = |name: &str| parameters.get(name).map(placed);
    let pairs = parameters.get("headerParameters").and_then(|list| list.get("parameters"));
    let headers = pairs.map_or(&[][..], Node::entries).iter().filter_map(|pair| header(pair, "name"));
    let mut raw = RawCall {
        method: text("method").map_or("GET".to_owned(), |method| method.text.to_uppercase()),
        url: text("url")?,
        headers: headers.collect(),
        at: node.at.clone(),
        ..RawCall::default()
    };
    if let Some(body) = text("jsonBody").or_else(|| text("body")) {
        raw.body_at = body.at;
        raw.body = Some(Body::Text(body.text));
    }
    Some(raw)
}

fn header(pair: &Node, name: &str) -> Option<(String, Placed)> {
    let is_off = pair.get("disabled").is_some_and(|off| matches!(&off.kind, Kind::Plain(word) if word == "true"));
    if is_off {
        return None;
    }
    Some((pair.get(name)?.text(), placed(pair.get("value")?)))
}

fn placed(node: &Node) -> Placed {
    let text = node.text();
    let text = text.strip_prefix('=').map_or(text.clone(), str::to_owned);
    Placed { text, at: node.at.clone(), open: Vec::new() }
}
