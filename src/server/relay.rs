//! The relay: `/relay/<gateway>/<host>/<path>` is forwarded to `https://<host>/<path>`, for pages whose browser may not
//! call a gateway itself. `GET /relay/` reports that there is a relay and for which gateways.
//!
//! Its rules, each in a file of its own: who may call ([`guard`]), where a call may go ([`route`]), over which
//! connection ([`dial`]), which headers are forwarded ([`headers`]), which stores a file may go to ([`stores`]), how much and how long ([`stream`], [`Limits`]),
//! and what is reported when a rule is broken ([`refusal`]). It follows no redirects and decodes nothing. It logs one
//! line per call, with the documented path instead of the real one, which could hold anything; and for some minutes it
//! keeps the response to a create call that carries a name, which is accepted once ([`once`]).
//!
//! A response from the gateway carries `x-relay: forwarded`, one from the relay itself `x-relay: refused`.

mod dial;
mod guard;
mod headers;
mod once;
#[cfg(test)]
mod proxy;
mod record;
mod refusal;
mod route;
mod stores;
mod stream;
mod target;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, timeout_at};

use crate::catalog::Catalog;
use dial::Dialer;
use guard::Guard;
use once::{Kept, Once, Outcome, Turn};
use record::Record;
use refusal::{MARK, Refusal};
use route::{Goal, Routes};
use stores::Stores;
use stream::Bounds;

pub use dial::Names;
pub use target::Target;

/// Reports that the call was accepted under its name.
const NAMED: HeaderName = HeaderName::from_static(crate::route::NAMED);
/// The gateway's own status, in cases where a browser that saw it would repeat the call.
const STATUS: HeaderName = HeaderName::from_static(crate::route::STATUS);

/// Tells a stand-in that a relay asks.
const FOR_RELAY: HeaderName = HeaderName::from_static("x-relay-for");

/// How the relay is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server listens: it accepts calls to its loopback names with this port.
    pub bound: SocketAddr,
    /// Further names it accepts, on any port.
    pub hosts: Vec<String>,
    /// Gateways that are not called, with what is called in their place.
    pub targets: Vec<Target>,
    /// How host names are resolved.
    pub names: Names,
    /// Sizes and timeouts.
    pub limits: Limits,
}

impl Settings {
    /// The default settings of a server that listens there.
    pub fn at(bound: SocketAddr) -> Self {
        Self { bound, hosts: Vec::new(), targets: Vec::new(), names: Names::default(), limits: Limits::default() }
    }
}

/// Limits on size, number and time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a request body. Two images of 10 MB in base64 fit.
    pub request_bytes: u64,
    /// Bytes of a form beside its file.
    pub form_bytes: u64,
    /// Bytes of a response. The longest videos of these models are some hundred megabytes.
    pub answer_bytes: u64,
    /// Bytes of a response head.
    pub answer_head_bytes: usize,
    /// Calls in progress at the same time.
    pub calls: usize,
    /// Name lookup, connection and TLS together.
    pub connect: Duration,
    /// From the connection to the head of the response; some gateways respond only when the video is ready.
    pub answer: Duration,
    /// Without a byte in either direction, on either side.
    pub idle: Duration,
    /// The whole call.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: 30 << 20,
            form_bytes: 64 << 10,
            answer_bytes: 2 << 30,
            answer_head_bytes: 32 << 10,
            calls: 64,
            connect: Duration::from_secs(10),
            answer: Duration::from_mins(15),
            idle: Duration::from_mins(1),
            whole: Duration::from_hours(1),
        }
    }
}

#[derive(Debug)]
struct Relay {
    guard: Guard,
    routes: Routes,
    dialer: Dialer,
    limits: Limits,
    permits: Arc<Semaphore>,
    once: Once,
    stores: Stores,
}

/// Everything below `/relay`.
pub fn router(settings: Settings) -> Router {
    let relay = Relay {
        guard: Guard::new(settings.bound, &settings.hosts),
        routes: Routes::of(Catalog::built_in(), &settings.targets),
        dialer: Dialer::new(settings.names),
        limits: settings.limits,
        permits: Arc::new(Semaphore::new(settings.limits.calls)),
        once: Once::default(),
        stores: Stores::default(),
    };
    // The path is read from the raw URI: a router's own extractor would decode it.
    Router::new().route("/relay/", any(answer)).route("/relay/{*path}", any(answer)).with_state(Arc::new(relay))
}

