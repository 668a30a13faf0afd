//! A request to a simulated gateway, read once and completely, and the gateways themselves.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// A gateway that is simulated here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Gateway {
    /// `/sim/crazyrouter`
    Crazyrouter,
    /// `/sim/ope`
    Ope,
    /// `/sim/acedata`
    AceData,
    /// `/sim/dashscope`
    DashScope,
}

impl Gateway {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 4] = [Self::Crazyrouter, Self::Ope, Self::AceData, Self::DashScope];

    /// The name in paths and settings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Crazyrouter => "crazyrouter",
            Self::Ope => "ope",
            Self::AceData => "acedata",
            Self::DashScope => "dashscope",
        }
    }

    /// The gateway of that name.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gateway| gateway.id() == id)
    }
}

impl std::str::FromStr for Gateway {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::by_id(text).ok_or_else(|| "one of crazyrouter, ope, acedata, dashscope".to_owned())
    }
}

/// The state of the caller's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Missing,
    Bad,
    Good,
}

/// One request to a gateway.
#[derive(Debug)]
pub(super) struct Call {
    pub gateway: Gateway,
    pub method: Method,
    /// Below `/sim/<gateway>`, with its leading slash.
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    /// The segments of the path.
    pub fn segments(&self) -> Vec<&str> {
        self.path.split('/').skip(1).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Any bearer token is accepted, except one with a space in it, which no key has, and one that calls itself
    /// invalid.
    pub fn key(&self) -> Key {
        let Some(value) = self.header(header::AUTHORIZATION.as_str()) else { return Key::Missing };
        match value.split_once(' ') {
            Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") && !key.trim().is_empty() => {
                if key.trim().contains(char::is_whitespace) || key.to_ascii_lowercase().contains("invalid") {
                    Key::Bad
                } else {
                    Key::Good
                }
            }
            _ => Key::Bad,
        }
    }

    /// The caller's key in the encodings that error messages contain: as it is, escaped for JSON, addresses and web
    /// pages, and in base64.
    pub fn spelt_key(&self) -> String {
        let key =
            self.header(header::AUTHORIZATION.as_str()).and_then(|value| value.split_once(' ')).unwrap_or_default().1;
        let each = |spell: fn(u8) -> String| key.bytes().map(spell).collect::<String>();
        let signs = |spell: fn(u8) -> String| {
            let one = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { spell(byte) };
            key.bytes().map(one).collect::<String>()
        };
        let spellings = [
            key.to_owned(),
            key.replace('/', "\\/"),
            signs(|byte| format!("\\u{byte:04x}")),
            signs(|byte| format!("%{byte:02X}")),
            each(|byte| format!("%25{byte:02x}")),
            each(|byte| format!("&#x{byte:X};")),
            signs(|byte| format!("&#{byte};")),
            STANDARD.encode(key),
        ];
        spellings.join(" or ")
    }

    /// The body as JSON; the error says briefly what is wrong with it.
    pub fn json(&self) -> Result<Value, String> {
        let kind = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err("Content-Type must be application/json".to_owned());
        }
        serde_json::from_slice(&self.body).map_err(|error| format!("the body is not JSON: {error}"))
    }

    /// A parameter of the query, undecoded.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// `http://host:port` as the caller wrote it: links in responses have to lead back the same way.
    pub fn origin(&self) -> String {
        format!("http://{}", self.header(header::HOST.as_str()).unwrap_or("127.0.0.1"))
    }
}
