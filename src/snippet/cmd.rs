//! A request as a `curl` command for the Windows command prompt.
//!
//! Two readers run one after the other: the prompt, for which `"` opens and closes regardless of what precedes it, and
//! the C runtime, for which `\"` is a quote within an argument. An argument with a quote in it is therefore written
//! with a caret before each quote, so that the prompt never considers itself inside quotes and every caret counts; any
//! other in plain quotes. A line break is a caret, the break, and a second break, which the first escapes.
//!
//! Some things cannot be written so that they work at the prompt and in a batch file, with delayed expansion and
//! without, on every system: `%`, `!`, non-ASCII characters, more than 8191 characters. A body with one of them is
//! written to a file.

use super::command::Curl;
use super::command::{Body, Words, command, fetch, plain_url, snippet, why_apart, with_file};
use super::printed::{Note, Snippet};
use super::printer::Printer;
use crate::http::{Files, Request};

pub(super) const CMD: Printer = Printer { words: WORDS, request: print, download };

const WORDS: Words = Words { program: "curl", continuation: " ^\n  ", quote, variable: ["%", "%"] };

/// Length of a command that is safe: the limit is 8191 characters, and the key replaces its variable.
const LONGEST: usize = 7900;

fn print(request: &Request, how: Curl<'_>) -> Snippet {
    let request = &request.at(&plain_url(&request.url));
    let mut printed = match &request.body {
        None => snippet(command(&WORDS, request, how, None)),
        Some(body) if body.is_apart() => with_file(&WORDS, request, how, why_apart(body)),
        Some(body) => {
            let body = body.print(Files::Whole);
            let inline = || command(&WORDS, request, how, Some(Body::Inline(&body)));
            match obstacle(&body).map_or_else(|| Ok(inline()), Err) {
                Err(why) => with_file(&WORDS, request, how, why),
                Ok(text) if text.len() > LONGEST => with_file(&WORDS, request, how, Note::FileForLength),
                Ok(text) => snippet(text),
            }
        }
    };
    let headers = request.headers.iter().map(|(_, value)| value.as_str());
    note_prompt(&mut printed, headers.chain([request.url.as_str()]).chain(how.output));
    printed
}

fn download(link: &str, name: &str) -> Snippet {
    let link = plain_url(link);
    let mut printed = snippet(fetch(&WORDS, &link, name));
    note_prompt(&mut printed, [link.as_str(), name].into_iter());
    printed
}

/// Why a body cannot be part of a command.
fn obstacle(body: &str) -> Option<Note> {
    if body.contains('%') {
        Some(Note::FileForPercent)
    } else if body.contains('!') {
        Some(Note::FileForExclamation)
    } else if !body.is_ascii() {
        Some(Note::FileForLetters)
    } else {
        None
    }
}

fn note_prompt<'a>(printed: &mut Snippet, mut texts: impl Iterator<Item = &'a str>) {
    if texts.any(|text| text.contains(['%', '!'])) {
        printed.notes.push(Note::PromptOnly);
    }
}

fn quote(out: &mut String, text: &str) {
    if text.contains(['"', '%', '\n']) { with_carets(out, text) } else { with_quotes(out, text) }
}

/// Inside quotes the prompt changes nothing. Backslashes before the last quote would escape it.
fn with_quotes(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    for _ in text.chars().rev().take_while(|c| *c == '\\') {
        out.push('\\');
    }
    out.push('"');
}

/// Outside quotes, for the prompt; inside, for the C runtime.
fn with_carets(out: &mut String, text: &str) {
    out.push_str("^\"");
    let mut backslashes = 0;
    // The caret after a percent sign breaks up what could be a variable's name: no variable has such a name.
    let mut after_percent = false;
    for c in text.chars() {
        if c == '"' {
            (0..=backslashes).for_each(|_| out.push('\\'));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        // `%` is processed before any caret.
        if c != '%' && after_percent || matches!(c, '"' | '&' | '|' | '<' | '>' | '^' | '(' | ')' | '\n') {
            out.push('^');
        }
        if c == '\n' {
            out.push('\n');
        }
        if c == '%' && after_percent {
            out.push('^');
        }
        after_percent = c == '%';
        out.push(c);
    }
    (0..backslashes).for_each(|_| out.push('\\'));
    out.push_str("^\"");
}
