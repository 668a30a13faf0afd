//! What the readers of the shells hand over: commands as words, each with its place.

use super::remark::{Notes, RemarkKind};
use std::ops::Range;

/// A word of a command, its quotes undone.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Its text. What a shell would fill in stands in it as it is written.
    pub text: String,
    /// Where it stands.
    pub at: Range<usize>,
    /// Where a shell would fill something in.
    pub open: Vec<Range<usize>>,
}

/// A command.
#[derive(Debug, Default)]
pub struct Command {
    /// Its words, the program first.
    pub words: Vec<Word>,
    /// Where it stands.
    pub at: Range<usize>,
    /// What it is given to read.
    pub input: Option<Input>,
    /// The file its output is sent to, and where that is said.
    pub output: Option<(String, Range<usize>)>,
    /// Its output is the next command's input.
    pub is_piped: bool,
}

/// What a command is given to read.
#[derive(Debug, Clone)]
pub enum Input {
    /// This text.
    Text(String),
    /// A file.
    File(Word),
}

/// The most variables of a text that are known by name.
const MOST: usize = 64;

/// Variables that a text sets itself, to plain values.
#[derive(Debug)]
pub struct Variables {
    known: Vec<(String, String)>,
    /// How many bytes may yet be filled in: a text must not grow beyond measure.
    left: usize,
}

impl Variables {
    /// None yet, for a text of this length.
    pub fn new(length: usize) -> Self {
        Self { known: Vec::new(), left: length + 4096 }
    }

    /// Sets one.
    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(known) = self.known.iter_mut().find(|(known, _)| known == name) {
            value.clone_into(&mut known.1);
        } else if self.known.len() < MOST && name.len() < 128 {
            self.known.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of one, if the text has set it.
    pub fn get(&mut self, name: &str) -> Option<String> {
        let value = self.known.iter().find(|(known, _)| known == name).map(|(_, value)| value)?;
        self.left = self.left.checked_sub(value.len())?;
        Some(value.clone())
    }

    /// Whether one is set.
    pub fn has(&self, name: &str) -> bool {
        self.known.iter().any(|(known, _)| known == name)
    }

    /// Whether so many bytes more may be filled in.
    pub fn pay(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

impl Word {
    /// A word that begins here.
    pub fn from(start: usize) -> Self {
        Self { at: start..start, ..Self::default() }
    }

    /// Says of each thing that a shell would fill in that it stays.
    pub fn note_open(&self, notes: &mut Notes) {
        for at in &self.open {
            notes.add(RemarkKind::Substitution, at.clone());
        }
    }
}

/// A name that may stand for a variable.
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Spaces that no shell takes for one, but people do.
pub const fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Letters without width, among them those that turn the direction of a text. Those that join letters, as in emoji, are
/// part of them.
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Typographic single quotes.
pub const fn is_smart_single(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201b}' | '\u{ff07}')
}

/// Typographic double quotes.
pub const fn is_smart_double(c: char) -> bool {
    matches!(c, '\u{201c}'..='\u{201f}' | '\u{ff02}')
}

/// How a word that begins with a long dash was meant to begin.
pub fn plain_dash(rest: &str) -> Option<(&'static str, usize)> {
    let dash = rest.chars().next().filter(|c| matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}'))?;
    let after = &rest[dash.len_utf8()..];
    let mut letters = after.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_ascii_lowercase() && second.is_ascii_lowercase() => {
            Some(("--", dash.len_utf8()))
        }
        (Some(first), _) if first.is_ascii_alphabetic() => Some(("-", dash.len_utf8())),
        // Two long dashes, as one program makes of two hyphens.
        (Some(second), _) if second == dash => Some(("--", dash.len_utf8() * 2)),
        _ => None,
    }
}
