//! Commands as POSIX shells and fish read them: quotes, escapes, here-documents, comments, pipes. What a shell would
//! fill in stays as written, unless the text itself sets it to a plain value.

use super::remark::{Notes, RemarkKind};
use super::word::{
    Command, Input, Variables, Word, is_mark, is_name, is_smart_double, is_smart_single, is_wide_space, plain_dash,
};
use std::collections::VecDeque;
use std::ops::Range;

mod quotes;

/// A reader for one text.
pub struct Sh<'a> {
    /// The text up to where reading ends.
    text: &'a str,
    at: usize,
    is_fish: bool,
    ready: VecDeque<Command>,
    here: Vec<Here>,
    /// Nested commands: `$(…)`.
    pub inner: Vec<Range<usize>>,
    /// Here-documents in nested commands that were searched to the end of the text without finding one.
    endless: u32,
}

/// The search is given up after this many of them.
const MOST_ENDLESS: u32 = 8;

/// A here-document that has been announced.
struct Here {
    command: usize,
    end: String,
    is_plain: bool,
    without_tabs: bool,
    at: Range<usize>,
}

impl<'a> Sh<'a> {
    /// Reads part of a text.
    pub fn new(text: &'a str, part: Range<usize>, is_fish: bool) -> Self {
        let ready = VecDeque::new();
        Self {
            text: &text[..part.end],
            at: part.start,
            is_fish,
            ready,
            here: Vec::new(),
            inner: Vec::new(),
            endless: 0,
        }
    }

    /// The next command. A command that only sets variables is applied and not returned.
    pub fn next(&mut self, variables: &mut Variables, notes: &mut Notes) -> Option<Command> {
        while self.ready.is_empty() && self.at < self.text.len() {
            self.line(variables, notes);
        }
        self.ready.pop_front()
    }

