//! A file that the user chose, as far as a request needs it.

use super::Format;

/// A file from the user's disk, read and ready to be sent inside a request.
#[derive(Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Name on the user's disk.
    pub name: String,
    /// Format according to its first bytes, `None` if unknown.
    pub format: Option<Format>,
    /// Size in bytes.
    pub bytes: u64,
    /// Width and height in pixels, for images the browser could open.
    pub pixels: Option<(u32, u32)>,
    /// A PNG with transparency, according to its header.
    pub alpha: bool,
    /// Its bytes in standard base64. Empty for a file of a saved task: only its metadata was kept.
    pub base64: String,
}

impl LocalFile {
    /// Whether only the file's metadata is left, so that it has to be chosen again.
    pub fn is_missing(&self) -> bool {
        self.base64.is_empty() && self.bytes > 0
    }
}
