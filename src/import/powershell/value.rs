//! Values as PowerShell writes them: strings, here-strings, hashtables, arrays, and expressions over them, as far as
//! they can be evaluated statically.

use super::signs::{is_double, is_single};
use super::{PowerShell, near};
use crate::import::literal::{DEEPEST, Kind, Node};
use crate::import::remark::{Notes, RemarkKind};

impl PowerShell<'_, '_> {
    /// A value: parts joined by `+`, or a single one.
    pub(super) fn value(&mut self, notes: &mut Notes) -> Node {
        self.blanks(notes, true);
        let from = self.at;
        if self.depth >= DEEPEST {
            return self.computed(from);
        }
        self.depth += 1;
        let mut value = self.part(notes);
        loop {
            self.blanks(notes, false);
            if self.byte() != Some(b'+') {
                break;
            }
            self.at += 1;
            self.blanks(notes, true);
            let next = self.part(notes);
            let mut text = match value.kind {
                Kind::Text(text) | Kind::Computed(text) | Kind::Plain(text) => text,
                Kind::List(_) | Kind::Table(_) => value.json(),
            };
            text.push_str(&next.text());
            value.open.extend(next.open);
            value = Node { kind: Kind::Text(text), at: from..self.at, open: value.open };
        }
        self.depth -= 1;
        value
    }

