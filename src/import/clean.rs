//! What surrounds a command where people copy it from: prompts, line numbers, code blocks, a message. It is removed
//! before the command is read, and every position can be mapped back to the original text.

use super::remark::{Notes, RemarkKind};
use super::script;
use super::word::{is_mark, is_name};
use std::borrow::Cow;
use std::ops::Range;

/// A text without its surroundings.
pub struct Clean<'a> {
    /// The remaining text.
    pub text: Cow<'a, str>,
    /// For each removal pass: positions in its result, each with the offset to its input that applies from there on.
    layers: Vec<Vec<(usize, usize)>>,
    /// The prompt in front of the first command.
    pub prompt: String,
}

impl<'a> Clean<'a> {
    /// Removes what surrounds the command. Positions in `notes` refer to the original text.
    pub fn of(text: &'a str, notes: &mut Notes) -> Self {
        let mut clean = Self { text: Cow::Borrowed(text), layers: Vec::new(), prompt: String::new() };
        clean.entities(notes);
        clean.fence(notes);
        clean.numbers(notes);
        clean.start(notes);
        clean
    }

    /// Maps a span of the clean text back to the original.
    pub fn place(&self, at: Range<usize>) -> Range<usize> {
        let is_empty = at.is_empty();
        let (mut start, mut end) = (at.start, at.end);
        for layer in self.layers.iter().rev() {
            let shift = |index: usize| if index == 0 { 0 } else { layer[index - 1].1 };
            start += shift(layer.partition_point(|(from, _)| *from <= start));
            end += shift(layer.partition_point(|(from, _)| *from < end));
        }
        start..if is_empty { start } else { end.max(start) }
    }

    /// Removes spans, in order.
    fn remove(&mut self, parts: &[Range<usize>]) {
        let mut text = String::with_capacity(self.text.len());
        let mut layer = Vec::with_capacity(parts.len());
        let (mut from, mut gone) = (0, 0);
        for part in parts.iter().filter(|part| !part.is_empty()) {
            text.push_str(&self.text[from..part.start]);
            gone += part.len();
            from = part.end;
            layer.push((text.len(), gone));
        }
        text.push_str(&self.text[from..]);
        if gone > 0 {
            self.text = Cow::Owned(text);
            self.layers.push(layer);
        }
    }

    /// Puts signs in place of a web page's marks for them, if quotes are written so.
    fn entities(&mut self, notes: &mut Notes) {
        const QUOTES: [&str; 5] = ["&quot;", "&#34;", "&#39;", "&#x27;", "&apos;"];
        const MARKS: [(&str, u8); 9] = [
            ("&quot;", b'"'),
            ("&#34;", b'"'),
            ("&#39;", b'\''),
            ("&#x27;", b'\''),
            ("&apos;", b'\''),
            ("&amp;", b'&'),
            ("&lt;", b'<'),
            ("&gt;", b'>'),
            ("&nbsp;", b' '),
        ];
        let text = self.text.as_ref();
        let Some(first) = QUOTES.iter().filter_map(|mark| text.find(mark)).min() else { return };
        let mut bytes = text.as_bytes().to_vec();
        let mut parts = Vec::new();
        for (at, _) in text.match_indices('&') {
            if let Some((mark, sign)) = MARKS.iter().find(|(mark, _)| text[at..].starts_with(mark)) {
                bytes[at] = *sign;
                parts.push(at + 1..at + mark.len());
            }
        }
        // A byte of ASCII was replaced by another.
        let Ok(text) = String::from_utf8(bytes) else { return };
        notes.add(RemarkKind::Entities, first..first + 1);
        self.text = Cow::Owned(text);
        self.remove(&parts);
    }

    /// Keeps the code of the first code block, if there is one with a call in it.
    fn fence(&mut self, notes: &mut Notes) {
        let text = self.text.as_ref();
        let is_fence = |line: &str| {
            let tag = line.trim().strip_prefix("```");
            tag.is_some_and(|tag| tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        };
        let mut fences = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if is_fence(line) {
                fences.push(at..at + line.len());
            }
            at += line.len();
            if fences.len() == 2 {
                break;
            }
        }
        let inside = fences.first().and_then(|open| {
            let end = fences.get(1).map_or(text.len(), |close| close.start);
            let code = &text[open.end..end];
            let has_call = code.lines().any(|line| begins_command(line.trim_start()) || prompt(line).is_some());
            has_call.then_some(open.end..end)
        });
        let inside = inside.or_else(|| {
            let bare = text.trim();
            let code = bare.strip_prefix('`')?.strip_suffix('`')?;
            let start = text.len() - text.trim_start().len() + 1;
            (is_call(code) && !code.contains('`')).then_some(start..start + code.len())
        });
        let Some(inside) = inside else { return };
        notes.add(RemarkKind::Surroundings, 0..inside.start);
        let end = self.text.len();
        self.remove(&[0..inside.start, inside.end..end]);
    }

