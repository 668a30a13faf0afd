//! Which headers are forwarded: listed ones only, in both directions. Everything else is dropped: cookies, origin and
//! referrer, what belongs to one connection, what identifies the caller, and the gateway's own rules for browsers.

use crate::route::PASSED;
use axum::http::{HeaderMap, HeaderName, header};

/// Response headers that the page may see.
const ANSWER: [HeaderName; 17] = [
    header::ACCEPT_RANGES,
    header::ALLOW,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_RANGE,
    header::CONTENT_TYPE,
    header::DATE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::RETRY_AFTER,
    header::VARY,
    HeaderName::from_static("openai-poll-after-ms"),
    HeaderName::from_static("trace-id"),
    HeaderName::from_static("x-dashscope-request-id"),
    HeaderName::from_static("x-oneapi-request-id"),
    HeaderName::from_static("x-request-id"),
];

/// The request headers that a gateway may see; the page knows them too. Length and host are set anew.
pub(super) fn of_request(headers: &HeaderMap) -> HeaderMap {
    only(headers, &PASSED.map(HeaderName::from_static))
}

pub(super) fn of_answer(headers: &HeaderMap) -> HeaderMap {
    only(headers, &ANSWER)
}

/// Those of a form for a store, which is no gateway: the key stays here.
pub(super) fn of_store(headers: &HeaderMap) -> HeaderMap {
    only(headers, &[header::ACCEPT, header::CONTENT_TYPE, header::USER_AGENT])
}

/// The listed headers that occur once. A header that occurs twice is dropped.
fn only(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in names {
        let mut values = headers.get_all(name).iter();
        if let (Some(value), None) = (values.next(), values.next())
            && !is_of_connection(headers, name)
        {
            kept.insert(name.clone(), value.clone());
        }
    }
    kept
}

/// Whether `Connection` lists it as meant for the next hop only.
fn is_of_connection(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.get_all(header::CONNECTION).iter().any(|list| {
        let list = list.to_str().unwrap_or_default();
        list.split(',').any(|named| named.trim().eq_ignore_ascii_case(name.as_str()))
    })
}

/// Whether the body is declared as JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Whether the body is declared as a form with files, by a page of this origin: a form of another origin has no header of
/// its own.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (kind, rest) = kind.split_once(';').unwrap_or((kind, ""));
    kind.trim().eq_ignore_ascii_case("multipart/form-data")
        && rest.trim_start().to_ascii_lowercase().starts_with("boundary=")
        && headers.contains_key(crate::route::FORM)
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn the_headers_of_every_documented_call_pass() {
        for gateway in Catalog::built_in().gateways {
            for name in gateway.endpoints.values().flat_map(|endpoint| endpoint.headers.keys()) {
                assert!(crate::route::passes(name), "{name}");
            }
        }
    }
}
