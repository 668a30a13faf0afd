//! Values as programs write them: JSON, and JavaScript's extensions to it, as far as a value can be determined without
//! executing anything. Each one has its span in the text.

use super::remark::{Notes, RemarkKind};
use std::ops::Range;

mod values;

pub use values::Values;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its span in the text.
    pub at: Range<usize>,
    /// Spans that a program would compute.
    pub open: Vec<Range<usize>>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text(String),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// An object's properties, in order.
    Table(Vec<(String, Node)>),
    /// A computed expression, as written.
    Computed(String),
}

/// Maximum number of properties added one by one to an object.
const MOST_MEMBERS: usize = 64;

/// Maximum nesting depth of values. The page's stack is small.
pub const DEEPEST: usize = 32;

impl Node {
    /// A property.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Sets a property of an object. Beyond the maximum, which nobody writes by hand, properties are dropped.
    pub fn put(&mut self, name: String, value: Node) {
        let Kind::Table(members) = &mut self.kind else { return };
        if let Some(known) = members.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            known.1 = value;
        } else if members.len() < MOST_MEMBERS {
            members.push((name, value));
        }
    }

    /// The value with all of it at one place: it was read out of a string that lies there.
    pub fn moved(mut self, at: &Range<usize>) -> Self {
        self.at = at.clone();
        self.kind = match self.kind {
            Kind::List(entries) => Kind::List(entries.into_iter().map(|entry| entry.moved(at)).collect()),
            Kind::Table(members) => {
                Kind::Table(members.into_iter().map(|(name, member)| (name, member.moved(at))).collect())
            }
            kind => kind,
        };
        self
    }

    /// Nesting depth of its deepest value, counting the value itself.
    pub fn depth(&self) -> usize {
        let deepest = match &self.kind {
            Kind::List(entries) => entries.iter().map(Node::depth).max(),
            Kind::Table(members) => members.iter().map(|(_, value)| value.depth()).max(),
            Kind::Text(_) | Kind::Plain(_) | Kind::Computed(_) => return 0,
        };
        1 + deepest.unwrap_or(0)
    }

    /// Its size, in bytes.
    pub fn weight(&self) -> usize {
        let own = match &self.kind {
            Kind::Text(text) | Kind::Plain(text) | Kind::Computed(text) => text.len(),
            Kind::List(entries) => entries.iter().map(Node::weight).sum(),
            Kind::Table(members) => members.iter().map(|(name, value)| name.len() + value.weight()).sum(),
        };
        own + 16 * self.open.len() + 16
    }

    /// All properties; empty if it is not an object.
    pub fn members(&self) -> &[(String, Node)] {
        if let Kind::Table(members) = &self.kind { members } else { &[] }
    }

    /// All entries; empty if it is not a list.
    pub fn entries(&self) -> &[Node] {
        if let Kind::List(entries) = &self.kind { entries } else { &[] }
    }

    /// As a string: a string's text, or any other value as written.
    pub fn text(&self) -> String {
        match &self.kind {
            Kind::Text(text) | Kind::Plain(text) | Kind::Computed(text) => text.clone(),
            Kind::List(_) | Kind::Table(_) => self.json(),
        }
    }

    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// As JSON, without whitespace.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match &self.kind {
            Kind::Text(text) | Kind::Computed(text) => quote(out, text),
            Kind::Plain(text) => out.push_str(text),
            Kind::List(entries) => {
                out.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    entry.write(out);
                }
                out.push(']');
            }
            Kind::Table(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(out, name);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// Adds a remark for every computed part, which stays as written.
    pub fn note_open(&self, notes: &mut Notes) {
        for at in &self.open {
            notes.add(RemarkKind::Substitution, at.clone());
        }
        self.entries().iter().for_each(|entry| entry.note_open(notes));
        self.members().iter().for_each(|(_, value)| value.note_open(notes));
    }

    /// The spans of all computed parts.
    pub fn all_open(&self) -> Vec<Range<usize>> {
        let mut notes = Notes::default();
        self.note_open(&mut notes);
        notes.remarks.into_iter().map(|remark| remark.at).collect()
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (index, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..32 => "",
            _ => continue,
        };
        out.push_str(&text[from..index]);
        from = index + 1;
        if short.is_empty() {
            out.push_str("\\u00");
            crate::hex::lower(out, u32::from(byte), 2);
        } else {
            out.push_str(short);
        }
    }
    out.push_str(&text[from..]);
    out.push('"');
}
