//! A request as a `curl` command for fish.

use super::command::{Words, fetch, snippet, with_body};
use super::{Curl, Printer, Snippet};
use crate::http::Request;

pub(super) const FISH: Printer = Printer { id: "fish", name: "fish", words: WORDS, request: print, download };

const WORDS: Words = Words { program: "curl", continuation: " \\\n  ", quote, variable: ["$", ""] };

fn print(request: &Request, how: Curl<'_>) -> Snippet {
    with_body(&WORDS, request, how)
}

fn download(link: &str, name: &str) -> Snippet {
    snippet(fetch(&WORDS, link, name))
}

/// Single quotes, in which fish, unlike a POSIX shell, reads `\\` and `\'`.
fn quote(out: &mut String, text: &str) {
    out.push('\'');
    for c in text.chars() {
        if matches!(c, '\'' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('\'');
}
