//! PowerShell variables: lines that set one, append to one, or call a method that changes one.

use super::{MOST, PowerShell, near};
use crate::import::literal::{Kind, Node};
use crate::import::remark::{Notes, RemarkKind};
use std::ops::Range;

impl PowerShell<'_, '_> {
    /// `$name = …`, `$env:NAME = …`: true if it was an assignment, which is then consumed.
    pub(super) fn assignment(&mut self, notes: &mut Notes) -> bool {
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
    pub(super) fn added(&mut self, name: &str, start: usize, notes: &mut Notes) -> bool {
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

    /// `["member"]`, if it is a literal.
    pub(super) fn index(&mut self, notes: &mut Notes) -> Option<String> {
        let start = self.at;
        self.at += 1;
        let member = self.value(notes);
        if self.take(']') && member.open.is_empty() {
            return member.as_text().map(str::to_owned);
        }
        self.at = start;
        None
    }

    /// `New-Object` of a dictionary, to which entries are added later.
    pub(super) fn new_table(&mut self) -> Option<Node> {
        let rest = self.rest();
        let is_object = rest.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("new-object"));
        let end = near(rest, &['\n', ';']).unwrap_or(rest.len());
        let class = rest.get(..end).filter(|_| is_object)?.to_ascii_lowercase();
        let at = self.at..self.at + end;
        self.at += if class.contains("dictionary") || class.contains("hashtable") { end } else { return None };
        Some(Node { kind: Kind::Table(Vec::new()), at, open: Vec::new() })
    }

    pub(super) fn is_table(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.named.iter().any(|(known, node)| *known == name && matches!(node.kind, Kind::Table(_)))
    }

    pub(super) fn put(&mut self, name: &str, member: String, value: Node) {
        let name = name.to_ascii_lowercase();
        if let Some((_, table)) = self.named.iter_mut().find(|(known, _)| *known == name) {
            table.put(member, value);
        }
    }

    pub(super) fn set(&mut self, name: &str, value: Node) {
        let name = name.to_ascii_lowercase();
        if let Some(known) = self.named.iter_mut().find(|(known, _)| *known == name) {
            known.1 = value;
        } else if self.named.len() < MOST {
            self.named.push((name, value));
        }
    }

    /// The value of a name, if the text sets it.
    pub fn get(&mut self, name: &str) -> Option<Node> {
        let lower = name.to_ascii_lowercase();
        let known = self.named.iter().find(|(known, _)| *known == lower).map(|(_, node)| node)?;
        let cost = known.weight();
        self.variables.pay(cost).then(|| known.clone())
    }

    /// `value | ConvertTo-Json`.
    pub(super) fn converted(&mut self, value: Node, notes: &mut Notes) -> Node {
        self.blanks(notes, true);
        let from = self.at;
        let end = self.rest().find([';', '\n', ')', '|', '}']).unwrap_or(self.rest().len());
        let command = self.rest()[..end].trim();
        self.at += end;
        if command.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("convertto-json")) {
            self.note_depth(&value, from..self.at, notes);
            let (open, text) = (value.all_open(), value.json());
            // Each time a string is quoted again, its escapes double.
            if self.variables.pay(text.len()) {
                return Node { kind: Kind::Text(text), at: value.at, open };
            }
        }
        let at = value.at.start..self.at;
        let text = [&value.text(), " | ", &self.text[from..self.at]].concat();
        Node { kind: Kind::Computed(text), at: at.clone(), open: vec![at] }
    }

    /// Adds a remark if `ConvertTo-Json` would replace deep values with their type names.
    pub(super) fn note_depth(&self, value: &Node, at: Range<usize>, notes: &mut Notes) {
        if value.depth() > depth_of(&self.text[at.clone()]) + 1 {
            notes.add(RemarkKind::TooDeep, at);
        }
    }

    /// `[IO.File]::WriteAllText($body, …)`: the file is known from here on. Any other call is skipped.
    pub(super) fn static_call(&mut self, notes: &mut Notes) {
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
}

/// How deep `ConvertTo-Json` writes: two levels below the outermost by default.
fn depth_of(command: &str) -> usize {
    let lower = command.to_ascii_lowercase();
    let said = lower.split_once("-depth").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    said.unwrap_or(2)
}
