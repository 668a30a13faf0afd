//! What is known besides the text.

use crate::address::BaseUrl;
use crate::catalog::Catalog;

/// What is known besides the text.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The URLs in use in addition to those of the catalog, by gateway ID.
    pub bases: &'a [(String, BaseUrl)],
    /// The time, for links that expire.
    pub now_ms: u64,
}
