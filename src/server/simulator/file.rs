//! Finished videos behind signed links, in the manner of Alibaba's object store: without a signature no file, and none
//! after a day.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::state::Simulator;
use super::task::{Phase, Task};
use super::{cors, mp4, range};

/// The parts of a signed link that are checked.
#[derive(Debug, Deserialize)]
pub(super) struct Signed {
    #[serde(rename = "Expires")]
    expires: Option<i64>,
    #[serde(rename = "Signature")]
    signature: Option<String>,
}

pub(super) async fn serve(
    State(simulator): State<Arc<Simulator>>,
    Path(name): Path<String>,
    Query(signed): Query<Signed>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let id = name.strip_suffix(".mp4").unwrap_or_default();
    let open = simulator.peek(id).is_none_or(|task| simulator.cors_is_open(task.gateway));
    let mut response = match method {
        Method::OPTIONS => return cors::preflight(open, simulator.openings.private_network, &headers),
        Method::GET | Method::HEAD => read(&simulator, id, signed, &method, &headers),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    cors::mark(open, response.headers_mut());
    response
}

fn read(simulator: &Simulator, id: &str, signed: Signed, method: &Method, headers: &HeaderMap) -> Response {
    let (Some(expires), Some(signature)) = (signed.expires, signed.signature) else {
        return refuse(simulator, StatusCode::FORBIDDEN, "AccessDenied", "The link carries no signature.");
    };
    if signature != simulator.signature(id, expires) {
        return refuse(simulator, StatusCode::FORBIDDEN, "SignatureDoesNotMatch", "The signature is not ours.");
    }
    if simulator.clock.now_ms() / 1000 > expires {
        return refuse(simulator, StatusCode::FORBIDDEN, "AccessDenied", "Request has expired.");
    }
    match simulator.fetch(id) {
        Some((task, false)) if task.phase(&simulator.clock) == Phase::Succeeded => video(&task, method, headers),
        _ => refuse(simulator, StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist."),
    }
}

/// The task's video itself.
pub(super) fn video(task: &Task, method: &Method, headers: &HeaderMap) -> Response {
    let order = &task.order;
    let bytes = mp4::write(order.clip, order.output_ms, order.sound);
    range::video(method, headers, &format!("\"{}\"", task.id), bytes)
}

fn refuse(simulator: &Simulator, status: StatusCode, code: &str, message: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>{code}</Code>\n  <Message>{message}</Message>\n  \
         <RequestId>{}</RequestId>\n</Error>\n",
        simulator.fresh_id()
    );
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}
