//! What the commands of all shells share: which arguments curl gets, and in which order. How an argument is written
//! depends on the shell.

use super::printed::{Note, Snippet};
use crate::http::{self, Files, Method, Request};
use crate::percent;

/// How a command is to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Curl<'a> {
    /// Variable that holds the key.
    pub key_variable: &'a str,
    /// File the response is written to, if not to the terminal.
    pub output: Option<&'a str>,
    /// Name of the file with the body, for a body that cannot be part of a command: base64 is too long for one.
    pub body_file: &'a str,
}

/// How a shell writes a command.
pub struct Words {
    /// The name of the curl program.
    pub program: &'static str,
    /// Between two lines of one command.
    pub continuation: &'static str,
    /// Quotes one argument, so that nothing in it has a special meaning.
    pub quote: fn(&mut String, &str),
    /// What precedes and follows the name of the key's variable, inside double quotes.
    pub variable: [&'static str; 2],
}

/// How the body gets to curl.
pub enum Body<'a> {
    /// As an argument.
    Inline(&'a str),
    /// As a file of that name.
    File(&'a str),
    /// As an argument that already is in the shell's own syntax.
    Written(&'a str),
}

/// The body as an argument, or as a file if it contains files.
pub fn with_body(words: &Words, request: &Request, how: Curl<'_>) -> Snippet {
    let Some(body) = &request.body else { return snippet(command(words, request, how, None)) };
    if body.has_file() {
        return with_file(words, request, how, Note::FileForMedia);
    }
    snippet(command(words, request, how, Some(Body::Inline(&body.print(Files::Whole)))))
}

/// Why a body is not part of a text.
pub fn why_apart(body: &http::Body) -> Note {
    if body.json().is_some() { Note::FileForMedia } else { Note::FileForExact }
}

/// The body as a file, with the reason.
pub fn with_file(words: &Words, request: &Request, how: Curl<'_>, why: Note) -> Snippet {
    let text = command(words, request, how, Some(Body::File(how.body_file)));
    Snippet { text, needs_file: true, notes: vec![why] }
}

/// A command without notes.
pub fn snippet(text: String) -> Snippet {
    Snippet { text, needs_file: false, notes: Vec::new() }
}

/// curl with all its arguments, one per line.
pub fn command(words: &Words, request: &Request, how: Curl<'_>, body: Option<Body<'_>>) -> String {
    let quote = words.quote;
    let mut out = String::from(words.program);
    out.push_str(as_it_is(&request.url, " -g"));
    let line = |out: &mut String, text: &str| {
        out.push_str(words.continuation);
        out.push_str(text);
    };
    if request.method == Method::Post || request.body.is_some() {
        out.push_str(" -X ");
        out.push_str(request.method.name());
    }
    out.push(' ');
    quote(&mut out, &request.url);
    line(&mut out, "-H ");
    out.push_str(&authorization(words, how.key_variable));
    for (name, value) in &request.headers {
        line(&mut out, "-H ");
        quote(&mut out, &[name, ": ", value].concat());
    }
    match body {
        Some(Body::Inline(text)) => {
            // What begins so would be the name of a file.
            line(&mut out, if text.starts_with('@') { "--data-raw " } else { "-d " });
            quote(&mut out, text);
        }
        Some(Body::File(name)) => {
            line(&mut out, "--data-binary ");
            quote(&mut out, &["@", name].concat());
        }
        Some(Body::Written(text)) => {
            line(&mut out, "--data-binary ");
            out.push_str(text);
        }
        None if request.method == Method::Post => {
            // Without it curl would send no length, which some servers reject; with `-d ''` it would add a form content
            // type.
            line(&mut out, "-H ");
            quote(&mut out, "Content-Length: 0");
        }
        None => {}
    }
    if let Some(file) = how.output {
        line(&mut out, "--output ");
        quote(&mut out, file);
    }
    out
}

/// curl with a form: its parts, one per line, and the file of this name last.
pub fn form(words: &Words, form: &http::Form, file: &str, how: Curl<'_>) -> String {
    let mut out = String::from(words.program);
    out.push(' ');
    (words.quote)(&mut out, &form.url);
    let mut line = |option: &str, text: &str| {
        out.push_str(words.continuation);
        out.push_str(option);
        (words.quote)(&mut out, text);
    };
    for (name, value) in &form.parts {
        // As it is: with -F an @ or a < at the beginning would name a file.
        line("--form-string ", &[name, "=", value].concat());
    }
    line("-F ", &form_file(file, &form.file_name, form.media_type));
    if form.keyed {
        out.push_str(words.continuation);
        out.push_str("-H ");
        out.push_str(&authorization(words, how.key_variable));
    }
    out
}

/// The file of a form: its name here, the name it is sent under, and its media type. Only a name with a mark that means
/// something to curl is in quotes: some versions of PowerShell lose them on the way.
pub fn form_file(file: &str, name: &str, media_type: &str) -> String {
    let file = if file.contains([';', ',', '"', '\\']) {
        ["file=@\"", &file.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
    } else {
        ["file=@", file].concat()
    };
    [&file, ";filename=", name, ";type=", media_type].concat()
}

/// The authorization header with the name of the key's variable, as one argument.
pub fn authorization(words: &Words, key_variable: &str) -> String {
    ["\"Authorization: Bearer ", words.variable[0], key_variable, words.variable[1], "\""].concat()
}

/// Keeps curl from interpreting brackets in a URL as a list of URLs.
fn as_it_is<'a>(url: &str, option: &'a str) -> &'a str {
    if url.contains(['[', ']', '{', '}']) { option } else { "" }
}

/// curl with a link and a file name, on one line.
pub fn fetch(words: &Words, link: &str, name: &str) -> String {
    let mut out = [words.program, " -L", as_it_is(link, "g"), " "].concat();
    (words.quote)(&mut out, link);
    out.push_str(" --output ");
    (words.quote)(&mut out, name);
    out
}

/// A URL as a browser sends it: non-ASCII characters, control characters, spaces and double quotes percent-encoded. On
/// Windows the first do not survive on the way to curl, and the last depend on the version of the shell.
pub fn plain_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && byte != b'"' {
            out.push(char::from(byte));
        } else {
            percent::escape(&mut out, byte);
        }
    }
    out
}
