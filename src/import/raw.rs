//! A call as it is read, keys and all, before [`proof`](super::proof) makes of it what is handed on.

use super::call::Body;
use std::ops::Range;

/// A header, a parameter, an address: a text and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Where.
    pub at: Range<usize>,
    /// Where a shell would fill something in.
    pub open: Vec<Range<usize>>,
}

/// A call as it is read, keys and all. It becomes a [`Call`](super::Call) in `proof` only.
#[derive(Debug, Clone, Default)]
pub struct RawCall {
    /// Method, empty if it is not said.
    pub method: String,
    /// Address.
    pub url: Placed,
    /// Headers, whole: `Name: value`.
    pub headers: Vec<(String, Placed)>,
    /// Body.
    pub body: Option<Body>,
    /// Where the body stands.
    pub body_at: Range<usize>,
    /// Name and password, or a bearer token, given as such.
    pub login: Option<(Login, Placed)>,
    /// Where the call stands.
    pub at: Range<usize>,
}

impl RawCall {
    /// Whether a header is there.
    pub fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// How a login is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// `name:password`.
    Basic,
    /// A token.
    Bearer,
}
