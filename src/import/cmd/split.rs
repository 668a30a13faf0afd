//! The second reader: the C runtime, which splits a command line into words.

use crate::import::remark::{Notes, RemarkKind};
use crate::import::word::{Variables, Word, is_mark, is_smart_double, is_wide_space, plain_dash};
use std::ops::Range;

/// The C runtime: builds words as characters arrive from the prompt.
#[derive(Default)]
pub struct Split {
    /// The words so far.
    pub words: Vec<Word>,
    word: Option<Word>,
    /// Inside quotes, and which kind.
    open: Option<char>,
    /// The quote that was opened last.
    pub quote: Range<usize>,
    /// A quote inside quotes has just closed them, or is the first of two.
    has_closed: bool,
    backslashes: usize,
    careted: usize,
    backslashes_at: Range<usize>,
}

impl Split {
    /// Whether the program sees itself inside quotes.
    pub fn is_quoted(&self) -> bool {
        self.open.is_some() && !self.has_closed
    }

    /// Whether the word is an address with a query so far.
    pub fn is_address(&self) -> bool {
        let word = self.word.as_ref().map(|word| word.text.as_str()).unwrap_or_default();
        word.starts_with("http") && word.bytes().take(2048).any(|byte| byte == b'?')
    }

    fn word(&mut self, at: &Range<usize>) -> &mut Word {
        let word = self.word.get_or_insert_with(|| Word::from(at.start));
        word.at.end = at.end;
        word
    }

    /// Takes a character that the prompt passes on.
    pub fn letter(&mut self, c: char, is_careted: bool, at: Range<usize>, notes: &mut Notes) {
        if c == '\\' {
            if self.backslashes == 0 {
                self.backslashes_at = at.clone();
            }
            self.settle();
            self.backslashes += 1;
            self.careted += usize::from(is_careted);
            self.word(&at);
            return;
        }
        let is_start = self.word.is_none();
        if c == '"' && self.open != Some('\'') {
            let (half, is_letter) = (self.backslashes / 2, self.backslashes % 2 == 1);
            self.backslashes = 0;
            self.careted = 0;
            self.word(&at).text.extend(std::iter::repeat_n('\\', half));
            if is_letter {
                self.settle();
                self.word(&at).text.push('"');
            } else if self.has_closed {
                // The second of two inside quotes: a literal quote, and the quotes continue.
                self.has_closed = false;
                self.word(&at).text.push('"');
            } else if self.open.is_some() {
                self.has_closed = true;
            } else {
                self.open = Some('"');
                self.quote = at;
            }
            return;
        }
        self.flush(notes);
        self.settle();
        match (self.open, c) {
            (Some('\''), '\'') => self.open = None,
            (Some('”'), c) if is_smart_double(c) => self.open = None,
            (None, ' ' | '\t' | '\n') => self.end(),
            (None, '\'') if is_start => {
                notes.once(RemarkKind::SingleQuotes, at.clone());
                self.open = Some('\'');
                self.quote = at.clone();
                self.word(&at);
            }
            (None, c) if is_wide_space(c) => {
                notes.once(RemarkKind::WideSpaces, at);
                self.end();
            }
            (None, c) if is_mark(c) => {}
            (None, c) if is_smart_double(c) && is_start => {
                notes.once(RemarkKind::SmartQuotes, at.clone());
                self.open = Some('”');
                self.quote = at.clone();
                self.word(&at);
            }
            (None, c) if is_start && !c.is_ascii() => {
                let mut two = String::from(c);
                two.push('a');
                let dash = plain_dash(&two).map(|_| "-");
                if dash.is_some() {
                    notes.once(RemarkKind::SmartDashes, at.clone());
                }
                match dash {
                    Some(dash) => self.word(&at).text.push_str(dash),
                    None => self.word(&at).text.push(c),
                }
            }
            _ => self.word(&at).text.push(c),
        }
    }

    /// Takes a variable: its value, if the text sets it.
    pub fn variable(&mut self, text: &str, at: Range<usize>, variables: &mut Variables) {
        self.settle();
        let backslashes = std::mem::take(&mut self.backslashes);
        self.careted = 0;
        let name = text[at.start + 1..at.end - 1].to_ascii_uppercase();
        let value = variables.get(&name);
        let word = self.word(&at);
        word.text.extend(std::iter::repeat_n('\\', backslashes));
        if let Some(value) = value {
            word.text.push_str(&value);
        } else {
            word.text.push_str(&text[at.clone()]);
            word.open.push(at);
        }
    }

    /// A quote that was not the first of two has closed its quotes.
    fn settle(&mut self) {
        if self.has_closed {
            self.has_closed = false;
            self.open = None;
        }
    }

    /// Backslashes not followed by a quote are literal. A browser has doubled each of them.
    fn flush(&mut self, notes: &mut Notes) {
        let (count, careted) = (std::mem::take(&mut self.backslashes), std::mem::take(&mut self.careted));
        if count == 0 {
            return;
        }
        let is_doubled = careted == count && count % 2 == 0;
        let at = self.backslashes_at.clone();
        if is_doubled {
            notes.once(RemarkKind::DoubledBackslashes, at.clone());
        }
        let count = if is_doubled { count / 2 } else { count };
        let word = self.word.get_or_insert_with(|| Word::from(at.start));
        word.text.extend(std::iter::repeat_n('\\', count));
    }

    /// A number right before `>` selects the output stream.
    pub fn redirected(&mut self) {
        if self.word.as_ref().is_some_and(|word| matches!(word.text.as_str(), "1" | "2")) {
            self.word = None;
        }
        self.end();
    }

    /// Ends the word.
    pub fn end(&mut self) {
        let mut silent = Notes::default();
        self.flush(&mut silent);
        self.open = None;
        self.has_closed = false;
        self.words.extend(self.word.take());
    }
}
