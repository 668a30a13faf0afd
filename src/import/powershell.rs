//! Commands of PowerShell: `curl.exe`, and PowerShell's own commands for the web, with the lines before them that set
//! what they use. Nothing is run: values are read off where they stand plainly, and kept as written elsewhere.

use super::literal::{Kind, Node};
use super::remark::{Notes, RemarkKind};
use super::word::{Variables, Word, is_mark, is_name};
use std::ops::Range;

mod quotes;
mod signs;
mod value;

use signs::{is_double, is_single};

/// An argument: as a word, and as a value where it is one.
#[derive(Debug)]
pub struct Argument {
    /// As a word.
    pub word: Word,
    /// As a value: `@{…}`, `$headers`, `(…)`.
    pub value: Option<Node>,
    /// It began without quotes, so that `-Name` in it names a parameter.
    pub is_bare: bool,
}

/// A statement that is a command.
#[derive(Debug)]
pub struct Statement {
    /// Its words.
    pub arguments: Vec<Argument>,
    /// Where it stands.
    pub at: Range<usize>,
    /// The file its output goes to.
    pub output: Option<Range<usize>>,
}

/// A reader of one text.
pub struct PowerShell<'a, 'b> {
    text: &'a str,
    at: usize,
    variables: &'b mut Variables,
    named: Vec<(String, Node)>,
    depth: usize,
}

/// The most variables that are known by name.
const MOST: usize = 64;

impl<'a, 'b> PowerShell<'a, 'b> {
    /// Reads a text.
    pub fn new(text: &'a str, variables: &'b mut Variables) -> Self {
        Self { text, at: 0, variables, named: Vec::new(), depth: 0 }
    }

    /// Where files are known that the text itself writes.
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
                    // A value of its own does nothing; `"curl.exe" …` after `&` is rare enough.
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

    /// Passes over blanks and comments, with or without line breaks.
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
                    // Lines apart from each other.
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

    /// `$name = …`, `$env:NAME = …`: true if it was one, and is read.
    fn assignment(&mut self, notes: &mut Notes) -> bool {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        let path_at = self.at;
        while self.take('.') {
            self.name();
        }
        let path = &self.text[path_at..self.at];
        if path.eq_ignore_ascii_case(".add") && self.letter() == Some('(') {
            return self.added(&name, start, notes);
        }
        let member = (path.is_empty() && self.letter() == Some('[')).then(|| self.index(notes)).flatten();
        self.blanks(notes, false);
        let is_set = self.byte() == Some(b'=') || self.rest().starts_with("+=");
        if !is_set || name.is_empty() {
            self.at = start;
            return false;
        }
        self.at += if self.byte() == Some(b'=') { 1 } else { 2 };
        self.blanks(notes, true);
        if let Some(empty) = self.new_table() {
            self.set(&name, empty);
            return true;
        }
        // `$answer = Invoke-RestMethod …`: the command is read next.
        if self.letter().is_some_and(|c| c.is_ascii_alphabetic()) {
            return true;
        }
        let mut value = self.value(notes);
        self.blanks(notes, false);
        if self.take('|') {
            value = self.converted(value, notes);
        }
        let one = path.strip_prefix('.').filter(|one| !one.contains('.')).map(str::to_owned);
        if let Some(member) = member.or_else(|| one.filter(|_| self.is_table(&name))) {
            self.put(&name, member, value);
        } else if path.is_empty() {
            self.set(&name, value);
        } else if path.eq_ignore_ascii_case(".useragent") {
            self.set(&[&name, ".useragent"].concat(), value);
        }
        true
    }

    /// `$name.Add("member", value)`.
    fn added(&mut self, name: &str, start: usize, notes: &mut Notes) -> bool {
        if !self.is_table(name) {
            self.at = start;
            return false;
        }
        self.at += 1;
        let member = self.value(notes).text();
        self.blanks(notes, true);
        if self.take(',') {
            let value = self.value(notes);
            self.put(name, member, value);
        }
        self.blanks(notes, true);
        self.take(')');
        true
    }

    /// `["member"]`, where it is written out.
    fn index(&mut self, notes: &mut Notes) -> Option<String> {
        let start = self.at;
        self.at += 1;
        let member = self.value(notes);
        if self.take(']') && member.open.is_empty() {
            return member.as_text().map(str::to_owned);
        }
        self.at = start;
        None
    }

