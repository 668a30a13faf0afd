//! What of a link was not understood.

/// Most complaints about one link.
pub const MOST_MISREAD: usize = 20;

/// Something of a link that was not understood. Names are as they stood there, cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// It is longer than any link.
    TooLong,
    /// A later version of this page made it.
    Newer,
    /// It is damaged, or cut off.
    Damaged,
    /// This gateway is none there is.
    Gateway(String),
    /// The gateway has no such model.
    Model(String),
    /// There is no such field.
    Field(String),
    /// Links do not carry this, whoever wrote it there.
    Refused(String),
    /// The value of this field cannot be one.
    Value(String),
    /// There is no such option of an embedded page, or no such choice of it.
    Option(String),
}

/// Adds a complaint: each once, and not endlessly many.
pub fn note(misread: &mut Vec<Misread>, why: Misread) {
    if misread.len() < MOST_MISREAD && !misread.contains(&why) {
        misread.push(why);
    }
}

/// A name from outside, short enough to be shown.
pub fn short(name: &str) -> String {
    name.chars().take(40).collect()
}
