//! What a check finds: what has to be fixed, and what is filled in but not sent.

use crate::address::AddressFault;
use crate::catalog::{Condition, FieldId, MediaKind};
use crate::media::looked::Fault;

/// Something the user has to fix, at a field. The view words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it belongs to.
    pub field: FieldId,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required field is blank.
    Missing,
    /// More characters than the gateway accepts.
    TooLong {
        /// Actual characters.
        chars: usize,
        /// Maximum characters.
        max: u32,
    },
    /// An invisible control character.
    ControlCharacter {
        /// Its code point.
        code: u32,
        /// Its position, in characters from 1.
        at: usize,
    },
    /// Not an integer.
    NotANumber,
    /// Outside the range.
    OutOfRange {
        /// Minimum.
        min: i64,
        /// Maximum.
        max: i64,
    },
    /// Not one of the few legal numbers.
    NotOneOf(&'static [i64]),
    /// An option this model does not offer.
    NotOffered {
        /// The value in the draft.
        word: String,
        /// What the model offers.
        options: &'static [&'static str],
    },
    /// This tier has no such ratio.
    NoSuchSize {
        /// The tier.
        tier: String,
        /// Ratios it has.
        ratios: Vec<&'static str>,
    },
    /// Not a usable address.
    Address(AddressFault),
    /// The link has the extension of another format.
    Format {
        /// Formats the gateway accepts.
        legal: Vec<&'static str>,
    },
    /// A local file where the model requires a value and accepts only links.
    LinkOnly,
    /// A local file that has to be uploaded to the gateway's place first.
    NotUploaded,
    /// A link into Alibaba's own store, which only the uploader's account at Alibaba can open.
    OssLink,
    /// Something is wrong with a local file.
    File(Fault),
    /// More entries than the gateway accepts, of this kind or (with `None`) in total.
    TooMany {
        /// The kind the limit is for.
        kind: Option<MediaKind>,
        /// Maximum entries.
        max: u32,
    },
    /// This kind of reference is not accepted.
    KindNotTaken(MediaKind),
    /// These media cannot be combined; the legal sets.
    MediaSet(&'static [&'static [FieldId]]),
}

/// Why a filled field is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnsent {
    /// The model has no such field.
    NoSuchField,
    /// A local file, where the model accepts only links and can do without.
    FileNotTaken,
    /// It has no effect unless this holds.
    WithoutEffect(Condition),
}
