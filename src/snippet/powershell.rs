//! A request as a `curl.exe` command for PowerShell on Windows, both 5.1 and 7. (In 5.1, `curl` alone is an alias for
//! something else.)
//!
//! The two pass an argument that contains a double quote to a program in different ways, add a line break to piped
//! input, and encode it differently. So no argument has a double quote, and nothing is piped: the body is written to a
//! temporary file, as UTF-8 without a BOM and with the line breaks it has here, and curl reads it from there.

use super::command::Curl;
use super::command::{Body, Words, command, fetch, plain_url, snippet, why_apart, with_file};
use super::printed::{Note, Snippet};
use super::printer::Printer;
use crate::http::{Files, Request};

pub(super) const POWER_SHELL: Printer = Printer { words: WORDS, request: print, download };

const WORDS: Words = Words { program: "curl.exe", continuation: " `\n  ", quote, variable: ["$env:", ""] };

fn print(request: &Request, how: Curl<'_>) -> Snippet {
    let request = &request.at(&plain_url(&request.url));
    let Some(body) = &request.body else { return marked(snippet(command(&WORDS, request, how, None))) };
    if body.is_apart() {
        return marked(with_file(&WORDS, request, how, why_apart(body)));
    }
    // In a here-string everything is literal except a line that starts with `'@`, and no line of printed JSON does.
    // Whatever saved the script may have changed the line breaks; a printed body has no other carriage returns.
    let text = [
        "$body = [IO.Path]::GetTempFileName()\n[IO.File]::WriteAllText($body, @'\n",
        &body.print(Files::Whole),
        "\n'@.Replace(\"`r`n\", \"`n\"))\n",
        &command(&WORDS, request, how, Some(Body::Written("\"@$body\""))),
        "\nRemove-Item $body",
    ];
    marked(snippet(text.concat()))
}

fn download(link: &str, name: &str) -> Snippet {
    marked(snippet(fetch(&WORDS, &plain_url(link), name)))
}

fn marked(mut printed: Snippet) -> Snippet {
    if !printed.text.is_ascii() {
        printed.notes.push(Note::ScriptWithMark);
    }
    printed
}

/// Single quotes. Typographic ones count as well: each is doubled.
pub(super) fn quote(out: &mut String, text: &str) {
    out.push('\'');
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
}
