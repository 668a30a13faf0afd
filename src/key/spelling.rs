//! Finds a secret within a text, in any encoding: as it is, or with any of its characters escaped as in JSON, URLs or
//! HTML, once or several times over, or in base64. Responses repeat keys in all of these ways, and whoever decodes the
//! text has the key.
//!
//! A text is scanned once: each position has the few characters that it can be read as, each with its length in bytes,
//! and all matches of the secret are tracked in parallel.

use super::mark::marked;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a position can be read as: a character, and its length in bytes. Zero stands for any non-ASCII character, which
/// no key contains.
type Sign = (u8, usize);

/// Readings kept per position. Each further level of escaping adds one.
const MOST: usize = 12;
/// How much of a secret at a truncated end of a text counts as a trace.
const TRACE: usize = 8;
/// Longest escape of one character that a truncation may split.
const LONGEST_ESCAPE: usize = 12;
/// HTML entity names of characters that a key can have.
const NAMES: [(&[u8], u8); 36] = [
    (b"amp", b'&'),
    (b"AMP", b'&'),
    (b"lt", b'<'),
    (b"LT", b'<'),
    (b"gt", b'>'),
    (b"GT", b'>'),
    (b"quot", b'"'),
    (b"QUOT", b'"'),
    (b"apos", b'\''),
    (b"sol", b'/'),
    (b"bsol", b'\\'),
    (b"period", b'.'),
    (b"lowbar", b'_'),
    (b"UnderBar", b'_'),
    (b"plus", b'+'),
    (b"equals", b'='),
    (b"colon", b':'),
    (b"semi", b';'),
    (b"comma", b','),
    (b"excl", b'!'),
    (b"num", b'#'),
    (b"dollar", b'$'),
    (b"percnt", b'%'),
    (b"lpar", b'('),
    (b"rpar", b')'),
    (b"ast", b'*'),
    (b"midast", b'*'),
    (b"quest", b'?'),
    (b"commat", b'@'),
    (b"lsqb", b'['),
    (b"rsqb", b']'),
    (b"Hat", b'^'),
    (b"grave", b'`'),
    (b"lcub", b'{'),
    (b"verbar", b'|'),
    (b"rcub", b'}'),
];

/// The text with a mark in place of every spelling of a secret. JSON stays valid JSON.
pub fn masked(text: &str, secret: &str) -> String {
    marked(text, places(text, secret))
}

/// The spans of a secret, in any spelling, in any order.
pub fn places(text: &str, secret: &str) -> Vec<Range<usize>> {
    let signs = Signs::of(text);
    let mut found = signs.find(secret.as_bytes());
    for core in base64_cores(secret.as_bytes()) {
        found.extend(signs.find(&core));
    }
    found
}

/// The text with every escape undone, and for each byte of it the position it came from; plus one for the end.
pub fn plain(text: &str) -> (String, Vec<usize>) {
    let signs = Signs::of(text);
    let (mut out, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let escaped = signs.escaped(at).iter().max_by_key(|(_, length)| *length);
        let (c, length) = escaped.map_or((c, c.len_utf8()), |(sign, length)| (char::from(*sign), *length));
        out.push(c);
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
        at += length;
    }
    places.push(text.len());
    (out, places)
}

/// The readings of a text.
struct Signs<'a> {
    bytes: &'a [u8],
    /// The positions that have readings other than the literal one, from the last to the first.
    escapes: Vec<(usize, Vec<Sign>)>,
}

