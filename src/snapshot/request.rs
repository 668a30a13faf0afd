//! The create call in a record. Its body is kept as tagged lists, because a JSON parser may sort the properties of an
//! object, and the order in the body that was sent matters.

use super::file::{file_of, read_file};
use super::names::METHODS;
use super::part::{Out, Part, Read};
use crate::http::{Body, Json, Request};
use std::sync::Arc;

pub fn write(request: &Request) -> Json {
    let mut out = Out::default();
    out.word("method", &METHODS, &request.method);
    out.text("url", &request.url);
    out.put("headers", pairs(&request.headers));
    if let Some(body) = &request.body {
        match body {
            Body::Json(json) => out.put("body", body_of(json)),
            Body::Exact(text) => out.text("exact", text),
        }
    }
    out.into()
}

pub fn read(part: &Part<'_>) -> Read<Request> {
    let json = part.at("body").some().map(|body| read_body(&body)).transpose()?.map(Body::Json);
    // Only records of the second version have it.
    let exact = part.at("exact").some().map(|part| part.text()).transpose()?.map(Body::Exact);
    Ok(Request {
        method: part.at("method").word(&METHODS)?,
        url: part.at("url").text()?,
        headers: read_pairs(&part.at("headers"))?,
        body: exact.or(json),
    })
}

/// Names and values as two-element lists.
pub fn pairs(list: &[(String, String)]) -> Json {
    let pair = |(name, value): &(String, String)| Json::List(vec![Json::Text(name.clone()), Json::Text(value.clone())]);
    Json::List(list.iter().map(pair).collect())
}

pub fn read_pairs(part: &Part<'_>) -> Read<Vec<(String, String)>> {
    let pair = |part: &Part<'_>| match part.list()?.as_slice() {
        [name, value] => Ok((name.text()?, value.text()?)),
        _ => part.fault(),
    };
    part.list()?.iter().map(pair).collect()
}

/// Strings, numbers and booleans are stored as they are; a list starts with `l`, an object with `o`, a file with `f`, a
/// value that only its source text represents with `r`.
pub fn body_of(body: &Json) -> Json {
    let tagged = |tag: &str, rest: &mut dyn Iterator<Item = Json>| {
        let mut list = vec![Json::Text(tag.to_owned())];
        list.extend(rest);
        Json::List(list)
    };
    match body {
        Json::Text(_) | Json::Number(_) | Json::Flag(_) => body.clone(),
        Json::List(list) => tagged("l", &mut list.iter().map(body_of)),
        Json::Object(members) => {
            let member = |(name, value): &(String, Json)| [Json::Text(name.clone()), body_of(value)];
            tagged("o", &mut members.iter().flat_map(member))
        }
        Json::File(file) => tagged("f", &mut std::iter::once(file_of(file))),
        Json::Raw(text) => tagged("r", &mut std::iter::once(Json::Text(text.clone()))),
    }
}

pub fn read_body(part: &Part<'_>) -> Read<Json> {
    use serde_json::Value as Any;
    match part.value() {
        Any::String(text) => return Ok(Json::Text(text.clone())),
        Any::Bool(flag) => return Ok(Json::Flag(*flag)),
        Any::Number(_) => return part.signed().map(Json::Number),
        Any::Array(_) => {}
        Any::Null | Any::Object(_) => return part.fault(),
    }
    let list = part.list()?;
    let Some((tag, rest)) = list.split_first() else { return part.fault() };
    match (tag.value().as_str(), rest) {
        (Some("l"), _) => Ok(Json::List(rest.iter().map(read_body).collect::<Read<_>>()?)),
        (Some("o"), _) if rest.len() % 2 == 0 => {
            let member = |pair: &[Part<'_>]| Ok((pair[0].text()?, read_body(&pair[1])?));
            Ok(Json::Object(rest.chunks_exact(2).map(member).collect::<Read<_>>()?))
        }
        // It is printed verbatim: only what a JSON parser accepts may come back.
        (Some("r"), [text]) => match crate::http::scalar::scalar(&text.text()?) {
            Some(scalar) => Ok(scalar),
            None => part.fault(),
        },
        (Some("f"), [file]) => Ok(Json::File(Arc::new(read_file(file)?))),
        _ => part.fault(),
    }
}
