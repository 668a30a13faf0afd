//! Answers as the libraries print them: `VideoSynthesisResult(requestId=…, output=VideoSynthesisOutput(taskId=…))` of
//! Java, `GenerationResponse(status_code=<HTTPStatus.OK: 200>, output=…)` of Python.

use crate::http::Json;
use crate::http::lenient;
use std::ops::Range;

/// Deepest nesting, and the longest text that one may have.
const DEEPEST: usize = 8;
const LONGEST: usize = 64 * 1024;

/// The objects in a text that are printed so, each with its place.
pub fn find(text: &str) -> Vec<(Range<usize>, Json)> {
    let mut found = Vec::new();
    // Every failed attempt costs what it read; together they cost no more than a few readings of the text.
    let mut left = text.len() * 4 + 4096;
    let mut at = 0;
    while let Some(open) = text[at..].find('(').map(|index| at + index) {
        at = open + 1;
        let name = name_before(text, open);
        if name.is_empty() || !begins_pair(&text[open + 1..]) {
            continue;
        }
        let until = (open..=(open + LONGEST).min(text.len())).rev().find(|end| text.is_char_boundary(*end));
        let mut reader = Reader { text, at: open + 1, until: until.unwrap_or(open + 1) };
        if let Some(value) = reader.pairs(0) {
            at = reader.at;
            found.push((open - name.len()..reader.at, value));
        } else {
            left = left.saturating_sub(reader.at - open + 64);
        }
        if left == 0 {
            break;
        }
    }
    found
}

/// The name in front of a parenthesis, if it is a class's: it begins with a capital letter.
fn name_before(text: &str, open: usize) -> &str {
    let before = &text[..open];
    let length = before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let name = &before[open - length..];
    if name.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase()) { name } else { "" }
}

/// The length of a name that an equals sign follows.
fn pair_name(rest: &str) -> Option<usize> {
    let length = rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_pair = length > 0 && rest[length..].starts_with('=') && !rest[length..].starts_with("==");
    is_pair.then_some(length)
}

fn begins_pair(rest: &str) -> bool {
    pair_name(rest).is_some()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    until: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// `name=value, name=value)`
    fn pairs(&mut self, depth: usize) -> Option<Json> {
        let mut object = Vec::new();
        loop {
            self.blanks();
            if self.rest().starts_with(')') {
                self.at += 1;
                return Some(Json::Object(object));
            }
            let length = pair_name(self.rest())?;
            let name = &self.rest()[..length];
            self.at += length + 1;
            let value = self.value(depth)?;
            object.push((name.to_owned(), value));
            self.blanks();
            if self.rest().starts_with(',') {
                self.at += 1;
            } else if !self.rest().starts_with(')') {
                return None;
            }
            if self.at >= self.until {
                return None;
            }
        }
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        let rest = self.rest();
        match rest.bytes().next()? {
            quote @ (b'\'' | b'"') => self.quoted(quote),
            b'{' => {
                let read = lenient::prefix(rest);
                self.at += read.as_ref().map_or_else(|read| *read, |(_, length)| *length);
                Some(read.ok()?.0.value)
            }
            // `<HTTPStatus.OK: 200>`
            b'<' => {
                let end = rest.find('>')?;
                self.at += end + 1;
                let word = rest[1..end].rsplit(' ').next().unwrap_or_default();
                Some(Json::Text(word.to_owned()))
            }
            byte => {
                let length = rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
                let length = length.count();
                let is_nested = byte.is_ascii_uppercase()
                    && rest[length..]
                        .strip_prefix('(')
                        .is_some_and(|inner| begins_pair(inner) || inner.starts_with(')'));
                if is_nested && depth < DEEPEST {
                    self.at += length + 1;
                    return self.pairs(depth + 1);
                }
                Some(self.bare())
            }
        }
    }

    /// A text in quotes, with the escapes of Python.
    fn quoted(&mut self, quote: u8) -> Option<Json> {
        let rest = self.text.get(self.at..self.until).unwrap_or_default();
        let mut out = String::new();
        let mut letters = rest.char_indices().skip(1);
        while let Some((index, c)) = letters.next() {
            match c {
                '\\' => match letters.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    other => out.push(other),
                },
                c if c == char::from(quote) => {
                    self.at += index + 1;
                    return Some(Json::Text(out));
                }
                c => out.push(c),
            }
        }
        self.at = self.until.max(self.at);
        None
    }

    /// A text without quotes: up to the next pair, or to the parenthesis that closes the object.
    fn bare(&mut self) -> Json {
        let rest = &self.text[self.at..self.until.max(self.at)];
        let mut depth = 0_usize;
        let mut end = rest.len();
        for (index, c) in rest.char_indices() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' if depth > 0 => depth -= 1,
                ')' => {
                    end = index;
                    break;
                }
                ',' if depth == 0 && begins_pair(rest[index + 1..].trim_start()) => {
                    end = index;
                    break;
                }
                _ => {}
            }
        }
        let word = rest[..end].trim();
        self.at += end;
        match word {
            "null" | "None" => Json::Raw("null".to_owned()),
            word => Json::Text(word.to_owned()),
        }
    }
}
