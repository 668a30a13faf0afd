//! The quotes of POSIX shells and fish, and their substitutions.

use super::Sh;
use crate::import::remark::{Notes, RemarkKind};
use crate::import::word::{Variables, Word, is_smart_double, is_smart_single};

/// How far ahead the end of a `${…}` is searched for.
const FARTHEST: usize = 1024;

impl Sh<'_> {
    pub(super) fn single(&mut self, word: &mut Word, notes: &mut Notes) {
        let open = self.at;
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let end = if self.is_fish { rest.find(['\'', '\\']) } else { rest.find('\'') };
            let Some(end) = end else {
                word.text.push_str(rest);
                self.at = self.text.len();
                return unbalanced(open, 1, notes);
            };
            word.text.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'\'' {
                return;
            }
            // fish: `\\` and `\'`.
            match self.peek() {
                Some(byte @ (b'\\' | b'\'')) => {
                    word.text.push(char::from(byte));
                    self.at += 1;
                }
                _ => word.text.push('\\'),
            }
        }
    }

    /// Up to the closing quote, or up to a known position.
    pub(super) fn double(&mut self, word: &mut Word, end: Option<usize>, variables: &mut Variables, notes: &mut Notes) {
        let open = self.at;
        if end.is_none() {
            self.at += 1;
        }
        loop {
            if end.is_some_and(|end| self.at >= end) {
                return;
            }
            let rest = &self.text[self.at..end.unwrap_or(self.text.len())];
            let length = rest.find(['"', '\\', '$', '`']).unwrap_or(rest.len());
            word.text.push_str(&rest[..length]);
            self.at += length;
            match rest.as_bytes().get(length) {
                None if end.is_some() => return,
                None => return unbalanced(open, 1, notes),
                Some(b'"') if end.is_none() => {
                    self.at += 1;
                    return;
                }
                Some(b'$') => self.dollar(word, true, variables, notes),
                Some(b'`') if !self.is_fish => self.backticks(word, notes),
                Some(b'\\') => {
                    self.at += 1;
                    let next = rest[length + 1..].chars().next();
                    match next {
                        Some(c @ ('"' | '\\' | '$')) => self.push(word, c),
                        Some('`') if !self.is_fish => self.push(word, '`'),
                        Some('\n') => self.at += 1,
                        Some('\r') if rest[length + 1..].starts_with("\r\n") => self.at += 2,
                        _ => word.text.push('\\'),
                    }
                }
                Some(_) => {
                    word.text.push(char::from(rest.as_bytes()[length]));
                    self.at += 1;
                }
            }
        }
    }

    pub(super) fn push(&mut self, word: &mut Word, c: char) {
        word.text.push(c);
        self.at += c.len_utf8();
    }

    /// Typographic quotes around a word. Where they end is a guess: what follows must be valid after a word, and what
    /// starts like JSON must end like JSON.
    pub(super) fn smart(&mut self, open: char, word: &mut Word, variables: &mut Variables, notes: &mut Notes) {
        let from = self.at;
        self.at += open.len_utf8();
        let rest = &self.text[self.at..];
        let is_double = is_smart_double(open);
        let closes = |c: char| if is_double { is_smart_double(c) || c == '"' } else { is_smart_single(c) || c == '\'' };
        let last = match rest.trim_start().as_bytes().first() {
            Some(b'{') => Some('}'),
            Some(b'[') => Some(']'),
            _ => None,
        };
        let is_end = |(index, quote): &(usize, &str)| {
            let inside = &rest[..*index];
            let fits = last.is_none_or(|last| inside.trim_end().ends_with(last));
            fits && can_follow(&rest[index + quote.len()..])
        };
        let end = rest.match_indices(closes).find(is_end).map(|(index, quote)| (index, quote.len()));
        notes.once(RemarkKind::SmartQuotes, from..self.at);
        let (length, closing) = end.unwrap_or((rest.len(), 0));
        if end.is_none() {
            unbalanced(from, open.len_utf8(), notes);
        }
        let until = self.at + length;
        if is_double {
            self.double(word, Some(until), variables, notes);
        } else {
            word.text.push_str(&rest[..length]);
        }
        self.at = self.at.max(until) + closing;
        // A substitution may have run past the end that was found.
        while !self.text.is_char_boundary(self.at.min(self.text.len())) {
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }

    /// A shell substitution: it stays as written.
    pub(super) fn keep(&mut self, word: &mut Word, length: usize) {
        let at = self.at..self.at + length;
        word.text.push_str(&self.text[at.clone()]);
        self.at = at.end;
        word.open.push(at);
    }

    pub(super) fn backticks(&mut self, word: &mut Word, notes: &mut Notes) {
        let rest = &self.text[self.at + 1..];
        let mut is_escaped = false;
        let end = rest.bytes().position(|byte| {
            let ends = byte == b'`' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        });
        if let Some(length) = end {
            self.inner.push(self.at + 1..self.at + 1 + length);
            self.keep(word, length + 2);
        } else {
            unbalanced(self.at, 1, notes);
            self.keep(word, rest.len() + 1);
        }
    }

    /// `$(…)`, `(…)`, `<(…)`: `before` is the length up to the inside.
    pub(super) fn parenthesis(&mut self, word: &mut Word, before: usize, notes: &mut Notes) {
        let inside = self.at + before;
        if let Some(end) = closing(self.text, inside) {
            self.inner.push(inside..end - 1);
            self.keep(word, end - self.at);
        } else {
            unbalanced(self.at, before, notes);
            self.keep(word, self.text.len() - self.at);
        }
    }

    pub(super) fn dollar(&mut self, word: &mut Word, is_quoted: bool, variables: &mut Variables, notes: &mut Notes) {
        let rest = &self.text[self.at + 1..];
        match rest.as_bytes().first() {
            Some(b'\'') if !is_quoted && !self.is_fish => self.ansi(word, notes),
            Some(b'"') if !is_quoted && !self.is_fish => {
                self.at += 1;
                self.double(word, None, variables, notes);
            }
            Some(b'(') if self.cat(word, variables, notes) => {}
            Some(b'(') => self.parenthesis(word, 2, notes),
            Some(b'{') if !self.is_fish => {
                let end = rest.bytes().take(FARTHEST).position(|byte| matches!(byte, b'}' | b'\n'));
                let Some(length) = end.filter(|end| rest.as_bytes()[*end] == b'}') else {
                    return self.push(word, '$');
                };
                self.variable(word, &rest[1..length], length + 2, variables);
            }
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                let length = rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len());
                self.variable(word, &rest[..length], length + 1, variables);
            }
            Some(b'0'..=b'9' | b'?' | b'$' | b'!' | b'#' | b'@' | b'*' | b'-') if !self.is_fish => self.keep(word, 2),
            _ => self.push(word, '$'),
        }
    }

    pub(super) fn variable(&mut self, word: &mut Word, name: &str, length: usize, variables: &mut Variables) {
        match variables.get(name) {
            Some(value) => {
                word.text.push_str(&value);
                self.at += length;
            }
            None => self.keep(word, length),
        }
    }

    /// `$'…'`.
    pub(super) fn ansi(&mut self, word: &mut Word, notes: &mut Notes) {
        let open = self.at;
        self.at += 2;
        let (bytes, length) = ansi(&self.text[self.at..]);
        let written = &self.text[self.at..length.map_or(self.text.len(), |length| self.at + length)];
        if let Some(half) = half(written) {
            notes.once(RemarkKind::HalfLetter, self.at + half..self.at + half + 6);
        }
        word.text.push_str(&String::from_utf8_lossy(&bytes));
        if let Some(length) = length {
            self.at += length + 1;
        } else {
            self.at = self.text.len();
            unbalanced(open, 2, notes);
        }
    }

    /// A backslash outside quotes.
    pub(super) fn escape(&mut self, word: &mut Word) {
        self.at += 1;
        let Some(c) = self.letter() else { return };
        if !self.is_fish {
            return self.push(word, c);
        }
        let rest = &self.text[self.at..];
        let mut bytes = Vec::new();
        let used = match c {
            'x' | 'X' | 'u' | 'U' | '0'..='7' | 'c' | 'n' | 't' | 'r' | 'a' | 'b' | 'e' | 'f' | 'v' => {
                escaped(rest, &mut bytes)
            }
            _ => 0,
        };
        if used == 0 {
            return self.push(word, c);
        }
        word.text.push_str(&String::from_utf8_lossy(&bytes));
        self.at += used;
    }
}

