//! One pass over a text. Every step takes some of it, so that nothing is lost and it always ends.

use super::grammar::{Grammar, Kind};
use super::quote::{Quote, opening};

/// The mark for an id that is not known yet.
const ID: &str = "TASK_ID";

struct Scanner<'a> {
    grammar: Grammar,
    text: &'a str,
    at: usize,
    /// Where each piece ends, and its kind.
    ends: Vec<(Kind, usize)>,
    /// Within JSON: what ends it, nothing for the rest of the text.
    json: Option<String>,
}

/// The pieces of a text.
pub fn scan(grammar: Grammar, text: &str) -> Vec<(Kind, &str)> {
    let mut scanner = Scanner { grammar, text, at: 0, ends: Vec::new(), json: None };
    match grammar {
        Grammar::Http => scanner.head(),
        Grammar::Json => scanner.json = Some(String::new()),
        _ => {}
    }
    while scanner.at < text.len() {
        if scanner.json.is_some() { scanner.json() } else { scanner.code() }
    }
    let mut from = 0;
    let piece = |(kind, end): (Kind, usize)| {
        let piece = (kind, &text[from..end]);
        from = end;
        piece
    };
    scanner.ends.into_iter().map(piece).collect()
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, kind: Kind, bytes: usize) {
        if bytes == 0 {
            return;
        }
        self.at += bytes;
        match self.ends.last_mut() {
            Some((last, end)) if *last == kind => *end = self.at,
            _ => self.ends.push((kind, self.at)),
        }
    }

    fn plain(&mut self) {
        self.take(Kind::Plain, self.rest().chars().next().map_or(0, char::len_utf8));
    }

    /// Takes some bytes of one kind, but for what is filled in later.
    fn stretch(&mut self, kind: Kind, bytes: usize, expands: bool) {
        let end = self.at + bytes;
        while self.at < end {
            let rest = &self.text[self.at..end];
            let mut found =
                rest.match_indices(['$', '%', 'T']).map(|(at, _)| (at, self.variable(&rest[at..], expands)));
            match found.find(|(_, bytes)| *bytes > 0) {
                Some((at, bytes)) => {
                    self.take(kind, at);
                    self.take(Kind::Variable, bytes);
                }
                None => self.take(kind, rest.len()),
            }
        }
    }

    /// Bytes of the variable that begins here; none, if none does.
    fn variable(&self, rest: &str, expands: bool) -> usize {
        if let Some(after) = rest.strip_prefix(ID) {
            return if after.starts_with(is_letter) { 0 } else { ID.len() };
        }
        if !expands {
            return 0;
        }
        match self.grammar {
            Grammar::Cmd => {
                let name = rest.strip_prefix('%').map_or(0, |after| run(after, is_letter));
                if name > 0 && rest[1 + name..].starts_with('%') { name + 2 } else { 0 }
            }
            Grammar::Shell | Grammar::PowerShell | Grammar::Http => {
                let Some(after) = rest.strip_prefix('$') else { return 0 };
                if after.starts_with('{') {
                    return after.find('}').map_or(0, |end| end + 2);
                }
                let env = if after.starts_with("env:") { "env:".len() } else { 0 };
                match env + run(&after[env..], is_letter) {
                    0 => 0,
                    name => 1 + name,
                }
            }
            _ => 0,
        }
    }

    /// A request's first line and its headers; what follows them is JSON.
    fn head(&mut self) {
        let (head, _) = self.text.split_once("\n\n").unwrap_or((self.text, ""));
        for (number, line) in head.split_inclusive('\n').enumerate() {
            let end = self.at + line.len();
            let (name, kind) = match number {
                0 => (run(line, |sign| sign != ' '), Kind::Word),
                _ => (run(line, |sign| sign != ':'), Kind::Key),
            };
            self.take(kind, name);
            self.stretch(Kind::Text, end - self.at, true);
        }
        self.json = Some(String::new());
    }

    /// One step within JSON.
    fn json(&mut self) {
        let rest = self.rest();
        let end = self.json.as_deref().unwrap_or_default();
        if !end.is_empty() && rest.starts_with(end) {
            self.take(Kind::Text, end.len());
            self.json = None;
            return;
        }
        let is_cmd = self.grammar == Grammar::Cmd;
        if is_cmd && rest.starts_with("\\^\"") {
            let length = 3 + careted(&rest[3..]);
            return self.string(length, false);
        }
        match rest.chars().next() {
            Some('"') if !is_cmd => self.string(1 + Quote::json().length(&rest[1..]), false),
            Some(sign) if sign.is_ascii_digit() => self.take(Kind::Number, number(rest)),
            Some('-') if rest[1..].starts_with(|sign: char| sign.is_ascii_digit()) => {
                self.take(Kind::Number, 1 + number(&rest[1..]));
            }
            Some(sign) if is_letter(sign) => {
                let word = run(rest, is_letter);
                let is_word = Grammar::Json.words().contains(&&rest[..word]);
                self.take(if is_word { Kind::Word } else { Kind::Plain }, word);
            }
            _ => self.plain(),
        }
    }

    /// A string of so many bytes; one before a colon names something.
    fn string(&mut self, bytes: usize, expands: bool) {
        let names = self.json.is_some() || !self.grammar.is_shell();
        let is_key = names && self.rest()[bytes..].trim_start_matches('^').starts_with(':');
        self.stretch(if is_key { Kind::Key } else { Kind::Text }, bytes, expands);
    }

    /// One step outside JSON.
    fn code(&mut self) {
        let (grammar, rest) = (self.grammar, self.rest());
        let before = self.text[..self.at].chars().next_back();
        let is_apart = before.is_none_or(char::is_whitespace);
        let comment = grammar.comment();
        if !comment.is_empty() && rest.starts_with(comment) && (comment != "#" || is_apart) {
            return self.take(Kind::Comment, run(rest, |sign| sign != '\n'));
        }
        if comment == "//" && rest.starts_with("/*") {
            return self.take(Kind::Comment, rest.find("*/").map_or(rest.len(), |end| end + 2));
        }
        if let Some(quote) = opening(grammar, rest) {
            return self.quoted(&quote);
        }
        match self.variable(rest, true) {
            0 => {}
            bytes => return self.take(Kind::Variable, bytes),
        }
        let is_in_word = before.is_some_and(is_letter);
        match rest.chars().next() {
            Some('-')
                if grammar.is_shell() && is_apart && rest[1..].starts_with(|sign| sign == '-' || is_letter(sign)) =>
            {
                self.take(Kind::Flag, run(rest, |sign| sign == '-' || is_letter(sign)));
            }
            Some(sign) if sign.is_ascii_digit() && !is_in_word => self.take(Kind::Number, number(rest)),
            Some(sign) if is_letter(sign) => self.word(is_in_word),
            _ => self.plain(),
        }
    }

    /// A word, or the rest of one.
    fn word(&mut self, is_rest: bool) {
        let rest = self.rest();
        let is_shell = self.grammar.is_shell();
        let length = run(rest, |sign| is_letter(sign) || is_shell && matches!(sign, '-' | '.'));
        let after = &rest[length..];
        let is_key = self.grammar == Grammar::JavaScript && after.starts_with(':') && !after.starts_with("::");
        let kind = match () {
            () if is_rest => Kind::Plain,
            () if self.grammar.words().contains(&&rest[..length]) => Kind::Word,
            () if is_key => Kind::Key,
            () => Kind::Plain,
        };
        self.take(kind, length);
    }

    fn quoted(&mut self, quote: &Quote) {
        let body = &self.rest()[quote.open..];
        let is_json = quote.may_hold_json && {
            let body = body.trim_start_matches(['\n', ' ', '^']);
            body.strip_prefix('{').is_some_and(|body| {
                let body = body.trim_start_matches(['\n', ' ', '^', '\\']);
                body.starts_with('"') || body.starts_with('}')
            })
        };
        if is_json {
            self.take(Kind::Text, quote.open);
            self.json = Some(quote.close.clone());
        } else {
            self.string(quote.open + quote.length(body), quote.expands);
        }
    }
}

/// Where a JSON string ends that stands between carets: a quote in it has more backslashes before it.
fn careted(body: &str) -> usize {
    let mut backslashes = 0;
    for (at, sign) in body.char_indices() {
        if sign == '^' && body[at..].starts_with("^\"") && backslashes > 0 && (backslashes - 1) / 2 % 2 == 0 {
            return at + 2;
        }
        backslashes = if sign == '\\' { backslashes + 1 } else { 0 };
    }
    body.len()
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// Bytes at the beginning whose signs are all such.
fn run(text: &str, is_such: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !is_such(sign)).unwrap_or(text.len())
}

fn number(text: &str) -> usize {
    run(text, |sign| is_letter(sign) || sign == '.')
}
