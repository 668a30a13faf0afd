//! A request as a `curl` command for fish.

use super::command::Curl;
use super::command::{Words, fetch, snippet, with_body};
use super::printed::Snippet;
use super::printer::Printer;
use crate::http::Request;

pub(super) const FISH: Printer = Printer { words: WORDS, request: print, download };

const WORDS: Words = Words { program: "curl", continuation: " \\\n  ", quote, variable: ["$", ""] };

fn print(request: &Request, how: Curl<'_>) -> Snippet {
    with_body(&WORDS, request, how)
}

fn download(link: &str, name: &str) -> Snippet {
    snippet(fetch(&WORDS, link, name))
}

/// Single quotes. fish, unlike a POSIX shell, interprets `\\` and `\'` in them; so both are written outside, where all
/// shells read them alike. A command copied into the wrong shell means the same, and can be parsed whatever shell it
/// was for.
fn quote(out: &mut String, text: &str) {
    out.push('\'');
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '\\']) {
        out.push_str(&rest[..at]);
        let run = rest[at..].len() - rest[at..].trim_start_matches('\\').len();
        let after = &rest[at + run..];
        if run == 1 && !after.is_empty() && !after.starts_with('\'') {
            out.push('\\');
        } else if run > 0 {
            out.push('\'');
            (0..run).for_each(|_| out.push_str("\\\\"));
            out.push('\'');
        } else {
            out.push_str("'\\''");
        }
        rest = &rest[at + run.max(1)..];
    }
    out.push_str(rest);
    out.push('\'');
}
