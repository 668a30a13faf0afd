//! A place where a task may have been created.

use crate::address::BaseUrl;
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
