//! The create call: a checked draft as a request, by the wire paths and shapes of its model.

use super::{bailian, unified};
use crate::address::BaseUrl;
use crate::catalog::{Dialect, Endpoint, Kind, Shape};
use crate::checked::{Checked, Sent};
use crate::draft::Media;
use crate::http::{Body, Json, Method, Request};

/// The create call of a checked draft.
///
/// # Panics
/// Never with a catalog that passed its check: every endpoint a model names exists.
pub fn create(checked: &Checked<'_>) -> Request {
    let endpoint = checked.gateway().endpoint(checked.model()).expect("the catalog check guarantees the endpoint");
    let body = body(checked, endpoint.dialect);
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let owned = |(name, value): (&str, &&str)| (name.to_owned(), (*value).to_owned());
    headers.extend(endpoint.headers.iter().map(owned));
    // Wherever the link is: imported properties count too.
    if body.links_oss() {
        headers.extend(endpoint.oss_headers.iter().map(owned));
    }
    Request { method: Method::Post, url: checked.base().join(endpoint.create), headers, body: Some(body.into()) }
}

/// A create call with an imported body and headers.
pub fn create_with(endpoint: &Endpoint, base: &BaseUrl, headers: Vec<(String, String)>, body: Json) -> Request {
    Request { method: Method::Post, url: base.join(endpoint.create), headers, body: Some(body.into()) }
}

/// Somebody else's create call at a base: what follows the base, the headers and the body are as they were written.
pub fn create_exactly(base: &BaseUrl, tail: &str, headers: &[(String, String)], body: &str) -> Request {
    Request {
        method: Method::Post,
        url: base.join(tail),
        headers: headers.to_vec(),
        body: Some(Body::Exact(body.to_owned())),
    }
}

/// Somebody else's call with a body that is JSON, to be printed.
pub fn posted(url: String, headers: Vec<(String, String)>, body: Json) -> Request {
    Request { method: Method::Post, url, headers, body: Some(body.into()) }
}

fn body(checked: &Checked<'_>, dialect: Dialect) -> Json {
    let mut body = Json::object();
    for (place, value) in &checked.model().fixed {
        body.put(place, Json::Text((*value).to_owned()));
    }
    body.put("model", Json::Text(checked.model().wire_name().to_owned()));
    let mut sized = checked.size();
    for (field, value) in checked.sent() {
        if field.at.is_empty() {
            if let Some((table, wire)) = sized.take() {
                body.put(table.at, Json::Text(wire.to_owned()));
            }
            continue;
        }
        put(&mut body, field.at, &field.kind, value, dialect);
    }
    for (path, value) in checked.extra() {
        body.add(path, value.clone());
    }
    body
}

/// Writes a value at the path and in the shape of its field.
pub fn put(body: &mut Json, at: &str, kind: &Kind, value: &Sent, dialect: Dialect) {
    match value {
        Sent::Text(text) => body.put(at, Json::Text(text.clone())),
        Sent::Number(number) if matches!(kind, Kind::Integer { as_text: true, .. }) => {
            body.put(at, Json::Text(number.to_string()));
        }
        Sent::Number(number) => body.put(at, Json::Number(*number)),
        Sent::Flag(flag) => body.put(at, Json::Flag(*flag)),
        Sent::Media(media) => {
            let link = link_of(media);
            match kind {
                Kind::Media { shape: Shape::MediaItem, role, .. } => body.push(at, bailian::media_item(role, link, "")),
                Kind::Media { shape: Shape::ContentItem, role, .. } => body.push(at, unified::content_item(role, link)),
                _ => body.put(at, link),
            }
        }
        Sent::References(list) => {
            let is_items = matches!(kind, Kind::References { shape: Shape::MediaItem, .. });
            let item = dialect.reference_item().filter(|_| is_items);
            for entry in list {
                let link = link_of(&entry.media);
                body.push(at, if let Some(item) = item { item(entry.kind, link, &entry.voice) } else { link });
            }
        }
    }
}

/// What a body has for a medium: its link, or the file itself.
fn link_of(media: &Media) -> Json {
    match media {
        Media::Url(url) => Json::Text(url.clone()),
        Media::File(file) => Json::File(file.clone()),
    }
}
