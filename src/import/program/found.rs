//! A call in a program, as it was found.

use crate::import::literal::Node;
use std::ops::Range;

/// A call as it was found: values, with their places.
#[derive(Default)]
pub struct Found {
    /// Method.
    pub method: String,
    /// Address.
    pub url: Option<Node>,
    /// A host that is given apart from the path.
    pub host: String,
    /// Headers.
    pub headers: Option<Node>,
    /// Body.
    pub body: Option<Node>,
    /// Place.
    pub at: Range<usize>,
}
