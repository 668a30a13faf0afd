//! A file that the user chose, as far as a request needs it.

use super::{Foreign, Format};
use crate::catalog::MediaKind;

/// A file from the user's disk, read and ready to be sent inside a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LocalFile {
    /// Name on the user's disk.
    pub name: String,
    /// Format according to its first bytes, `None` if unknown.
    pub format: Option<Format>,
    /// Size in bytes.
    pub bytes: u64,
    /// Width and height in pixels, for images and videos the browser could open.
    pub pixels: Option<(u32, u32)>,
    /// A PNG with transparency, according to its header.
    pub alpha: bool,
    /// Its bytes in standard base64. Empty for a file of a saved task, of which only the metadata was kept, and for one
    /// that no request could hold.
    pub base64: String,
    /// What else was seen when it was looked at.
    pub seen: Seen,
}

/// What is known of a file while the page is open, and is not kept with a saved task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// The number under which the page holds the file itself; 0 if it does not.
    pub held: u32,
    /// Its format, where it is one that no gateway takes.
    pub foreign: Option<Foreign>,
    /// Length of a sound or video in milliseconds, where the browser could tell.
    pub millis: Option<u64>,
    /// Frames in 1000 seconds of a video, where its header tells.
    pub frame_rate: Option<u32>,
    /// It was made in the page, and lies in no folder yet.
    pub is_made: bool,
}

impl LocalFile {
    /// Whether its bytes are not at hand for a request: only the metadata is left, or it is too large to be in one.
    pub fn is_missing(&self) -> bool {
        self.base64.is_empty() && self.bytes > 0
    }

    /// Whether the file has to be chosen again: neither its bytes nor the file itself is at hand.
    pub fn is_gone(&self) -> bool {
        self.is_missing() && self.seen.held == 0
    }

    /// What stands for it, under this name, where its bytes are left out: a `data:` URI with name and size in their place.
    pub fn mark(&self, name: &str) -> String {
        let media_type = self.format.map_or("application/octet-stream", Format::media_type);
        ["data:", media_type, ";base64,… ", name, ", ", &self.bytes.to_string(), " B …"].concat()
    }

    /// Image, audio or video, by content.
    pub fn kind(&self) -> Option<MediaKind> {
        self.format.map(Format::kind).or_else(|| self.seen.foreign.and_then(Foreign::kind))
    }

    /// The ending of its name in lower case, empty if it has none.
    pub fn ending(&self) -> String {
        self.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
    }

    /// Whether its name says another format than its content has.
    pub fn is_misnamed(&self) -> bool {
        let named = Format::by_ending(&self.ending());
        self.format.is_some_and(|format| named.is_some_and(|named| named != format))
    }
}
