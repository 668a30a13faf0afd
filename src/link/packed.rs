//! The short form of a long link: `1z/` and its text in raw DEFLATE and URL-safe base64.

use super::{Link, Misread, VERSION, print};

/// Links up to this length stay readable.
const SHORT: usize = 300;
/// Maximum number of bytes a packed link may unpack to. Longer links are not packed.
pub const LARGEST: usize = 1 << 18;

/// The fragment of a link: readable if that is short, packed if that is shorter.
pub fn fragment(link: &Link) -> String {
    let readable = print::readable(link);
    if readable.len() <= SHORT {
        return readable;
    }
    let text = print::text(link);
    if text.len() > LARGEST {
        return readable;
    }
    let packed = [&VERSION.to_string(), "z/", &base64(&miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9))];
    let packed = packed.concat();
    if packed.len() < readable.len() { packed } else { readable }
}

/// Unpacks what follows `1z/` into the text that would follow `1/`.
pub fn unpack(packed: &str) -> Result<String, Misread> {
    let bytes = bytes(packed).ok_or(Misread::Damaged)?;
    let text = miniz_oxide::inflate::decompress_to_vec_with_limit(&bytes, LARGEST).map_err(|why| match why.status {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => Misread::TooLong,
        _ => Misread::Damaged,
    })?;
    // A page writes only plain ASCII: anything else did not come from one.
    String::from_utf8(text).ok().filter(|text| text.is_ascii()).ok_or(Misread::Damaged)
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for letter in 0..=group.len() {
            let sextet = bits >> (18 - 6 * letter) & 63;
            out.push(char::from(LETTERS[sextet as usize]));
        }
    }
    out
}

/// Decodes base64 in either alphabet, padded or not.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.as_bytes().chunks(4) {
        let mut bits: u32 = 0;
        for letter in group {
            bits = bits << 6 | sextet(*letter)?;
        }
        let more = match group.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        let bits = bits << (6 * (4 - group.len()));
        out.extend(bits.to_be_bytes().into_iter().skip(1).take(more));
    }
    Some(out)
}

fn sextet(letter: u8) -> Option<u32> {
    let at = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    };
    Some(u32::from(at))
}
