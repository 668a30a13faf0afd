//! What a gateway sends: a response copied from its documents (a file under `tests/fixtures`), with the ids, times and
//! values of the present task filled in. The client's tests read the very same files.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A response being built.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Json(Value),
    Text(String),
}

/// The documented response of that name, as `"<gateway>/<name>"`; the file is compiled in.
macro_rules! documented {
    ($name:literal) => {{
        let (gateway_and_name, text) =
            ($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/", $name, ".json")));
        $crate::server::simulator::answer::Answer::read(gateway_and_name, text)
    }};
}
pub(super) use documented;

impl Answer {
    /// Reads a fixture. A broken one is a broken build, so this does not return an error.
    pub fn read(name: &str, text: &str) -> Self {
        let file: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("fixture {name}: {error}"));
        let status = file["status"].as_u64().and_then(|status| u16::try_from(status).ok());
        let headers = file["headers"].as_object().into_iter().flatten();
        let body = match file["text"].as_str() {
            Some(text) => Content::Text(text.to_owned()),
            None => Content::Json(file["body"].clone()),
        };
        Self {
            status: status.unwrap_or_else(|| panic!("fixture {name} has no status")),
            headers: headers.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect(),
            body,
        }
    }

    /// Sets a value where the document has one of its own. The position (a JSON pointer) must be in the document: the
    /// simulator invents no keys.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let place = match &mut self.body {
            Content::Json(body) => body.pointer_mut(pointer),
            Content::Text(_) => None,
        };
        *place.unwrap_or_else(|| panic!("the documented answer has no {pointer}")) = value.into();
        self
    }

    /// Whether the document has this position.
    pub fn has(&self, pointer: &str) -> bool {
        matches!(&self.body, Content::Json(body) if body.pointer(pointer).is_some())
    }

    /// Leaves out an optional key.
    #[must_use]
    pub fn without(mut self, pointer: &str) -> Self {
        if let (Content::Json(body), Some((parent, key))) = (&mut self.body, pointer.rsplit_once('/'))
            && let Some(Value::Object(map)) = body.pointer_mut(parent)
        {
            map.shift_remove(key);
        }
        self
    }

    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The body alone, for responses that are put together from others.
    pub fn into_body(self) -> Value {
        match self.body {
            Content::Json(body) => body,
            Content::Text(text) => Value::String(text),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let (kind, body) = match self.body {
            Content::Json(body) => ("application/json", body.to_string()),
            Content::Text(text) => ("text/plain", text),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        for (key, value) in self.headers {
            if let (Ok(key), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
                response.headers_mut().insert(key, value);
            }
        }
        response
    }
}
