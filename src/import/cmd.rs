//! Commands of the Windows command prompt. Two readers run one after the other: the prompt with its carets and
//! variables, and the C runtime with its backslashes before quotes. Also handles what browsers copy for it, in both
//! variants.

use super::remark::{Notes, RemarkKind};
use super::word::{Command, Input, Variables, Word, is_name};
use split::Split;
use std::ops::Range;

mod split;

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
        let is_browser = has_quoted_carets(text);
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
                    if self.is_quoted {
                        notes.once(RemarkKind::QuotedCarets, self.at - 1..self.at);
                    }
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

/// Whether carets stand in quotes as a browser puts them there: before a quote with its backslash, after a percent sign,
/// before what the prompt acts on. Outside quotes they are everybody's.
fn has_quoted_carets(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut is_quoted) = (0, false);
    while let Some(byte) = bytes.get(at) {
        match (byte, is_quoted) {
            (b'"', _) => is_quoted = !is_quoted,
            (b'\n', _) => is_quoted = false,
            (b'^', false) => at += 1,
            (b'^', true) => {
                let (before, rest) = (&bytes[..at], &bytes[at + 1..]);
                let is_byte = || before.ends_with(b"%") && rest.first().is_some_and(u8::is_ascii_hexdigit);
                if rest.starts_with(b"\\^\"") || matches!(rest, [b'&' | b'{' | b'%', ..]) || is_byte() {
                    return true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
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
