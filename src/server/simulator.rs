//! Simulators of the four gateways under `/sim/<gateway>`: each speaks its protocol at the documented paths, checks
//! requests by its own rules, and runs its tasks in simulated time.

mod acedata;
mod answer;
mod bailian;
mod body;
mod call;
mod callback;
mod clip;
mod control;
mod cors;
mod crazyrouter;
mod dashscope;
mod file;
mod image;
mod log;
mod memory;
mod models;
mod mp4;
mod ope;
mod openings;
mod range;
mod scenario;
mod state;
mod task;
mod upload;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

pub use call::Gateway;
pub use memory::StateFile;
pub use openings::Openings;

use super::clock::Clock;
use call::Call;
use state::Simulator;

/// The largest body that is read: two images of 20 MB in base64, and a little more.
const BODY_LIMIT: usize = 60 * 1024 * 1024;

/// Everything below `/sim`.
pub fn router(clock: Arc<Clock>, deny_cors: &[Gateway], state: Option<StateFile>, openings: Openings) -> Router {
    let simulator = Arc::new(Simulator::new(clock, deny_cors, state, openings));
    let own = Router::new()
        .route("/_control", post(control::control))
        .route("/_log", get(control::read_log).delete(control::clear_log))
        .layer(middleware::from_fn_with_state(Arc::clone(&simulator), control::own_name));
    Router::new()
        .merge(own)
        .route("/scenarios", get(control::scenarios))
        .route("/files/{name}", any(file::serve))
        .route("/{gateway}/{*path}", any(gateway))
        // A form with a file is read as it arrives; every other body has its limit below.
        .layer(DefaultBodyLimit::disable())
        .with_state(simulator)
}

/// Reads a call, answers a preflight itself, and passes the rest to its gateway.
async fn gateway(
    State(simulator): State<Arc<Simulator>>,
    Path((gateway, path)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some(gateway) = Gateway::by_id(&gateway) else {
        return (StatusCode::NOT_FOUND, "There is no such gateway here.\n").into_response();
    };
    let open = simulator.cors_is_open(gateway);
    if request.method() == Method::OPTIONS {
        return cors::preflight(open, simulator.openings.private_network, request.headers());
    }
    let (head, body) = request.into_parts();
    if let Some(place) = upload::Place::of(gateway, &head.method, &path) {
        let (call, mut response) = upload::take(&simulator, place, gateway, &path, head, body).await;
        let entry = simulator.log_received(&call);
        simulator.log_answered(entry, response.status().as_u16());
        cors::mark(open, response.headers_mut());
        return response;
    }
    let (body, fits) = match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => (body, true),
        Err(error) if is_too_long(&error) => (axum::body::Bytes::new(), false),
        // It broke off, or did not arrive in time. Not 408, which makes a browser repeat the call.
        Err(_) => return (StatusCode::BAD_REQUEST, "The body did not arrive.\n").into_response(),
    };
    let call = Call {
        gateway,
        method: head.method,
        path: format!("/{path}"),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    };
    let entry = simulator.log_received(&call);
    let mut response = if fits { answer(&simulator, &call).await } else { too_large(&simulator, gateway) };
    simulator.log_answered(entry, response.status().as_u16());
    cors::mark(open, response.headers_mut());
    response
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.to_string().contains("length limit"))
}

async fn answer(simulator: &Arc<Simulator>, call: &Call) -> Response {
    match call.gateway {
        Gateway::Crazyrouter => crazyrouter::answer(simulator, call),
        Gateway::Ope => ope::answer(simulator, call).await,
        Gateway::AceData => acedata::answer(simulator, call).await,
        Gateway::DashScope => dashscope::answer(simulator, call),
    }
}

fn too_large(simulator: &Simulator, gateway: Gateway) -> Response {
    match gateway {
        Gateway::Crazyrouter => crazyrouter::too_large(),
        Gateway::Ope => ope::too_large(),
        Gateway::AceData => acedata::too_large(simulator),
        Gateway::DashScope => dashscope::too_large(simulator),
    }
}