fn unbalanced(from: usize, length: usize, notes: &mut Notes) {
    notes.add(RemarkKind::UnbalancedQuote, from..from + length);
}

/// Whether what follows a closing quote can follow a word.
fn can_follow(rest: &str) -> bool {
    let bare = rest.trim_start_matches([' ', '\t', '\r', '\u{3000}', '\u{a0}']);
    let has_blank = bare.len() < rest.len();
    match bare.chars().next() {
        None | Some('\n' | ';' | '|' | '&' | ')' | '>') => true,
        Some('\\') => has_blank || bare[1..].starts_with(['\n', '\r']),
        Some(c) => {
            has_blank
                && (matches!(c, '-' | '\'' | '"' | '\u{2012}'..='\u{2015}')
                    || is_smart_single(c)
                    || is_smart_double(c)
                    || bare.starts_with("http"))
        }
    }
}

/// The position after the bracket that closes the one before `from`; quotes and brackets in between are skipped.
fn closing(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = vec![b')'];
    let mut at = from;
    while let (Some(byte), Some(top)) = (bytes.get(at), open.last()) {
        at += 1;
        match (byte, top) {
            (b'\\', _) => at += 1,
            (b'"', b'"') | (b')', b')') => {
                open.pop();
                if open.is_empty() {
                    return Some(at);
                }
            }
            (b'"', _) => open.push(b'"'),
            (b'(', b')') => open.push(b')'),
            (b'(', _) if bytes[at - 2] == b'$' => open.push(b')'),
            (b'\'', b')') => at += bytes[at..].iter().position(|byte| *byte == b'\'')? + 1,
            _ => {}
        }
    }
    None
}

