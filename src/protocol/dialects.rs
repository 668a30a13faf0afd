//! The table of the dialects: a new one is a file beside this one and its rows here.

use super::wire::Wire;
use super::{acedata, bailian, generations, unified};
use crate::catalog::{Dialect, MediaKind};
use crate::http::Json;

/// A reference as an entry: what it is, its link or file, and the link to its voice, empty for none.
pub(super) type ReferenceItem = fn(MediaKind, Json, &str) -> Json;

impl Dialect {
    /// How it speaks.
    pub(super) const fn wire(self) -> &'static Wire {
        match self {
            Self::Bailian => &bailian::WIRE,
            Self::Unified => &unified::WIRE,
            Self::Generations => &generations::WIRE,
            Self::Acedata => &acedata::WIRE,
        }
    }

    /// How it writes a reference as an entry with a type; without it a reference is its bare link. Apart from the rest,
    /// because it is all that a create call needs of a dialect: the page has it before it can read an answer.
    pub(super) const fn reference_item(self) -> Option<ReferenceItem> {
        match self {
            // AceDataCloud hands the entries of wan3.0 on as they are.
            Self::Bailian | Self::Acedata => Some(bailian::reference_item),
            Self::Unified | Self::Generations => None,
        }
    }
}