    /// Removes consecutive numbers in front of all lines.
    fn numbers(&mut self, notes: &mut Notes) {
        let mut parts = Vec::new();
        let mut at = 0;
        let mut last: Option<usize> = None;
        for line in self.text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                let Some((number, length)) = number(line) else { return };
                if last.is_some_and(|last| number != last + 1) {
                    return;
                }
                last = Some(number);
                parts.push(at..at + length);
            }
            at += line.len();
        }
        let is_alone = parts.len() == 1 && {
            let rest = self.text[parts[0].end..].trim_start();
            is_call(rest) || prompt(rest).is_some()
        };
        if let Some(first) = parts.first().filter(|_| is_alone || parts.len() > 1) {
            notes.add(RemarkKind::LineNumbersRemoved, self.place(first.clone()));
            self.remove(&parts);
        }
    }

    /// Starts at the first line that is a command, and removes prompts.
    fn start(&mut self, notes: &mut Notes) {
        let text = self.text.as_ref();
        let mut at = 0;
        let mut found = None;
        let mut is_message = false;
        // `# curl …` is a comment if another line has the call without the `#`.
        let has_call = text.lines().any(|line| is_call(line.trim_start()));
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
            let indent = line.len() - bare.len();
            if let Some(length) = prompt(bare).filter(|_| !(has_call && bare.starts_with('#'))) {
                found = Some((at, Some((indent, length))));
                break;
            }
            if begins_command(bare) {
                found = Some((at, None));
                break;
            }
            is_message |= !bare.is_empty() && !bare.starts_with(['#', '@', ':']) && !bare.starts_with("//");
            at += line.len();
        }
        match found {
            None => {
                // Within a sentence.
                if let Some(at) = in_a_sentence(text) {
                    notes.add(RemarkKind::Surroundings, self.place(0..at));
                    self.remove(std::slice::from_ref(&(0..at)));
                }
            }
            Some((at, prompt)) => {
                if is_message {
                    notes.add(RemarkKind::Surroundings, self.place(0..at));
                }
                match prompt {
                    None if is_message => self.remove(std::slice::from_ref(&(0..at))),
                    None => {}
                    Some((indent, length)) => self.prompts(at, indent, length, is_message, notes),
                }
            }
        }
    }

    fn prompts(&mut self, start: usize, indent: usize, length: usize, is_message: bool, notes: &mut Notes) {
        let text = self.text.as_ref();
        let first = start + indent..start + indent + length;
        let sign = text[first.clone()].trim_end().to_owned();
        let mut parts: Vec<Range<usize>> = Vec::new();
        if is_message {
            parts.push(0..start);
        }
        let mut at = start;
        let mut is_continued = false;
        for line in text[start..].split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let from = at + line.len() - bare.len();
            if let Some(rest) = bare.strip_prefix(sign.as_str()) {
                let blank = usize::from(rest.starts_with(' '));
                if rest.trim().is_empty() || blank == 1 || at == start || sign == ">" {
                    let end = if at == start { first.end } else { from + sign.len() + blank };
                    parts.push(from..end);
                    is_continued = true;
                }
            } else if is_continued && let Some(length) = continuation(bare) {
                parts.push(from..from + length);
            } else {
                is_continued = false;
            }
            at += line.len();
        }
        notes.add(RemarkKind::PromptsRemoved, self.place(first));
        self.prompt = sign;
        self.remove(&parts);
    }
}

/// A number at the start of a line, and how much of the line it takes up.
fn number(line: &str) -> Option<(usize, usize)> {
    let bare = line.trim_start_matches([' ', '\t']);
    let digits = bare.bytes().take(6).take_while(u8::is_ascii_digit).count();
    let number = bare[..digits].parse().ok()?;
    let rest = &bare[digits..];
    let indent = line.len() - bare.len();
    let sign = rest.chars().next()?;
    let length = match sign {
        '\n' | '\r' => 0,
        ' ' | '\t' => 1,
        '.' | ':' | '|' | ')' => 1 + usize::from(rest[1..].starts_with(' ')),
        _ => return None,
    };
    Some((number, indent + digits + length))
}

/// The first word, up to the end of a program or variable name.
fn first_word(line: &str) -> &str {
    let end = line.char_indices().take(256).find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let end = end.or_else(|| line.char_indices().nth(256).map(|(at, _)| at));
    &line[..end.unwrap_or(line.len())]
}

