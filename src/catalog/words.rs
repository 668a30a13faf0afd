//! Text shown to people, and where it was read.

/// A text in both languages of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// Where a figure or statement was read, and when.
#[derive(Debug, Clone)]
pub struct Source {
    /// Title of the document as its publisher gives it.
    pub title: String,
    /// Public address, where one is known.
    pub url: Option<String>,
    /// Day it was read, `YYYY-MM-DD`.
    pub read: String,
}