    pub(super) fn part(&mut self, notes: &mut Notes) -> Node {
        let from = self.at;
        let Some(c) = self.letter() else { return self.computed(from) };
        let rest = self.rest();
        let mut value = match c {
            '@' => match rest[1..].chars().next() {
                Some('{') => {
                    self.at += 1;
                    self.table(notes)
                }
                Some('(') => {
                    self.at += 1;
                    self.list(notes)
                }
                Some(quote) if is_single(quote) || is_double(quote) => self.here(quote, notes),
                _ => self.computed(from),
            },
            '(' => {
                self.at += 1;
                self.blanks(notes, true);
                let called = self.called(notes);
                let mut value = called.unwrap_or_else(|| self.value(notes));
                self.blanks(notes, true);
                if self.take('|') {
                    value = self.converted(value, notes);
                }
                self.blanks(notes, true);
                if self.letter() == Some(',') {
                    // An array, or an expression over several values.
                    self.at = from;
                    self.brackets();
                    return self.computed_to(from);
                }
                self.take(')');
                value
            }
            '[' => self.typed(notes),
            '$' => {
                self.at += 1;
                let name = self.name();
                match &*name.to_ascii_lowercase() {
                    "true" | "false" | "null" => {
                        let text = name.to_ascii_lowercase();
                        Node { kind: Kind::Plain(text), at: from..self.at, open: Vec::new() }
                    }
                    "" => {
                        if self.letter() == Some('(') {
                            self.brackets();
                        }
                        self.computed_to(from)
                    }
                    _ => match self.get(&name) {
                        Some(node) if !matches!(node.kind, Kind::Computed(_)) => Node { at: from..self.at, ..node },
                        _ => self.computed_to(from),
                    },
                }
            }
            c if is_single(c) => {
                let text = self.single(notes);
                Node { kind: Kind::Text(text), at: from..self.at, open: Vec::new() }
            }
            c if is_double(c) => {
                let (text, open) = self.double(None, notes);
                Node { kind: Kind::Text(text), at: from..self.at, open }
            }
            '-' | '0'..='9' => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                self.at += length;
                Node { kind: Kind::Plain(rest[..length].to_owned()), at: from..self.at, open: Vec::new() }
            }
            _ => self.computed(from),
        };
        // `.Replace(…)`, `.Length`, `[0]` after a value.
        while (self.letter() == Some('.') && self.rest()[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
            || self.letter() == Some('[')
        {
            value = self.method(value, from, notes);
        }
        value
    }

    pub(super) fn method(&mut self, value: Node, from: usize, notes: &mut Notes) -> Node {
        if self.take('.') {
            let name = self.name().to_ascii_lowercase();
            if self.letter() == Some('(') {
                let before = self.at;
                self.at += 1;
                let first = self.value(notes);
                self.blanks(notes, true);
                let second = if self.take(',') { Some(self.value(notes)) } else { None };
                self.blanks(notes, true);
                if self.take(')') {
                    match (&*name, value.as_text(), first.as_text(), second.as_ref().and_then(Node::as_text)) {
                        // The replacement is never longer, so the text cannot grow.
                        ("replace", Some(text), Some(old), Some(new)) if !old.is_empty() && new.len() <= old.len() => {
                            let text = text.replace(old, new);
                            return Node { kind: Kind::Text(text), at: from..self.at, open: value.open };
                        }
                        ("trim" | "tostring" | "trimend", Some(_), ..) => return value,
                        _ => {}
                    }
                } else {
                    self.at = before;
                    self.brackets();
                }
            }
        } else {
            self.brackets();
        }
        self.computed_to(from)
    }

    /// `[char]65`, `[Text.Encoding]::UTF8.GetBytes(…)`, `[ordered]@{…}`.
    pub(super) fn typed(&mut self, notes: &mut Notes) -> Node {
        let from = self.at;
        let rest = self.rest();
        let end = near(rest, &[']', '\n']).filter(|end| rest.as_bytes()[*end] == b']');
        let Some(end) = end else { return self.computed(from) };
        let name = rest[1..end].to_ascii_lowercase();
        self.at += end + 1;
        if self.rest().starts_with("::") {
            let rest = self.rest();
            let end = near(rest, &['(', '\n', ';', ')', '}']).unwrap_or(0);
            let is_bytes = rest[..end].to_ascii_lowercase().ends_with("getbytes");
            self.at += end;
            if self.letter() == Some('(') {
                if is_bytes {
                    self.at += 1;
                    let value = self.value(notes);
                    self.blanks(notes, true);
                    self.take(')');
                    return value;
                }
                self.brackets();
            }
            return self.computed_to(from);
        }
        if self.depth >= DEEPEST {
            return self.computed(from);
        }
        self.depth += 1;
        let value = self.part(notes);
        self.depth -= 1;
        match (&*name, &value.kind) {
            ("char", Kind::Plain(code)) => {
                let c = code.parse().ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
                Node { kind: Kind::Text(c.to_string()), at: from..self.at, open: Vec::new() }
            }
            _ => value,
        }
    }

    /// `@'`, a line break, everything up to a line that starts with `'@`.
    pub(super) fn here(&mut self, quote: char, notes: &mut Notes) -> Node {
        let from = self.at;
        let is_single_here = is_single(quote);
        self.at += 1 + quote.len_utf8();
        let rest = self.rest();
        let bare = rest.trim_start_matches([' ', '\t', '\r']);
        let begin = bare.starts_with('\n').then_some(rest.len() - bare.len());
        let Some(begin) = begin else {
            notes.add(RemarkKind::UnbalancedQuote, from..from + 1 + quote.len_utf8());
            return self.computed(from);
        };
        let start = self.at + begin + 1;
        let is_end = |index: &usize| {
            let line = &self.text[*index..];
            let mut letters = line.chars();
            let quote = letters.next();
            quote.is_some_and(|c| if is_single_here { is_single(c) } else { is_double(c) })
                && letters.next() == Some('@')
        };
        let breaks = self.text[start - 1..].match_indices('\n').map(|(index, _)| start + index);
        // Some paste it with the last line indented, which PowerShell rejects: then the first such line is used.
        let end = breaks.filter(|index| *index <= self.text.len()).find(is_end);
        let (end, after) = if let Some(end) = end {
            (end, end + self.text[end..].chars().next().map_or(0, char::len_utf8) + 1)
        } else {
            notes.add(RemarkKind::UnbalancedQuote, from..from + 1 + quote.len_utf8());
            (self.text.len(), self.text.len())
        };
        // The line break before the last line is not part of it.
        let body = self.text[start..end.max(start)].strip_suffix('\n').unwrap_or(&self.text[start..end.max(start)]);
        let body = body.strip_suffix('\r').unwrap_or(body);
        let (text, open) = if is_single_here {
            (body.to_owned(), Vec::new())
        } else {
            self.at = start;
            self.double(Some(start + body.len()), notes)
        };
        self.at = after.max(self.at);
        Node { kind: Kind::Text(text), at: from..self.at, open }
    }

    pub(super) fn table(&mut self, notes: &mut Notes) -> Node {
        let from = self.at;
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.blanks(notes, true);
            if self.take(';') || self.take(',') {
                continue;
            }
            if self.take('}') {
                break;
            }
            let Some(c) = self.letter() else {
                notes.add(RemarkKind::UnbalancedQuote, from..from + 1);
                break;
            };
            let start = self.at;
            let name = if is_single(c) || is_double(c) || c == '$' {
                self.part(notes).text()
            } else {
                let rest = self.rest();
                let end = rest.find(|c: char| c.is_whitespace() || "=;}{".contains(c)).unwrap_or(rest.len());
                self.at += end;
                rest[..end].to_owned()
            };
            self.blanks(notes, false);
            if self.take('=') {
                let value = self.member(notes);
                members.push((name, value));
            } else if self.at == start {
                self.at += c.len_utf8();
            }
        }
        Node { kind: Kind::Table(members), at: from..self.at, open: Vec::new() }
    }

