//! The place a gateway has for files from the user's device.

use super::field::MediaKind;
use super::table::Table;

/// How a file gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadWay {
    /// A call with the key asks for a policy; a form with the policy's fields and the file goes to the address that the
    /// policy names, without the key. The link is `oss://` and the policy's key.
    Policy,
    /// One form with the key and the file. The response names the link.
    Form,
}

/// The place for files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// How a file gets there.
    pub way: UploadWay,
    /// `https://host` of the call that takes the key, without a trailing slash.
    pub base: &'static str,
    /// Its path, without a query.
    pub path: &'static str,
    /// Price regions of the bases that it serves. Empty: all.
    pub regions: &'static [&'static str],
    /// Kinds of files it takes.
    pub accepts: &'static [MediaKind],
    /// File extensions it takes, lower case, without the dot. Empty: it names none.
    pub formats: &'static [&'static str],
    /// Maximum bytes of a file. Zero: it names none.
    pub max_bytes: u64,
    /// Hours a file is kept, if the gateway says so.
    pub hours: Option<u32>,
    /// Whether the link works for the model only that it was uploaded for.
    pub bound_to_model: bool,
    /// Further fields of the form, before the file.
    pub fields: Table<&'static str>,
    /// Path of the link in the response to the form, dot-separated. Empty with [`UploadWay::Policy`].
    pub answer: &'static str,
    /// No public document of the gateway describes it; its own programs use it.
    pub undocumented: bool,
    /// Short name of the document it comes from.
    pub source: &'static str,
}
