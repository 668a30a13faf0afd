//! A file held against what a field takes: what is wrong with it, as data. The view words it; [`super::mend`] says what
//! would help.

use super::{Foreign, Format, LocalFile};
use crate::catalog::{MediaKind, MediaRule};

/// Maximum bytes of a file that is read into memory to travel inside a request: no gateway takes more in one.
pub const INLINE_BYTES: u64 = 20 << 20;

/// What is wrong with a file, as a field judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has no bytes.
    Empty,
    /// Only its metadata is left: it has to be chosen again.
    Gone,
    /// Its content is of a format the gateway does not take.
    Format {
        /// The known format it has.
        found: Option<Format>,
        /// The format that no gateway takes.
        foreign: Option<Foreign>,
        /// Extensions the gateway accepts.
        legal: &'static [&'static str],
    },
    /// It has too many bytes.
    Bytes {
        /// Its bytes.
        bytes: u64,
        /// Maximum bytes.
        max: u64,
    },
    /// A PNG with transparency, where the model takes none.
    Transparent,
    /// Its sides are too short or too long.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// Minimum pixels per side.
        min: u32,
        /// Maximum pixels per side, 0 if the gateway names none.
        max: u32,
    },
    /// The ratio of the longer to the shorter side exceeds this.
    Narrow {
        /// Maximum ratio.
        max: u32,
    },
    /// The browser could not open it as an image.
    Unreadable,
    /// It is too short or too long.
    Seconds {
        /// Its milliseconds.
        millis: u64,
        /// Minimum seconds.
        min: u32,
        /// Maximum seconds, 0 if the gateway names none.
        max: u32,
        /// Whether the maximum is an exclusive bound.
        below: bool,
    },
}

/// What is wrong with a file for a field with this rule, whichever way it gets there. `inline`: it travels inside the
/// request.
pub fn faults(file: &LocalFile, rule: &MediaRule, inline: bool) -> Vec<Fault> {
    if file.bytes == 0 {
        return vec![Fault::Empty];
    }
    if file.is_gone() {
        return vec![Fault::Gone];
    }
    if !file.format.is_some_and(|format| format.is_among(rule.formats)) {
        return vec![Fault::Format { found: file.format, foreign: file.seen.foreign, legal: rule.formats }];
    }
    let mut found = Vec::new();
    let most = most_bytes(rule, inline && file.is_missing());
    if most > 0 && file.bytes > most {
        // What is named is the limit as the gateway names it.
        let max = if rule.max_bytes > 0 { rule.max_bytes } else { most };
        found.push(Fault::Bytes { bytes: file.bytes, max });
    }
    if rule.no_alpha && file.alpha {
        found.push(Fault::Transparent);
    }
    match file.pixels {
        Some(pixels) => found.extend(frame_fault(pixels, rule)),
        None if rule.media == MediaKind::Image => found.push(Fault::Unreadable),
        None => {}
    }
    found.extend(file.seen.millis.and_then(|millis| length_fault(millis, rule)));
    found
}

/// Maximum bytes that a rule allows, 0 for no limit.
pub(super) fn most_bytes(rule: &MediaRule, inline: bool) -> u64 {
    let named = rule.max_bytes.saturating_sub(u64::from(rule.below));
    match (named, inline) {
        (0, true) => INLINE_BYTES,
        (named, true) => named.min(INLINE_BYTES),
        (named, false) => named,
    }
}

fn frame_fault((width, height): (u32, u32), rule: &MediaRule) -> Option<Fault> {
    let (short, long) = (width.min(height), width.max(height));
    if short < rule.min_side || (rule.max_side > 0 && long > rule.max_side) {
        return Some(Fault::Pixels { width, height, min: rule.min_side, max: rule.max_side });
    }
    let is_narrow = rule.max_ratio > 0 && u64::from(long) > u64::from(short) * u64::from(rule.max_ratio);
    is_narrow.then_some(Fault::Narrow { max: rule.max_ratio })
}