    /// What a hashtable entry is set to: a value, several separated by commas, or the result of a pipeline.
    fn member(&mut self, notes: &mut Notes) -> Node {
        let mut value = self.value(notes);
        self.blanks(notes, false);
        if self.letter() == Some(',') {
            let from = value.at.start;
            let mut entries = vec![value];
            while self.take(',') {
                self.blanks(notes, true);
                let start = self.at;
                let next = self.value(notes);
                if self.at == start {
                    break;
                }
                entries.push(next);
                self.blanks(notes, false);
            }
            value = Node { kind: Kind::List(entries), at: from..self.at, open: Vec::new() };
        }
        if self.take('|') { self.converted(value, notes) } else { value }
    }

    /// `ConvertTo-Json $value -Depth 5` in parentheses, after the opening one.
    fn called(&mut self, notes: &mut Notes) -> Option<Node> {
        const NAME: &str = "ConvertTo-Json";
        let is_call = self.rest().get(..NAME.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAME));
        let from = self.at;
        let is_call = is_call && self.rest()[NAME.len()..].starts_with(char::is_whitespace);
        self.at += if is_call { NAME.len() } else { return None };
        self.blanks(notes, true);
        let input = "-InputObject";
        let is_named = self.rest().get(..input.len()).is_some_and(|start| start.eq_ignore_ascii_case(input));
        self.at += if is_named { input.len() } else { 0 };
        let value = self.value(notes);
        if matches!(value.kind, Kind::Computed(_)) {
            self.at = from;
            return None;
        }
        // The rest is in the position of a pipeline's command, and is read as one.
        let end = self.rest().find([';', '\n', ')', '|', '}']).unwrap_or(self.rest().len());
        let at = from..self.at + end;
        self.note_depth(&value, at, notes);
        self.at += end;
        let (open, text) = (value.all_open(), value.json());
        let is_paid = self.variables.pay(text.len());
        is_paid.then_some(Node { kind: Kind::Text(text), at: from..self.at, open })
    }

    pub(super) fn list(&mut self, notes: &mut Notes) -> Node {
        let from = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.blanks(notes, true);
            if self.take(',') || self.take(';') {
                continue;
            }
            if self.take(')') || self.letter().is_none() {
                break;
            }
            let start = self.at;
            entries.push(self.value(notes));
            if self.at == start {
                entries.pop();
                self.at += self.letter().map_or(0, char::len_utf8);
            }
        }
        Node { kind: Kind::List(entries), at: from..self.at, open: Vec::new() }
    }

    /// A computed expression, up to the end of its statement or argument.
    pub(super) fn computed(&mut self, from: usize) -> Node {
        while let Some(c) = self.letter() {
            match c {
                '(' | '{' | '[' => self.brackets(),
                ')' | '}' | ']' | ';' | ',' | '\n' | '|' => break,
                _ => self.at += c.len_utf8(),
            }
        }
        self.computed_to(from)
    }

    pub(super) fn computed_to(&self, from: usize) -> Node {
        let at = from..self.at;
        Node { kind: Kind::Computed(self.text[at.clone()].to_owned()), at: at.clone(), open: vec![at] }
    }
}
