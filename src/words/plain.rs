//! Sizes, lists and small words that many sentences are made of.

use crate::catalog::MediaKind;
use crate::words::lang::Lang;
use std::borrow::Borrow;

fn megabytes(bytes: u64) -> String {
    let (unit, name) = if bytes >= 1 << 30 { (1 << 30, " GB") } else { (1 << 20, " MB") };
    let tenths = bytes.saturating_mul(10) / unit;
    let rest = if tenths.is_multiple_of(10) { String::new() } else { [".", &(tenths % 10).to_string()].concat() };
    [&(tenths / 10).to_string(), &*rest, name].concat()
}

/// A size in bytes, for people.
pub fn bytes(count: u64) -> String {
    if count >= 1_048_576 {
        megabytes(count)
    } else if count >= 1024 {
        [&(count / 1024).to_string(), " kB"].concat()
    } else {
        [&count.to_string(), " B"].concat()
    }
}

/// A list in one line.
pub fn list<T: Borrow<str>>(lang: Lang, words: &[T]) -> String {
    words.join(pick(lang, ", ", "、"))
}

/// The name of a kind of media.
pub fn media_kind(lang: Lang, kind: MediaKind) -> &'static str {
    let texts = lang.texts();
    match kind {
        MediaKind::Image => texts.image,
        MediaKind::Audio => texts.audio,
        MediaKind::Video => texts.video,
    }
}

/// One of two words.
pub fn pick<T>(lang: Lang, en: T, zh: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
