//! What the arguments of a `curl` command request, as curl reads them.

use super::call::Body;
use super::option::{Class, Known, Named, Options};
use super::raw::{Login, Placed, RawCall};
use super::remark::{Notes, RemarkKind};
use super::word::{Input, Variables, Word};
use std::ops::Range;

mod data;
mod wish;

pub use data::encode;
use wish::Wish;

/// Maximum number of URLs of one command that become separate calls.
const MOST: usize = 16;

/// The calls of a command: one per URL, and more after `--next`.
pub fn calls(
    words: &[Word],
    at: Range<usize>,
    input: Option<&Input>,
    options: &Options,
    variables: &mut Variables,
    notes: &mut Notes,
) -> Vec<RawCall> {
    let mut reader = Reader { words, next: 1, input, options, variables, notes, wish: Wish::default() };
    let mut calls = Vec::new();
    loop {
        let is_more = reader.one();
        let wish = std::mem::take(&mut reader.wish);
        wish.finish(&at, &mut calls, reader.notes);
        if !is_more {
            return calls;
        }
    }
}

struct Reader<'a, 'b> {
    words: &'a [Word],
    next: usize,
    input: Option<&'a Input>,
    options: &'b Options,
    variables: &'b mut Variables,
    notes: &'b mut Notes,
    wish: Wish,
}

