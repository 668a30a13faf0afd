//! `data:` URIs, turned back into the local files they were made from.

use super::{Format, LocalFile, sniff};

/// Base64 characters in which the size of an image is searched for: the metadata that cameras write in front of it is
/// shorter.
const HEAD: usize = 1 << 18;

/// The file in a base64 `data:` URI, if it is one. The name says where it was found.
pub fn of_uri(text: &str, name: &str) -> Option<LocalFile> {
    let rest = text.trim().strip_prefix("data:")?;
    let (kind, base64) = rest.split_once(',')?;
    let media_type = kind.to_ascii_lowercase();
    let media_type = media_type.strip_suffix(";base64")?;
    of_base64(base64, name).or_else(|| of_mark(media_type, base64))
}

/// The file of a placeholder that is shown instead of its bytes: `… cat.png, 20 B …`. The bytes must be provided again.
fn of_mark(media_type: &str, mark: &str) -> Option<LocalFile> {
    let (name, bytes) = mark.strip_prefix("… ")?.strip_suffix(" B …")?.rsplit_once(", ")?;
    let format = Format::by_media_type(media_type);
    Some(LocalFile {
        name: name.to_owned(),
        format,
        bytes: bytes.parse().ok()?,
        pixels: None,
        alpha: false,
        base64: String::new(),
        ..LocalFile::default()
    })
}

/// The file in a bare base64 text.
pub fn of_base64(base64: &str, name: &str) -> Option<LocalFile> {
    let bytes = length(base64)?;
    let mut end = base64.len().min(HEAD);
    end -= end % 4;
    let head = decode(base64[..end].trim_end_matches('='));
    let format = sniff(&head);
    let ending = format.map_or("bin", Format::ending);
    let name = [name, ".", ending].concat();
    let (pixels, alpha) = (pixels(&head), super::is_transparent(&head));
    Some(LocalFile { name, format, bytes, pixels, alpha, base64: base64.to_owned(), ..LocalFile::default() })
}

/// Number of bytes a base64 text decodes to; `None` if it is not base64.
fn length(base64: &str) -> Option<u64> {
    let body = base64.trim_end_matches('=');
    let padding = base64.len() - body.len();
    let legal = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    let whole = base64.len().is_multiple_of(4) && padding <= 2 && !body.is_empty();
    (legal && whole).then(|| body.len() as u64 * 6 / 8)
}

/// The bytes of a base64 text.
pub fn decode(base64: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(base64.len() * 3 / 4);
    let (mut bits, mut count) = (0u32, 0u32);
    for byte in base64.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6 | u32::from(six)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

/// Width and height from an image's header.
fn pixels(head: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| head.get(at).copied().map(u32::from);
    let big = |at: usize, bytes: usize| (at..at + bytes).try_fold(0, |sum, at| Some(sum << 8 | byte(at)?));
    let little = |at: usize, bytes: usize| (at..at + bytes).rev().try_fold(0, |sum, at| Some(sum << 8 | byte(at)?));
    match sniff(head)? {
        Format::Png => Some((big(16, 4)?, big(20, 4)?)),
        Format::Bmp => Some((little(18, 4)?, little(22, 4)?)),
        Format::Webp => match head.get(12..16)? {
            b"VP8 " => Some((little(26, 2)? & 0x3fff, little(28, 2)? & 0x3fff)),
            b"VP8L" => {
                let bits = little(21, 4)?;
                Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
            }
            _ => Some((little(24, 3)? + 1, little(27, 3)? + 1)),
        },
        Format::Jpeg => {
            let mut at = 2;
            // Segment by segment, up to the one that starts the image.
            loop {
                let marker = big(at, 2)?;
                let is_frame = (0xffc0..=0xffcf).contains(&marker) && ![0xffc4, 0xffc8, 0xffcc].contains(&marker);
                if is_frame {
                    return Some((big(at + 7, 2)?, big(at + 5, 2)?));
                }
                if marker < 0xff01 {
                    return None;
                }
                at += 2 + big(at + 2, 2)?.max(2) as usize;
            }
        }
        Format::Gif | Format::Wav | Format::Mp3 | Format::Mp4 | Format::Mov | Format::Avi => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Json;
    use std::sync::Arc;

    #[test]
    fn an_image_tells_its_format_and_size() {
        let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAABQAAAALQCAIAAAA=";
        let file = of_uri(png, "first").expect("a file");
        assert_eq!((file.format, file.pixels, file.bytes), (Some(Format::Png), Some((1280, 720)), 29));
        assert_eq!(file.name, "first.png");
        // FF D8, an empty APP0, then SOF0 with 480 x 640.
        let jpeg = of_base64("/9j/4AAC/8AAEQgB4AKAAw==", "x").expect("a file");
        assert_eq!((jpeg.format, jpeg.pixels), (Some(Format::Jpeg), Some((640, 480))));
    }

    #[test]
    fn what_stands_for_a_file_in_a_preview_is_that_file_without_its_bytes() {
        let made = LocalFile {
            name: "my cat, 2.png".into(),
            format: Some(Format::Png),
            bytes: 20,
            pixels: None,
            alpha: false,
            base64: "QUJD".into(),
            ..LocalFile::default()
        };
        let json = Json::File(Arc::new(made));
        let shown = json.print(crate::http::Files::Marked);
        let back = of_uri(shown.trim_matches('"'), "x").expect("a mark");
        assert_eq!((back.name.as_str(), back.bytes, back.format), ("my cat, 2.png", 20, Some(Format::Png)));
        assert!(back.is_missing());
    }

    #[test]
    fn what_is_no_base64_is_no_file() {
        for text in
            ["", "x", "data:image/png;base64,", "data:image/png;base64,A", "data:image/png,AAAA", "data:;base64,A=AA"]
        {
            assert_eq!(of_uri(text, "x"), None, "{text}");
        }
    }
}
