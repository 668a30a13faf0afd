//! Bytes as URLs write them: `%` and two digits. Which bytes stay unescaped depends on the caller and is decided there.

use crate::hex;

/// Writes one byte.
pub fn escape(out: &mut String, byte: u8) {
    out.push('%');
    hex::upper(out, u32::from(byte), 2);
}

/// A text with its percent escapes decoded. A broken escape stays unchanged; `None` if the bytes are not valid text.
pub fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let half = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if let (b'%', Some(high), Some(low)) = (byte, half(at), half(at + 1)) {
            // Two hexadecimal digits are one byte.
            out.push(u8::try_from(high * 16 + low).unwrap_or_default());
            at += 2;
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_broken_stays() {
        let mut out = String::new();
        "é %\n".bytes().for_each(|byte| escape(&mut out, byte));
        assert_eq!(out, "%C3%A9%20%25%0A");
        assert_eq!(decoded(&out).as_deref(), Some("é %\n"));
        for broken in ["%", "%4", "%zz", "100%", "%%", "a%2"] {
            assert_eq!(decoded(broken).as_deref(), Some(broken));
        }
        assert_eq!(decoded("%c3%a9+%2b").as_deref(), Some("é++"));
        assert_eq!(decoded("%ff"), None);
    }
}
