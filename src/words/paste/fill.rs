//! A sentence with a gap.

/// The sentence with a value in its gap, `{}`.
pub fn fill(text: &str, value: &str) -> String {
    text.replace("{}", value)
}
