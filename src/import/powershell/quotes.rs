//! PowerShell's quotes: their contents, backtick escapes, and what would be filled in.

use super::PowerShell;
use super::signs::{is_double, is_single};
use crate::import::literal::Kind;
use crate::import::remark::{Notes, RemarkKind};
use std::ops::Range;

impl PowerShell<'_, '_> {
    /// Single quotes: two of them stand for one.
    pub(super) fn single(&mut self, notes: &mut Notes) -> String {
        let open = self.at;
        self.at += self.letter().map_or(0, char::len_utf8);
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some((length, quote)) = rest.char_indices().find(|(_, c)| is_single(*c)) else {
                out.push_str(rest);
                self.at = self.text.len();
                notes.add(
                    RemarkKind::UnbalancedQuote,
                    open..open + self.text[open..].chars().next().map_or(0, char::len_utf8),
                );
                return out;
            };
            out.push_str(&rest[..length]);
            self.at += length + quote.len_utf8();
            match self.letter().filter(|c| is_single(*c)) {
                Some(second) => {
                    out.push(second);
                    self.at += second.len_utf8();
                }
                None => return out,
            }
        }
    }

    /// Double quotes, or the inside of a here-string up to its end.
    pub(super) fn double(&mut self, until: Option<usize>, notes: &mut Notes) -> (String, Vec<Range<usize>>) {
        let start = self.at;
        if until.is_none() {
            self.at += self.letter().map_or(0, char::len_utf8);
        }
        let end = until.unwrap_or(self.text.len());
        let (mut out, mut open) = (String::new(), Vec::new());
        // Characters outside the BMP are written as surrogate pairs.
        let mut half = None;
        loop {
            let rest = &self.text[self.at.min(end)..end];
            let is_special = |c: char| c == '`' || c == '$' || (until.is_none() && is_double(c));
            let length = rest.find(is_special).unwrap_or(rest.len());
            if length > 0 {
                half = None;
            }
            out.push_str(&rest[..length]);
            self.at = (self.at + length).max(self.at);
            let Some(c) = rest[length..].chars().next() else {
                if until.is_none() {
                    let quote = self.text[start..].chars().next().map_or(0, char::len_utf8);
                    notes.add(RemarkKind::UnbalancedQuote, start..start + quote);
                }
                return (out, open);
            };
            let after = &rest[length + c.len_utf8()..];
            match c {
                '`' => {
                    self.at += 1;
                    self.escape(&mut out);
                }
                '$' if after.starts_with("([char]") => match self.code(after) {
                    Some(code) => push_unit(&mut out, &mut half, code),
                    None => self.keep(1, &mut out),
                },
                '$' if after.starts_with('(') => {
                    let from = self.at;
                    self.at += 1;
                    self.brackets();
                    self.at = self.at.min(end);
                    while !self.text.is_char_boundary(self.at) {
                        self.at += 1;
                    }
                    open.push(from..self.at);
                    out.push_str(&self.text[from..self.at]);
                }
                '$' => self.filled(&mut out, &mut open),
                quote => {
                    self.at += quote.len_utf8();
                    match self.letter().filter(|c| is_double(*c)) {
                        Some(second) => {
                            out.push(second);
                            self.at += second.len_utf8();
                        }
                        None => return (out, open),
                    }
                }
            }
        }
    }

    pub(super) fn keep(&mut self, length: usize, out: &mut String) {
        out.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    /// `$([char]20013)`: how browsers write non-ASCII characters. The two halves of a surrogate pair follow each other.
    pub(super) fn code(&mut self, after: &str) -> Option<u32> {
        let digits = after.strip_prefix("([char]")?;
        let length = digits.bytes().take(8).position(|byte| byte == b')')?;
        let code = digits[..length].trim().parse().ok()?;
        self.at += "$([char]".len() + length + 1;
        Some(code)
    }

    /// `$name` within quotes.
    pub(super) fn filled(&mut self, out: &mut String, open: &mut Vec<Range<usize>>) {
        let from = self.at;
        self.at += 1;
        let name = self.name();
        if name.is_empty() {
            out.push('$');
            return;
        }
        match self.get(&name) {
            Some(node) if node.open.is_empty() && !matches!(node.kind, Kind::Computed(_)) => out.push_str(&node.text()),
            _ => {
                out.push_str(&self.text[from..self.at]);
                open.push(from..self.at);
            }
        }
    }

    /// What follows a backtick.
    pub(super) fn escape(&mut self, out: &mut String) {
        let Some(c) = self.letter() else { return };
        self.at += c.len_utf8();
        out.push(match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'e' => '\u{1b}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '\r' if self.take('\n') => return,
            '\n' => return,
            'u' if self.letter() == Some('{') => {
                let rest = self.rest();
                let end = rest.bytes().take(10).position(|byte| byte == b'}');
                let Some(end) = end else { return out.push('u') };
                self.at += end + 1;
                u32::from_str_radix(&rest[1..end], 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
            }
            c => c,
        });
    }

    /// Skips brackets and their contents; the position is at the opening one.
    pub(super) fn brackets(&mut self) {
        let mut depth = 0_usize;
        let mut silent = Notes::default();
        while let Some(c) = self.letter() {
            match c {
                '(' | '{' | '[' => depth += 1,
                ')' | '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                '`' => self.at += 1,
                c if is_single(c) => {
                    self.single(&mut silent);
                    continue;
                }
                c if is_double(c) => {
                    // Quotes within quotes within brackets: skipped without recursion, so that deep nesting costs
                    // nothing.
                    let rest = &self.rest()[c.len_utf8()..];
                    let end = rest
                        .find(is_double)
                        .map_or(rest.len(), |end| end + rest[end..].chars().next().map_or(0, char::len_utf8));
                    self.at += c.len_utf8() + end;
                    continue;
                }
                _ => {}
            }
            self.at += self.letter().map_or(0, char::len_utf8);
        }
    }
}

/// Pushes a character's code, or one half of a surrogate pair.
pub(super) fn push_unit(out: &mut String, half: &mut Option<u32>, code: u32) {
    match (half.take(), code) {
        (None, 0xd800..0xdc00) => {
            *half = Some(code);
            out.push('\u{fffd}');
        }
        (Some(high), 0xdc00..0xe000) => {
            out.pop();
            out.extend(char::from_u32(0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00)));
        }
        _ => out.push(char::from_u32(code).unwrap_or('\u{fffd}')),
    }
}