fn length_fault(millis: u64, rule: &MediaRule) -> Option<Fault> {
    let (min, max) = (u64::from(rule.min_seconds) * 1000, u64::from(rule.max_seconds) * 1000);
    // Players and files differ by some hundredths of a second about where a sound ends.
    let is_long = max > 0 && if rule.below { millis >= max } else { millis > max + 50 };
    let is_short = millis + 50 < min;
    (is_long || is_short).then_some(Fault::Seconds {
        millis,
        min: rule.min_seconds,
        max: rule.max_seconds,
        below: rule.below,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::media::local_file::Seen;

    /// A rule for pictures as most models have it.
    pub fn picture_rule() -> MediaRule {
        MediaRule {
            media: MediaKind::Image,
            formats: &["jpg", "jpeg", "png", "webp"],
            max_bytes: 10 << 20,
            min_side: 240,
            max_side: 8000,
            max_ratio: 8,
            min_seconds: 0,
            max_seconds: 0,
            below: false,
            max_count: 0,
            inline: true,
            upload: true,
            no_alpha: true,
        }
    }

    /// A rule for sounds.
    pub fn sound_rule() -> MediaRule {
        MediaRule {
            media: MediaKind::Audio,
            formats: &["wav", "mp3"],
            max_bytes: 15 << 20,
            min_side: 0,
            max_side: 0,
            max_ratio: 0,
            min_seconds: 3,
            max_seconds: 20,
            below: true,
            inline: false,
            upload: false,
            no_alpha: false,
            ..picture_rule()
        }
    }

    /// A picture of these sides.
    pub fn picture(width: u32, height: u32) -> LocalFile {
        LocalFile {
            name: "a.png".into(),
            format: Some(Format::Png),
            bytes: 1 << 20,
            pixels: Some((width, height)),
            base64: "aGVsbG8=".into(),
            ..LocalFile::default()
        }
    }

    /// A sound of this length.
    pub fn sound(millis: u64) -> LocalFile {
        let seen = Seen { held: 1, millis: Some(millis), ..Seen::default() };
        LocalFile { name: "a.wav".into(), format: Some(Format::Wav), bytes: 1 << 20, seen, ..LocalFile::default() }
    }

    #[test]
    fn a_picture_is_judged_by_bytes_alpha_sides_and_ratio() {
        let rule = picture_rule();
        let of = |file: &LocalFile| faults(file, &rule, true);
        assert_eq!(of(&picture(480, 270)), []);
        assert_eq!(of(&picture(240, 1920)), []);
        assert_eq!(of(&picture(240, 1921)), [Fault::Narrow { max: 8 }]);
        assert_eq!(of(&picture(239, 300)), [Fault::Pixels { width: 239, height: 300, min: 240, max: 8000 }]);
        assert_eq!(of(&picture(9000, 6000)), [Fault::Pixels { width: 9000, height: 6000, min: 240, max: 8000 }]);
        let both = LocalFile { alpha: true, bytes: (10 << 20) + 1, ..picture(480, 270) };
        assert_eq!(of(&both), [Fault::Bytes { bytes: (10 << 20) + 1, max: 10 << 20 }, Fault::Transparent]);
        assert_eq!(of(&LocalFile { pixels: None, ..picture(1, 1) }), [Fault::Unreadable]);
    }

    #[test]
    fn the_kind_is_told_by_content_and_not_by_name() {
        let rule = picture_rule();
        let text = LocalFile {
            format: None,
            seen: Seen { foreign: Some(Foreign::Text), held: 1, ..Seen::default() },
            ..picture(480, 270)
        };
        let legal = rule.formats;
        let expected = Fault::Format { found: None, foreign: Some(Foreign::Text), legal };
        assert_eq!(faults(&text, &rule, true), [expected]);
        let misnamed = LocalFile { name: "A.PNG".into(), format: Some(Format::Jpeg), ..picture(480, 270) };
        assert_eq!(faults(&misnamed, &rule, true), []);
        assert!(misnamed.is_misnamed() && !picture(1, 1).is_misnamed());
        let gif = LocalFile { format: Some(Format::Gif), ..picture(480, 270) };
        assert_eq!(faults(&gif, &rule, true), [Fault::Format { found: Some(Format::Gif), foreign: None, legal }]);
    }

    #[test]
    fn empty_and_gone_are_said_before_all_else() {
        let rule = picture_rule();
        let empty = LocalFile { bytes: 0, format: None, pixels: None, base64: String::new(), ..picture(1, 1) };
        assert_eq!(faults(&empty, &rule, true), [Fault::Empty]);
        let gone = LocalFile { base64: String::new(), ..picture(480, 270) };
        assert_eq!(faults(&gone, &rule, true), [Fault::Gone]);
        // The page holds the file itself: too large to travel inside a request, and no more than that.
        let seen = Seen { held: 7, ..Seen::default() };
        let held = LocalFile { base64: String::new(), bytes: 2 << 30, seen, ..picture(480, 270) };
        assert_eq!(faults(&held, &rule, true), [Fault::Bytes { bytes: 2 << 30, max: 10 << 20 }]);
        let unlimited = MediaRule { max_bytes: 0, ..rule };
        assert_eq!(faults(&held, &unlimited, true), [Fault::Bytes { bytes: 2 << 30, max: INLINE_BYTES }]);
        assert_eq!(faults(&held, &unlimited, false), []);
    }

    #[test]
    fn a_sound_is_judged_by_its_length() {
        let rule = sound_rule();
        let of = |millis| faults(&sound(millis), &rule, false);
        let fault = |millis| vec![Fault::Seconds { millis, min: 3, max: 20, below: true }];
        assert_eq!(of(2900), fault(2900));
        assert_eq!(of(2990), []);
        assert_eq!(of(19_999), []);
        assert_eq!(of(20_000), fault(20_000));
        let within = MediaRule { below: false, ..rule };
        assert_eq!(faults(&sound(20_030), &within, false), []);
        let unknown = LocalFile { seen: Seen { millis: None, ..sound(1).seen }, ..sound(1) };
        assert_eq!(faults(&unknown, &rule, false), [], "what the browser cannot tell is no fault");
    }
}
