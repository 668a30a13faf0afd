//! Commands of the Windows command prompt. Two readers run one after the other: the prompt with its carets and
//! variables, and the C runtime with its backslashes before quotes. Also handles what browsers copy for it, in both
//! variants.

use super::remark::{Notes, RemarkKind};
use super::word::{Command, Input, Variables, Word, is_mark, is_name, is_smart_double, is_wide_space, plain_dash};
use std::ops::Range;

/// A reader for one text.
pub struct Cmd<'a> {
    text: &'a str,
    at: usize,
    /// A browser wrote it: carets also count inside quotes.
    is_browser: bool,
    /// It is a batch file: two percent signs stand for one.
    is_batch: bool,
    /// The prompt considers itself inside quotes.
    is_quoted: bool,
}

/// What the prompt passes on.
enum Sign {
    /// A character, and whether a caret preceded it.
    Letter(char, bool),
    /// A variable.
    Variable(Range<usize>),
    /// `&`, `|`, `<`, `>`.
    Operator(u8),
    /// The end of a line.
    Break,
    /// The end of the text.
    End,
}

impl<'a> Cmd<'a> {
    /// Reads a text.
    pub fn new(text: &'a str) -> Self {
        let is_browser = ["^\\^\"", "%^", "^&", "^{^"].iter().any(|mark| text.contains(mark)) && text.contains('"');
        let is_batch = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("@echo"))
            || text.contains("\nsetlocal")
            || has_doubled_percent(text);
        Self { text, at: 0, is_browser, is_batch, is_quoted: false }
    }

    /// The next command. A command that only sets a variable is applied and not returned.
    pub fn next(&mut self, variables: &mut Variables, notes: &mut Notes) -> Option<Command> {
        while self.at < self.text.len() {
            let command = self.command(variables, notes);
            let first = command.words.first().map(|word| word.text.to_ascii_lowercase());
            match first.as_deref() {
                None => {}
                Some("set") => set(&command, variables),
                // What is written to a file may be the body that a later command reads.
                Some("echo") if command.output.is_some() => return Some(command),
                Some("rem" | "@echo" | "echo" | "setlocal" | "chcp") if !command.is_piped => {}
                Some(word) if word.starts_with("::") || word.starts_with("@rem") => {}
                Some(_) => return Some(command),
            }
        }
        None
    }

    fn sign(&mut self, in_argument: bool, notes: &mut Notes) -> Sign {
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else { return Sign::End };
            self.at += c.len_utf8();
            let rest = &rest[c.len_utf8()..];
            match c {
                '\r' => {}
                '\n' => return Sign::Break,
                '^' if !self.is_quoted || self.is_browser => {
                    if let Some(sign) = self.caret(rest, in_argument, notes) {
                        return sign;
                    }
                }
                '%' => return self.percent(rest),
                '"' => {
                    self.is_quoted = !self.is_quoted;
                    return Sign::Letter('"', false);
                }
                '&' | '|' | '<' | '>' if !self.is_quoted => return Sign::Operator(c as u8),
                _ => return Sign::Letter(c, false),
            }
        }
    }

    fn caret(&mut self, rest: &str, in_argument: bool, notes: &mut Notes) -> Option<Sign> {
        let bare = rest.trim_start_matches([' ', '\t', '\r']);
        let blank = rest.len() - bare.len();
        let Some(next) = bare.strip_prefix('\n') else {
            let c = rest.chars().next()?;
            self.at += c.len_utf8();
            return Some(Sign::Letter(c, true));
        };
        if rest[..blank].contains([' ', '\t']) {
            notes.add(RemarkKind::BlankAfterContinuation, self.at..self.at + blank);
        }
        self.at += blank + 1;
        // A second line break is literal: the first one escapes it. But if the line after it starts with an option, the
        // lines were only copied with blank lines between them.
        if let Some(after) = next.strip_prefix("\r\n").or_else(|| next.strip_prefix('\n')) {
            let bare = after.trim_start_matches([' ', '\t', '\r', '\n']);
            if !in_argument && bare.starts_with('-') {
                notes.add(RemarkKind::BlankAfterContinuation, self.at..self.text.len() - bare.len());
                self.at = self.text.len() - bare.len();
                return Some(Sign::Letter(' ', true));
            }
            self.at = self.text.len() - after.len();
            return Some(Sign::Letter('\n', true));
        }
        // The line break would join the two words, which cannot be intended if the next line starts with an option.
        next.starts_with('-').then_some(Sign::Letter(' ', true))
    }

    fn percent(&mut self, rest: &str) -> Sign {
        if self.is_batch && rest.starts_with('%') {
            self.at += 1;
            return Sign::Letter('%', false);
        }
        let end = rest.bytes().take(64).position(|byte| byte == b'%');
        let name = end.map(|end| &rest[..end]).filter(|name| is_name(name) && !is_hex_pair(name));
        match name {
            Some(name) => {
                let at = self.at - 1..self.at + name.len() + 1;
                self.at = at.end;
                Sign::Variable(at)
            }
            None => Sign::Letter('%', false),
        }
    }

    fn command(&mut self, variables: &mut Variables, notes: &mut Notes) -> Command {
        let mut command = Command { at: self.at..self.at, ..Command::default() };
        let mut split = Split::default();
        self.is_quoted = false;
        loop {
            let start = self.at;
            let sign = self.sign(split.is_quoted(), notes);
            let at = start..self.at;
            let sign = match sign {
                // The prompt sees the end of the quotes here, but the program does not: read as intended.
                Sign::Operator(byte) if split.is_quoted() => {
                    notes.once(RemarkKind::CutAddress, at.clone());
                    Sign::Letter(char::from(byte), false)
                }
                Sign::Operator(b'&')
                    if split.is_address() && self.text[self.at..].starts_with(|c: char| c.is_ascii_alphanumeric()) =>
                {
                    notes.once(RemarkKind::CutAddress, at.clone());
                    Sign::Letter('&', false)
                }
                Sign::Break if split.is_quoted() => {
                    notes.once(RemarkKind::UnbalancedQuote, split.quote.clone());
                    Sign::Letter('\n', false)
                }
                sign => sign,
            };
            match sign {
                Sign::Letter(c, is_careted) => split.letter(c, is_careted, at, notes),
                Sign::Variable(at) => split.variable(self.text, at, variables),
                Sign::Operator(b'<' | b'>') => {
                    // `2>nul`, `>out.json`, `<body.json`.
                    split.redirected();
                    let name_at = self.target();
                    let name = self.text[name_at.clone()].trim_matches('"').to_owned();
                    if self.text.as_bytes()[start] == b'<' {
                        let word = Word { text: name, at: name_at, open: Vec::new() };
                        command.input = Some(Input::File(word));
                    } else if !name.eq_ignore_ascii_case("nul") {
                        command.output = Some((name, start..name_at.end));
                    }
                }
                Sign::Operator(byte) => {
                    let is_double = self.text.as_bytes().get(self.at) == Some(&byte);
                    if is_double {
                        self.at += 1;
                    }
                    command.is_piped = byte == b'|' && !is_double;
                    break;
                }
                Sign::Break | Sign::End => break,
            }
        }
        if split.is_quoted() {
            notes.add(RemarkKind::UnbalancedQuote, split.quote.clone());
        }
        split.end();
        command.words = split.words;
        if let (Some(first), Some(last)) = (command.words.first(), command.words.last()) {
            command.at = first.at.start..last.at.end;
        }
        command
    }

    fn target(&mut self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let bare = rest.trim_start_matches(['>', '&', ' ', '\t']);
        let start = self.at + rest.len() - bare.len();
        let end = bare.find([' ', '\t', '\r', '\n', '&', '|', '<', '>']).unwrap_or(bare.len());
        self.at = start + end;
        start..self.at
    }
}

