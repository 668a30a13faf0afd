//! The simulator in process, on a clock that is moved by hand, and its ground truth: read with separate JSON pointers,
//! so that the client's reader cannot agree with itself.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use serde_json::{Value, json};
use tower::ServiceExt;
use wan_playground::http::{Request, Response};
use wan_playground::server::clock::Clock;
use wan_playground::server::{Config, FRAME_ANCESTORS, app};

pub const ORIGIN: &str = "http://127.0.0.1:8080";
/// The user whose tasks the `AceDataCloud` simulator stores.
pub const ACCOUNT: &str = "user-1";

/// A call that the gateway is processing.
pub type Pending = Pin<Box<dyn Future<Output = Response>>>;

pub struct Gateway {
    router: Router,
    clock: Arc<Clock>,
}

/// What became of a task, according to the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    Running,
    Done,
    Failed,
    Canceled,
    Lost,
}

impl Gateway {
    pub fn new() -> Self {
        let clock = Arc::new(Clock::manual());
        let config = Config {
            site: None,
            clock: Arc::clone(&clock),
            deny_cors: Vec::new(),
            state: None,
            frame_ancestors: FRAME_ANCESTORS.to_owned(),
            openings: wan_playground::server::simulator::Openings::default(),
        };
        Self { router: app(config), clock }
    }

    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.clock.now_ms()).unwrap()
    }

    pub fn move_to(&self, now_ms: u64) {
        let by = i64::try_from(now_ms).unwrap() - self.clock.now_ms();
        self.clock.advance(by.max(0));
    }

    /// Submits a request. What the response waits for happens when the clock is moved.
    pub fn call(&self, request: &Request, key: &str) -> Pending {
        let path = request.url.strip_prefix(ORIGIN).unwrap_or_else(|| panic!("{} is no address here", request.url));
        let mut call = axum::http::Request::builder().method(request.method.name()).uri(path);
        call = call.header("host", "127.0.0.1:8080").header("authorization", format!("Bearer {key}"));
        for (name, value) in &request.headers {
            call = call.header(name, value);
        }
        let call = call.body(Body::from(request.body_text().unwrap_or_default())).unwrap();
        let router = self.router.clone();
        Box::pin(async move {
            let answer = router.oneshot(call).await.unwrap();
            let (head, body) = answer.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
                (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())
            };
            Response {
                status: head.status.as_u16(),
                headers: head.headers.iter().map(header).collect(),
                body: String::from_utf8_lossy(&bytes).into_owned(),
                cut: false,
            }
        })
    }

    /// The response, if it has arrived.
    pub fn poll(pending: &mut Pending) -> Option<Response> {
        match pending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let call = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("content-type", "application/json")
            .header("authorization", "Bearer sk-canary-truth");
        let call = call.body(Body::from(body.to_string())).unwrap();
        let router = self.router.clone();
        let mut pending: Pin<Box<dyn Future<Output = (u16, Value)>>> = Box::pin(async move {
            let answer = router.oneshot(call).await.unwrap();
            let status = answer.status().as_u16();
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, serde_json::from_slice(&bytes).unwrap_or_default())
        });
        match pending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("{path} does not answer at once"),
        }
    }

    /// Every POST to a create path that the gateway received, by its body.
    pub fn creates(&self) -> Vec<String> {
        let (_, log) = self.ask("GET", "/sim/_log", &Value::Null);
        let is_create = |entry: &&Value| {
            let path = entry["path"].as_str().unwrap_or_default();
            let others = ["/cancel", "/wan/tasks"];
            entry["method"] == "POST" && !others.iter().any(|end| path.ends_with(end))
        };
        let body = |entry: &Value| entry["body"].as_str().unwrap_or_default().to_owned();
        log.as_array().unwrap().iter().filter(is_create).map(body).collect()
    }

    /// What the gateway reports of a task. `query` is the path of its query call.
    pub fn truth(&self, query: &str, id: &str) -> Truth {
        let path = format!("/sim{}", query.replace("{task_id}", id));
        for _ in 0..4 {
            let (status, value) = if path.ends_with("/wan/tasks") {
                self.ask("POST", &path, &json!({"action": "retrieve", "id": id}))
            } else {
                self.ask("GET", &path, &Value::Null)
            };
            // Scenarios disturb the first queries of a task.
            if status == 429 || status >= 500 {
                continue;
            }
            if status == 404 || value["code"] == "task_not_exist" {
                return Truth::Lost;
            }
            assert_eq!(status, 200, "{path}: {value}");
            let pointers = ["/output/task_status", "/data/status", "/status", "/response/state"];
            let word = pointers.iter().find_map(|pointer| value.pointer(pointer)?.as_str()).unwrap_or_default();
            if value.get("finished_at").is_some_and(Value::is_null) {
                return Truth::Running;
            }
            let refused = value.pointer("/response/success") == Some(&Value::Bool(false));
            return match word.to_ascii_uppercase().as_str() {
                _ if refused => Truth::Failed,
                "SUCCEEDED" | "SUCCESS" | "COMPLETED" => Truth::Done,
                "FAILED" | "FAILURE" => Truth::Failed,
                "CANCELED" => Truth::Canceled,
                "UNKNOWN" => Truth::Lost,
                _ => Truth::Running,
            };
        }
        panic!("{path} is never answered");
    }
}

/// The id in the response to a create call.
pub fn created(answer: &Response) -> Option<String> {
    let value: Value = serde_json::from_str(&answer.body).ok()?;
    let pointers = ["/output/task_id", "/task_id", "/id"];
    let id = pointers.iter().find_map(|pointer| value.pointer(pointer)?.as_str())?;
    (answer.status == 200).then(|| id.to_owned())
}
