//! What may be sent and paid for: a checked draft without problems, or somebody else's create call exactly as it was
//! pasted, with its request and price.

use crate::checked::Checked;
use crate::http::Request;
use crate::price::{Estimate, estimate};
use crate::protocol;

mod along;
mod exact;

pub use along::{Along, Stray, along};
pub use exact::{Exact, NotExact, Pasted, Same};

/// A request that may be sent and paid for. It can only be made from a draft without problems, or from an [`Exact`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    request: Request,
    estimate: Option<Estimate>,
}

impl Generation {
    /// The create call.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What it will cost, if that is published.
    pub fn estimate(&self) -> Option<&Estimate> {
        self.estimate.as_ref()
    }
}

impl Checked<'_> {
    /// The current request, for the preview. With problems left it must not be sent, and cannot be: a task takes a
    /// [`Generation`].
    pub fn preview(&self) -> Request {
        protocol::create(self)
    }

    /// What may be sent, if nothing is wrong.
    pub fn generation(&self) -> Option<Generation> {
        (self.problems().is_empty() && self.model().is_offered_in(self.region()))
            .then(|| Generation { request: self.preview(), estimate: estimate(self).ok() })
    }
}
