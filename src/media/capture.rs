//! Camera and microphone: why they are of no use, and how long a recording may be.

use crate::catalog::MediaRule;

/// Longest recording where a model names no limit, in milliseconds.
const LONGEST_MS: u64 = 60_000;

/// Why nothing came of a camera or microphone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The user, the browser's settings or the page around this one do not allow it.
    Denied,
    /// There is none.
    NoDevice,
    /// Another program uses it.
    Busy,
    /// It ended while it was in use: unplugged, or taken away in the browser.
    Ended,
    /// The browser could not make a file of it.
    Failed,
}

impl Trouble {
    /// What the name of a browser's exception means.
    pub fn named(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" => Self::NoDevice,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Failed,
        }
    }
}

/// Longest recording for a rule, in milliseconds.
pub fn longest_ms(rule: &MediaRule) -> u64 {
    match u64::from(rule.max_seconds) * 1000 {
        0 => LONGEST_MS,
        // A recording ends some hundredths of a second after it was stopped.
        most => most.saturating_sub(if rule.below { 100 } else { 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::looked::tests::{picture_rule, sound_rule};

    #[test]
    fn what_the_browser_throws_is_told_apart() {
        for (name, trouble) in [
            ("NotAllowedError", Trouble::Denied),
            ("SecurityError", Trouble::Denied),
            ("NotFoundError", Trouble::NoDevice),
            ("OverconstrainedError", Trouble::NoDevice),
            ("NotReadableError", Trouble::Busy),
            ("AbortError", Trouble::Busy),
            ("TypeError", Trouble::Failed),
            ("", Trouble::Failed),
        ] {
            assert_eq!(Trouble::named(name), trouble, "{name}");
        }
    }

    #[test]
    fn a_recording_is_no_longer_than_its_field_takes() {
        assert_eq!(longest_ms(&sound_rule()), 19_900);
        assert_eq!(longest_ms(&MediaRule { below: false, ..sound_rule() }), 20_000);
        assert_eq!(longest_ms(&picture_rule()), 60_000);
    }
}
