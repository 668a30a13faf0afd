//! A call as it is read, keys included, before [`proof`](super::proof) turns it into what is passed on.

use super::call::Body;
use std::ops::Range;

/// A header, a parameter, a URL: a text and its span.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Its span.
    pub at: Range<usize>,
    /// Spans where a shell would fill something in.
    pub open: Vec<Range<usize>>,
}

/// A call as it is read, keys included. Only `proof` turns it into a [`Call`](super::Call).
#[derive(Debug, Clone, Default)]
pub struct RawCall {
    /// Method, empty if not given.
    pub method: String,
    /// URL.
    pub url: Placed,
    /// Headers, whole: `Name: value`.
    pub headers: Vec<(String, Placed)>,
    /// Body.
    pub body: Option<Body>,
    /// Span of the body.
    pub body_at: Range<usize>,
    /// Name and password, or a bearer token, if given explicitly.
    pub login: Option<(Login, Placed)>,
    /// Span of the call.
    pub at: Range<usize>,
}

impl RawCall {
    /// Whether a header is there.
    pub fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// The kind of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// `name:password`.
    Basic,
    /// A token.
    Bearer,
}
