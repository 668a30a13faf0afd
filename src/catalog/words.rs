//! Text shown to people, and where it was read.

/// A text in both languages of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

/// Where a figure or statement was read, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Title of the document as its publisher gives it.
    pub title: &'static str,
    /// Public address, where one is known.
    pub url: Option<&'static str>,
    /// Day it was read, `YYYY-MM-DD`.
    pub read: &'static str,
}
