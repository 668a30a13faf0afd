//! Files from the user's device: what is wrong with one, what would mend it, and where it could go.

use crate::catalog::MediaKind;
use crate::media::looked::Fault;
use crate::media::{Foreign, Format};
use crate::words::lang::Lang;
use crate::words::plain::{bytes, list, media_kind, pick};

/// Seconds with at most one decimal.
pub fn seconds(millis: u64) -> String {
    let tenths = millis / 100;
    let rest = if tenths.is_multiple_of(10) { String::new() } else { [".", &(tenths % 10).to_string()].concat() };
    [&(tenths / 10).to_string(), &*rest].concat()
}

/// Width and height.
pub fn sides(width: u32, height: u32) -> String {
    [&width.to_string(), " × ", &height.to_string()].concat()
}

/// What is wrong with a file.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let say = |en: [&str; 3], zh: [&str; 3], a: &str, b: &str| {
        let words = pick(lang, en, zh);
        [words[0], a, words[1], b, words[2]].concat()
    };
    match fault {
        Fault::Empty => pick(lang, "The file is empty.", "文件是空的。").to_owned(),
        Fault::Gone => {
            pick(lang, "The file itself wasn't saved. Choose it again.", "文件内容没有保存，请重新选择。").to_owned()
        }
        Fault::Format { found, foreign, legal } => say(
            ["This is ", ". Accepted: ", ""],
            ["文件内容是", "，仅支持：", ""],
            &what(lang, *found, *foreign),
            &list(lang, legal),
        ),
        Fault::Bytes { bytes: has, max } => {
            say(["The file is ", ". The limit is ", "."], ["文件大小 ", "，上限 ", "。"], &bytes(*has), &bytes(*max))
        }
        Fault::Transparent => pick(
            lang,
            "This PNG has transparency, which this model doesn't support.",
            "这张 PNG 带透明通道，此模型不支持。",
        )
        .to_owned(),
        Fault::Pixels { width, height, min, max } => say(
            ["The image is ", ". Each side must be ", " pixels."],
            ["画面尺寸为 ", "，每边需要 ", " 像素。"],
            &sides(*width, *height),
            &match max {
                0 => ["≥ ", &min.to_string()].concat(),
                max => [&min.to_string(), "–", &max.to_string()].concat(),
            },
        ),
        Fault::Narrow { max } => say(
            ["The aspect ratio must be between 1:", " and ", ":1."],
            ["宽高比须在 1:", " 到 ", ":1 之间。"],
            &max.to_string(),
            &max.to_string(),
        ),
        Fault::Unreadable => {
            pick(lang, "The browser can't open this file as an image.", "浏览器无法把这个文件作为图片打开。").to_owned()
        }
        Fault::Seconds { millis, min, max, below } => say(
            ["It lasts ", " s. Allowed: ", " s."],
            ["时长 ", " 秒，允许 ", " 秒。"],
            &seconds(*millis),
            &span(*min, *max, *below),
        ),
    }
}

/// The seconds that are allowed.
fn span(min: u32, max: u32, below: bool) -> String {
    match (min, max) {
        (min, 0) => ["≥ ", &min.to_string()].concat(),
        (0, max) => [if below { "< " } else { "≤ " }, &max.to_string()].concat(),
        (min, max) => [&min.to_string(), "–", &max.to_string()].concat(),
    }
}

/// What a file is, by its content.
fn what(lang: Lang, found: Option<Format>, foreign: Option<Foreign>) -> String {
    let of = |kind: MediaKind, name: &str| match lang {
        Lang::En => {
            let article = if matches!(kind, MediaKind::Video) { "a " } else { "an " };
            [name, " (", article, &media_kind(lang, kind).to_ascii_lowercase(), ")"].concat()
        }
        Lang::Zh => [" ", name, " ", media_kind(lang, kind)].concat(),
    };
    if let Some(format) = found {
        return of(format.kind(), &format.ending().to_ascii_uppercase());
    }
    match foreign {
        Some(Foreign::Text) => pick(lang, "plain text", "纯文本").to_owned(),
        Some(Foreign::WebPage) => pick(lang, "a saved web page", "保存的网页").to_owned(),
        Some(Foreign::Pdf) => pick(lang, "a PDF document", " PDF 文档").to_owned(),
        Some(Foreign::Zip) => pick(lang, "a ZIP archive or an Office document", "压缩包或 Office 文档").to_owned(),
        Some(other) => other.kind().map_or_else(|| other.name().to_owned(), |kind| of(kind, other.name())),
        None => pick(lang, "an unknown format", "未知格式").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_language;
    use super::*;

    #[test]
    fn every_fault_is_said_in_both_languages() {
        let format = |found, foreign| Fault::Format { found, foreign, legal: &["1", "2"] };
        for lang in [Lang::En, Lang::Zh] {
            let mut said: Vec<String> = Vec::new();
            for one in [
                Fault::Empty,
                Fault::Gone,
                format(Some(Format::Gif), None),
                format(None, Some(Foreign::Heic)),
                format(None, Some(Foreign::Text)),
                format(None, Some(Foreign::Pdf)),
                format(None, Some(Foreign::Zip)),
                format(None, Some(Foreign::WebPage)),
                format(None, None),
                Fault::Bytes { bytes: 30 << 20, max: 20 << 20 },
                Fault::Transparent,
                Fault::Pixels { width: 1, height: 2, min: 240, max: 0 },
                Fault::Narrow { max: 8 },
                Fault::Unreadable,
                Fault::Seconds { millis: 20_400, min: 0, max: 20, below: true },
            ] {
                said.push(fault(lang, &one));
            }
            for text in said {
                assert_eq!(check_language(&text, lang), Ok(()), "{text}");
            }
        }
        let too_long = Fault::Seconds { millis: 20_400, min: 0, max: 20, below: true };
        assert_eq!(fault(Lang::En, &too_long), "It lasts 20.4 s. Allowed: < 20 s.");
        assert_eq!(fault(Lang::En, &format(None, Some(Foreign::Heic))), "This is HEIC (an image). Accepted: 1, 2");
        assert_eq!(seconds(3000), "3");
    }
}
