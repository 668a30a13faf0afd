//! What a pasted text turns out to be.

use crate::address::BaseUrl;
use crate::http::Response;
use crate::protocol::{Fault, TaskId};
use std::fmt;

/// A place where a task may have been created.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Gateway ID.
    pub gateway: String,
    /// Name of the endpoint in the catalog.
    pub endpoint: String,
    /// URL, if the text has it.
    pub base: Option<BaseUrl>,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = self.base.as_ref().map(BaseUrl::text).unwrap_or_default();
        write!(f, "{}/{} {base}", self.gateway, self.endpoint)
    }
}

/// What a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing was pasted.
    Nothing,
    /// It is longer than anything these gateways send.
    TooLong,
    /// A web page.
    Page,
    /// Only a key.
    Key,
    /// A task, at one of these places: more than one if the text does not say which.
    Task {
        /// Its ID.
        id: TaskId,
        /// Where it may have been created.
        places: Vec<Place>,
        /// The response that was pasted, if it was one.
        answer: Option<Response>,
        /// Its model, empty if the text does not say.
        model: String,
    },
    /// A call that creates a task: running it would make another one.
    CreateCall(Place),
    /// An error that is not about a task.
    Refusal(Fault),
    /// The storage's message that a link has expired.
    ExpiredLink,
    /// A link that looks like a gateway's result.
    Link(String),
    /// None of these.
    Unknown,
}
