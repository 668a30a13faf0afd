//! A request as a `curl` command for any POSIX shell.

use super::command::Curl;
use super::command::{Words, fetch, snippet, with_body};
use super::printed::Snippet;
use super::printer::Printer;
use crate::http::Request;

pub(super) const POSIX: Printer = Printer { words: WORDS, request: print, download };
pub(super) const BASH: Printer = Printer { words: WORDS, request: print, download };

const WORDS: Words = Words { program: "curl", continuation: " \\\n  ", quote, variable: ["$", ""] };

fn print(request: &Request, how: Curl<'_>) -> Snippet {
    with_body(&WORDS, request, how)
}

fn download(link: &str, name: &str) -> Snippet {
    snippet(posix_download(link, name))
}

/// The command. It contains the name of the key's variable, never a key.
pub fn posix(request: &Request, how: Curl<'_>) -> String {
    print(request, how).text
}

/// Saves a result link to a file name. The link is signed: its query is left unchanged.
pub fn posix_download(link: &str, name: &str) -> String {
    fetch(&WORDS, link, name)
}

/// Single quotes: nothing inside them has a special meaning to a shell, so only the quote itself needs escaping.
pub(super) fn quote(out: &mut String, text: &str) {
    out.push('\'');
    for c in text.chars() {
        if c == '\'' {
            out.push_str("'\\''");
        } else {
            out.push(c);
        }
    }
    out.push('\'');
}
