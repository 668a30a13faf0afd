//! What a Rust file uses of other modules: its `use` declarations, its other paths, and the names it declares.
//!
//! A scanner of tokens, not a compiler. Method calls are not seen, because they name no module; nor is what a macro of
//! another crate generates. Items under `#[cfg(test)]` are left out: tests may depend on anything.

use std::collections::{BTreeMap, BTreeSet};

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// A name, `::` or one character of punctuation.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// A path as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its names, with `crate`, `self` and `super` as written.
    pub path: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// What one module contains.
#[derive(Debug, Default)]
pub struct Said {
    /// Names that `use` brings in, with what they stand for.
    pub names: BTreeMap<String, Written>,
    /// Modules whose names are all imported, and whether they are re-exported.
    pub globs: Vec<(Written, bool)>,
    /// Paths anywhere else, of two names or more.
    pub paths: Vec<Written>,
    /// Items that are declared here.
    pub items: BTreeSet<String>,
    /// Names that are only re-exported: brought in by `pub use`, and not used here.
    pub handed_on: BTreeSet<String>,
    /// Every name in the code outside of `use`.
    used: BTreeSet<String>,
}

/// The file of one module, as the modules in it: its own under an empty path, inline ones under theirs.
pub fn read(text: &str) -> BTreeMap<Vec<String>, Said> {
    let tokens = without_tests(tokens(text));
    let mut found = BTreeMap::new();
    Reader { tokens: &tokens, at: 0, is_public: false, found: &mut found }.module(&[]);
    for said in found.values_mut() {
        said.handed_on = said.handed_on.difference(&said.used).cloned().collect();
    }
    found
}

/// Splits a file into tokens, without comments, strings, characters and lifetimes.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let start = at;
        if c == '/' && next == Some('/') {
            at = end_of(&chars, at, |rest| rest.first() == Some(&'\n'));
        } else if c == '/' && next == Some('*') {
            at = end_of(&chars, at, |rest| rest.starts_with(&['*', '/'])) + 2;
        } else if c == '"' {
            at = end_of_text(&chars, at);
        } else if let Some(signs) = raw_text(&chars[at..]) {
            let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', signs)).collect();
            let opened = end_of(&chars, at, |rest| rest.first() == Some(&'"')) + 1;
            at = end_of(&chars, opened, |rest| rest.starts_with(&end)) + end.len();
        } else if c == '\'' {
            at = if next == Some('\\') {
                end_of(&chars, at + 3, |rest| rest.first() == Some(&'\'')) + 1
            } else if chars.get(at + 2) == Some(&'\'') {
                at + 3
            } else {
                at + 1 + chars[at + 1..].iter().take_while(|c| is_name(**c)).count()
            };
        } else if is_name(c) {
            at += chars[at..].iter().take_while(|c| is_name(**c)).count();
            found.push(Token { text: chars[start..at].iter().collect(), line });
        } else if c == ':' && next == Some(':') {
            at += 2;
            found.push(Token { text: "::".to_owned(), line });
        } else {
            at += 1;
            if !c.is_whitespace() {
                found.push(Token { text: c.to_string(), line });
            }
        }
        line += chars[start..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    found
}

fn end_of(chars: &[char], from: usize, is_end: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|at| is_end(&chars[*at..])).unwrap_or(chars.len())
}

fn end_of_text(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// How many `#` a raw string that starts here has.
fn raw_text(chars: &[char]) -> Option<usize> {
    let (['r', after @ ..] | ['b', 'r', after @ ..]) = chars else { return None };
    let signs = after.iter().take_while(|c| **c == '#').count();
    (after.get(signs) == Some(&'"')).then_some(signs)
}

/// Leaves out each item that is for tests only.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is(&tokens, at, &["#", "["]) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let end = closed(&tokens, at + 1);
        let words = &tokens[at..end];
        let is_test = words.iter().any(|token| token.text == "cfg")
            && words.iter().any(|token| token.text == "test")
            && words.iter().all(|token| token.text != "not" || words.iter().any(|token| token.text == "all"));
        if is_test {
            at = end_of_item(&tokens, end);
        } else {
            at = end;
        }
    }
    kept
}

fn is(tokens: &[Token], at: usize, texts: &[&str]) -> bool {
    texts.iter().enumerate().all(|(ahead, text)| tokens.get(at + ahead).is_some_and(|token| token.text == *text))
}

