//! The characters that PowerShell accepts as quotes, including typographic ones.

/// Whether it delimits a verbatim string.
pub const fn is_single(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201b}')
}

/// Whether it delimits a string in which variables are filled in.
pub const fn is_double(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201e}')
}
