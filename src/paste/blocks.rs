//! Cuts a long text into blocks that can be read one after the other: at lines where nothing goes on, so that a command
//! or an object stays in one piece. Only bytes around the place are looked at: where a text is cut depends on nothing else.

use super::margin;
use std::ops::Range;

/// Up to this many bytes a text is one block.
pub const SHORT: usize = 64 << 10;
/// How much of a HAR file is looked at for its entries, and of other files for their marks.
const HEAD: usize = 64 << 10;
/// What an entry of a HAR file is read in.
const ENTRIES: (&str, &str) = ("{\"log\":{\"entries\":[", "]}}");

/// Sizes in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Up to this many a text is one block.
    pub short: usize,
    /// A block is cut at the first good place behind so many,
    pub least: usize,
    /// or at the best one before so many. A picture within a request makes it longer.
    pub most: usize,
    /// So many letters without a blank or a bracket are such a picture.
    pub picture: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { short: SHORT, least: 8 << 10, most: 32 << 10, picture: 4 << 10 }
    }
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it is. The blocks of a text lie one after the other, and together they are the text.
    pub at: Range<usize>,
    /// What is put in front of it and behind it to be read: what a HAR file has around its entries.
    pub around: (&'static str, &'static str),
    /// Nothing is to be read in it: what a HAR file has around its entries.
    pub is_frame: bool,
    /// It is the whole text.
    pub is_whole: bool,
}

/// Cuts one text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Blocks {
    sizes: Sizes,
    at: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Unknown,
    Plain,
    /// The entries of a HAR file begin where the next block does.
    Har,
}

impl Blocks {
    /// Cuts in other sizes than usual.
    #[cfg(test)]
    pub fn sized(sizes: Sizes) -> Self {
        Self { sizes, ..Self::default() }
    }

    /// Up to where the text has been cut.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next block of the text, which has to be the same at each call.
    pub fn next(&mut self, text: &str) -> Option<Block> {
        let from = self.at;
        if from >= text.len() && (from > 0 || self.kind != Kind::Unknown) {
            return None;
        }
        let plain = |end: usize| Block { at: from..end, around: ("", ""), is_frame: false, is_whole: false };
        if self.kind == Kind::Unknown {
            self.kind = Kind::Plain;
            if text.len() <= self.sizes.short || is_document(text) {
                self.at = text.len();
                return Some(Block { is_whole: true, ..plain(text.len()) });
            }
            if let Some(start) = entries(text) {
                (self.kind, self.at) = (Kind::Har, start);
                return Some(Block { is_frame: true, ..plain(start) });
            }
        }
        if self.kind == Kind::Har {
            let end = self.entries_until(text);
            if end > from {
                self.at = end;
                return Some(Block { around: ENTRIES, ..plain(end) });
            }
            self.kind = Kind::Plain;
            // Behind the last entry nothing is left that would be a request; a broken file is read as any text.
            if text[from..].trim_start().starts_with(']') {
                self.at = text.len();
                return Some(Block { is_frame: true, ..plain(text.len()) });
            }
        }
        self.at = self.cut(text, from);
        Some(plain(self.at))
    }

    /// Up to where whole entries of a HAR file make a block.
    fn entries_until(&self, text: &str) -> usize {
        let mut end = self.at;
        while let Some(length) = entry(&text[end..]) {
            if end > self.at && end + length - self.at > self.sizes.most {
                break;
            }
            end += length;
            if end - self.at >= self.sizes.least {
                break;
            }
        }
        end
    }

    /// Where a block ends.
    fn cut(&self, text: &str, from: usize) -> usize {
        let bytes = text.as_bytes();
        let Sizes { least, most, picture, .. } = self.sizes;
        if text.len() - from <= most {
            return text.len();
        }
        let (mut depth, mut run) = (0_usize, 0_usize);
        let mut picture_end: Option<usize> = None;
        // The place that fits best, the lower the better.
        let mut best: Option<(usize, usize)> = None;
        let mut line = from;
        for (index, byte) in bytes.iter().enumerate().skip(from) {
            let at = index + 1;
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let is_of_picture = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\r' | b'\n');
            run = if is_of_picture { run + 1 } else { 0 };
            if run >= picture {
                picture_end = Some(at);
            }
            let has_picture = picture_end.is_some_and(|end| at - end < most);
            let is_line = *byte == b'\n';
            let place = if is_line {
                let before = &text[line..index];
                let after = text[at..].split('\n').next().unwrap_or_default();
                line = at;
                if depth > 0 && is_stamped(before) && begins(behind_stamp(before)) && !goes_on(behind_stamp(before)) {
                    // Brackets in the messages of a log need not close.
                    depth = 0;
                }
                Some(seam(before, after, depth))
            } else {
                within(&bytes[..at], depth)
            };
            if at - from < least {
                continue;
            }
            if let Some(place) = place.filter(|place| best.is_none_or(|(known, _)| *place < known)) {
                best = Some((place, at));
            }
            let Some((place, cut)) = best else { continue };
            // What holds a picture is cut between lines only: the rest of its request comes behind it.
            let is_good = if has_picture { is_line && place <= CLEAN } else { at - from >= most };
            if place == STAMPED || is_good {
                return cut;
            }
            if has_picture && !is_line && place > CLEAN {
                best = None;
            }
        }
        text.len()
    }
}