/// Where a half of a letter is written as an escape of its own. bash makes bytes of it that are no text, zsh refuses it.
fn half(written: &str) -> Option<usize> {
    let is_half = |at: &usize| {
        let digits = written.get(at + 2..at + 6);
        digits
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .is_some_and(|code| (0xd800..0xe000).contains(&code))
    };
    written.match_indices("\\u").map(|(at, _)| at).find(is_half)
}

/// The contents of `$'…'`, and the position of its closing quote.
fn ansi(text: &str) -> (Vec<u8>, Option<usize>) {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    // A NUL ends an argument; the shell still reads on to the quote.
    let mut is_cut = false;
    loop {
        let length = bytes[at..].iter().position(|byte| matches!(byte, b'\'' | b'\\'));
        let Some(length) = length else {
            if !is_cut {
                out.extend_from_slice(&bytes[at..]);
            }
            return (out, None);
        };
        if !is_cut {
            out.extend_from_slice(&bytes[at..at + length]);
        }
        at += length;
        if bytes[at] == b'\'' {
            return (out, Some(at));
        }
        at += 1;
        let before = out.len();
        let used = escaped(&text[at..], &mut out);
        if is_cut {
            out.truncate(before);
        } else if out.get(before) == Some(&0) {
            out.truncate(before);
            is_cut = true;
        }
        if used == 0 {
            // Not an escape: the backslash is literal.
            if !is_cut {
                out.push(b'\\');
            }
        }
        at += used;
    }
}

/// What an escape stands for, and its length after the backslash; 0 if it is not an escape.
fn escaped(text: &str, out: &mut Vec<u8>) -> usize {
    let bytes = text.as_bytes();
    let number = |from: usize, most: usize, radix: u32| -> (u32, usize) {
        let digits = bytes[from.min(bytes.len())..].iter().take(most);
        let digits: Vec<u32> = digits.map_while(|byte| char::from(*byte).to_digit(radix)).collect();
        (digits.iter().fold(0, |sum, digit| sum.wrapping_mul(radix).wrapping_add(*digit)), digits.len())
    };
    let Some(first) = bytes.first() else { return 0 };
    let single = match first {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 0x1b,
        b'f' => 0x0c,
        b'v' => 0x0b,
        b'\\' | b'\'' | b'"' | b'?' => *first,
        b'x' | b'X' => {
            let (code, digits) = number(1, 2, 16);
            if digits == 0 {
                return 0;
            }
            out.push((code & 0xff) as u8);
            return 1 + digits;
        }
        b'0'..=b'7' => {
            let (code, digits) = number(0, 3, 8);
            out.push((code & 0xff) as u8);
            return digits;
        }
        b'c' if bytes.len() > 1 && bytes[1].is_ascii() => {
            out.push(bytes[1].to_ascii_uppercase() ^ 0x40);
            return 2;
        }
        b'u' | b'U' => {
            let (mut code, digits) = number(1, if *first == b'u' { 4 } else { 8 }, 16);
            if digits == 0 {
                return 0;
            }
            let mut used = 1 + digits;
            // Browsers write characters outside the BMP as surrogate pairs.
            if (0xd800..0xdc00).contains(&code) && text[used..].starts_with("\\u") {
                let (low, more) = number(used + 2, 4, 16);
                if (0xdc00..0xe000).contains(&low) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    used += 2 + more;
                }
            }
            let c = char::from_u32(code).unwrap_or('\u{fffd}');
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            return used;
        }
        _ => return 0,
    };
    out.push(single);
    1
}
