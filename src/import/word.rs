//! What the shell readers produce: commands as words, each with its span.

use super::remark::{Notes, RemarkKind};
use std::ops::Range;

/// A word of a command, with quotes removed.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Its text. What a shell would fill in is kept as written.
    pub text: String,
    /// Its span.
    pub at: Range<usize>,
    /// Spans where a shell would fill something in.
    pub open: Vec<Range<usize>>,
}

/// A command.
#[derive(Debug, Default)]
pub struct Command {
    /// Its words, the program first.
    pub words: Vec<Word>,
    /// Its span.
    pub at: Range<usize>,
    /// Its standard input.
    pub input: Option<Input>,
    /// The file its output is redirected to, and the span of that redirection.
    pub output: Option<(String, Range<usize>)>,
    /// Its output is piped into the next command.
    pub is_piped: bool,
}

/// The standard input of a command.
#[derive(Debug, Clone)]
pub enum Input {
    /// This text.
    Text(String),
    /// A file.
    File(Word),
    /// What another command prints, which is known only once it runs: the command, as written.
    Command(Word),
}

/// Maximum number of variables of a text that are remembered.
const MOST: usize = 64;

/// Variables that a text itself sets to plain values.
#[derive(Debug)]
pub struct Variables {
    known: Vec<(String, String)>,
    /// How many bytes may still be filled in: a text must not grow without limit.
    left: usize,
}

impl Variables {
    /// Empty, for a text of this length.
    pub fn new(length: usize) -> Self {
        Self { known: Vec::new(), left: length + 4096 }
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(known) = self.known.iter_mut().find(|(known, _)| known == name) {
            value.clone_into(&mut known.1);
        } else if self.known.len() < MOST && name.len() < 128 {
            self.known.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a variable, if the text has set it.
    pub fn get(&mut self, name: &str) -> Option<String> {
        let value = self.known.iter().find(|(known, _)| known == name).map(|(_, value)| value)?;
        self.left = self.left.checked_sub(value.len())?;
        Some(value.clone())
    }

    /// Whether a variable is set.
    pub fn has(&self, name: &str) -> bool {
        self.known.iter().any(|(known, _)| known == name)
    }

    /// Whether this many more bytes may be filled in.
    pub fn pay(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

impl Word {
    /// A word that starts here.
    pub fn from(start: usize) -> Self {
        Self { at: start..start, ..Self::default() }
    }

    /// Adds a remark for each substitution, which stays as written.
    pub fn note_open(&self, notes: &mut Notes) {
        for at in &self.open {
            notes.add(RemarkKind::Substitution, at.clone());
        }
    }
}

/// A valid variable name.
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Spaces that no shell treats as one, but people do.
pub const fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Zero-width characters, including bidirectional controls. Joiners are excluded: they are part of the characters they
/// join, as in emoji.
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

/// What a word that starts with a long dash was intended to start with.
pub fn plain_dash(rest: &str) -> Option<(&'static str, usize)> {
    let dash = rest.chars().next().filter(|c| matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}'))?;
    let after = &rest[dash.len_utf8()..];
    let mut letters = after.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_ascii_lowercase() && second.is_ascii_lowercase() => {
            Some(("--", dash.len_utf8()))
        }
        (Some(first), _) if first.is_ascii_alphabetic() => Some(("-", dash.len_utf8())),
        // Two long dashes, which one program makes of two hyphens.
        (Some(second), _) if second == dash => Some(("--", dash.len_utf8() * 2)),
        _ => None,
    }
}
