//! A server without a socket, and its responses.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use tower::ServiceExt;
use wan_playground::server::clock::Clock;
use wan_playground::server::simulator::{Gateway, Openings, StateFile};
use wan_playground::server::{Config, FRAME_ANCESTORS, app};

pub const VIDEO_PATH: &str = "/sim/dashscope/api/v1/services/aigc/video-generation/video-synthesis";
pub const IMAGE_PATH: &str = "/sim/dashscope/api/v1/services/aigc/image2video/video-synthesis";
pub const CRAZYROUTER_PATH: &str = "/sim/crazyrouter/alibailian/api/v1/services/aigc/video-generation/video-synthesis";

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A server whose clock stands still.
#[derive(Clone)]
pub struct Sim {
    pub router: Router,
    pub clock: Arc<Clock>,
}

/// A response, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// A string inside the JSON body; empty if absent.
    pub fn at(&self, pointer: &str) -> String {
        self.json().pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl Sim {
    pub fn new() -> Self {
        Self::with(None, &[])
    }

    pub fn with(site: Option<std::path::PathBuf>, deny_cors: &[Gateway]) -> Self {
        Self::start(site, deny_cors, None, Self::opened())
    }

    /// A server that loads the tasks of an earlier one from a file.
    pub fn remembering(file: &std::path::Path) -> Self {
        Self::start(None, &[], Some(StateFile::open(file.to_owned()).unwrap()), Self::opened())
    }

    /// What the tests of callbacks need, and the name they call by.
    fn opened() -> Openings {
        Openings { callbacks: true, private_network: false, hosts: vec!["sim.test".to_owned()] }
    }

    /// A server with these openings.
    pub fn open_to(openings: Openings) -> Self {
        Self::start(None, &[], None, openings)
    }

    fn start(
        site: Option<std::path::PathBuf>,
        deny_cors: &[Gateway],
        state: Option<StateFile>,
        openings: Openings,
    ) -> Self {
        let clock = Arc::new(Clock::manual());
        let config = Config {
            site,
            clock: Arc::clone(&clock),
            deny_cors: deny_cors.to_vec(),
            state,
            frame_ancestors: FRAME_ANCESTORS.to_owned(),
            openings,
        };
        Self { router: app(config), clock }
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(seconds * 1000);
    }

    /// Sends a request as given.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if headers.iter().all(|(name, _)| *name != "host") {
            request = request.header("host", "sim.test:8080");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.router.clone().oneshot(request.body(body.into()).unwrap());
        // A call that waits on a clock that is never moved would otherwise hang the whole run.
        let response = tokio::time::timeout(PATIENCE, answer).await.expect("the call is answered in time").unwrap();
        let (head, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// Posts JSON with a good key and the asynchronous header.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        let headers = [
            ("authorization", "Bearer sk-canary-good"),
            ("content-type", "application/json"),
            ("x-dashscope-async", "enable"),
        ];
        self.send("POST", path, &headers, body.to_string()).await
    }

    /// Sends a GET with a good key.
    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[("authorization", "Bearer sk-canary-good")], Body::empty()).await
    }

    /// Creates a task in Alibaba's shape and returns its id.
    pub async fn create(&self, path: &str, body: &Value) -> String {
        let reply = self.post(path, body).await;
        assert_eq!(reply.status, 200, "{body}: {}", reply.text());
        assert_eq!(reply.at("/output/task_status"), "PENDING");
        reply.at("/output/task_id")
    }
}

/// The part of a link after the host.
pub fn path_of(link: &str) -> String {
    link.strip_prefix("http://sim.test:8080").unwrap_or_else(|| panic!("{link} does not lead back")).to_owned()
}

/// The body of a documented response.
pub fn documented(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str::<Value>(&text).unwrap()["body"].take()
}

/// The keys of a JSON value with the types of their values, recursively: its shape without its values.
pub fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
        Value::Array(items) => items.iter().take(1).map(shape).collect(),
        Value::String(_) => "string".into(),
        Value::Number(number) => if number.is_f64() { "fraction" } else { "integer" }.into(),
        Value::Bool(_) => "boolean".into(),
        Value::Null => Value::Null,
    }
}

/// A PNG header of that size: enough to be inspected.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}

/// The same as a data URI.
pub fn png_uri(width: u32, height: u32) -> String {
    data_uri("image/png", &png(width, height))
}

pub fn data_uri(kind: &str, bytes: &[u8]) -> String {
    use base64::Engine;
    format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}
