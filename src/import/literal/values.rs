//! The parser for values: JSON, and JavaScript's extensions to it.

use super::{DEEPEST, Kind, Node};
use crate::import::word::{self, Variables};
use crate::media::data_uri;
use std::ops::Range;

/// A parser for values.
pub struct Values<'a, 'b> {
    /// The text.
    pub text: &'a str,
    /// Position of the next character.
    pub at: usize,
    /// Values that the text assigns names to.
    pub named: &'b [(String, Node)],
    /// Limits how much is filled in.
    pub variables: &'b mut Variables,
    /// `JSON.stringify(…)` is taken for the value within, not for its text.
    pub keeps: bool,
    depth: usize,
}

impl<'a, 'b> Values<'a, 'b> {
    /// Parses from a position on.
    pub fn new(text: &'a str, at: usize, named: &'b [(String, Node)], variables: &'b mut Variables) -> Self {
        Self { text, at, named, variables, keeps: false, depth: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn node(&self, kind: Kind, from: usize) -> Node {
        Node { kind, at: from..self.at, open: Vec::new() }
    }

    /// Skips whitespace and comments.
    pub fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - bare.len();
            if bare.starts_with("//") || bare.starts_with('#') {
                self.at += bare.find('\n').unwrap_or(bare.len());
            } else if bare.starts_with("/*") {
                self.at += bare.find("*/").map_or(bare.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    /// Skips an expression that is not understood, up to the comma or bracket that ends it.
    pub fn skip(&mut self) {
        let from = self.at;
        self.computed(from);
    }

    /// Consumes a character if it is next.
    pub fn take(&mut self, sign: u8) -> bool {
        self.blanks();
        let is_next = self.byte() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    /// A value: parts joined by `+`, or a single one.
    pub fn value(&mut self) -> Node {
        self.blanks();
        let from = self.at;
        if self.depth >= DEEPEST {
            return self.computed(from);
        }
        self.depth += 1;
        let mut first = self.part();
        self.suffix();
        self.blanks();
        while self.byte() == Some(b'+') && self.text.as_bytes().get(self.at + 1) != Some(&b'+') {
            self.at += 1;
            self.blanks();
            let next = self.part();
            first = self.joined(first, next, from);
            self.blanks();
        }
        self.depth -= 1;
        // Something other than the end of a value follows: it is computed after all.
        if self.byte().is_some_and(|byte| !b",;:]})\n".contains(&byte)) && self.goes_on() {
            return self.computed(from);
        }
        first
    }

    /// Methods that change how a text is stored, and nothing of what it says.
    fn suffix(&mut self) {
        const KEEP: [&str; 5] = [".encode(", ".getBytes(", ".toString(", ".strip(", ".trim("];
        while self.keeps {
            if let Some(rest) = self.rest().strip_prefix(".to_json") {
                self.at = self.text.len() - rest.len();
            } else if KEEP.iter().any(|name| self.rest().starts_with(name))
                && let Some(end) = self.rest().find(')')
            {
                self.at += end + 1;
            } else {
                return;
            }
        }
    }

    /// Whether an expression continues here, as opposed to the next one starting.
    fn goes_on(&self) -> bool {
        let is_arrow = self.keeps && self.rest().starts_with("=>");
        !is_arrow && self.byte().is_some_and(|byte| b".?([-*/%|&=<>!".contains(&byte))
    }

    fn joined(&self, mut first: Node, next: Node, from: usize) -> Node {
        let is_text = |node: &Node| matches!(node.kind, Kind::Text(_) | Kind::Computed(_));
        let at = from..self.at;
        first.open.extend(next.all_open());
        if matches!(next.kind, Kind::Computed(_)) && next.open.is_empty() {
            first.open.push(next.at.clone());
        }
        if matches!(first.kind, Kind::Computed(_)) && first.open.is_empty() {
            first.open.push(first.at.clone());
        }
        let kind = match first.kind {
            Kind::Text(mut text) | Kind::Computed(mut text) if is_text(&next) || next.as_text().is_none() => {
                match next.kind {
                    Kind::Text(more) | Kind::Computed(more) | Kind::Plain(more) => text.push_str(&more),
                    Kind::List(_) | Kind::Table(_) => text.push_str(&next.json()),
                }
                Kind::Text(text)
            }
            kind => kind,
        };
        Node { kind, at, open: first.open }
    }

    /// Skips a computed expression up to its end.
    fn computed(&mut self, from: usize) -> Node {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' | b'\'' | b'`' => {
                    self.string(byte);
                    continue;
                }
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' | b',' | b';' if depth == 0 => break,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        let text = self.text[from..self.at].trim_end();
        let at = from..from + text.len();
        let open = if text.is_empty() { Vec::new() } else { vec![at.clone()] };
        Node { kind: Kind::Computed(text.to_owned()), at, open }
    }

    fn part(&mut self) -> Node {
        let from = self.at;
        match self.byte() {
            Some(quote @ (b'"' | b'\'' | b'`')) => {
                let (text, open) = self.string(quote);
                Node { kind: Kind::Text(text), at: from..self.at, open }
            }
            Some(b'{') => self.table(),
            Some(b'[') if self.keeps && self.rest().starts_with("[]") && self.typed() => {
                let table = self.braced();
                Node { at: from..self.at, ..table }
            }
            Some(b'[') => self.list(),
            Some(b'(') => {
                self.at += 1;
                let value = self.value();
                self.take(b')');
                value
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => self.word(),
            _ => self.computed(from),
        }
    }

    /// A string of Python with a prefix: `f"…{name}…"`, `r"…"`.
    fn prefixed(&mut self, from: usize, is_format: bool) -> Node {
        let quote = self.byte().unwrap_or(b'"');
        let (text, _) = self.string(quote);
        let at = from..self.at;
        let is_open = is_format && text.replace("{{", "").contains('{');
        let open = if is_open { vec![at.clone()] } else { Vec::new() };
        Node { kind: Kind::Text(text), at, open }
    }

    fn number(&mut self) -> Node {
        let from = self.at;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
        let length = self.rest().bytes().position(|byte| !is_part(byte)).unwrap_or(self.rest().len());
        self.at += length;
        let text = self.text[from..self.at].replace('_', "");
        self.node(Kind::Plain(text), from)
    }

    fn name(&mut self) -> &'a str {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80;
        let length = self.rest().bytes().position(|byte| !is_part(byte)).unwrap_or(self.rest().len());
        let name = &self.rest()[..length];
        self.at += length;
        name
    }

    fn word(&mut self) -> Node {
        let from = self.at;
        let name = self.name();
        match name {
            "true" | "false" | "null" => return self.node(Kind::Plain(name.to_owned()), from),
            "undefined" | "None" | "nil" => return self.node(Kind::Plain("null".to_owned()), from),
            "True" | "False" => return self.node(Kind::Plain(name.to_ascii_lowercase()), from),
            "f" | "r" | "b" | "u" | "F" | "R" | "fr" | "rf"
                if self.byte().is_some_and(|byte| matches!(byte, b'"' | b'\'')) =>
            {
                return self.prefixed(from, name.to_ascii_lowercase().contains('f'));
            }
            "await" => {
                self.blanks();
                return if self.rest().starts_with("await") { self.computed(from) } else { self.part() };
            }
            "JSON" | "json" if self.rest().starts_with(".stringify(") || self.rest().starts_with(".dumps(") => {
                self.at += self.rest().find('(').map_or(0, |at| at + 1);
                let value = self.value();
                let (open, text) = (value.all_open(), value.json());
                // The other arguments control formatting, which no gateway cares about.
                while self.take(b',') {
                    self.value();
                    if self.take(b'=') {
                        self.value();
                    }
                }
                self.take(b')');
                if self.keeps {
                    return Node { at: from..self.at, ..value };
                }
                // Each time a string is quoted again, its escapes double.
                if self.variables.pay(text.len()) {
                    return Node { kind: Kind::Text(text), at: from..self.at, open };
                }
                return self.computed_to(from);
            }
            "map" | "gin" | "bson" if self.keeps && self.typed() => return self.table(),
            "Map" if self.keeps && self.rest().starts_with(".of(") => {
                self.at += ".of(".len();
                return self.java_map(from);
            }
            "array" if self.byte() == Some(b'(') => {
                let at = self.at;
                let node = self.arrows();
                if !node.members().is_empty() {
                    return node;
                }
                self.at = at;
            }
            "json_encode" | "dict" | "Json" if self.byte() == Some(b'(') => {
                self.at += 1;
                let value = self.value();
                while self.take(b',') {
                    self.value();
                }
                self.take(b')');
                return Node { at: from..self.at, ..value };
            }
            "new" => {
                self.blanks();
                if self.byte() == Some(b'{') {
                    return self.table();
                }
                let class = self.name();
                if class == "Headers" && self.rest().starts_with("()") {
                    // Its contents are added later.
                    self.at += 2;
                    return self.node(Kind::Table(Vec::new()), from);
                }
                if matches!(class, "Headers" | "URLSearchParams" | "URL") && self.take(b'(') {
                    let value = self.value();
                    self.take(b')');
                    return value;
                }
                return self.computed(from);
            }
            "String" if self.byte() == Some(b'(') => {
                self.at += 1;
                let value = self.value();
                self.take(b')');
                return value;
            }
            _ => {}
        }
        let known = self.named.iter().rev().find(|(known, _)| known == name).map(|(_, node)| node);
        if let Some(node) = known.filter(|_| !self.rest().starts_with(['.', '(', '['])) {
            // Filled in only as often as the text's length allows.
            let cost = node.weight();
            if self.variables.pay(cost) {
                return Node { at: from..self.at, ..node.clone() };
            }
        }
        if let Some(mark) = self.link_of_file() {
            return self.node(Kind::Text(mark), from);
        }
        self.path();
        self.computed_to(from)
    }

    /// `["…"]` with what the page prints for a local file: the printed program has the link of that file there.
    fn link_of_file(&mut self) -> Option<String> {
        let from = self.at;
        let quote = self.rest().strip_prefix('[')?.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.at += 1;
        let (mark, _) = self.string(quote);
        let is_file = data_uri::of_uri(&mark, "").is_some_and(|file| file.is_gone());
        if is_file && self.byte() == Some(b']') {
            self.at += 1;
            return Some(mark);
        }
        self.at = from;
        None
    }

    /// `"name", value, "name", value)` of Java.
    fn java_map(&mut self, from: usize) -> Node {
        let mut members = Vec::new();
        while !self.take(b')') && self.at < self.text.len() {
            let before = self.at;
            let name = self.value().text();
            self.take(b',');
            members.push((name, self.value()));
            self.take(b',');
            if self.at == before {
                break;
            }
        }
        self.node(Kind::Table(members), from)
    }

    /// `.name`, `["name"]`, `(…)` after a name.
    fn path(&mut self) {
        loop {
            match self.byte() {
                Some(b'.' | b'!') => {
                    self.at += 1;
                    self.name();
                }
                Some(b'?') if self.rest().starts_with("?.") => self.at += 2,
                Some(open @ (b'(' | b'[')) => {
                    self.at += 1;
                    let close = if open == b'(' { b')' } else { b']' };
                    if self.depth >= DEEPEST {
                        return;
                    }
                    while self.byte().is_some_and(|byte| byte != close) {
                        let before = self.at;
                        self.value();
                        self.take(b',');
                        if self.at == before {
                            return;
                        }
                        self.blanks();
                    }
                    self.take(close);
                }
                _ => return,
            }
        }
    }

    fn computed_to(&self, from: usize) -> Node {
        let at = from..self.at;
        Node { kind: Kind::Computed(self.text[at.clone()].to_owned()), at: at.clone(), open: vec![at] }
    }

    fn table(&mut self) -> Node {
        let from = self.at;
        self.at += 1;
        let mut members = Vec::new();
        loop {
            if self.take(b'}') || self.byte().is_none() {
                break;
            }
            let start = self.at;
            let name = match self.byte() {
                Some(quote @ (b'"' | b'\'' | b'`')) => self.string(quote).0,
                // `...others`, `[computed]: …`
                Some(b'.') => {
                    self.at += self.rest().len() - self.rest().trim_start_matches('.').len();
                    let value = self.value();
                    members.extend(value.members().iter().cloned());
                    self.take(b',');
                    continue;
                }
                _ => {
                    let is_end = |c: char| c.is_whitespace() || ":,}{[(".contains(c);
                    let length = self.rest().find(is_end).unwrap_or(self.rest().len());
                    let name = self.rest()[..length].to_owned();
                    self.at += length;
                    name
                }
            };
            // C# writes an equals sign.
            if self.take(b':') || (self.keeps && self.take(b'=')) {
                let value = self.value();
                members.push((name, value));
            } else {
                // `{model}`: shorthand for the variable of that name.
                let end = self.at;
                self.at = start;
                let is_name = word::is_name(&name) && self.depth < DEEPEST;
                let value = if is_name { self.word() } else { self.computed(start) };
                self.at = self.at.max(end);
                members.push((name, value));
            }
            if !self.take(b',') && self.byte() != Some(b'}') {
                if self.at == start {
                    break;
                }
                // Not understood: continue with the next property.
                let at = self.at;
                self.computed(at);
                self.take(b',');
                if self.at == at {
                    break;
                }
            }
        }
        self.node(Kind::Table(members), from)
    }

    /// `{a, b}` after the type of a list.
    fn braced(&mut self) -> Node {
        let from = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        while !self.take(b'}') && self.byte().is_some() {
            let start = self.at;
            entries.push(self.value());
            if !self.take(b',') && self.byte() != Some(b'}') || self.at == start {
                break;
            }
        }
        self.take(b'}');
        self.node(Kind::List(entries), from)
    }

    fn list(&mut self) -> Node {
        let from = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        while !self.take(b']') && self.byte().is_some() {
            let start = self.at;
            let value = self.value();
            self.blanks();
            if self.rest().starts_with("=>") {
                // `['name' => value]`, as PHP writes objects.
                self.at = from;
                return self.arrows();
            }
            if self.at > start {
                entries.push(value);
            }
            if !self.take(b',') && self.byte() != Some(b']') && self.at == start {
                break;
            }
        }
        self.node(Kind::List(entries), from)
    }

    /// `['name' => value, …]`.
    fn arrows(&mut self) -> Node {
        let from = self.at;
        self.at += 1;
        let mut members = Vec::new();
        while !self.take(b']') && !self.take(b')') && self.byte().is_some() {
            let start = self.at;
            let name = self.part().text();
            self.blanks();
            if self.rest().starts_with("=>") {
                self.at += 2;
                members.push((name, self.value()));
            } else {
                self.skip();
            }
            if !self.take(b',') && self.at == start {
                break;
            }
        }
        self.node(Kind::Table(members), from)
    }

    /// Whether a type with a literal of it follows: `map[string]any{`, `[]string{`. Moves to its brace.
    fn typed(&mut self) -> bool {
        let line = self.rest().lines().next().unwrap_or_default();
        let Some(brace) = line.find('{') else { return false };
        let brace = if line[brace..].starts_with("{}{") { brace + 2 } else { brace };
        let is_type = line[..brace].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"[]*.{}_".contains(&byte));
        if is_type {
            self.at += brace;
        }
        is_type
    }

    /// A string in any quotes, and the spans where a template computes something.
    pub fn string(&mut self, quote: u8) -> (String, Vec<Range<usize>>) {
        // Three quotes of Python and of Java's text blocks.
        let triple = [char::from(quote); 3].iter().collect::<String>();
        if quote != b'`' && self.rest().starts_with(&triple) {
            let inner = &self.rest()[3..];
            let end = inner.find(&triple).unwrap_or(inner.len());
            self.at = (self.at + 3 + end + 3).min(self.text.len());
            return (inner[..end].to_owned(), Vec::new());
        }
        self.at += 1;
        let mut out = String::new();
        let mut open = Vec::new();
        loop {
            let rest = self.rest();
            let is_special = |byte: u8| byte == quote || byte == b'\\' || (byte == b'$' && quote == b'`');
            let length = rest.bytes().position(is_special).unwrap_or(rest.len());
            out.push_str(&rest[..length]);
            self.at += length;
            match self.byte() {
                None => return (out, open),
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut out);
                }
                Some(b'$') if self.rest().starts_with("${") => self.filled(&mut out, &mut open),
                Some(b'$') if quote == b'`' => {
                    out.push('$');
                    self.at += 1;
                }
                Some(_) => {
                    self.at += 1;
                    return (out, open);
                }
            }
        }
    }

    /// `${…}`.
    fn filled(&mut self, out: &mut String, open: &mut Vec<Range<usize>>) {
        let from = self.at;
        self.at += 2;
        if self.depth >= DEEPEST {
            out.push_str("${");
            return;
        }
        let value = self.value();
        if self.take(b'}') && matches!(value.kind, Kind::Text(_) | Kind::Plain(_)) && value.open.is_empty() {
            out.push_str(&value.text());
            return;
        }
        open.push(from..self.at);
        out.push_str(&self.text[from..self.at]);
    }

    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.rest().chars().next() else { return };
        self.at += c.len_utf8();
        let plain = match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' => '\0',
            '\n' => return,
            '\r' => {
                self.at += usize::from(self.byte() == Some(b'\n'));
                return;
            }
            'x' => return out.push(self.digits(2).and_then(char::from_u32).unwrap_or('x')),
            'u' => return self.unicode(out),
            c => c,
        };
        out.push(plain);
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + count)?;
        let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
        let code = u32::from_str_radix(self.text.get(self.at..self.at + count).filter(|_| is_hex)?, 16).ok()?;
        self.at += count;
        Some(code)
    }

    fn unicode(&mut self, out: &mut String) {
        if self.byte() == Some(b'{') {
            let end = self.rest().bytes().take(10).position(|byte| byte == b'}');
            if let Some(end) = end {
                let code = u32::from_str_radix(&self.rest()[1..end], 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or('\u{fffd}'));
                self.at += end + 1;
            }
            return;
        }
        let Some(code) = self.digits(4) else { return out.push('u') };
        if (0xd800..0xdc00).contains(&code) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            match self.digits(4) {
                Some(low) if (0xdc00..0xe000).contains(&low) => {
                    let code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    return out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                _ => self.at = before,
            }
        }
        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
    }
}
