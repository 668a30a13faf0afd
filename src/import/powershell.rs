//! Commands of PowerShell: `curl.exe`, and PowerShell's own commands for the web, with the preceding lines that set
//! what they use. Nothing is executed: plain values are read, everything else is kept as written.

use super::literal::{Kind, Node};
use super::remark::{Notes, RemarkKind};
use super::word::{Variables, Word, is_mark, is_name};
use std::ops::Range;

mod quotes;
mod signs;
mod value;
mod variables;

use signs::{is_double, is_single};

/// An argument: as a word, and as a value if it is one.
#[derive(Debug)]
pub struct Argument {
    /// As a word.
    pub word: Word,
    /// As a value: `@{…}`, `$headers`, `(…)`.
    pub value: Option<Node>,
    /// It started without quotes, so that `-Name` in it names a parameter.
    pub is_bare: bool,
}

/// A statement that is a command.
#[derive(Debug)]
pub struct Statement {
    /// Its words.
    pub arguments: Vec<Argument>,
    /// Its span in the text.
    pub at: Range<usize>,
    /// The file its output goes to.
    pub output: Option<Range<usize>>,
}

/// A reader for one text.
pub struct PowerShell<'a, 'b> {
    text: &'a str,
    at: usize,
    variables: &'b mut Variables,
    named: Vec<(String, Node)>,
    depth: usize,
}

/// Maximum number of variables that are remembered.
const MOST: usize = 64;

impl<'a, 'b> PowerShell<'a, 'b> {
    /// Reads a text.
    pub fn new(text: &'a str, variables: &'b mut Variables) -> Self {
        Self { text, at: 0, variables, named: Vec::new(), depth: 0 }
    }

