//! A file that somebody chose, as far as a request needs it.

use super::Format;

/// A file from the user's disk, read and ready to travel inside a request.
#[derive(Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Name on the user's disk.
    pub name: String,
    /// What its first bytes say it is, `None` where they say nothing we know.
    pub format: Option<Format>,
    /// Size in bytes.
    pub bytes: u64,
    /// Width and height in pixels, for images the browser could open.
    pub pixels: Option<(u32, u32)>,
    /// A PNG with transparency, by its head.
    pub alpha: bool,
    /// Its bytes in standard base64. Empty for a file of a saved task: only its marks were kept.
    pub base64: String,
}

impl LocalFile {
    /// Whether only the marks of the file are left, so that it has to be chosen again.
    pub fn is_missing(&self) -> bool {
        self.base64.is_empty() && self.bytes > 0
    }
}
