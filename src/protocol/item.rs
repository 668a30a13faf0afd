//! A parsed entry of a list of media.

use crate::http::Json;

/// A medium of a list, parsed by its dialect.
pub struct Item<'a> {
    /// The string for its role, if there is one.
    pub role: Option<&'a str>,
    /// Its link or file.
    pub link: &'a Json,
    /// Its voice.
    pub voice: Option<&'a str>,
    /// All other properties, by their paths in the entry.
    pub rest: Vec<(String, Json)>,
}