/// The C runtime: builds words as characters arrive from the prompt.
#[derive(Default)]
struct Split {
    words: Vec<Word>,
    word: Option<Word>,
    /// Inside quotes, and which kind.
    open: Option<char>,
    quote: Range<usize>,
    /// A quote inside quotes has just closed them, or is the first of two.
    has_closed: bool,
    backslashes: usize,
    careted: usize,
    backslashes_at: Range<usize>,
}

impl Split {
    fn is_quoted(&self) -> bool {
        self.open.is_some() && !self.has_closed
    }

    fn is_address(&self) -> bool {
        let word = self.word.as_ref().map(|word| word.text.as_str()).unwrap_or_default();
        word.starts_with("http") && word.bytes().take(2048).any(|byte| byte == b'?')
    }

    fn word(&mut self, at: &Range<usize>) -> &mut Word {
        let word = self.word.get_or_insert_with(|| Word::from(at.start));
        word.at.end = at.end;
        word
    }

    fn letter(&mut self, c: char, is_careted: bool, at: Range<usize>, notes: &mut Notes) {
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

    fn variable(&mut self, text: &str, at: Range<usize>, variables: &mut Variables) {
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
    fn redirected(&mut self) {
        if self.word.as_ref().is_some_and(|word| matches!(word.text.as_str(), "1" | "2")) {
            self.word = None;
        }
        self.end();
    }

    fn end(&mut self) {
        let mut silent = Notes::default();
        self.flush(&mut silent);
        self.open = None;
        self.has_closed = false;
        self.words.extend(self.word.take());
    }
}

fn is_hex_pair(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `%%20`: a URL in a batch file.
fn has_doubled_percent(text: &str) -> bool {
    text.match_indices("%%").take(64).any(|(at, _)| text.get(at + 2..at + 4).is_some_and(is_hex_pair))
}

/// `set NAME=value`, `set "NAME=value"`.
fn set(command: &Command, variables: &mut Variables) {
    let words: Vec<&str> = command.words.iter().skip(1).map(|word| word.text.as_str()).collect();
    if command.words.iter().all(|word| word.open.is_empty())
        && let Some((name, value)) = words.join(" ").split_once('=')
    {
        variables.set(&name.to_ascii_uppercase(), value);
    }
}
