//! The simulator's own paths: the list of scenarios, the log, and switches for tests.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Gateway;
use super::scenario::Scenario;
use super::state::Simulator;

/// Serves the log and the switches only to callers that use this server's own names, also where a proxy stands between.
pub(super) async fn own_name(State(simulator): State<Arc<Simulator>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    // A proxy that writes a `Host` of its own adds the name that it was called by.
    let are_own = |names: &HeaderValue| {
        names.to_str().is_ok_and(|names| names.split(',').all(|name| simulator.openings.is_own_name(name.trim())))
    };
    if headers.get(header::HOST).is_some_and(are_own) && headers.get_all("x-forwarded-host").iter().all(are_own) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "The simulator shows this to callers by its own name only (see --host).\n").into_response()
}

pub(super) async fn scenarios() -> Json<Value> {
    Json(Scenario::list())
}

pub(super) async fn read_log(State(simulator): State<Arc<Simulator>>) -> Json<Value> {
    Json(simulator.log_text())
}

pub(super) async fn clear_log(State(simulator): State<Arc<Simulator>>) -> StatusCode {
    simulator.log_clear();
    StatusCode::NO_CONTENT
}

/// What can be switched while the server runs. All parts are optional and can be combined.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Control {
    gateway: Option<String>,
    cors: Option<bool>,
    #[serde(default)]
    reset: bool,
    /// Seconds of the server's clock; on a fast server tasks advance by `speed` times as much.
    advance_seconds: Option<f64>,
}

pub(super) async fn control(State(simulator): State<Arc<Simulator>>, Json(wish): Json<Control>) -> Response {
    let refuse = |reason: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": reason}))).into_response();
    let gateway = match wish.gateway.as_deref().map(Gateway::by_id) {
        Some(None) => return refuse("gateway is one of crazyrouter, ope, acedata, dashscope"),
        Some(known) => known,
        None => None,
    };
    if gateway.is_some() != wish.cors.is_some() {
        return refuse("gateway and cors belong together");
    }
    let day_seconds = 86_400.0;
    if wish.advance_seconds.is_some_and(|seconds| !(0.0..=30.0 * day_seconds).contains(&seconds)) {
        return refuse("advance_seconds is from 0 to 2592000");
    }
    if wish.reset {
        simulator.reset();
    }
    if let (Some(gateway), Some(open)) = (gateway, wish.cors) {
        simulator.set_cors(gateway, open);
    }
    if let Some(seconds) = wish.advance_seconds {
        #[allow(clippy::cast_possible_truncation)] // At most thirty days, checked above.
        simulator.clock.advance((seconds * 1000.0).round() as i64);
    }
    let open: serde_json::Map<String, Value> =
        Gateway::ALL.iter().map(|gateway| (gateway.id().to_owned(), simulator.cors_is_open(*gateway).into())).collect();
    Json(json!({"cors": open, "now_ms": simulator.clock.now_ms(), "speed": simulator.clock.speed()})).into_response()
}
