//! Numbers in hexadecimal digits.

/// Writes the last digits of a number, in lower case.
pub fn lower(out: &mut String, number: u32, digits: u32) {
    write(out, number, digits, b"0123456789abcdef");
}

/// The same in upper case.
pub fn upper(out: &mut String, number: u32, digits: u32) {
    write(out, number, digits, b"0123456789ABCDEF");
}

fn write(out: &mut String, number: u32, digits: u32, alphabet: &[u8; 16]) {
    for place in (0..digits).rev() {
        out.push(char::from(alphabet[(number >> (4 * place) & 15) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_many_digits_as_asked_for() {
        let mut out = String::new();
        lower(&mut out, 0x1f, 4);
        upper(&mut out, 0xabcd, 2);
        assert_eq!(out, "001fCD");
    }
}
