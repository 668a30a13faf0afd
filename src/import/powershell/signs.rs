//! The signs that PowerShell takes for quotes, the typographic ones among them.

/// Whether it opens and ends a text as it stands.
pub const fn is_single(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201b}')
}

/// Whether it opens and ends a text in which variables are filled in.
pub const fn is_double(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201e}')
}
