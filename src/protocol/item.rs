//! An entry of a list of media, taken apart.

use crate::http::Json;

/// A medium of a list, taken apart by its dialect.
pub struct Item<'a> {
    /// The word for its part, if there is one.
    pub role: Option<&'a str>,
    /// Where it is.
    pub link: &'a Json,
    /// A voice that goes with it.
    pub voice: Option<&'a str>,
    /// Members that are nothing of these, by their paths in the entry.
    pub rest: Vec<(String, Json)>,
}
