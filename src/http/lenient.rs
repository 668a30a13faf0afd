//! Reads a JSON body as people write it: preserving order, with every number as written, and tolerating errors that
//! leave no doubt about what was meant. Those errors are reported, with line and column.

use super::scalar::number;
use super::{Json, path};

/// Deepest nesting that is read: no gateway's body has more than five levels.
const DEEPEST: usize = 64;
/// How many errors are reported; more would add nothing.
const MOST_SLIPS: usize = 16;

/// A position in a text, line and column counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// What JSON does not allow, although the meaning is obvious.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// A comma after the last entry.
    TrailingComma,
    /// No comma between two entries.
    MissingComma,
    /// Single quotes.
    SingleQuotes,
    /// Typographic quotes: `“…”`.
    CurlyQuotes,
    /// Full-width punctuation: `，` and `：`.
    FullWidth,
    /// A comment.
    Comment,
    /// A name without quotes.
    BareName,
    /// `True`, `False` or `None`, as Python writes them.
    PythonWord,
    /// A line break or another control character inside a string.
    Control,
    /// A backslash before a character that needs none, as Markdown writes `\_`.
    Escape,
    /// A placeholder without quotes, where a value is due: `<duration>`, `{{seed}}`, `$SEED`. It is kept as a string.
    Placeholder,
}

/// A body that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The value. An object with a duplicate name keeps both.
    pub value: Json,
    /// The errors that were tolerated, in order.
    pub slips: Vec<(Slip, Spot)>,
    /// Paths of properties with a duplicate name.
    pub twice: Vec<String>,
}

/// Parses JSON, or returns the position from which it makes no sense.
pub fn parse(text: &str) -> Result<Parsed, Spot> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, slips: Vec::new(), twice: Vec::new() };
    let value = reader.value(0, "").and_then(|value| {
        reader.space();
        (reader.at == text.len()).then_some(value)
    });
    match value {
        Some(value) => {
            let slips = reader.slips.iter().map(|(slip, at)| (*slip, spot(text, *at))).collect();
            Ok(Parsed { value, slips, twice: reader.twice })
        }
        None => Err(spot(text, reader.at)),
    }
}

/// Parses the value at the start of a text. Returns its length too; what follows it does not matter.
pub fn prefix(text: &str) -> Result<(Parsed, usize), usize> {
    let mut reader = Reader { text, at: 0, slips: Vec::new(), twice: Vec::new() };
    let Some(value) = reader.value(0, "") else { return Err(reader.at) };
    let slips = reader.slips.iter().map(|(slip, at)| (*slip, spot(text, *at))).collect();
    Ok((Parsed { value, slips, twice: reader.twice }, reader.at))
}

fn spot(text: &str, at: usize) -> Spot {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |index| index + 1);
    Spot { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
}

