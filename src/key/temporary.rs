//! `DashScope`'s temporary keys: `st-…`, valid for 60 seconds unless its creator requested another lifetime, from 1 to
//! 1800 seconds. They have the permissions of the key that created them, and cannot be revoked. Only the response that
//! returned a key says when it expires.

/// Default lifetime of a temporary key.
pub const USUAL_MS: u64 = 60_000;
/// Longest lifetime of a temporary key.
pub const LONGEST_MS: u64 = 1_800_000;

/// When a temporary key expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At this time, in milliseconds since 1970, according to the response that returned it.
    At(u64),
    /// Unknown. It was entered at this time.
    Unknown(u64),
}

/// The remaining lifetime of a temporary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// This many milliseconds.
    Exactly(u64),
    /// This many milliseconds if it was created when it was entered, with the default lifetime.
    Perhaps(u64),
    /// The default lifetime is over; the longest one ends in this many milliseconds.
    AtMost(u64),
    /// It has expired.
    Nothing,
}

impl End {
    /// What is left at a given time.
    pub fn left(self, now_ms: u64) -> Left {
        match self {
            Self::At(end) if end > now_ms => Left::Exactly(end - now_ms),
            Self::Unknown(entered) if entered + USUAL_MS > now_ms => Left::Perhaps(entered + USUAL_MS - now_ms),
            Self::Unknown(entered) if entered + LONGEST_MS > now_ms => Left::AtMost(entered + LONGEST_MS - now_ms),
            Self::At(_) | Self::Unknown(_) => Left::Nothing,
        }
    }

    /// As a text; see [`End::read`].
    pub fn print(self) -> String {
        match self {
            Self::At(end) => end.to_string(),
            Self::Unknown(entered) => ["~", &entered.to_string()].concat(),
        }
    }

    /// Parses a text written by [`End::print`].
    pub fn read(text: &str) -> Option<Self> {
        match text.strip_prefix('~') {
            Some(entered) => entered.parse().ok().map(Self::Unknown),
            None => text.parse().ok().map(Self::At),
        }
    }
}

/// Whether a typed key is a temporary one.
pub fn is_temporary(typed: &str) -> bool {
    let trimmed = typed.trim();
    trimmed.strip_prefix("Bearer ").unwrap_or(trimmed).trim_start().starts_with("st-")
}

/// Whether a text entered as a key is actually a response.
pub fn is_answer(typed: &str) -> bool {
    typed.trim_start().starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_known_by_their_beginning() {
        assert!(is_temporary("st-canary-1") && is_temporary(" Bearer st-canary-1"));
        assert!(!is_temporary("sk-canary-1") && !is_temporary("sk-st-1") && !is_temporary(""));
    }

    #[test]
    fn a_told_end_is_exact() {
        assert_eq!(End::At(5_000).left(2_000), Left::Exactly(3_000));
        assert_eq!(End::At(5_000).left(5_000), Left::Nothing);
    }

    #[test]
    fn an_end_that_nobody_told_is_bounded() {
        let end = End::Unknown(1_000);
        assert_eq!(end.left(1_000), Left::Perhaps(60_000));
        assert_eq!(end.left(60_999), Left::Perhaps(1));
        assert_eq!(end.left(61_000), Left::AtMost(1_740_000));
        assert_eq!(end.left(1_800_999), Left::AtMost(1));
        assert_eq!(end.left(1_801_000), Left::Nothing);
    }

    #[test]
    fn an_end_comes_back_from_its_text() {
        for end in [End::At(1_744_080_369_000), End::Unknown(7)] {
            assert_eq!(End::read(&end.print()), Some(end));
        }
        assert_eq!(End::read(""), None);
        assert_eq!(End::read("soon"), None);
    }
}
