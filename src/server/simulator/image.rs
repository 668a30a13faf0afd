//! Inspects images that are sent inside the body: their real type and how many pixels they have.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the first bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
    /// PNG with an alpha channel, which the documents exclude.
    pub alpha: bool,
}

/// The types the documents accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Bmp,
    Webp,
}

/// The bytes behind `data:<type>;base64,`.
pub(super) fn decode_data_uri(text: &str) -> Result<Vec<u8>, &'static str> {
    let (head, data) = text.split_once(',').ok_or("is a data URI without data")?;
    let kind = head.strip_prefix("data:").and_then(|head| head.strip_suffix(";base64"));
    match kind {
        Some(kind) if kind.starts_with("image/") => STANDARD.decode(data).map_err(|_| "is not valid base64"),
        Some(_) => Err("must be a data URI of an image type"),
        None => Err("must be written as data:<type>;base64,<data>"),
    }
}

/// Type and size, or none if the bytes are not an image of the four types.
pub(super) fn look(bytes: &[u8]) -> Option<Picture> {
    png(bytes).or_else(|| jpeg(bytes)).or_else(|| bmp(bytes)).or_else(|| webp(bytes))
}

fn png(bytes: &[u8]) -> Option<Picture> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    if head.get(4..8)? != b"IHDR" {
        return None;
    }
    let alpha = matches!(*head.get(17)?, 4 | 6);
    Some(Picture { kind: Kind::Png, width: big(head, 8)?, height: big(head, 12)?, alpha })
}

fn jpeg(bytes: &[u8]) -> Option<Picture> {
    if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return None;
    }
    let mut at = 2;
    // Segments: a marker and a length; the frame header (C0–CF except C4, C8, CC) holds the size.
    loop {
        let (mark, code) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if mark != 0xff {
            return None;
        }
        match code {
            0xff => at += 1,
            0x01 | 0xd0..=0xd9 => at += 2,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, width) = (short(bytes, at + 5)?, short(bytes, at + 7)?);
                return Some(Picture { kind: Kind::Jpeg, width, height, alpha: false });
            }
            _ => at += 2 + short(bytes, at + 2)?.max(2) as usize,
        }
    }
}

fn bmp(bytes: &[u8]) -> Option<Picture> {
    let size = |at: usize| Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?).unsigned_abs());
    bytes.starts_with(b"BM").then_some(())?;
    Some(Picture { kind: Kind::Bmp, width: size(18)?, height: size(22)?, alpha: false })
}

fn webp(bytes: &[u8]) -> Option<Picture> {
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    let (width, height) = match bytes.get(12..16)? {
        b"VP8 " => ((byte(26)? | byte(27)? << 8) & 0x3fff, (byte(28)? | byte(29)? << 8) & 0x3fff),
        b"VP8L" => {
            let bits = byte(21)? | byte(22)? << 8 | byte(23)? << 16 | byte(24)? << 24;
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => {
            let three = |at: usize| Some((byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16) + 1);
            (three(24)?, three(27)?)
        }
        _ => return None,
    };
    Some(Picture { kind: Kind::Webp, width, height, alpha: false })
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}