    fn peek(&self) -> Option<u8> {
        self.byte(0)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn letter(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Reads up to the end of a line, and the here-documents that start on it.
    fn line(&mut self, variables: &mut Variables, notes: &mut Notes) {
        let mut command = Command::default();
        loop {
            self.blanks(notes);
            let start = self.at;
            match self.peek() {
                None => {
                    self.end(command, false, variables);
                    return self.documents(variables, notes);
                }
                Some(b'\n') => {
                    self.end(command, false, variables);
                    self.at += 1;
                    return self.documents(variables, notes);
                }
                Some(b'#') => self.at += self.text[start..].find('\n').unwrap_or(self.text.len() - start),
                Some(b';' | b'&' | b')') => {
                    self.at += 1;
                    self.end(std::mem::take(&mut command), false, variables);
                }
                Some(b'(') if !self.is_fish => {
                    self.at += 1;
                    self.end(std::mem::take(&mut command), false, variables);
                }
                Some(b'|') => {
                    self.at += 1;
                    let is_or = self.peek() == Some(b'|');
                    if is_or || self.peek() == Some(b'&') {
                        self.at += 1;
                    }
                    self.end(std::mem::take(&mut command), !is_or, variables);
                    // A pipe at the end of a line continues on the next.
                    self.blanks(notes);
                }
                Some(b'<' | b'>') if self.byte(1) != Some(b'(') => self.redirection(&mut command, variables, notes),
                Some(b'0'..=b'9') if self.is_redirected_number() => {
                    self.at += 1;
                    self.redirection(&mut command, variables, notes);
                }
                Some(_) => {
                    let word = self.word(variables, notes);
                    if command.words.is_empty() {
                        command.at.start = start;
                    }
                    command.at.end = self.at;
                    command.words.push(word);
                }
            }
        }
    }

    fn is_redirected_number(&self) -> bool {
        matches!(self.byte(1), Some(b'<' | b'>'))
    }

    /// Ends a command and applies the variables it sets.
    fn end(&mut self, mut command: Command, is_piped: bool, variables: &mut Variables) {
        let set = |word: &Word, variables: &mut Variables| -> bool {
            let Some((name, value)) = word.text.split_once('=').filter(|(name, _)| is_name(name)) else { return false };
            if word.open.is_empty() {
                variables.set(name, value);
            }
            true
        };
        let count = command.words.iter().take_while(|word| set(word, variables)).count();
        command.words.drain(..count);
        let first = command.words.first().map(|word| word.text.as_str());
        match first {
            Some("export" | "declare" | "local" | "readonly" | "typeset") => {
                for word in command.words.iter().skip(1) {
                    set(word, variables);
                }
                return;
            }
            Some("set") => {
                let mut rest = command.words.iter().skip(1).filter(|word| !word.text.starts_with('-'));
                if let (Some(name), Some(value)) = (rest.next(), rest.next())
                    && value.open.is_empty()
                {
                    variables.set(&name.text, &value.text);
                }
                return;
            }
            _ => {}
        }
        if first.is_none() && (command.input.is_none() || !is_piped) {
            // A here-document without a command is skipped.
            let index = self.ready.len();
            let own = self.here.iter_mut().rev().take_while(|here| here.command == index);
            own.for_each(|here| here.command = usize::MAX);
            return;
        }
        command.is_piped = is_piped;
        self.ready.push_back(command);
    }

    /// Skips whatever separates words.
    fn blanks(&mut self, notes: &mut Notes) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | 0x0b | 0x0c) => self.at += 1,
                Some(b'\\') => match self.continued(notes) {
                    Some(next) => self.at = next,
                    None => return,
                },
                Some(byte) if byte >= 0x80 => match self.letter() {
                    Some(c) if is_wide_space(c) => {
                        notes.once(RemarkKind::WideSpaces, self.at..self.at + c.len_utf8());
                        self.at += c.len_utf8();
                    }
                    Some(c) if is_mark(c) => self.at += c.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// Where the next line starts, if the backslash here continues this one.
    fn continued(&self, notes: &mut Notes) -> Option<usize> {
        let rest = &self.text[self.at + 1..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        let after = &rest[blank..];
        if after.is_empty() {
            return Some(self.text.len());
        }
        let after = after.strip_prefix('\n')?;
        let next = self.text.len() - after.len();
        if rest[..blank].contains([' ', '\t']) {
            notes.add(RemarkKind::BlankAfterContinuation, self.at + 1..self.at + 1 + blank);
        }
        // Blank lines in between, as some programs copy them: no command starts with an option.
        let bare = after.trim_start_matches([' ', '\t', '\r', '\n']);
        let lost = &after[..after.len() - bare.len()];
        if lost.contains('\n') && bare.starts_with('-') {
            notes.add(RemarkKind::BlankAfterContinuation, next..next + lost.len());
            return Some(next + lost.len());
        }
        Some(next)
    }

    fn word(&mut self, variables: &mut Variables, notes: &mut Notes) -> Word {
        let mut word = Word::from(self.at);
        if let Some((dash, length)) = plain_dash(&self.text[self.at..]) {
            notes.add(RemarkKind::SmartDashes, self.at..self.at + length);
            word.text.push_str(dash);
            self.at += length;
        }
        while let Some(byte) = self.peek() {
            match byte {
                b'<' | b'>' if self.byte(1) == Some(b'(') => self.parenthesis(&mut word, 2, notes),
                b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b')' | b'<' | b'>' | 0x0b | 0x0c => break,
                b'&' if !self.is_cut_address(&word) => break,
                b'&' => {
                    notes.once(RemarkKind::CutAddress, self.at..self.at + 1);
                    word.text.push('&');
                    self.at += 1;
                }
                b'(' if self.is_fish => self.parenthesis(&mut word, 1, notes),
                b'\'' => self.single(&mut word, notes),
                b'"' => self.double(&mut word, None, variables, notes),
                b'`' if !self.is_fish => self.backticks(&mut word, notes),
                b'$' => self.dollar(&mut word, false, variables, notes),
                b'\\' => match self.continued(notes) {
                    Some(next) => self.at = next,
                    None => self.escape(&mut word),
                },
                0..0x80 => self.plain(&mut word),
                _ => {
                    let Some(c) = self.letter() else { break };
                    let opens = word.text.is_empty()
                        || word.text.starts_with('-') && (word.text.len() == 2 || word.text.ends_with('='));
                    if is_wide_space(c) {
                        break;
                    } else if opens && (is_smart_single(c) || is_smart_double(c)) {
                        self.smart(c, &mut word, variables, notes);
                    } else {
                        self.at += c.len_utf8();
                        if !is_mark(c) {
                            word.text.push(c);
                        }
                    }
                }
            }
        }
        word.at.end = self.at;
        word
    }

    /// Characters without special meaning.
    fn plain(&mut self, word: &mut Word) {
        let rest = &self.text[self.at..];
        let special = |byte: u8| byte >= 0x80 || b" \t\n\r;|)&<>('\"`$\\\x0b\x0c".contains(&byte);
        let length = rest.bytes().skip(1).position(special).map_or(rest.len(), |length| length + 1);
        word.text.push_str(&rest[..length]);
        self.at += length;
    }

    /// An unquoted `&` in a URL, followed by another of its parameters.
    fn is_cut_address(&self, word: &Word) -> bool {
        // Only the start is checked: a URL may be as long as the text.
        let is_address = word.text.starts_with("http") && word.text.bytes().take(2048).any(|byte| byte == b'?');
        is_address && self.byte(1).is_some_and(|byte| byte.is_ascii_alphanumeric())
    }

    fn redirection(&mut self, command: &mut Command, variables: &mut Variables, notes: &mut Notes) {
        let start = self.at;
        let rest = &self.text[self.at..];
        let operator =
            ["<<<", "<<-", "<<", "<&", "<", ">>", ">&", ">|", ">"].into_iter().find(|sign| rest.starts_with(sign));
        let operator = operator.unwrap_or(">");
        self.at += operator.len();
        self.blanks(notes);
        let from = self.at;
        if matches!(self.peek(), None | Some(b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')')) {
            return;
        }
        let mut silent = Notes::default();
        let is_document = operator == "<<" || operator == "<<-";
        let target = self.word(variables, if is_document { &mut silent } else { notes });
        match operator {
            "<<" | "<<-" => {
                let is_plain = self.text[from..self.at].contains(['\'', '"', '\\']);
                let end = if is_plain { target.text } else { self.text[from..self.at].to_owned() };
                let without_tabs = operator == "<<-";
                let command = self.ready.len();
                self.here.push(Here { command, end, is_plain, without_tabs, at: start..self.at });
            }
            "<<<" => command.input = Some(Input::Text(target.text + "\n")),
            "<" => command.input = Some(Input::File(target)),
            ">" | ">>" | ">|" => command.output = Some((target.text, start..self.at)),
            _ => {}
        }
    }

    /// The here-documents that were announced on the line before.
    fn documents(&mut self, variables: &mut Variables, notes: &mut Notes) {
        for here in std::mem::take(&mut self.here) {
            let start = self.at;
            let mut end = None;
            while self.at < self.text.len() {
                let rest = &self.text[self.at..];
                let length = rest.find('\n').unwrap_or(rest.len());
                let line = rest[..length].strip_suffix('\r').unwrap_or(&rest[..length]);
                let bare = if here.without_tabs { line.trim_start_matches('\t') } else { line };
                let from = self.at;
                self.at = (self.at + length + 1).min(self.text.len());
                if bare == here.end {
                    end = Some(from);
                    break;
                }
            }
            if end.is_none() {
                notes.add(RemarkKind::UnbalancedQuote, here.at.clone());
            }
            let after = self.at;
            let body = start..end.unwrap_or(after);
            let text = self.document(&here, body, variables, notes);
            self.at = after;
            if let Some(command) = self.ready.get_mut(here.command) {
                command.input = Some(Input::Text(text));
            }
        }
    }

    /// `$(cat <<END`, a document, `)`: its output is known without executing anything. True if it was one.
    fn cat(&mut self, word: &mut Word, variables: &mut Variables, notes: &mut Notes) -> bool {
        let open = self.at;
        let rest = &self.text[open..];
        let Some((head, _)) = rest.split_once('\n') else { return false };
        let announced = head.strip_prefix("$(").and_then(|head| head.trim().strip_prefix("cat"));
        let Some(announced) = announced.and_then(|rest| rest.trim_start().strip_prefix("<<")) else { return false };
        let without_tabs = announced.starts_with('-');
        let written = announced.strip_prefix('-').unwrap_or(announced).trim();
        let end = written.trim_matches(['\'', '"']).trim_start_matches('\\');
        if self.is_fish || !is_name(end) || self.endless >= MOST_ENDLESS {
            return false;
        }
        let body = open + head.len() + 1;
        let mut lines = self.text[body..].split_inclusive('\n').scan(body, |at, line| {
            let from = *at;
            *at += line.len();
            Some((from, *at, line))
        });
        let is_end = |line: &str| if without_tabs { line.trim_start_matches('\t') } else { line }.trim_end() == end;
        let found = lines.find(|(.., line)| is_end(line));
        let close = found.and_then(|(_, after, _)| self.text[after..].trim_start().strip_prefix(')'));
        let (Some((from, ..)), Some(close)) = (found, close) else {
            self.endless += 1;
            return false;
        };
        let is_plain = written.contains(['\'', '"', '\\']);
        let here = Here { command: usize::MAX, end: end.to_owned(), is_plain, without_tabs, at: open..body };
        let after = self.text.len() - close.len();
        let text = self.document(&here, body..from, variables, notes);
        word.text.push_str(text.trim_end_matches('\n'));
        self.at = after;
        true
    }

    fn document(&mut self, here: &Here, body: Range<usize>, variables: &mut Variables, notes: &mut Notes) -> String {
        let mut word = Word::from(body.start);
        if here.is_plain {
            word.text.push_str(&self.text[body.clone()]);
        } else {
            // As in double quotes, except that a double quote has no meaning, not even after a backslash. Whatever is
            // opened in it ends with it at the latest.
            let whole = self.text;
            self.text = &whole[..body.end];
            self.at = body.start;
            while self.at < body.end {
                let rest = &self.text[self.at..body.end];
                let length = rest.find(['\\', '$', '`']).unwrap_or(rest.len());
                word.text.push_str(&rest[..length]);
                self.at += length;
                let next = rest.as_bytes().get(length + 1);
                match (rest.as_bytes().get(length), next) {
                    (Some(b'\\'), Some(byte @ (b'\\' | b'$' | b'`'))) => {
                        word.text.push(char::from(*byte));
                        self.at += 2;
                    }
                    (Some(b'\\'), Some(b'\n')) => self.at += 2,
                    (Some(b'\\'), _) => self.push(&mut word, '\\'),
                    (Some(b'$'), _) => self.dollar(&mut word, true, variables, notes),
                    (Some(b'`'), _) => self.backticks(&mut word, notes),
                    _ => break,
                }
            }
            self.text = whole;
            word.note_open(notes);
        }
        if here.without_tabs {
            let lines = word.text.split_inclusive('\n').map(|line| line.trim_start_matches('\t'));
            return lines.collect();
        }
        word.text
    }
}