    /// `New-Object` of a dictionary, to which members are added later.
    fn new_table(&mut self) -> Option<Node> {
        let rest = self.rest();
        let is_object = rest.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("new-object"));
        let end = near(rest, &['\n', ';']).unwrap_or(rest.len());
        let class = rest.get(..end).filter(|_| is_object)?.to_ascii_lowercase();
        let at = self.at..self.at + end;
        self.at += if class.contains("dictionary") || class.contains("hashtable") { end } else { return None };
        Some(Node { kind: Kind::Table(Vec::new()), at, open: Vec::new() })
    }

    fn is_table(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.named.iter().any(|(known, node)| *known == name && matches!(node.kind, Kind::Table(_)))
    }

    fn put(&mut self, name: &str, member: String, value: Node) {
        let name = name.to_ascii_lowercase();
        if let Some((_, table)) = self.named.iter_mut().find(|(known, _)| *known == name) {
            table.put(member, value);
        }
    }

    fn set(&mut self, name: &str, value: Node) {
        let name = name.to_ascii_lowercase();
        if let Some(known) = self.named.iter_mut().find(|(known, _)| *known == name) {
            known.1 = value;
        } else if self.named.len() < MOST {
            self.named.push((name, value));
        }
    }

    /// What a name stands for, if the text says so.
    pub fn get(&mut self, name: &str) -> Option<Node> {
        let lower = name.to_ascii_lowercase();
        let known = self.named.iter().find(|(known, _)| *known == lower).map(|(_, node)| node)?;
        let cost = known.weight();
        self.variables.pay(cost).then(|| known.clone())
    }

    /// `value | ConvertTo-Json`.
    fn converted(&mut self, value: Node, notes: &mut Notes) -> Node {
        self.blanks(notes, true);
        let from = self.at;
        let end = self.rest().find([';', '\n', ')', '|', '}']).unwrap_or(self.rest().len());
        let command = self.rest()[..end].trim();
        self.at += end;
        if command.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("convertto-json")) {
            self.note_depth(&value, from..self.at, notes);
            let (open, text) = (value.all_open(), value.json());
            // Each time a text is quoted again its quotes double.
            if self.variables.pay(text.len()) {
                return Node { kind: Kind::Text(text), at: value.at, open };
            }
        }
        let at = value.at.start..self.at;
        let text = [&value.text(), " | ", &self.text[from..self.at]].concat();
        Node { kind: Kind::Computed(text), at: at.clone(), open: vec![at] }
    }

    /// Says where `ConvertTo-Json` would write something deep as the name of its type.
    fn note_depth(&self, value: &Node, at: Range<usize>, notes: &mut Notes) {
        if value.depth() > depth_of(&self.text[at.clone()]) + 1 {
            notes.add(RemarkKind::TooDeep, at);
        }
    }

    /// `[IO.File]::WriteAllText($body, …)`: the file is known from here on. Any other is read over.
    fn static_call(&mut self, notes: &mut Notes) {
        let from = self.at;
        let rest = self.rest();
        let head = near(rest, &['(', '\n', ';']).filter(|end| rest.as_bytes()[*end] == b'(');
        let is_file = head.is_some_and(|end| rest[..end].to_ascii_lowercase().contains("file]::writealltext"));
        if let (Some(head), true) = (head, is_file) {
            self.at += head + 1;
            self.blanks(notes, true);
            let name = self.value(notes);
            self.blanks(notes, true);
            self.take(',');
            let content = self.value(notes);
            self.blanks(notes, true);
            if self.take(',') {
                self.value(notes);
            }
            self.blanks(notes, true);
            self.take(')');
            if content.open.is_empty()
                && let Kind::Text(text) = content.kind
            {
                self.variables.set(&["@", &name.text()].concat(), &text);
            }
            return;
        }
        self.value(notes);
        if self.at == from {
            self.at += 1;
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

    /// A command up to its end. `None` for words of the language.
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
                    // From here on everything is handed over as it stands.
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
        // Values of their own.
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

/// Words as a program of Windows splits them, for what is handed over as it stands.
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

/// `{\"a\": 1}`: Windows PowerShell hands quotes over only so. A text in which every quote has a backslash before it was
/// written for that.
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

/// Where the first of these signs stands, if it is near: a text may hold as many beginnings as it has letters.
fn near(text: &str, signs: &[char]) -> Option<usize> {
    text.char_indices().take(256).find(|(_, c)| signs.contains(c)).map(|(at, _)| at)
}

/// Whether a word names a parameter: `-Uri`, `-Headers:`.
pub fn parameter(argument: &Argument) -> Option<(String, Option<&str>)> {
    let name = argument.word.text.strip_prefix('-').filter(|_| argument.is_bare)?;
    let (name, joined) = name.split_once(':').map_or((name, None), |(name, value)| (name, Some(value)));
    is_name(name).then(|| (name.to_ascii_lowercase(), joined))
}

/// How deep `ConvertTo-Json` writes: two levels below the outermost, where nothing else is said.
fn depth_of(command: &str) -> usize {
    let lower = command.to_ascii_lowercase();
    let said = lower.split_once("-depth").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    said.unwrap_or(2)
}
