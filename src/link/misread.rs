//! Which parts of a link were not understood.

/// Maximum number of problems reported for one link.
pub const MOST_MISREAD: usize = 20;

/// A part of a link that was not understood. Names are as written in the link, truncated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// It is longer than any link.
    TooLong,
    /// A later version of this page made it.
    Newer,
    /// It is damaged, or truncated.
    Damaged,
    /// There is no such gateway.
    Gateway(String),
    /// The gateway has no such model.
    Model(String),
    /// There is no such field.
    Field(String),
    /// Links do not carry this, whoever wrote it there.
    Refused(String),
    /// The value of this field is invalid.
    Value(String),
    /// There is no such option of an embedded page, or no such value for it.
    Option(String),
}

/// Adds a problem: each once, up to the maximum.
pub fn note(misread: &mut Vec<Misread>, why: Misread) {
    if misread.len() < MOST_MISREAD && !misread.contains(&why) {
        misread.push(why);
    }
}

/// A name from outside, truncated for display.
pub fn short(name: &str) -> String {
    name.chars().take(40).collect()
}
