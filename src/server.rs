//! The local server: the built page, simulators of the four gateways under `/sim`, and under `/relay` a relay to the
//! real gateways for browsers that may not call them.
//!
//! The simulator knows nothing of the page's code. Its responses are stored in `tests/fixtures/<gateway>/answers`, with
//! the shapes of the gateways' documents; what it accepts is defined by its own rules. So the two sides can only agree
//! where both agree with the documents.

pub mod catalog;
pub mod clock;
pub mod listen;
pub mod relay;
pub mod simulator;
mod site;

use std::future::ready;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;

use clock::Clock;
use simulator::{Gateway, Openings, StateFile};

/// What the server is started with.
#[derive(Debug)]
pub struct Config {
    /// The folder of the built page; without it there is only the simulator.
    pub site: Option<PathBuf>,
    /// Runs on its own, or is moved by a test.
    pub clock: Arc<Clock>,
    /// Gateways whose responses to browsers carry no CORS headers from the start.
    pub deny_cors: Vec<Gateway>,
    /// Where the simulator's tasks are stored to survive a restart; without it they do not survive.
    pub state: Option<StateFile>,
    /// Who may embed the page in a frame, as the policy writes it: `'self'`, `https://docs.example.com`.
    pub frame_ancestors: String,
    /// What the simulator does only when asked to.
    pub openings: Openings,
}

/// Who may embed the page in a frame by default: pages of its own origin.
pub const FRAME_ANCESTORS: &str = "'self'";

/// Page and simulator as a service that needs no socket.
pub fn app(config: Config) -> Router {
    with_relay(config, None)
}

/// The whole server.
pub fn with_relay(config: Config, relay: Option<relay::Settings>) -> Router {
    let speed = config.clock.speed();
    // A value that is not a valid header was refused when the arguments were read.
    let policy = HeaderValue::try_from(format!("frame-ancestors {}", config.frame_ancestors))
        .unwrap_or(HeaderValue::from_static("frame-ancestors 'none'"));
    let router = Router::new()
        .route("/healthz", get(async || "ok"))
        .nest("/sim", simulator::router(config.clock, &config.deny_cors, config.state, config.openings));
    let router = match relay {
        Some(settings) => router.merge(relay::router(settings)),
        None => router,
    };
    let router = match config.site {
        Some(folder) => router.fallback_service(site::router(folder, speed)),
        None => router,
    };
    router
        .layer(middleware::map_response(move |response| ready(guard_headers(policy.clone(), response))))
        .layer(middleware::from_fn(trace_line))
}

/// Headers that a page cannot set for itself with `<meta>`.
fn guard_headers(frames: HeaderValue, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"));
    let policy = headers.entry(header::CONTENT_SECURITY_POLICY);
    policy.or_insert(frames);
    response
}

/// One line per request: method, path and status. Never headers or the query, which can hold keys and signatures. The
/// relay writes its own line, without the path.
async fn trace_line(request: axum::extract::Request, next: Next) -> Response {
    if request.uri().path().starts_with("/relay/") {
        return next.run(request).await;
    }
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::info!("{method} {path} {}", response.status().as_u16());
    response
}
