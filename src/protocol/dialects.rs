//! The table of dialects: a new one is a file next to this one plus its rows here.

use super::event::TaskId;
use super::wire::Wire;
use super::{acedata, bailian, generations, unified};
use crate::catalog::{Dialect, MediaKind};
use crate::http::{Json, Request};

/// A reference as an entry: its kind, its link or file, and the link to its voice, empty for none.
pub(super) type ReferenceItem = fn(MediaKind, Json, &str) -> Json;

impl Dialect {
    /// The table of the dialect.
    pub(super) const fn wire(self) -> &'static Wire {
        match self {
            Self::Bailian => &bailian::WIRE,
            Self::Unified => &unified::WIRE,
            Self::Generations => &generations::WIRE,
            Self::Acedata => &acedata::WIRE,
        }
    }

    /// The query call to a URL, if it is not a `GET` with the id in its path. This and the next row are separate from
    /// the table, because they are all that requests need of a dialect: the page has them before it can read a response.
    pub(super) const fn query(self) -> Option<fn(String, &TaskId) -> Request> {
        match self {
            Self::Acedata => Some(acedata::query),
            Self::Bailian | Self::Unified | Self::Generations => None,
        }
    }

    /// How it writes a reference as a typed entry; otherwise a reference is its bare link.
    pub(super) const fn reference_item(self) -> Option<ReferenceItem> {
        match self {
            // AceDataCloud passes the entries of wan3.0 through unchanged.
            Self::Bailian | Self::Acedata => Some(bailian::reference_item),
            Self::Unified | Self::Generations => None,
        }
    }
}
