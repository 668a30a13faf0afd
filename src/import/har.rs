//! HAR entries: a single entry, the request of one, or a whole log.

use super::call::Body;
use super::literal::{Kind, Node};
use super::raw::{Placed, RawCall};

/// The calls of a document, if it is one of these.
pub fn calls(document: &Node) -> Option<Vec<RawCall>> {
    let entries = document.get("log").and_then(|log| log.get("entries")).or_else(|| document.get("entries"));
    if let Some(entries) = entries {
        let entries = entries.entries().iter();
        return Some(entries.filter_map(|entry| entry.get("request").and_then(call)).collect());
    }
    if let Kind::List(entries) = &document.kind {
        let calls: Vec<RawCall> = entries.iter().filter_map(|entry| entry.get("request").and_then(call)).collect();
        return (!calls.is_empty()).then_some(calls);
    }
    let request = document.get("request").unwrap_or(document);
    call(request).map(|raw| vec![raw])
}

fn call(request: &Node) -> Option<RawCall> {
    let method = request.get("method")?.as_text()?.to_uppercase();
    let url = request.get("url")?;
    url.as_text()?;
    let pair =
        |node: &Node| -> Option<(String, Placed)> { Some((node.get("name")?.text(), text_of(node.get("value")?))) };
    let headers = request.get("headers").map(Node::entries).unwrap_or_default();
    let mut raw = RawCall {
        method,
        url: text_of(url),
        headers: headers.iter().filter_map(pair).collect(),
        at: request.at.clone(),
        ..RawCall::default()
    };
    if let Some(data) = request.get("postData") {
        raw.body_at = data.at.clone();
        let text = data.get("text").and_then(Node::as_text).filter(|text| !text.is_empty());
        let fields = data.get("params").map(Node::entries).unwrap_or_default();
        raw.body = match text {
            Some(text) => Some(Body::Text(text.to_owned())),
            None if fields.is_empty() => None,
            None => Some(Body::Form(fields.iter().map(field).collect())),
        };
        if let (Some(kind), false, Some(_)) = (data.get("mimeType"), raw.has_header("content-type"), &raw.body) {
            raw.headers.push(("Content-Type".to_owned(), text_of(kind)));
        }
    }
    Some(raw)
}

fn field(node: &Node) -> (String, String) {
    let text = |name: &str| node.get(name).map(Node::text);
    let file = text("fileName").map(|name| ["@", &name].concat());
    (text("name").unwrap_or_default(), file.or_else(|| text("value")).unwrap_or_default())
}

fn text_of(node: &Node) -> Placed {
    Placed { text: node.text(), at: node.at.clone(), open: Vec::new() }
}