    /// Keeps track of files that the text itself writes.
    pub fn variables(&mut self) -> &mut Variables {
        self.variables
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn letter(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, sign: char) -> bool {
        let is_next = self.letter() == Some(sign);
        self.at += if is_next { sign.len_utf8() } else { 0 };
        is_next
    }

    /// The next command.
    pub fn next(&mut self, notes: &mut Notes) -> Option<Statement> {
        loop {
            self.blanks(notes, true);
            let c = self.letter()?;
            match c {
                ';' | '{' | '}' | '(' | ')' | '&' | '|' => self.at += 1,
                '$' if self.assignment(notes) => {}
                '[' => self.static_call(notes),
                _ if is_single(c) || is_double(c) || c == '@' || c == '$' => {
                    // A bare value does nothing; `"curl.exe" …` after `&` is rare enough.
                    let before = self.at;
                    let value = self.value(notes);
                    let is_setting = matches!(value.kind, Kind::Computed(_));
                    if is_setting && value.text().contains("Cookies.Add") {
                        notes.once(RemarkKind::Cookies, value.at);
                    }
                    if self.at == before {
                        self.at += c.len_utf8();
                    }
                }
                _ => {
                    if let Some(statement) = self.command(notes) {
                        return Some(statement);
                    }
                }
            }
        }
    }

    /// Skips whitespace and comments, with or without line breaks.
    fn blanks(&mut self, notes: &mut Notes, with_breaks: bool) {
        loop {
            let rest = self.rest();
            match self.letter() {
                Some('\n') if !with_breaks => return,
                Some(c) if c.is_whitespace() || is_mark(c) => self.at += c.len_utf8(),
                Some('`') => {
                    let bare = rest[1..].trim_start_matches([' ', '\t', '\r']);
                    let blank = rest.len() - 1 - bare.len();
                    if !bare.is_empty() && !bare.starts_with('\n') {
                        return;
                    }
                    if rest[1..=blank].contains([' ', '\t']) {
                        notes.add(RemarkKind::BlankAfterContinuation, self.at + 1..self.at + 1 + blank);
                    }
                    self.at += 1 + blank + usize::from(bare.starts_with('\n'));
                    // Blank lines in between.
                    let apart = self.rest().trim_start();
                    if apart.starts_with('-') {
                        self.at = self.text.len() - apart.len();
                    }
                }
                Some('#') => self.at += rest.find('\n').unwrap_or(rest.len()),
                Some('<') if rest.starts_with("<#") => self.at += rest.find("#>").map_or(rest.len(), |end| end + 2),
                _ => return,
            }
        }
    }

    fn name(&mut self) -> String {
        let rest = self.rest();
        if let Some(inner) = rest.strip_prefix('{') {
            let end = near(inner, &['}', '\n']).filter(|end| inner.as_bytes()[*end] == b'}');
            if let Some(end) = end {
                self.at += end + 2;
                return inner[..end].to_owned();
            }
        }
        let bytes = rest.as_bytes();
        let is_part = |index: usize, byte: u8| {
            byte.is_ascii_alphanumeric()
                || byte == b'_'
                // `$env:NAME`, but not `"$name: …"`.
                || (byte == b':' && bytes.get(index + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'_'))
        };
        let length = bytes.iter().enumerate().position(|(index, byte)| !is_part(index, *byte)).unwrap_or(bytes.len());
        self.at += length;
        rest[..length].to_owned()
    }

    /// A command up to its end. `None` for language keywords.
    fn command(&mut self, notes: &mut Notes) -> Option<Statement> {
        let start = self.at;
        let mut arguments: Vec<Argument> = Vec::new();
        let mut output = None;
        loop {
            self.blanks(notes, false);
            let Some(c) = self.letter() else { break };
            match c {
                '\n' | ';' | ')' | '}' => {
                    self.at += 1;
                    break;
                }
                '|' => {
                    self.at += 1;
                    self.take('|');
                    break;
                }
                '&' => {
                    self.at += 1;
                    self.take('&');
                    break;
                }
                '>' => {
                    let from = self.at;
                    self.at += self.rest().len() - self.rest().trim_start_matches('>').len();
                    self.blanks(notes, false);
                    let target = self.argument(notes);
                    output = Some(from..target.word.at.end);
                }
                _ if self.rest().starts_with("--%") => {
                    // From here on everything is passed verbatim.
                    self.at += 3;
                    let rest = self.rest();
                    let end = rest.find(['\n', '|']).unwrap_or(rest.len());
                    let from = self.at;
                    self.at += end;
                    for (at, text) in verbatim(&self.text[from..self.at]) {
                        let at = from + at.start..from + at.end;
                        arguments.push(Argument {
                            word: Word { text, at, open: Vec::new() },
                            value: None,
                            is_bare: true,
                        });
                    }
                }
                _ => {
                    let before = self.at;
                    let argument = self.argument(notes);
                    if self.at == before {
                        self.at += c.len_utf8();
                        continue;
                    }
                    let is_language = arguments.is_empty()
                        && matches!(
                            &*argument.word.text.to_ascii_lowercase(),
                            "try"
                                | "catch"
                                | "finally"
                                | "do"
                                | "else"
                                | "if"
                                | "while"
                                | "until"
                                | "foreach"
                                | "for"
                                | "return"
                        );
                    if is_language {
                        self.blanks(notes, false);
                        let has_condition = argument.word.text.len() > 1 && self.letter() == Some('(');
                        if has_condition
                            && !matches!(&*argument.word.text.to_ascii_lowercase(), "try" | "do" | "return")
                        {
                            self.brackets();
                        }
                        return None;
                    }
                    arguments.push(argument);
                }
            }
        }
        let end = arguments.last()?.word.at.end;
        Some(Statement { arguments, at: start..end, output })
    }

    fn argument(&mut self, notes: &mut Notes) -> Argument {
        let from = self.at;
        let first = self.letter();
        let is_bare = first.is_some_and(|c| !is_single(c) && !is_double(c));
        // Standalone values.
        let is_value = match first {
            Some('(' | '$') => true,
            Some('@') => self.rest()[1..].starts_with(|c: char| "{('\"".contains(c) || is_single(c) || is_double(c)),
            _ => false,
        };
        if is_value {
            let value = self.part(notes);
            let is_end = self.letter().is_none_or(|c| c.is_whitespace() || ";|)}&".contains(c));
            if is_end {
                let word = Word { text: value.text(), at: from..self.at, open: value.open.clone() };
                return Argument { word, value: Some(value), is_bare: false };
            }
            let mut word = Word { text: value.text(), at: from..self.at, open: value.open };
            self.glued(&mut word, notes);
            return Argument { word, value: None, is_bare: false };
        }
        let mut word = Word::from(from);
        self.glued(&mut word, notes);
        Argument { word, value: None, is_bare }
    }

    /// The rest of a word.
    fn glued(&mut self, word: &mut Word, notes: &mut Notes) {
        while let Some(c) = self.letter() {
            match c {
                c if c.is_whitespace() => break,
                ';' | '|' | '&' | ')' | '}' | '>' | '(' | '{' => break,
                '`' => {
                    let rest = self.rest()[1..].trim_start_matches([' ', '\t', '\r']);
                    if rest.is_empty() || rest.starts_with('\n') {
                        break;
                    }
                    self.at += 1;
                    self.escape(&mut word.text);
                }
                '$' => self.filled(&mut word.text, &mut word.open),
                c if is_single(c) => {
                    let text = self.single(notes);
                    word.text.push_str(&text);
                }
                c if is_double(c) => {
                    let (text, open) = self.double(None, notes);
                    word.text.push_str(&text);
                    word.open.extend(open);
                }
                c => {
                    word.text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        word.at.end = self.at;
    }
}

/// Words as a Windows program splits them, for what is passed verbatim.
fn verbatim(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    let mut word: Option<(Range<usize>, String)> = None;
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (index, c) in text.char_indices() {
        if c.is_whitespace() && !is_quoted {
            words.extend(word.take());
            continue;
        }
        let (at, out) = word.get_or_insert_with(|| (index..index, String::new()));
        at.end = index + c.len_utf8();
        match c {
            '"' if is_escaped => {
                out.pop();
                out.push('"');
            }
            '"' => is_quoted = !is_quoted,
            c => out.push(c),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    words.extend(word);
    words
}

/// `{\"a\": 1}`: Windows PowerShell passes quotes on only in this form. A text in which every quote is preceded by a
/// backslash was written for that.
pub fn as_handed_over(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut backslashes = 0;
    let mut has_quote = false;
    for c in text.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                if backslashes % 2 == 0 {
                    return None;
                }
                has_quote = true;
                out.extend(std::iter::repeat_n('\\', backslashes / 2));
                out.push('"');
                backslashes = 0;
            }
            c => {
                out.extend(std::iter::repeat_n('\\', backslashes));
                backslashes = 0;
                out.push(c);
            }
        }
    }
    out.extend(std::iter::repeat_n('\\', backslashes));
    has_quote.then_some(out)
}

/// Position of the first of these characters, if it is near: a text may have as many candidates as it has characters.
fn near(text: &str, signs: &[char]) -> Option<usize> {
    text.char_indices().take(256).find(|(_, c)| signs.contains(c)).map(|(at, _)| at)
}

/// Whether a word names a parameter: `-Uri`, `-Headers:`.
pub fn parameter(argument: &Argument) -> Option<(String, Option<&str>)> {
    let name = argument.word.text.strip_prefix('-').filter(|_| argument.is_bare)?;
    let (name, joined) = name.split_once(':').map_or((name, None), |(name, value)| (name, Some(value)));
    is_name(name).then(|| (name.to_ascii_lowercase(), joined))
}
