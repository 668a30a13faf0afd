//! Serves bytes with `Range`, `If-Range`, `If-None-Match` and `HEAD`, as a file store does.

use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

/// What a `Range` header requests.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Everything,
    Part(Range<usize>),
    Nothing,
}

/// An MP4 as the response to a GET or HEAD request.
pub(super) fn video(method: &Method, asked: &HeaderMap, etag: &str, bytes: Vec<u8>) -> Response {
    let text = |name: header::HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let known =
        text(header::IF_NONE_MATCH).is_some_and(|tags| tags == "*" || tags.split(',').any(|tag| tag.trim() == etag));
    let unchanged = text(header::IF_RANGE).is_none_or(|tag| tag == etag);
    let total = bytes.len();
    let wanted = match text(header::RANGE).filter(|_| unchanged) {
        Some(range) => read_range(range, total),
        None => Wanted::Everything,
    };
    let (status, bytes, place) = match wanted {
        _ if known => (StatusCode::NOT_MODIFIED, Vec::new(), None),
        Wanted::Everything => (StatusCode::OK, bytes, None),
        Wanted::Part(part) => {
            let place = format!("bytes {}-{}/{total}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, bytes[part].to_vec(), Some(place))
        }
        Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, Vec::new(), Some(format!("bytes */{total}"))),
    };
    let length = bytes.len();
    let body = if method == Method::HEAD { Body::empty() } else { Body::from(bytes) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if status != StatusCode::NOT_MODIFIED {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("video/mp4"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    for (name, value) in [(header::ETAG, Some(etag)), (header::CONTENT_RANGE, place.as_deref())] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

/// One range; several at once, or an unreadable one, are ignored, which the standard allows.
fn read_range(text: &str, total: usize) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Everything;
    };
    let (start, end) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.saturating_add(1)),
        (Ok(first), Err(_)) if last.is_empty() => (first, total),
        (Err(_), Ok(suffix)) if first.is_empty() => (total.saturating_sub(suffix), total),
        _ => return Wanted::Everything,
    };
    let end = end.min(total);
    if start < end { Wanted::Part(start..end) } else { Wanted::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let cases = [
            ("bytes=0-", Wanted::Part(0..100)),
            ("bytes=0-9", Wanted::Part(0..10)),
            ("bytes=90-200", Wanted::Part(90..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-200", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=9-3", Wanted::Everything),
            ("bytes=0-1,5-6", Wanted::Everything),
            ("lines=1-2", Wanted::Everything),
        ];
        for (text, wanted) in cases {
            assert_eq!(read_range(text, 100), wanted, "{text}");
        }
    }
}