/// Where the bracket at a position is closed: the token after it.
fn closed(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Where the item that starts at a position ends: after its `;`, or after its braces.
fn end_of_item(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            ";" => return at + 1,
            "{" => return closed(tokens, at),
            "(" | "[" => at = closed(tokens, at),
            // The last field of a type, the last arm: none of our items ends here.
            "}" => return at,
            _ => at += 1,
        }
    }
    at
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// Whether the current `use` has a `pub` before it.
    is_public: bool,
    found: &'a mut BTreeMap<Vec<String>, Said>,
}

impl Reader<'_> {
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    fn is_name(&self, ahead: usize) -> bool {
        self.text(ahead).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// Reads until the brace that ends this module.
    fn module(&mut self, path: &[String]) {
        self.found.entry(path.to_vec()).or_default();
        let mut depth = 0usize;
        while self.at < self.tokens.len() {
            match self.text(0) {
                "mod" if self.is_name(1) && self.text(2) == "{" => {
                    let inner: Vec<String> = path.iter().cloned().chain([self.text(1).to_owned()]).collect();
                    self.at += 3;
                    self.module(&inner);
                }
                // A declaration is no use of what it declares.
                "mod" if self.is_name(1) => self.at += 2,
                "use" if self.is_name(1) || matches!(self.text(1), "{" | "::") => {
                    self.is_public = self.at > 0 && self.is_after_pub(self.at - 1);
                    self.at += 1;
                    self.tree(path, &[]);
                }
                "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" | "macro_rules" => {
                    let name = if self.text(1) == "!" { self.text(2) } else { self.text(1) }.to_owned();
                    self.said(path).items.insert(name);
                    self.at += 1;
                }
                "{" => {
                    depth += 1;
                    self.at += 1;
                }
                "}" => {
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                }
                _ if self.is_name(0) && self.text(1) == "::" => self.path(path),
                _ => {
                    let name = self.text(0).to_owned();
                    self.said(path).used.insert(name);
                    self.at += 1;
                }
            }
        }
    }

    /// Whether `pub` or `pub(…)` ends at a token.
    fn is_after_pub(&self, at: usize) -> bool {
        match self.tokens[at].text.as_str() {
            "pub" => true,
            ")" => self.tokens[..at]
                .iter()
                .rev()
                .take(6)
                .skip_while(|token| token.text != "(")
                .nth(1)
                .is_some_and(|token| token.text == "pub"),
            _ => false,
        }
    }

    fn said(&mut self, path: &[String]) -> &mut Said {
        self.found.entry(path.to_vec()).or_default()
    }

    /// A path in code: `a::b::c`, up to where something else begins.
    fn path(&mut self, module: &[String]) {
        let line = self.tokens[self.at].line;
        let mut path = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && self.is_name(1) {
            path.push(self.text(1).to_owned());
            self.at += 2;
        }
        self.said(module).used.insert(path[0].clone());
        if path.len() > 1 {
            self.said(module).paths.push(Written { path, line });
        }
    }

    /// A `use` tree, with nested braces; `before` is the path in front of it.
    fn tree(&mut self, module: &[String], before: &[String]) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        let mut path = before.to_vec();
        if self.text(0) == "::" {
            self.at += 1;
        }
        loop {
            match self.text(0) {
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(0), "}" | "") {
                        self.tree(module, &path);
                        if self.text(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    let is_public = self.is_public;
                    self.said(module).globs.push((Written { path, line }, is_public));
                    return;
                }
                _ if self.is_name(0) => {
                    let name = self.text(0).to_owned();
                    self.at += 1;
                    // `a::{self}` is `a`.
                    if name != "self" || path.is_empty() {
                        path.push(name);
                    }
                    if self.text(0) == "::" {
                        self.at += 1;
                        continue;
                    }
                    let mut alias = path.last().cloned().unwrap_or_default();
                    if self.text(0) == "as" {
                        self.text(1).clone_into(&mut alias);
                        self.at += 2;
                        if alias == "_" {
                            alias = format!("_ of line {line}");
                        }
                    }
                    if self.is_public {
                        self.said(module).handed_on.insert(alias.clone());
                    }
                    self.said(module).names.insert(alias, Written { path, line });
                    return;
                }
                _ => return,
            }
        }
    }
}
