//! What stands in front of every line of a text that was copied out of something else: the numbers of an editor, the
//! times of a log, the name of a container, the sign of a quotation. It is no part of what is read.

use std::borrow::Cow;
use std::ops::Range;

/// How many lines in a row have to begin so.
const LEAST: usize = 3;
/// The longest margin, in bytes.
const WIDEST: usize = 120;

/// Where margins were taken out of a text.
#[derive(Default)]
pub struct Margins {
    /// Positions of the text without them, each with how much is gone up to there.
    layer: Vec<(usize, usize)>,
}

impl Margins {
    /// A place in the text without margins as one in the text.
    pub fn place(&self, at: &Range<usize>) -> Range<usize> {
        let gone = |index: usize| if index == 0 { 0 } else { self.layer[index - 1].1 };
        let start = at.start + gone(self.layer.partition_point(|(from, _)| *from <= at.start));
        let end = at.end + gone(self.layer.partition_point(|(from, _)| *from < at.end));
        start..if at.is_empty() { start } else { end.max(start) }
    }
}

/// The text without its margins. They are taken out, not blanked: a shell's `EOF` or `'@` ends a text only where a line
/// begins, and what a quoted body holds is sent as it stands.
pub fn without(text: &str) -> (Cow<'_, str>, Margins) {
    let places = margins(text);
    if places.is_empty() {
        return (Cow::Borrowed(text), Margins::default());
    }
    let mut out = String::with_capacity(text.len());
    let (mut from, mut gone, mut layer) = (0, 0, Vec::with_capacity(places.len()));
    for at in places {
        out.push_str(&text[from..at.start]);
        gone += at.len();
        from = at.end;
        layer.push((out.len(), gone));
    }
    out.push_str(&text[from..]);
    (Cow::Owned(out), Margins { layer })
}

/// The margins of a text, as places in it.
fn margins(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let mut index = 0;
    while index < lines.len() {
        let run = KINDS.iter().map(|kind| run(&lines[index..], *kind)).max_by_key(|(count, _)| *count);
        let Some((count, places)) = run.filter(|(count, _)| *count >= LEAST) else {
            index += 1;
            continue;
        };
        found.extend(places);
        index += count;
    }
    found
}

/// The length of a margin of a line. What the lines before had of it is kept between them.
type Kind = fn(&str, &mut Before) -> Option<usize>;

const KINDS: [Kind; 4] = [number, time, container, quotation];

/// What the lines before had.
#[derive(Default)]
struct Before {
    number: Option<u64>,
    name: String,
}

/// How many lines in a row have this margin, and where it lies. Blank lines belong to the run.
fn run(lines: &[(usize, &str)], kind: Kind) -> (usize, Vec<Range<usize>>) {
    let mut before = Before::default();
    let (mut count, mut places) = (0, Vec::new());
    for (index, (at, line)) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let Some(length) = kind(line, &mut before) else { break };
        places.push(*at..at + length);
        count = index + 1;
    }
    if places.len() < LEAST { (0, Vec::new()) } else { (count, places) }
}

/// `  12  `, `12: `, `12| `, `12. `: numbers that grow by one.
fn number(line: &str, before: &mut Before) -> Option<usize> {
    let bare = line.trim_start_matches([' ', '\t']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = bare[..digits].parse().ok()?;
    let rest = &bare[digits..];
    let bar = rest.trim_start_matches(' ');
    let bar = if bar.starts_with(['|', '│']) { bar } else { rest };
    let signs = rest.len() - bar.trim_start_matches([':', '|', '.', ')', '│', '→']).len();
    let is_apart = signs > 0 && signs <= 8 || rest.starts_with([' ', '\t', '\n', '\r']);
    let is_next = before.number.is_none_or(|last| number == last + 1 || number == last + 2);
    before.number = Some(number);
    let length = line.len() - bare.len() + digits + signs;
    (is_apart && is_next).then_some(length)
}

/// `2026-11-28 10:22:31.123 INFO [worker-3] c.e.Client - `, `[10:22:31] `, and the like.
fn time(line: &str, _: &mut Before) -> Option<usize> {
    let mut rest = line.trim_start_matches([' ', '[', '(']);
    let is_time = |word: &str| {
        let word = word.trim_end_matches([']', ')', 'Z', ',']);
        word.len() >= 8
            && word.as_bytes()[..8].iter().enumerate().all(|(index, byte)| match index {
                2 | 5 => *byte == b':',
                _ => byte.is_ascii_digit(),
            })
            && word.bytes().all(|byte| byte.is_ascii_digit() || b":.,+-".contains(&byte))
    };
    let is_date =
        |word: &str| word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'/');
    let first = rest.split([' ', '\t', 'T']).next()?;
    if is_date(first) {
        rest = rest.get(first.len() + 1..)?;
    }
    let clock = rest.split([' ', '\t', '\n', '\r']).next()?;
    if !is_time(clock) {
        return None;
    }
    rest = &rest[clock.len()..];
    // Level, thread and logger, each once.
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        let word = bare.split([' ', '\t', '\n', '\r']).next()?;
        let level = word.trim_matches(['[', ']', ':', '|']);
        let is_level = matches!(
            level,
            "INFO"
                | "WARN"
                | "WARNING"
                | "ERROR"
                | "DEBUG"
                | "TRACE"
                | "FATAL"
                | "info"
                | "warn"
                | "error"
                | "debug"
                | "trace"
        );
        let is_thread = word.len() > 2 && word.starts_with('[') && word.ends_with(']');
        let is_dash = matches!(word, "-" | "|" | "---" | "–");
        // `c.e.video.Client - `
        let after = bare.get(word.len()..)?;
        let is_logger = word.contains('.') && !word.contains(['/', '"', '\'', '{']) && after.starts_with(" - ");
        if word.is_empty() || !(is_level || is_thread || is_dash || is_logger) {
            break;
        }
        rest = after;
    }
    let length = line.len() - rest.len();
    (length <= WIDEST).then_some(length)
}

