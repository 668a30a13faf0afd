//! File formats that no gateway takes, told by their first bytes: a file of one is named for what it is, and the browser
//! can often convert it.

use crate::catalog::MediaKind;

/// A format that no gateway takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names are the formats.
pub enum Foreign {
    Heic,
    Avif,
    Tiff,
    Svg,
    M4a,
    Aac,
    Ogg,
    Flac,
    Webm,
    Pdf,
    Zip,
    WebPage,
    Text,
}

/// Format, the medium it holds if any, and its name.
const FOREIGN: [(Foreign, Option<MediaKind>, &str); 13] = [
    (Foreign::Heic, Some(MediaKind::Image), "HEIC"),
    (Foreign::Avif, Some(MediaKind::Image), "AVIF"),
    (Foreign::Tiff, Some(MediaKind::Image), "TIFF"),
    (Foreign::Svg, Some(MediaKind::Image), "SVG"),
    (Foreign::M4a, Some(MediaKind::Audio), "M4A"),
    (Foreign::Aac, Some(MediaKind::Audio), "AAC"),
    (Foreign::Ogg, Some(MediaKind::Audio), "OGG"),
    (Foreign::Flac, Some(MediaKind::Audio), "FLAC"),
    // A recording of a browser is one too, with sound alone.
    (Foreign::Webm, Some(MediaKind::Video), "WebM"),
    (Foreign::Pdf, None, "PDF"),
    (Foreign::Zip, None, "ZIP"),
    (Foreign::WebPage, None, "HTML"),
    (Foreign::Text, None, ""),
];

impl Foreign {
    fn row(self) -> &'static (Self, Option<MediaKind>, &'static str) {
        FOREIGN.iter().find(|row| row.0 == self).expect("every format has a row")
    }

    /// Image, audio or video; `None` for a format of another kind.
    pub fn kind(self) -> Option<MediaKind> {
        self.row().1
    }

    /// Its name, empty for plain text, which has none.
    pub fn name(self) -> &'static str {
        self.row().2
    }
}

/// Detects such a format from a file's first bytes.
pub fn foreign(head: &[u8]) -> Option<Foreign> {
    let at = |offset: usize, mark: &[u8]| head.get(offset..offset + mark.len()) == Some(mark);
    let brand = |marks: &[&[u8]]| at(4, b"ftyp") && marks.iter().any(|mark| at(8, mark));
    if brand(&[b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"]) {
        return Some(Foreign::Heic);
    }
    if brand(&[b"avif", b"avis"]) {
        return Some(Foreign::Avif);
    }
    if brand(&[b"M4A ", b"M4B "]) {
        return Some(Foreign::M4a);
    }
    let marks: [(&[u8], Foreign); 8] = [
        (b"II*\0", Foreign::Tiff),
        (b"MM\0*", Foreign::Tiff),
        (b"OggS", Foreign::Ogg),
        (b"fLaC", Foreign::Flac),
        (b"\x1a\x45\xdf\xa3", Foreign::Webm),
        (b"%PDF-", Foreign::Pdf),
        (b"PK\x03\x04", Foreign::Zip),
        (b"ADIF", Foreign::Aac),
    ];
    if let Some((_, found)) = marks.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Some(*found);
    }
    if head.first() == Some(&0xff) && head.get(1).is_some_and(|byte| byte & 0xf6 == 0xf0) {
        return Some(Foreign::Aac);
    }
    text(head)
}

/// What a text is: a drawing, a saved page, or words.
fn text(head: &[u8]) -> Option<Foreign> {
    let start = &head[..head.len().min(512)];
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).to_ascii_lowercase();
    let holds = |mark: &[u8]| start.windows(mark.len()).any(|part| part == mark);
    let is_control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte);
    if start.is_empty() || start.iter().any(is_control) {
        return None;
    }
    Some(if holds(b"<svg") {
        Foreign::Svg
    } else if holds(b"<!doctype html") || holds(b"<html") {
        Foreign::WebPage
    } else {
        Foreign::Text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::sniff;

    #[test]
    fn what_no_gateway_takes_is_named_for_what_it_is() {
        for (head, found) in [
            (&b"\0\0\0\x18ftypheic\0\0\0\0"[..], Some(Foreign::Heic)),
            (b"\0\0\0\x18ftypavif\0\0\0\0", Some(Foreign::Avif)),
            (b"\0\0\0\x18ftypM4A \0\0\0\0", Some(Foreign::M4a)),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None),
            (b"\x1a\x45\xdf\xa3\x01", Some(Foreign::Webm)),
            (b"OggS\0", Some(Foreign::Ogg)),
            (b"fLaC\0", Some(Foreign::Flac)),
            (b"\xff\xf1\x50\x80", Some(Foreign::Aac)),
            (b"\xff\xfb\x90\x00", None),
            (b"%PDF-1.7", Some(Foreign::Pdf)),
            (b"PK\x03\x04\x14", Some(Foreign::Zip)),
            (b"<?xml version=\"1.0\"?><svg xmlns", Some(Foreign::Svg)),
            (b"\xef\xbb\xbf<!DOCTYPE html><title>Sign in", Some(Foreign::WebPage)),
            (b"these are only words", Some(Foreign::Text)),
            (b"\0\x01\x02\x03", None),
            (b"", None),
        ] {
            assert_eq!(foreign(head), found, "{head:?}");
            // No file is of two formats.
            assert!(found.is_none() || sniff(head).is_none(), "{head:?}");
        }
    }
}
