//! Options that set a body or a query.

use super::wish::Data;
use super::{Lines, Reader};
use crate::import::remark::RemarkKind;
use crate::import::word::Word;
use crate::percent;

impl Reader<'_, '_> {
    pub(super) fn data(&mut self, option: &str, word: &Word, value: &str) {
        let lines = if matches!(option, "data" | "data-ascii") { Lines::Dropped } else { Lines::Kept };
        let part = match (option, value.strip_prefix('@')) {
            ("data-raw", _) | (_, None) if option != "data-urlencode" => Ok(value.to_owned()),
            ("data-urlencode", _) => self.encoded(word, value),
            (_, name) => self.file(word, name.unwrap_or_default(), lines),
        };
        let is_json = option == "json";
        self.wish.is_json |= is_json;
        let (text, file) = match part {
            Ok(text) => (text, None),
            Err(name) => (["@", &name].concat(), Some(name)),
        };
        match &mut self.wish.data {
            Some(data) => {
                if !is_json {
                    data.text.push('&');
                }
                data.text.push_str(&text);
                data.file = None;
                data.at.end = word.at.end.max(data.at.end);
            }
            None => self.wish.data = Some(Data { text, file, at: word.at.clone() }),
        }
    }

    /// `content`, `=content`, `name=content`, `@file`, `name@file`.
    fn encoded(&mut self, word: &Word, value: &str) -> Result<String, String> {
        let at = value.find(['=', '@']);
        let (name, sign, content) = match at {
            Some(at) => (&value[..at], value.as_bytes()[at], &value[at + 1..]),
            None => ("", b'=', value),
        };
        let text = if sign == b'@' { self.file(word, content, Lines::Kept)? } else { content.to_owned() };
        let mut out = String::new();
        if !name.is_empty() {
            out.push_str(name);
            out.push('=');
        }
        encode(&mut out, &text);
        Ok(out)
    }

    pub(super) fn query(&mut self, word: &Word, value: &str) {
        let part = match value.strip_prefix('+') {
            Some(plain) => Ok(plain.to_owned()),
            None => self.encoded(word, value),
        };
        self.wish.query.push(part.unwrap_or_else(|name| ["@", &name].concat()));
    }

    pub(super) fn form(&mut self, word: &Word, value: &str) {
        let Some((name, content)) = value.split_once('=') else {
            return self.notes.add(RemarkKind::FormDetail, word.at.clone());
        };
        let (content, rest) = match content.strip_prefix(['@', '<']) {
            Some(file) => {
                self.notes.add(RemarkKind::FileRead, word.at.clone());
                let (file, rest) = form_word(file);
                ([&content[..1], &file].concat(), rest)
            }
            None => form_word(content),
        };
        if !rest.is_empty() {
            self.notes.add(RemarkKind::FormDetail, word.at.clone());
        }
        self.wish.form.push((name.to_owned(), content));
    }
}

/// A form field's value, possibly in quotes, and what follows it.
fn form_word(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut out = String::new();
    let mut letters = quoted.char_indices();
    while let Some((index, c)) = letters.next() {
        match c {
            '"' => return (out, &quoted[index + 1..]),
            '\\' => match letters.next() {
                Some((_, c @ ('"' | '\\'))) => out.push(c),
                Some((_, c)) => out.extend(['\\', c]),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    // Never closed: curl takes it verbatim.
    (text.to_owned(), "")
}

/// Encodes everything but letters, digits and four symbols as `%` and its bytes, and a space as `+`.
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else if byte == b' ' {
            out.push('+');
        } else {
            percent::escape(out, byte);
        }
    }
}
