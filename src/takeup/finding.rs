//! What a text from outside is found to be.

use crate::address::BaseUrl;
use crate::http::Response;
use crate::protocol::{Fault, TaskId};
use std::fmt;

/// A place a task may have been created at.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Gateway id.
    pub gateway: String,
    /// Name of the endpoint in the catalog.
    pub endpoint: String,
    /// Address, where the text tells it.
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
    /// A key and nothing else.
    Key,
    /// A task, at one of these places: more than one where the text does not tell.
    Task {
        /// Its id.
        id: TaskId,
        /// Where it may have been created.
        places: Vec<Place>,
        /// The answer that was pasted, if it was one.
        answer: Option<Response>,
        /// Its model, empty where the text does not tell.
        model: String,
    },
    /// A call that creates a task: running it would make another one.
    CreateCall(Place),
    /// A refusal that is about no task.
    Refusal(Fault),
    /// The store's word that a link has expired.
    ExpiredLink,
    /// A link to something a gateway made, it seems.
    Link(String),
    /// None of these.
    Unknown,
}