/// The length of the time, level and logger in front of a line of a log; 0 if there is none.
pub fn stamp(line: &str) -> usize {
    time(line, &mut Before::default()).unwrap_or(0)
}

/// `web-1  | `: the same name in every line.
fn container(line: &str, before: &mut Before) -> Option<usize> {
    let (name, _) = line.split_once('|')?;
    let bare = name.trim();
    let is_name = !bare.is_empty()
        && bare.len() < 40
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let is_same = before.name.is_empty() || before.name == bare;
    bare.clone_into(&mut before.name);
    (is_name && is_same && name.ends_with(' ')).then_some(name.len() + 1)
}

/// `> ` as letters quote. What `curl -v` prints and a shell's own sign of a further line look the same, and are read
/// elsewhere: here the first line has to have it too, and no header may follow.
fn quotation(line: &str, _: &mut Before) -> Option<usize> {
    let rest = line.trim_start_matches(' ').strip_prefix('>')?;
    let rest = rest.trim_start_matches('>');
    let is_header = ["Host:", "POST ", "GET ", "HTTP/"].iter().any(|start| rest.trim_start().starts_with(start));
    let blank = usize::from(rest.starts_with(' '));
    (!is_header && rest.starts_with([' ', '\n', '\r'])).then_some(line.len() - rest.len() + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        without(text).0.lines().map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn what_stands_in_front_of_every_line_is_found() {
        let command = ["curl https://h.example \\", "-H 'a: b' \\", "-d '{\"a\": 1}'"];
        let put = |front: fn(usize) -> String| {
            command.iter().enumerate().map(|(index, line)| front(index) + line).collect::<Vec<_>>().join("\n")
        };
        for text in [
            put(|index| format!("{:4}  ", index + 9)),
            put(|index| format!("{}: ", index + 1)),
            put(|index| format!("{}|", index + 1)),
            put(|index| format!("{} | ", index + 1)),
            put(|index| format!("2026-11-28 10:22:3{index}.123 INFO [worker-3] c.e.Client - ")),
            put(|index| format!("2026-11-28T10:22:3{index}.123Z ")),
            put(|index| format!("[10:22:3{index}] ")),
            put(|_| "web-1  | ".to_owned()),
            put(|_| "> ".to_owned()),
            put(|_| ">> ".to_owned()),
        ] {
            assert_eq!(lines(&text), command, "{text}");
        }
    }

    #[test]
    fn a_place_behind_margins_is_the_same_letters_in_the_text() {
        let text = "so:\n> cat <<EOF\n> {é}\n>\n> EOF\n>  two\nend";
        let (plain, margins) = without(text);
        assert_eq!(plain, "so:\ncat <<EOF\n{é}\n\nEOF\n two\nend");
        for word in ["so:", "cat", "<<EOF", "{é}", "EOF\n", "two", "end"] {
            let at = plain.rfind(word).expect("in it");
            let place = margins.place(&(at..at + word.trim_end().len()));
            assert_eq!(&text[place], word.trim_end());
        }
        assert_eq!(margins.place(&(0..plain.len())), 0..text.len());
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "1 cat\n1 dog\n1 bird\n",
            "10:22:31 one\nand two\n10:22:33 three\n",
            "$ curl https://h.example \\\n> -H 'a: b' \\\n> -d @b\n",
            "> POST /v1 HTTP/1.1\n> Host: h.example\n> Accept: */*\n",
            "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
            "100\n200\n300\n",
        ] {
            assert_eq!(without(text).0, text);
        }
    }
}