async fn answer(State(relay): State<Arc<Relay>>, request: Request) -> Response {
    let has_body = has_body(request.headers());
    let mut response = if request.uri().path() == "/relay/" {
        let present = relay.guard.check(request.uri(), request.headers());
        present.and_then(|()| relay.present(request.method())).unwrap_or_else(IntoResponse::into_response)
    } else {
        match relay.turn(&request) {
            None => relay.forward(request).await,
            Some(Turn::First(outcome)) => relay.first(request, outcome).await,
            Some(Turn::Again(outcome)) => again(outcome).await,
        }
    };
    if has_body && response.headers().get(MARK).is_some_and(|mark| mark == "refused") {
        // The rest of the body was not read and must not be parsed as the next request.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    // Whatever a gateway sends is data: opened as a page of this origin, it can do nothing.
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0")
}

impl Relay {
    /// Reports that there is a relay.
    fn present(&self, method: &Method) -> Result<Response, Refusal> {
        if method != Method::GET {
            return Err(Refusal::Method(Method::GET));
        }
        let gateways: Vec<&str> = self.routes.gateways().collect();
        let mut response = Json(serde_json::json!({ "relay": 1, "gateways": gateways })).into_response();
        response.headers_mut().insert(MARK, HeaderValue::from_static("ready"));
        Ok(response)
    }

    /// Whose turn a named create call is. The rules are checked first: a call that would be refused takes no name.
    fn turn(&self, request: &Request) -> Option<Turn> {
        self.guard.check_forward(request.uri(), request.headers()).ok()?;
        let goal = self.routes.find(request.method(), request.uri()).ok()?;
        goal.creates.then(|| self.once.turn(request.uri().path(), request.headers())).flatten()
    }

    /// Forwards a named call. It continues when the caller leaves: a browser that repeats the call comes back for the
    /// response.
    async fn first(self: &Arc<Self>, request: Request, outcome: watch::Sender<Outcome>) -> Response {
        let relay = Arc::clone(self);
        let call = tokio::spawn(async move {
            let (mut head, body) = relay.forward(request).await.into_parts();
            head.headers.insert(NAMED, HeaderValue::from_static("first"));
            let Ok(body) = axum::body::to_bytes(Body::new(body), once::ANSWER_BYTES).await else {
                outcome.send_replace(Outcome::Gone);
                return Refusal::AnswerTooLarge(once::ANSWER_BYTES as u64).into_response();
            };
            let kept = Kept { status: head.status, headers: head.headers.clone(), body: body.clone() };
            outcome.send_replace(Outcome::Answered(kept));
            Response::from_parts(head, Body::from(body))
        });
        call.await.unwrap_or_else(|_| Refusal::Broken.into_response())
    }

    /// Forwards a call, once, and returns the response.
    async fn forward(&self, request: Request) -> Response {
        let mut record = Record::new(request.method());
        self.send_on(request, &mut record).await.unwrap_or_else(|refusal| {
            record.refused(&refusal);
            refusal.into_response()
        })
    }

    async fn send_on(&self, request: Request, record: &mut Record) -> Result<Response, Refusal> {
        let (head, body) = request.into_parts();
        self.guard.check_forward(&head.uri, &head.headers)?;
        let goal = self.routes.find(&head.method, &head.uri)?;
        record.goes_to(&goal);
        if goal.to_store() && !self.stores.knows(&goal.host, std::time::Instant::now()) {
            return Err(Refusal::Store);
        }
        let length = self.body_length(&goal, &head.headers)?;
        let permit = Arc::clone(&self.permits).try_acquire_owned().map_err(|_| Refusal::Busy)?;
        let ends = Instant::now() + self.limits.whole;
        let bounds = Bounds { idle: self.limits.idle, ends };

        let connected = tokio::time::timeout(self.limits.connect, self.dialer.dial(&goal)).await;
        let connection = connected.map_err(|_| Refusal::ConnectTimeout)??;
        let (mut sender, driver) = hyper::client::conn::http1::Builder::new()
            .max_buf_size(self.limits.answer_head_bytes)
            .handshake::<_, stream::Flow>(connection)
            .await
            .map_err(|_| Refusal::Unreachable)?;
        // It finishes when both halves of the call are dropped; they have already seen whatever error it returns then.
        tokio::spawn(async move { drop(driver.await) });

        let (flow, upload) = stream::upload(body, length, bounds, record.received());
        let outgoing = outgoing(&goal, &head.headers, flow)?;
        let answered = timeout_at((Instant::now() + self.limits.answer).min(ends), sender.send_request(outgoing)).await;
        let answer = match answered {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) if upload.stalled() => return Err(Refusal::SlowRequest),
            Ok(Err(_)) => return Err(Refusal::Broken),
            Err(_) => return Err(Refusal::AnswerTimeout),
        };
        if goal.asks_policy() {
            return self.hand_back_policy(answer, bounds, record).await;
        }
        self.hand_back(answer, bounds, record, permit)
    }

    /// The length of a body that may pass. Without a declared length there is no limit, so the call is refused.
    fn body_length(&self, goal: &Goal, headers: &HeaderMap) -> Result<u64, Refusal> {
        if headers.contains_key(header::TRANSFER_ENCODING) {
            let both = headers.contains_key(header::CONTENT_LENGTH);
            return Err(if both { Refusal::Request } else { Refusal::NoLength });
        }
        let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
        let length = match (lengths.next(), lengths.next()) {
            (None, _) => 0,
            (Some(length), None) => length.to_str().ok().and_then(|text| text.parse().ok()).ok_or(Refusal::Request)?,
            (Some(_), Some(_)) => return Err(Refusal::Request),
        };
        if length > 0 && goal.method == Method::GET {
            return Err(Refusal::Request);
        }
        let most = goal.form().map_or(self.limits.request_bytes, |file| file + self.limits.form_bytes);
        if length > most {
            return Err(Refusal::RequestTooLarge(most));
        }
        // A form on another page could send the other types without a preflight.
        let is_right = if goal.form().is_some() { headers::is_form } else { headers::is_json };
        if (length > 0 || goal.form().is_some()) && !is_right(headers) {
            return Err(Refusal::MediaType);
        }
        Ok(length)
    }

    fn hand_back(
        &self,
        answer: hyper::Response<hyper::body::Incoming>,
        bounds: Bounds,
        record: &mut Record,
        permit: OwnedSemaphorePermit,
    ) -> Result<Response, Refusal> {
        let (head, body) = answer.into_parts();
        let mut response = passed(&head)?;
        if hyper::body::Body::size_hint(&body).lower() > self.limits.answer_bytes {
            return Err(Refusal::AnswerTooLarge(self.limits.answer_bytes));
        }
        let record = record.answered(head.status);
        *response.body_mut() = Body::new(stream::download(body, bounds, self.limits.answer_bytes, record, permit));
        Ok(response)
    }

    /// The same for a policy, which is read first: it names the store that a file may go to.
    async fn hand_back_policy(
        &self,
        answer: hyper::Response<hyper::body::Incoming>,
        bounds: Bounds,
        record: &mut Record,
    ) -> Result<Response, Refusal> {
        let (head, body) = answer.into_parts();
        let mut response = passed(&head)?;
        let read = axum::body::to_bytes(Body::new(body), stores::ANSWER_BYTES);
        let ends = (Instant::now() + bounds.idle).min(bounds.ends);
        let read = timeout_at(ends, read).await.map_err(|_| Refusal::AnswerTimeout)?;
        let body = read.map_err(|_| Refusal::AnswerTooLarge(stores::ANSWER_BYTES as u64))?;
        if head.status.is_success() {
            self.stores.learn(&body, std::time::Instant::now());
        }
        let mut record = record.answered(head.status);
        record.add_sent(body.len() as u64);
        record.whole();
        *response.body_mut() = Body::from(body);
        Ok(response)
    }
}

