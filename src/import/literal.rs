//! Values as programs write them: JSON, and what JavaScript allows beyond it, as far as a value can be read off without
//! running anything. Each knows its place in the text.

use super::remark::{Notes, RemarkKind};
use std::ops::Range;

mod values;

pub use values::Values;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub at: Range<usize>,
    /// Where a program would compute something.
    pub open: Vec<Range<usize>>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text(String),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// Members, in their order.
    Table(Vec<(String, Node)>),
    /// Something that is computed, as it is written.
    Computed(String),
}

/// Members that are added one by one to a table.
const MOST_MEMBERS: usize = 64;

/// How deep values may lie in each other. The page's stack is small.
pub const DEEPEST: usize = 32;

impl Node {
    /// A member.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Adds a member to a table, or gives it another value. Of more than anybody writes by hand the rest is left out.
    pub fn put(&mut self, name: String, value: Node) {
        let Kind::Table(members) = &mut self.kind else { return };
        if let Some(known) = members.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            known.1 = value;
        } else if members.len() < MOST_MEMBERS {
            members.push((name, value));
        }
    }

    /// Tables and lists around its deepest value, itself among them.
    pub fn depth(&self) -> usize {
        let deepest = match &self.kind {
            Kind::List(entries) => entries.iter().map(Node::depth).max(),
            Kind::Table(members) => members.iter().map(|(_, value)| value.depth()).max(),
            Kind::Text(_) | Kind::Plain(_) | Kind::Computed(_) => return 0,
        };
        1 + deepest.unwrap_or(0)
    }

    /// How much there is of it, in bytes.
    pub fn weight(&self) -> usize {
        let own = match &self.kind {
            Kind::Text(text) | Kind::Plain(text) | Kind::Computed(text) => text.len(),
            Kind::List(entries) => entries.iter().map(Node::weight).sum(),
            Kind::Table(members) => members.iter().map(|(name, value)| name.len() + value.weight()).sum(),
        };
        own + 16 * self.open.len() + 16
    }

    /// All members; none of what has none.
    pub fn members(&self) -> &[(String, Node)] {
        if let Kind::Table(members) = &self.kind { members } else { &[] }
    }

    /// All entries; none of what has none.
    pub fn entries(&self) -> &[Node] {
        if let Kind::List(entries) = &self.kind { entries } else { &[] }
    }

    /// As a text: what is no text as it is written.
    pub fn text(&self) -> String {
        match &self.kind {
            Kind::Text(text) | Kind::Plain(text) | Kind::Computed(text) => text.clone(),
            Kind::List(_) | Kind::Table(_) => self.json(),
        }
    }

    /// A text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// As JSON, without blanks.
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

    /// Says of everything in it that is computed that it stays.
    pub fn note_open(&self, notes: &mut Notes) {
        for at in &self.open {
            notes.add(RemarkKind::Substitution, at.clone());
        }
        self.entries().iter().for_each(|entry| entry.note_open(notes));
        self.members().iter().for_each(|(_, value)| value.note_open(notes));
    }

    /// Everything in it that is computed.
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
