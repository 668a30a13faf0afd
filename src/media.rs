//! File formats from the first bytes, and from the extension in a link; files that the user chose.

use crate::catalog::MediaKind;

pub mod capture;
pub mod data_uri;
mod foreign;
pub mod link;
mod local_file;
pub mod looked;
pub mod mend;

pub use foreign::{Foreign, foreign};
pub use local_file::{LocalFile, Seen};

/// File formats the gateways name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names are the formats.
pub enum Format {
    Jpeg,
    Png,
    Webp,
    Bmp,
    Gif,
    Wav,
    Mp3,
    Mp4,
    Mov,
    Avi,
}

/// Format, its kind, its media type and its extensions.
const FORMATS: [(Format, MediaKind, &str, &[&str]); 10] = [
    (Format::Jpeg, MediaKind::Image, "image/jpeg", &["jpeg", "jpg"]),
    (Format::Png, MediaKind::Image, "image/png", &["png"]),
    (Format::Webp, MediaKind::Image, "image/webp", &["webp"]),
    (Format::Bmp, MediaKind::Image, "image/bmp", &["bmp"]),
    (Format::Gif, MediaKind::Image, "image/gif", &["gif"]),
    (Format::Wav, MediaKind::Audio, "audio/wav", &["wav"]),
    (Format::Mp3, MediaKind::Audio, "audio/mpeg", &["mp3"]),
    (Format::Mp4, MediaKind::Video, "video/mp4", &["mp4", "m4v"]),
    (Format::Mov, MediaKind::Video, "video/quicktime", &["mov"]),
    (Format::Avi, MediaKind::Video, "video/x-msvideo", &["avi"]),
];

impl Format {
    fn row(self) -> &'static (Format, MediaKind, &'static str, &'static [&'static str]) {
        FORMATS.iter().find(|row| row.0 == self).expect("every format has a row")
    }

    /// Image, audio or video.
    pub fn kind(self) -> MediaKind {
        self.row().1
    }

    /// Media type for a data URI.
    pub fn media_type(self) -> &'static str {
        self.row().2
    }

    /// Its first extension.
    pub fn ending(self) -> &'static str {
        self.row().3[0]
    }

    /// The format with this extension.
    pub fn by_ending(ending: &str) -> Option<Self> {
        FORMATS.iter().find(|row| row.3.contains(&ending)).map(|row| row.0)
    }

    /// The format of a media type.
    pub fn by_media_type(media_type: &str) -> Option<Self> {
        FORMATS.iter().find(|row| row.2 == media_type).map(|row| row.0)
    }

    /// Whether one of these extensions means this format.
    pub fn is_among(self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.row().3.contains(ending))
    }
}

/// Detects the format from a file's first bytes. Sixteen bytes are enough.
pub fn sniff(head: &[u8]) -> Option<Format> {
    let at = |offset: usize, mark: &[u8]| head.get(offset..offset + mark.len()) == Some(mark);
    if at(0, b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some(Format::Webp)
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        Some(Format::Wav)
    } else if at(0, b"RIFF") && at(8, b"AVI ") {
        Some(Format::Avi)
    } else if at(0, b"GIF8") {
        Some(Format::Gif)
    } else if at(0, b"BM") {
        Some(Format::Bmp)
    } else if at(0, b"ID3") || (head.first() == Some(&0xff) && head.get(1).is_some_and(|b| b & 0xe6 == 0xe2)) {
        Some(Format::Mp3)
    } else if at(4, b"ftypqt") {
        Some(Format::Mov)
    } else if at(4, b"ftyp") && foreign(head).is_none() {
        Some(Format::Mp4)
    } else {
        None
    }
}

/// Whether a PNG has transparency, judging by its header: by its color type, or by a `tRNS` chunk before the image
/// data.
pub fn is_transparent(head: &[u8]) -> bool {
    if sniff(head) != Some(Format::Png) {
        return false;
    }
    // Grayscale or color, with an alpha channel.
    if matches!(head.get(25), Some(4 | 6)) {
        return true;
    }
    let mut at = 8;
    // Length and name of each chunk, its contents, a checksum.
    while let Some(&[a, b, c, d, ref name @ ..]) = head.get(at..at + 8) {
        match name {
            b"tRNS" => return true,
            b"IDAT" => return false,
            _ => {}
        }
        at = at.saturating_add(u32::from_be_bytes([a, b, c, d]) as usize).saturating_add(12);
    }
    false
}

/// The format of a link's extension, if it is a known one.
pub fn named(url: &str) -> Option<Format> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let file = path.rsplit('/').next().unwrap_or(path);
    let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
    Format::by_ending(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_file_renamed_to_png_is_not_an_image() {
        assert_eq!(sniff(b"hello, I am text"), None);
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(Format::Png));
        assert_eq!(sniff(b"\xff\xfb\x90\x00"), Some(Format::Mp3));
        assert_eq!(sniff(b""), None);
    }

    #[test]
    fn transparency_is_told_by_the_colour_type_or_a_chunk_of_its_own() {
        let png = |colour: u8, chunks: &[(&[u8; 4], usize)]| {
            let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xd0\x08".to_vec();
            head.extend([colour, 0, 0, 0, 1, 2, 3, 4]);
            for (name, length) in chunks {
                head.extend(u32::try_from(*length).expect("short").to_be_bytes());
                head.extend(*name);
                head.extend(vec![0; length + 4]);
            }
            head
        };
        for (colour, chunks, transparent) in [
            (6, &[][..], true),
            (4, &[], true),
            (2, &[(b"IDAT", 9)], false),
            (3, &[(b"PLTE", 9), (b"tRNS", 3), (b"IDAT", 9)], true),
            (3, &[(b"PLTE", 9), (b"IDAT", 9), (b"tRNS", 3)], false),
            (0, &[(b"gAMA", 4), (b"tRNS", 2)], true),
        ] {
            assert_eq!(is_transparent(&png(colour, chunks)), transparent, "{colour} {chunks:?}");
        }
        // Truncated, oversized, or not a PNG.
        assert!(!is_transparent(&png(2, &[])[..20]));
        assert!(!is_transparent(&[&png(2, &[])[..], b"\xff\xff\xff\xffabcd"].concat()));
        assert!(!is_transparent(&[b"\xff\xd8\xff".as_slice(), &[6; 40]].concat()));
    }

    #[test]
    fn a_signed_link_is_named_by_its_path() {
        assert_eq!(named("https://h/a.b/c.PNG?x=.mp4#.mov"), Some(Format::Png));
        assert_eq!(named("https://h.mp4/"), None);
    }
}
