//! What a check finds: what has to be mended, and what is filled in but does not travel.

use crate::address::AddressFault;
use crate::catalog::{Condition, FieldId, MediaKind};

/// Something the user has to mend, at a field. The view words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it stands at.
    pub field: FieldId,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required field is blank.
    Missing,
    /// More characters than the gateway takes.
    TooLong {
        /// Characters there are.
        chars: usize,
        /// Characters there may be.
        max: u32,
    },
    /// A control character that nobody can see.
    ControlCharacter {
        /// Its code point.
        code: u32,
        /// Its place, counted in characters from 1.
        at: usize,
    },
    /// Not a whole number.
    NotANumber,
    /// Outside the range.
    OutOfRange {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// Not one of the few legal numbers.
    NotOneOf(Vec<i64>),
    /// A word this model does not offer.
    NotOffered {
        /// The word in the draft.
        word: String,
        /// What the model offers.
        options: Vec<String>,
    },
    /// This tier has no such ratio.
    NoSuchSize {
        /// The tier.
        tier: String,
        /// Ratios it has.
        ratios: Vec<String>,
    },
    /// No usable address.
    Address(AddressFault),
    /// The link or file is of another format.
    Format {
        /// Formats the gateway takes.
        legal: Vec<String>,
    },
    /// A local file where the model takes links only, and needs one.
    LinkOnly,
    /// A link into Alibaba's own store, which only the uploader's account at Alibaba can open.
    OssLink,
    /// A PNG with transparency, where the model takes none.
    Transparent,
    /// The file is too large.
    TooManyBytes {
        /// Bytes there are.
        bytes: u64,
        /// Bytes there may be.
        max: u64,
    },
    /// The image is too small or too large.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// Least pixels a side.
        min: u32,
        /// Most pixels a side.
        max: u32,
    },
    /// The image is too narrow: longer to shorter side beyond this.
    TooNarrow {
        /// Greatest ratio.
        max: u32,
    },
    /// The browser could not open the file as an image.
    Unreadable,
    /// Only the marks of the file are left from a saved task: it has to be chosen again.
    FileGone,
    /// More entries than the gateway takes, of this kind or (with `None`) altogether.
    TooMany {
        /// The kind the limit is for.
        kind: Option<MediaKind>,
        /// Entries there may be.
        max: u32,
    },
    /// This kind of reference is not taken.
    KindNotTaken(MediaKind),
    /// These media do not go together; the legal sets.
    MediaSet(Vec<Vec<FieldId>>),
}

/// Why a filled field does not travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnsent {
    /// The model has no such field.
    NoSuchField,
    /// A local file, where the model takes links only and can do without.
    FileNotTaken,
    /// It has no effect unless this holds.
    WithoutEffect(Condition),
}