impl<'a> Signs<'a> {
    /// From the end to the beginning: what follows an escape's first character may be escaped itself.
    fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut signs = Self { bytes, escapes: Vec::new() };
        for at in (0..bytes.len()).rev().filter(|at| begins_escape(bytes[*at])) {
            let readings = signs.read(at);
            if !readings.is_empty() {
                signs.escapes.push((at, readings));
            }
        }
        signs
    }

    /// The readings of a position other than the literal one.
    fn escaped(&self, at: usize) -> &[Sign] {
        let found = self.escapes.binary_search_by(|(known, _)| at.cmp(known));
        found.map_or(&[], |index| &self.escapes[index].1)
    }

    fn readings(&self, at: usize) -> impl Iterator<Item = Sign> {
        let literal = self.bytes.get(at).map(|byte| (*byte, 1));
        literal.into_iter().chain(self.escaped(at).iter().copied())
    }

    fn read(&self, at: usize) -> Vec<Sign> {
        let mut found: Vec<Sign> = Vec::new();
        let mut firsts = vec![(self.bytes[at], 1)];
        let mut next = 0;
        while let Some((first, length)) = firsts.get(next).copied() {
            next += 1;
            for (sign, more) in self.after(first, at + length) {
                let reading = (sign, length + more);
                if found.len() < MOST && !found.contains(&reading) {
                    found.push(reading);
                    firsts.push(reading);
                }
            }
        }
        found
    }

    /// The readings of an escape that starts with this character and continues at this position.
    fn after(&self, first: u8, at: usize) -> Vec<Sign> {
        match first {
            b'%' => self.digits(at, 2).into_iter().collect(),
            b'\\' => self.readings(at).filter_map(|(sign, length)| self.after_backslash(sign, length, at)).collect(),
            b'&' => self.entity(at).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn after_backslash(&self, sign: u8, length: usize, at: usize) -> Option<Sign> {
        let coded = |digits| self.digits(at + length, digits).map(|(sign, more)| (sign, length + more));
        match sign {
            b'u' => coded(4),
            b'x' => coded(2),
            b'n' | b'r' | b't' | b'b' | b'f' | b'0' => Some((b'\n', length)),
            _ if sign.is_ascii_punctuation() => Some((sign, length)),
            _ => None,
        }
    }

    /// A character given by this many hexadecimal digits.
    fn digits(&self, at: usize, count: usize) -> Option<Sign> {
        let (mut code, mut length) = (0, 0);
        for _ in 0..count {
            let (digit, more) = self.sign(at + length, |sign| sign.is_ascii_hexdigit())?;
            code = code * 16 + char::from(digit).to_digit(16)?;
            length += more;
        }
        Some((ascii(code), length))
    }

    /// `amp;`, `#45;`, `#x2D;`
    fn entity(&self, at: usize) -> Option<Sign> {
        if let Some((_, mut length)) = self.sign(at, |sign| sign == b'#') {
            let x = self.sign(at + length, |sign| sign.eq_ignore_ascii_case(&b'x'));
            length += x.map_or(0, |(_, more)| more);
            let base = if x.is_some() { 16 } else { 10 };
            let (mut code, mut count) = (0_u32, 0);
            while let Some((digit, more)) =
                self.sign(at + length, |sign| char::from(sign).is_digit(base)).filter(|_| count < 7)
            {
                code = code * base + char::from(digit).to_digit(base)?;
                length += more;
                count += 1;
            }
            // HTML parsers do not require the semicolon.
            length += self.sign(at + length, |sign| sign == b';').map_or(0, |(_, more)| more);
            return (count > 0).then_some((ascii(code), length));
        }
        NAMES.iter().find_map(|(name, sign)| {
            let mut length = 0;
            for wanted in name.iter().chain(b";") {
                length += self.sign(at + length, |sign| sign == *wanted)?.1;
            }
            Some((*sign, length))
        })
    }

    /// Part of an escape, itself escaped or not.
    fn sign(&self, at: usize, is_wanted: impl Fn(u8) -> bool) -> Option<Sign> {
        self.readings(at).find(|(sign, _)| is_wanted(*sign))
    }

    /// Every span of a secret. Its beginning at the very end counts: the rest was truncated.
    fn find(&self, secret: &[u8]) -> Vec<Range<usize>> {
        let Some(first) = secret.first() else { return Vec::new() };
        let end = self.bytes.strip_suffix("…".as_bytes()).map_or(self.bytes.len(), <[u8]>::len);
        let mut found = Vec::new();
        // The partial matches by position and progress, with the start of each: the first one is the longest.
        let mut open: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for at in 0..end {
            if self.bytes[at] == *first || begins_escape(self.bytes[at]) {
                open.insert((at, 0), at);
            }
            while let Some((&(place, step), &start)) = open.first_key_value()
                && place <= at
            {
                open.remove(&(place, step));
                let mut goes_on = false;
                for (_, length) in self.readings(at).filter(|(sign, _)| *sign == secret[step]) {
                    goes_on = true;
                    if step + 1 == secret.len() {
                        found.push(start..at + length);
                    } else {
                        let known = open.entry((at + length, step + 1)).or_insert(start);
                        *known = start.min(*known);
                    }
                }
                let rest = &self.bytes[at..end];
                let is_cut =
                    rest.len() < LONGEST_ESCAPE && begins_escape(rest[0]) && rest.iter().all(|byte| in_escape(*byte));
                if !goes_on && is_cut && step >= TRACE.max(secret.len() / 2) {
                    found.push(start..end);
                }
            }
        }
        let traces = open.iter().filter(|((_, step), _)| *step >= TRACE.max(secret.len() / 2));
        found.extend(traces.map(|(_, start)| *start..end));
        found
    }
}

fn begins_escape(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&')
}

fn in_escape(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || begins_escape(byte) || byte == b'#'
}

fn ascii(code: u32) -> u8 {
    u8::try_from(code).ok().filter(u8::is_ascii).unwrap_or(0)
}

/// The part of a secret's base64 that does not depend on what is before and after it, in both alphabets.
fn base64_cores(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut cores = Vec::new();
    for before in 0..3_usize {
        let bits = |index: usize| {
            let byte = (index / 8).checked_sub(before).and_then(|at| secret.get(at)).copied().unwrap_or(0);
            byte >> (7 - index % 8) & 1
        };
        // Whole groups of six bits within the secret.
        let (first, last) = ((before * 8).div_ceil(6), (before + secret.len()) * 8 / 6);
        let groups = (first..last).map(|group| (0..6).fold(0, |value, bit| value * 2 + bits(group * 6 + bit)));
        let groups: Vec<u8> = groups.collect();
        for ends in [*b"+/", *b"-_"] {
            let core: Vec<u8> = groups.iter().map(|group| letter(*group, ends)).collect();
            if !cores.contains(&core) {
                cores.push(core);
            }
        }
    }
    cores
}

fn letter(group: u8, ends: [u8; 2]) -> u8 {
    match group {
        0..26 => b'A' + group,
        26..52 => b'a' + group - 26,
        52..62 => b'0' + group - 52,
        62 => ends[0],
        _ => ends[1],
    }
}

#[cfg(test)]
mod tests;