/// Whether a line makes a call.
pub fn is_call(line: &str) -> bool {
    let line = line.trim_start_matches(is_mark);
    let word = first_word(line);
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    if matches!(name, "curl" | "curl.exe" | "CURL" | "Curl") && !word.contains("://") {
        return true;
    }
    // `http POST …`, `wget --method=…`: other words of these names are words of a sentence.
    let rest = line[word.len()..].trim_start();
    let is_other = match name {
        "http" | "https" | "xh" => {
            ["GET ", "POST ", "PUT ", "DELETE ", "--"].iter().any(|start| rest.starts_with(start))
        }
        "wget" => rest.starts_with('-') || rest.starts_with("http"),
        _ => false,
    };
    if is_other && !word.contains("://") {
        return true;
    }
    let is_ours = |name: &str| super::web_request::is_command(name);
    let starts =
        |text: &str, prefix: &str| text.strip_prefix(prefix).is_some_and(|rest| rest.trim_start().starts_with('('));
    let bare = line.strip_prefix("await ").unwrap_or(line).trim_start();
    is_ours(word) || starts(bare, "fetch") || starts(bare, "window.fetch")
}

/// Whether a line can be the first of a command: a call, or something that precedes one.
fn begins_command(line: &str) -> bool {
    if is_call(line) || is_call(line.trim_start_matches(['(', '{', '&', ' '])) || line.starts_with("<#") {
        return true;
    }
    let word = first_word(line);
    let rest = line[word.len()..].trim_start();
    let assigned = word.split_once('=').is_some_and(|(name, _)| is_name(name) && !name.is_empty());
    let signs = ['$', '(', '[', '{', ';', '|', '=', '-', '\'', '"'];
    match word {
        _ if assigned => true,
        "export" | "declare" | "set" | "set-variable" | "setx" | "SET" => rest.contains(['=', ' ', '-']),
        "sudo" | "env" | "time" | "command" | "nohup" | "exec" => line.contains("curl") || line.contains(signs),
        "echo" | "printf" | "cat" | "if" | "while" | "for" | "until" | "try" | "do" | "const" | "let" | "var"
        | "async" | "return" | "function" | "jq" => line.contains(signs),
        "@echo" | "#!/bin/sh" | "#!/bin/bash" | "setlocal" => true,
        _ if word.starts_with('$') => rest.starts_with(['=', '+']) || line.contains('='),
        _ if word.starts_with("[IO.") || word.starts_with("[System.") => true,
        _ => line.contains("$(curl ") || line.contains("| curl ") || script::is_handed(line),
    }
}

/// The length of a line's prompt, if there is one and a command follows it.
fn prompt(line: &str) -> Option<usize> {
    const SIGNS: [char; 9] = ['$', '#', '%', '>', '❯', '➜', '»', 'λ', '✗'];
    for (index, c) in line.char_indices().take_while(|(index, _)| *index < 120) {
        if matches!(c, '\'' | '"' | '=' | '`' | '{' | '\n') {
            return None;
        }
        if !SIGNS.contains(&c) {
            continue;
        }
        let after = index + c.len_utf8();
        let mut rest = line[after..].trim_start_matches([' ', '\t']);
        if c == '➜' && rest.starts_with(['~', '/']) {
            rest = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_start_matches([' ', '\t']);
        }
        let is_bound = c != '$' || index > 0 || line[after..].starts_with([' ', '\t']) || rest.starts_with("curl");
        let is_other =
            ["export ", "set ", "cat ", "echo ", "printf ", "sudo "].iter().any(|word| rest.starts_with(word));
        let is_assigned = first_word(rest).split_once('=').is_some_and(|(name, _)| is_name(name))
            || (rest.starts_with('$') && rest.contains('='));
        if is_bound
            && (is_call(rest)
                || script::is_handed(rest)
                || ((is_other || is_assigned) && line[after..].starts_with([' ', '\t'])))
        {
            return Some(line.len() - rest.len());
        }
    }
    None
}

/// What shells print in front of a continuation line.
fn continuation(line: &str) -> Option<usize> {
    const MARKS: [&str; 9] = ["> ", ">> ", "... ", "quote> ", "dquote> ", "cmdand> ", "pipe> ", "heredoc> ", "More? "];
    if let Some(mark) = MARKS.iter().find(|mark| line.starts_with(**mark)) {
        return Some(mark.len());
    }
    let bare = line.trim_end();
    matches!(bare, ">" | ">>" | "quote>" | "dquote>" | "More?").then_some(bare.len())
}

/// Where a call starts within other text.
fn in_a_sentence(text: &str) -> Option<usize> {
    text.match_indices("curl").take(64).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let is_bound = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"-_/.\\@".contains(c));
        let rest = text[*at + 4..].strip_prefix(".exe").unwrap_or(&text[*at + 4..]);
        let next = rest.trim_start();
        let begins = ["-", "http", "'", "\"", "$", "“", "‘", "\\", "^"].iter().any(|start| next.starts_with(start));
        is_bound && next.len() < rest.len() && begins
    })
}