impl<'a> Reader<'a, '_> {
    /// Reads up to the end, or up to `--next`: returns true for the latter.
    fn one(&mut self) -> bool {
        let mut only_addresses = false;
        while let Some(word) = self.words.get(self.next) {
            self.next += 1;
            let text = word.text.as_str();
            if only_addresses || !text.starts_with('-') || text == "-" {
                self.address(word);
            } else if text == "--" {
                only_addresses = true;
            } else if let Some(name) = text.strip_prefix("--") {
                if self.long(word, name) {
                    return true;
                }
            } else if self.letters(word) {
                return true;
            }
        }
        false
    }

    fn address(&mut self, word: &Word) {
        if self.wish.urls.len() < MOST {
            word.note_open(self.notes);
            self.wish.urls.push(text_of(word, &word.text));
        } else {
            self.notes.once(RemarkKind::TooMany, word.at.clone());
        }
    }

    fn long(&mut self, word: &'a Word, name: &str) -> bool {
        let (name, joined) = match name.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (name, None),
        };
        // `--expand-X` fills in curl's own variables.
        let name = match name.strip_prefix("expand-") {
            Some(rest) if matches!(self.options.long(rest), Named::One(_)) => {
                self.notes.add(RemarkKind::Substitution, word.at.clone());
                rest
            }
            _ => name,
        };
        match self.options.long(name) {
            Named::One(known) if known.takes => {
                if let Some(value) = joined {
                    self.notes.add(RemarkKind::JoinedValue, word.at.clone());
                    self.with_value(known, word, word, value);
                } else if let Some(value) = self.value(word) {
                    self.with_value(known, word, value, &value.text);
                }
                false
            }
            Named::One(known) => self.flag(known, word),
            Named::Several(takes) => {
                self.notes.add(RemarkKind::AmbiguousOption, word.at.clone());
                self.next += usize::from(takes && joined.is_none());
                false
            }
            Named::No => {
                self.notes.add(RemarkKind::UnknownOption, word.at.clone());
                false
            }
        }
    }

    fn letters(&mut self, word: &'a Word) -> bool {
        let letters = &word.text[1..];
        let mut is_next = false;
        for (index, letter) in letters.char_indices() {
            let Some(known) = self.options.letter(letter) else {
                self.notes.add(RemarkKind::UnknownOption, word.at.clone());
                return is_next;
            };
            if !known.takes {
                is_next |= self.flag(known, word);
                continue;
            }
            let rest = &letters[index + letter.len_utf8()..];
            if !rest.is_empty() {
                self.with_value(known, word, word, rest);
            } else if let Some(value) = self.value(word) {
                self.with_value(known, word, value, &value.text);
            }
            return is_next;
        }
        is_next
    }

    /// The word after an option. A complete option name is not intended as a value.
    fn value(&mut self, option: &Word) -> Option<&'a Word> {
        let value = self.words.get(self.next).filter(|word| !self.options.is_exact(&word.text));
        if value.is_none() {
            self.notes.add(RemarkKind::MissingValue, option.at.clone());
        } else {
            self.next += 1;
        }
        value
    }

    fn flag(&mut self, known: Known, word: &Word) -> bool {
        match (known.class, known.name) {
            (Class::Request, "get") => self.wish.is_get = true,
            (Class::Request, "head") => self.wish.is_head = true,
            (Class::Next, _) => {
                self.notes.add(RemarkKind::Next, word.at.clone());
                return true;
            }
            (class, _) => self.note(class, word.at.clone()),
        }
        false
    }

    fn note(&mut self, class: Class, at: Range<usize>) {
        let kind = match class {
            Class::Request => return,
            Class::NoEffect => RemarkKind::NoEffect,
            Class::File => RemarkKind::FileRead,
            Class::Output => RemarkKind::Output,
            Class::Security => RemarkKind::Security,
            Class::Next => RemarkKind::Next,
        };
        self.notes.add(kind, at);
    }

    fn with_value(&mut self, known: Known, option: &Word, word: &Word, value: &str) {
        if !matches!(known.class, Class::Request) {
            return self.note(known.class, option.at.start..word.at.end.max(option.at.end));
        }
        // Shell substitutions in a login or a header are handled where keys are extracted.
        let is_proof = matches!(known.name, "header" | "user" | "oauth2-bearer");
        if !is_proof && !self.variables.has(value) {
            word.note_open(self.notes);
        }
        match known.name {
            "request" => {
                if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
                    self.notes.add(RemarkKind::OddMethod, word.at.clone());
                }
                self.wish.method = value.to_uppercase();
            }
            "header" => self.header(word, value),
            "user-agent" => self.named_header("User-Agent", word, value),
            "referer" => self.named_header("Referer", word, value),
            "range" => self.named_header("Range", word, &["bytes=", value].concat()),
            "cookie" if value.contains('=') => self.named_header("Cookie", word, value),
            "cookie" => self.notes.add(RemarkKind::FileRead, word.at.clone()),
            "url" => {
                let word = Word { text: value.to_owned(), ..word.clone() };
                self.address(&word);
            }
            "url-query" => self.query(word, value),
            "user" => self.wish.login = Some((Login::Basic, text_of(word, value))),
            "oauth2-bearer" => self.wish.login = Some((Login::Bearer, text_of(word, value))),
            "form" => {
                self.wish.form_at.get_or_insert(word.at.clone());
                self.form(word, value);
            }
            "form-string" => match value.split_once('=') {
                Some((name, value)) => self.wish.form.push((name.to_owned(), value.to_owned())),
                None => self.notes.add(RemarkKind::FormDetail, word.at.clone()),
            },
            "upload-file" => {
                let body = match self.file(word, value, Lines::Kept) {
                    Ok(text) => Body::Text(text),
                    Err(name) => Body::File(name),
                };
                self.wish.upload = Some((body, word.at.clone()));
            }
            _ => self.data(known.name, word, value),
        }
    }

    fn header(&mut self, word: &Word, value: &str) {
        if let Some(name) = value.strip_prefix('@') {
            match self.file(word, name, Lines::Kept) {
                Ok(text) => {
                    // In a file, nothing is left for the shell to fill in.
                    let mut word = word.clone();
                    word.open.push(word.at.end..word.at.end);
                    for line in text.lines().filter(|line| !line.is_empty()) {
                        self.header_line(&word, line);
                    }
                }
                Err(_) => word.note_open(self.notes),
            }
        } else {
            self.header_line(word, value);
        }
    }

    fn header_line(&mut self, word: &Word, line: &str) {
        let kind = match line.split_once(':') {
            Some((name, value)) if !value.trim().is_empty() => {
                let value = text_of(word, value.trim());
                return self.wish.headers.push((name.trim().to_owned(), value));
            }
            Some((name, _)) => {
                self.wish.headers.push((name.trim().to_owned(), text_of(word, "")));
                return;
            }
            // `Name;` is a header that is sent without a value.
            None => match line.trim_end().strip_suffix(';') {
                Some(name) => {
                    self.wish.headers.push((name.trim().to_owned(), text_of(word, ";")));
                    return;
                }
                None => RemarkKind::BadHeader,
            },
        };
        self.notes.add(kind, word.at.clone());
    }

    fn named_header(&mut self, name: &str, word: &Word, value: &str) {
        self.wish.headers.push((name.to_owned(), text_of(word, value)));
    }

    /// The contents of a file, if the text itself contains them. Otherwise its name.
    fn file(&mut self, word: &Word, name: &str, lines: Lines) -> Result<String, String> {
        let known = match self.input {
            Some(Input::Text(text)) if name == "-" => Some(text.clone()),
            Some(Input::File(file)) if name == "-" => {
                self.notes.add(RemarkKind::FileRead, file.at.clone());
                return Err(file.text.clone());
            }
            Some(Input::Command(command)) if name == "-" => {
                self.notes.add(RemarkKind::Substitution, command.at.clone());
                return Err(name.to_owned());
            }
            _ => self.variables.get(&["@", name].concat()),
        };
        match (known, lines) {
            (Some(text), Lines::Kept) => Ok(text),
            (Some(mut text), Lines::Dropped) => {
                text.retain(|c| !matches!(c, '\n' | '\r' | '\0'));
                Ok(text)
            }
            (None, _) => {
                self.notes.add(RemarkKind::FileRead, word.at.clone());
                Err(name.to_owned())
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Lines {
    Kept,
    Dropped,
}

fn text_of(word: &Word, text: &str) -> Placed {
    Placed { text: text.to_owned(), at: word.at.clone(), open: word.open.clone() }
}
