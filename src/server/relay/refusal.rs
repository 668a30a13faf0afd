//! What the relay reports when it does not forward a call: a status, a code for the page, a sentence for people, and
//! whether the gateway may have received the call. Never any part of what the caller sent.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Says who sent the response.
pub(super) const MARK: HeaderName = HeaderName::from_static(crate::route::MARK);
/// Longest redirect address that is reported.
const LOCATION_LENGTH: usize = 4096;

/// Why a call was not forwarded, or its response not returned. A closed set.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The request contradicts itself.
    Request,
    /// Called by a name that is not ours.
    Host,
    /// Called by another site.
    CrossSite,
    /// No such gateway.
    Gateway,
    /// Not a host of that gateway.
    UnknownHost,
    /// A store that no policy has named lately.
    Store,
    /// Not a documented path.
    Path,
    /// Not the method of that path, which is this one.
    Method(Method),
    /// A query that no call needs.
    AddressTooLong,
    /// A body without a length.
    NoLength,
    /// A body longer than this.
    RequestTooLarge(u64),
    /// A body that is not JSON.
    MediaType,
    /// Too many calls at once.
    Busy,
    /// The host name does not resolve.
    Name,
    /// The host has an address that is not public.
    Address,
    /// No connection.
    Unreachable,
    /// The host could not prove its identity.
    Tls,
    /// No connection in time.
    ConnectTimeout,
    /// The caller's body did not arrive in time.
    SlowRequest,
    /// No response in time.
    AnswerTimeout,
    /// The response broke off or was not valid.
    Broken,
    /// The response is longer than this.
    AnswerTooLarge(u64),
    /// The call was forwarded already, under the same name, and its response cannot be returned again.
    Taken,
    /// The gateway redirects: its status, and where to.
    Redirect(u16, Option<String>),
}

impl Refusal {
    /// A redirect that is not followed. The address is reported, because it may be the link to the finished video.
    pub fn redirect(status: StatusCode, headers: &HeaderMap) -> Self {
        let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
        let location = location.filter(|text| text.len() <= LOCATION_LENGTH);
        Self::Redirect(status.as_u16(), location.map(str::to_owned))
    }

    /// The code for the page and the log.
    pub fn code(&self) -> &'static str {
        self.row().1
    }

    pub fn status(&self) -> u16 {
        self.row().0
    }

    /// Whether the gateway may have received the call.
    fn may_have_been_sent(&self) -> bool {
        matches!(
            self,
            Self::SlowRequest
                | Self::AnswerTimeout
                | Self::Broken
                | Self::Taken
                | Self::AnswerTooLarge(_)
                | Self::Redirect(..)
        )
    }

    fn row(&self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Request => (400, "request", "The request contradicts itself, or has a body where none belongs."),
            Self::Host => (403, "called_by", "The relay doesn't serve this host name (see --host)."),
            Self::CrossSite => (403, "cross_site", "The relay only serves its own page."),
            Self::Gateway => (404, "gateway", "There is no such gateway: /relay/<gateway>/<host>/<path>."),
            Self::UnknownHost => (403, "host", "This is not one of the gateway's hosts in the catalog."),
            Self::Store => (403, "store", "No policy has named this store in the last minutes: ask for one first."),
            Self::Path => (404, "path", "This is not a documented path of the gateway."),
            Self::Method(_) => (405, "method", "The documented request has another method."),
            Self::AddressTooLong => {
                (414, "address_too_long", "The query is longer than that of any documented request.")
            }
            Self::NoLength => (411, "no_length", "A body needs a Content-Length."),
            Self::RequestTooLarge(_) => (413, "request_too_large", "The body is larger than the relay forwards."),
            Self::MediaType => {
                (415, "media_type", "A body must be application/json, or a form with X-Relay-Form for a file.")
            }
            Self::Busy => (503, "busy", "Too many requests in progress; this one was not sent."),
            Self::Name => (502, "name", "The gateway's host name doesn't resolve."),
            Self::Address => (502, "address", "The gateway's host name resolves to an address that isn't public."),
            Self::Unreachable => (502, "unreachable", "The gateway's host refused the connection."),
            Self::Tls => (502, "tls", "The gateway's TLS certificate wasn't accepted."),
            Self::ConnectTimeout => (504, "connect_timeout", "Connecting to the gateway timed out."),
            // Not 408: a browser repeats a call that gets this status.
            Self::SlowRequest => (400, "slow_request", "The body didn't arrive in time."),
            Self::AnswerTimeout => (504, "answer_timeout", "The gateway didn't respond in time."),
            Self::Broken => (502, "broken", "The gateway's response was cut off, or the relay can't forward it."),
            Self::AnswerTooLarge(_) => (502, "answer_too_large", "The response is larger than the relay forwards."),
            Self::Taken => (409, "taken", "This request was already forwarded; its response can't be repeated."),
            Self::Redirect(..) => (502, "redirect", "The gateway redirects to another URL; the relay doesn't follow."),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = self.row();
        let sent = self.may_have_been_sent();
        let mut told = serde_json::json!({ "relay": "refused", "error": code, "message": message, "sent": sent });
        match &self {
            Self::RequestTooLarge(limit) | Self::AnswerTooLarge(limit) => told["limit"] = (*limit).into(),
            Self::Redirect(status, location) => {
                told["status"] = (*status).into();
                told["location"] = location.as_deref().into();
            }
            _ => {}
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        let mut response = (status, Json(told)).into_response();
        response.headers_mut().insert(MARK, HeaderValue::from_static("refused"));
        match self {
            Self::Method(method) => {
                if let Ok(method) = HeaderValue::from_str(method.as_str()) {
                    response.headers_mut().insert(header::ALLOW, method);
                }
            }
            Self::Busy => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
        response
    }
}
