//! A request as a `curl` command for any POSIX shell.

use crate::http::{Files, Method, Request};

/// How a command is to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Curl<'a> {
    /// Shell variable that holds the key.
    pub key_variable: &'a str,
    /// File the answer is written to, if not to the terminal.
    pub output: Option<&'a str>,
    /// Name of the file that holds the body, for a body with local files in it: base64 is too long for a command.
    pub body_file: &'a str,
}

/// The command. It holds the name of the key's variable, never a key.
pub fn posix(request: &Request, how: Curl<'_>) -> String {
    let mut out = String::from("curl");
    if request.method == Method::Post || request.body.is_some() {
        out.push_str(" -X ");
        out.push_str(request.method.name());
    }
    out.push(' ');
    quote(&mut out, &request.url);
    line(&mut out, "-H \"Authorization: Bearer $");
    out.push_str(how.key_variable);
    out.push('"');
    for (name, value) in &request.headers {
        line(&mut out, "-H ");
        quote(&mut out, &[name, ": ", value].concat());
    }
    if let Some(body) = &request.body {
        if body.has_file() {
            line(&mut out, "--data-binary ");
            quote(&mut out, &["@", how.body_file].concat());
        } else {
            line(&mut out, "-d ");
            quote(&mut out, &body.print(Files::Whole));
        }
    } else if request.method == Method::Post {
        // Without it curl would send no length, which some servers refuse; with `-d ''` it would add a type of a form.
        line(&mut out, "-H 'Content-Length: 0'");
    }
    if let Some(file) = how.output {
        line(&mut out, "--output ");
        quote(&mut out, file);
    }
    out
}

/// Saves a result link under a name. The link is signed: its query is left as it is.
pub fn posix_download(link: &str, name: &str) -> String {
    let mut out = String::from("curl -L ");
    quote(&mut out, link);
    out.push_str(" --output ");
    quote(&mut out, name);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(" \\\n  ");
    out.push_str(text);
}

/// Single quotes: nothing inside them means anything to a shell, so only the quote itself needs care.
fn quote(out: &mut String, text: &str) {
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
