//! How texts are quoted in each language.

use super::grammar::Grammar;

/// A text that begins here.
pub struct Quote {
    /// Bytes before the text itself.
    pub open: usize,
    /// What ends it.
    pub close: String,
    /// What makes the sign after it stand for itself.
    escape: Option<char>,
    /// Variables in it are filled in.
    pub expands: bool,
    /// It may go on in the next line.
    is_long: bool,
    /// JSON may stand in it as it is.
    pub may_hold_json: bool,
}

impl Quote {
    fn new(open: &str, close: &str) -> Self {
        let (open, close) = (open.len(), close.to_owned());
        Self { open, close, escape: None, expands: false, is_long: false, may_hold_json: false }
    }

    fn escaped(self, escape: char) -> Self {
        Self { escape: Some(escape), ..self }
    }

    fn expanding(self) -> Self {
        Self { expands: true, is_long: true, ..self }
    }

    fn long(self) -> Self {
        Self { is_long: true, may_hold_json: true, ..self }
    }

    /// The JSON string that begins here.
    pub fn json() -> Self {
        Self { is_long: true, ..Self::new("\"", "\"").escaped('\\') }
    }

    /// Where this text ends: the bytes of what follows its opening, with its closing.
    pub fn length(&self, body: &str) -> usize {
        let mut skips = false;
        for (at, sign) in body.char_indices() {
            if skips {
                skips = false;
            } else if body[at..].starts_with(&*self.close) {
                return at + self.close.len();
            } else if self.escape == Some(sign) {
                skips = true;
            } else if sign == '\n' && !self.is_long {
                return at;
            }
        }
        body.len()
    }
}

/// The text that begins here, if one does.
pub fn opening(grammar: Grammar, rest: &str) -> Option<Quote> {
    let quote = |open: &str, close: &str| rest.starts_with(open).then(|| Quote::new(open, close));
    let double = || quote("\"", "\"");
    let triple = || quote("\"\"\"", "\"\"\"").map(|quote| quote.escaped('\\').long());
    let usual = || double().map(|quote| quote.escaped('\\'));
    let single = || quote("'", "'").map(|quote| quote.escaped('\\'));
    match grammar {
        Grammar::Shell => quote("'", "'").map(Quote::long).or_else(|| usual().map(Quote::expanding)),
        Grammar::Cmd => quote("^\"", "^\"").map(Quote::long).or_else(|| double().map(Quote::expanding)),
        Grammar::PowerShell => quote("@'\n", "\n'@")
            .map(Quote::long)
            .or_else(|| quote("'", "'").map(Quote::long))
            .or_else(|| double().map(|quote| quote.escaped('`').expanding())),
        Grammar::Http | Grammar::Json => double().map(|_| Quote::json()),
        Grammar::Python => triple().or_else(usual).or_else(single),
        Grammar::JavaScript => {
            usual().or_else(single).or_else(|| quote("`", "`").map(|quote| quote.escaped('\\').long()))
        }
        Grammar::Go => quote("`", "`").map(Quote::long).or_else(usual).or_else(|| letter(rest)),
        Grammar::Rust => raw(rest).or_else(usual).or_else(|| letter(rest)),
        Grammar::Java => triple().or_else(usual).or_else(|| letter(rest)),
    }
}

/// A single letter between quotes; what else begins with a quote in Rust is a lifetime.
fn letter(rest: &str) -> Option<Quote> {
    let mut signs = rest.strip_prefix('\'')?.chars();
    let is_escape = signs.next()? == '\\';
    if is_escape {
        signs.next()?;
    }
    (signs.next() == Some('\'')).then(|| Quote::new("'", "'").escaped('\\'))
}

/// A raw string of Rust, with any number of hashes.
fn raw(rest: &str) -> Option<Quote> {
    let after = rest.strip_prefix('r')?;
    let hashes = &after[..after.len() - after.trim_start_matches('#').len()];
    let open = after[hashes.len()..].starts_with('"').then(|| ["r", hashes, "\""].concat())?;
    Some(Quote::new(&open, &["\"", hashes].concat()).long())
}