/// Between two lines of a log.
const STAMPED: usize = 0;
/// Between two lines of which neither goes on, or the second is an object.
const CLEAN: usize = 3;
/// Behind an object or a list; the deeper it lies, the worse.
const BEHIND: usize = 10;
const DEEPEST: usize = 40;
/// Between two lines within brackets.
const OPEN: usize = 60;
/// Between any two lines, or two words.
const LINE: usize = 100;
const WORD: usize = 110;

/// How well a text can be cut between two lines.
fn seam(before: &str, after: &str, depth: usize) -> usize {
    let (bare, next) = (behind_stamp(before), behind_stamp(after));
    let is_clean = !goes_on(bare) && begins(next);
    match () {
        () if is_clean && depth == 0 && is_stamped(before) && is_stamped(after) => STAMPED,
        () if is_clean && depth == 0 && bare.trim().is_empty() => CLEAN - 2,
        () if is_clean && depth == 0 => CLEAN - 1,
        // Behind a blank line it is the body of what stands before.
        () if depth == 0 && next.starts_with('{') && !goes_on(bare) && !bare.trim().is_empty() => CLEAN,
        () if matches!(bare.trim(), "}," | "}" | "]," | "]") => BEHIND + depth.min(DEEPEST),
        () if is_clean => OPEN + depth.min(DEEPEST - 1),
        () => LINE,
    }
}

/// How well a text can be cut at its end, within a line.
fn within(text: &[u8], depth: usize) -> Option<usize> {
    match text {
        [.., b'}' | b']', b','] => Some(BEHIND + depth.min(DEEPEST)),
        [.., b'}', b' '] => Some(BEHIND + depth.min(DEEPEST) + 1),
        [.., b' ' | b'\t'] => Some(WORD),
        _ => None,
    }
}

fn is_stamped(line: &str) -> bool {
    margin::stamp(line) > 0
}

fn behind_stamp(line: &str) -> &str {
    let rest = &line[margin::stamp(line)..];
    if rest.len() < line.len() { rest.trim_start_matches([' ', '\t']) } else { rest }
}

/// Whether a line is one that the next belongs to.
fn goes_on(line: &str) -> bool {
    let line = line.trim_end();
    let is_head = || {
        let name = line.split(": ").next().unwrap_or_default();
        let is_name = name.len() < line.len() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_name
            || ["POST ", "GET ", "PUT ", "DELETE ", "HTTP/", "> ", "< ", "* "]
                .iter()
                .any(|start| line.starts_with(start))
    };
    line.ends_with(['\\', '^', '`', ',', '(', '{', '[', '|', '&', '=', ':', '+']) || is_head()
}

/// Whether a line begins something.
fn begins(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '#' | '_'))
}

/// A file that is understood as a whole only: an export of this page or of another tool.
fn is_document(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = &bare[..floor(bare, HEAD)];
    let has = |name: &str| head.contains(name);
    bare.starts_with('{')
        && (["\"item\"", "\"nodes\"", "\"openapi\"", "\"swagger\""].iter().any(|name| has(name))
            || text.contains("\"wan-playground-export\""))
        && !(has("\"log\"") && has("\"entries\""))
}

/// Where the entries of a HAR file begin.
fn entries(text: &str) -> Option<usize> {
    const NAME: &str = "\"entries\"";
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = &bare[..floor(bare, HEAD)];
    let log = head.strip_prefix('{').and_then(|_| head.find("\"log\""))?;
    let from = log + head[log..].find(NAME)? + NAME.len();
    let list = head[from..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    Some(text.len() - bare.len() + head.len() - list.len())
}

/// The length of the object at the start of a list, with what stands in front of it.
fn entry(rest: &str) -> Option<usize> {
    let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    if !bare.starts_with('{') {
        return None;
    }
    for (index, byte) in bare.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' if !is_text => depth += 1,
            b'}' if !is_text => {
                depth -= 1;
                if depth == 0 {
                    return Some(rest.len() - bare.len() + index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The last place at or before one that is between two letters.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