/// The length of a placeholder at the start of a text: `<…>`, `{{…}}`, `${…}`, `$NAME`.
fn placeholder(text: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    if !text.starts_with(['<', '{', '$']) {
        return None;
    }
    // A line may be as long as the text, and this is asked at every value.
    let most = (0..=text.len().min(4 * LONGEST)).rev().find(|end| text.is_char_boundary(*end))?;
    let line = text[..most].lines().next()?;
    let closed = |open: &str, close: &str| {
        let inner = line.strip_prefix(open)?;
        let end = inner.find(close).filter(|end| *end > 0 && *end < LONGEST)?;
        let is_plain =
            !inner[..end].contains(['"', '\'', '{', '<', ',']) && (open == "<" || !inner[..end].contains(':'));
        is_plain.then_some(open.len() + end + close.len())
    };
    let named = || {
        let name = line.strip_prefix('$')?;
        let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        (length > 0).then_some(1 + length)
    };
    closed("<", ">").or_else(|| closed("{{", "}}")).or_else(|| closed("${", "}")).or_else(named)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    slips: Vec<(Slip, usize)>,
    twice: Vec<String>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn slip(&mut self, slip: Slip, at: usize) {
        if self.slips.len() < MOST_SLIPS {
            self.slips.push((slip, at));
        }
    }

    /// Whitespace and comments.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let end = if trimmed.starts_with("//") || trimmed.starts_with('#') {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                return;
            };
            self.slip(Slip::Comment, self.at);
            self.at += end;
        }
    }

    /// A punctuation character, as JSON or as a Chinese input method writes it.
    fn sign(&mut self, plain: char, wide: char) -> bool {
        self.space();
        match self.peek() {
            Some(c) if c == plain => {
                self.at += 1;
                true
            }
            Some(c) if c == wide => {
                self.slip(Slip::FullWidth, self.at);
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn value(&mut self, depth: usize, path: &str) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        if let Some(length) = placeholder(&self.text[self.at..]) {
            self.slip(Slip::Placeholder, self.at);
            self.at += length;
            return Some(Json::Text(self.text[self.at - length..self.at].to_owned()));
        }
        if self.sign('{', '｛') {
            return self.object(depth, path);
        }
        if self.sign('[', '［') {
            return self.list(depth, path);
        }
        match self.peek()? {
            '"' | '\'' | '“' | '”' | '‘' | '’' | '＂' => self.string().map(Json::Text),
            c if c == '-' || c.is_ascii_digit() => {
                let (value, length) = number(&self.text[self.at..])?;
                let after = self.text[self.at + length..].chars().next();
                if after.is_some_and(|c| c.is_alphanumeric() || c == '.') {
                    return None;
                }
                self.at += length;
                Some(value)
            }
            _ => self.word(),
        }
    }

    fn bare(&self) -> &str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        &rest[..end]
    }

    fn word(&mut self) -> Option<Json> {
        let word = self.bare();
        let length = word.len();
        let (value, is_python) = match word {
            "true" => (Json::Flag(true), false),
            "false" => (Json::Flag(false), false),
            "null" => (Json::Raw("null".to_owned()), false),
            "True" => (Json::Flag(true), true),
            "False" => (Json::Flag(false), true),
            "None" => (Json::Raw("null".to_owned()), true),
            _ => return None,
        };
        if is_python {
            self.slip(Slip::PythonWord, self.at);
        }
        self.at += length;
        Some(value)
    }

    fn object(&mut self, depth: usize, path: &str) -> Option<Json> {
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut comma = true;
        loop {
            if self.sign('}', '｝') {
                break;
            }
            if !comma {
                self.slip(Slip::MissingComma, self.at);
            }
            let name = self.name()?;
            if !self.sign(':', '：') {
                return None;
            }
            let value = self.value(depth + 1, &path::member(path, &name))?;
            members.push((name, value));
            comma = self.comma('}', '｝')?;
        }
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut twice: Vec<&str> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        self.twice.extend(twice.into_iter().map(|name| path::member(path, name)));
        Some(Json::Object(members))
    }

    fn list(&mut self, depth: usize, path: &str) -> Option<Json> {
        let mut list = Vec::new();
        let mut comma = true;
        loop {
            if self.sign(']', '］') {
                break;
            }
            if !comma {
                self.slip(Slip::MissingComma, self.at);
            }
            list.push(self.value(depth + 1, &path::item(path, list.len()))?);
            comma = self.comma(']', '］')?;
        }
        Some(Json::List(list))
    }

    /// What follows an entry: a comma or the end; nothing, if a new line starts.
    fn comma(&mut self, end: char, wide: char) -> Option<bool> {
        let before = self.at;
        self.space();
        let at = self.at;
        if self.sign(',', '，') {
            self.space();
            if matches!(self.peek(), Some(c) if c == end || c == wide) {
                self.slip(Slip::TrailingComma, at);
            }
            return Some(true);
        }
        let is_end = matches!(self.peek(), Some(c) if c == end || c == wide);
        (is_end || self.text[before..at].contains('\n')).then_some(false)
    }

    fn name(&mut self) -> Option<String> {
        self.space();
        if matches!(self.peek()?, '"' | '\'' | '“' | '”' | '‘' | '’' | '＂') {
            return self.string();
        }
        let name = self.bare().to_owned();
        if name.is_empty() {
            return None;
        }
        self.slip(Slip::BareName, self.at);
        self.at += name.len();
        Some(name)
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let open = self.peek()?;
        let ends: &[char] = match open {
            '"' => &['"'],
            '\'' => &['\''],
            '‘' | '’' => &['’', '‘'],
            '＂' => &['＂'],
            _ => &['”', '“'],
        };
        match open {
            '"' => {}
            '\'' => self.slip(Slip::SingleQuotes, start),
            _ => self.slip(Slip::CurlyQuotes, start),
        }
        self.at += open.len_utf8();
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '\\' || c.is_ascii_control() || ends.contains(&c));
            let Some(plain) = plain else {
                // It never ends: the position to look at is where it starts.
                self.at = start;
                return None;
            };
            out.push_str(&rest[..plain]);
            self.at += plain;
            let c = self.peek()?;
            if ends.contains(&c) {
                self.at += c.len_utf8();
                return Some(out);
            }
            if c == '\\' {
                out.push(self.escape()?);
            } else {
                // A DEL character is legal in JSON, the others are not.
                if c != '\u{7f}' {
                    self.slip(Slip::Control, self.at);
                }
                out.push(c);
                self.at += 1;
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let escaped = self.text[self.at + 1..].chars().next()?;
        let plain = match escaped {
            '"' | '\\' | '/' | '\'' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            '_' | '*' | '[' | ']' | '-' | '.' | '#' | '~' | '(' | ')' | '&' | '!' => {
                self.slip(Slip::Escape, self.at);
                escaped
            }
            _ => return None,
        };
        self.at += 2;
        Some(plain)
    }

    fn unicode(&mut self) -> Option<char> {
        let code = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
        };
        let first = code(self.at)?;
        if let Some(c) = char::from_u32(first) {
            self.at += 6;
            return Some(c);
        }
        let second = code(self.at + 6).filter(|second| (0xdc00..0xe000).contains(second))?;
        let c = char::from_u32(0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff)).filter(|_| first < 0xdc00)?;
        self.at += 12;
        Some(c)
    }
}

#[cfg(test)]
mod tests;