/// The head of a response as it is passed on.
fn passed(head: &axum::http::response::Parts) -> Result<Response, Refusal> {
    if head.status.is_redirection() {
        return Err(Refusal::redirect(head.status, &head.headers));
    }
    if head.status.is_informational() {
        return Err(Refusal::Broken);
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = head.status;
    *response.headers_mut() = headers::of_answer(&head.headers);
    if head.status == StatusCode::REQUEST_TIMEOUT {
        // A browser repeats a call that gets this status, whatever it costs.
        *response.status_mut() = StatusCode::GATEWAY_TIMEOUT;
        response.headers_mut().insert(STATUS, HeaderValue::from(head.status.as_u16()));
    }
    response.headers_mut().insert(MARK, HeaderValue::from_static("forwarded"));
    Ok(response)
}

/// The response to the first call with this name, returned once more.
async fn again(outcome: watch::Receiver<Outcome>) -> Response {
    let Some(Kept { status, mut headers, body }) = once::wait(outcome).await else {
        return Refusal::Taken.into_response();
    };
    headers.insert(NAMED, HeaderValue::from_static("again"));
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn outgoing(goal: &Goal, headers: &HeaderMap, flow: stream::Flow) -> Result<hyper::Request<stream::Flow>, Refusal> {
    let uri = Uri::try_from(goal.path_and_query.as_str()).map_err(|_| Refusal::Path)?;
    let mut request = hyper::Request::new(flow);
    *request.method_mut() = goal.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = if goal.to_store() { headers::of_store(headers) } else { headers::of_request(headers) };
    if goal.asks_policy() {
        // It is read here, so it comes unpacked. A stand-in has to name a store that this relay lets through.
        request.headers_mut().remove(header::ACCEPT_ENCODING);
        if goal.is_stand_in {
            request.headers_mut().insert(FOR_RELAY, HeaderValue::from_static("yes"));
        }
    }
    let host = HeaderValue::try_from(&goal.authority).map_err(|_| Refusal::Host)?;
    request.headers_mut().insert(header::HOST, host);
    Ok(request)
}
