//! A `curl` command as a POSIX shell would read it, as far as a call needs: address, method, body.

/// A call in a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method as written, empty where none is.
    pub method: String,
    /// Address.
    pub url: String,
    /// Body, empty where there is none.
    pub body: String,
}

/// Whether a text is meant as a command.
pub fn is_curl(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['$', '#', '>', '%']).trim_start();
    text.split_whitespace().next().is_some_and(|word| matches!(word, "curl" | "curl.exe" | "/usr/bin/curl"))
}

/// The call of a command.
pub fn call(text: &str) -> Option<Call> {
    let words = words(text);
    let mut call = Call { method: String::new(), url: String::new(), body: String::new() };
    let mut at = words.iter().map(String::as_str).skip_while(|word| !word.ends_with("curl") && *word != "curl.exe");
    at.next()?;
    while let Some(word) = at.next() {
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value)),
            _ => (word, None),
        };
        let mut value = || joined.or_else(|| at.next()).unwrap_or_default().to_owned();
        match name {
            "-X" | "--request" => call.method = value(),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => call.body = value(),
            "--url" => call.url = value(),
            "-H" | "--header" | "-o" | "--output" | "-A" | "--user-agent" | "-e" | "--referer" | "-m"
            | "--max-time" | "-u" | "--user" | "-x" | "--proxy" | "-b" | "--cookie" | "-w" | "--write-out"
            | "--connect-timeout" | "--retry" | "-T" | "--upload-file" | "-F" | "--form" => drop(value()),
            _ if word.starts_with("-X") && word.len() > 2 => word[2..].clone_into(&mut call.method),
            _ if word.starts_with("-d") && word.len() > 2 && !word.starts_with("--") => {
                word[2..].clone_into(&mut call.body);
            }
            _ if word.starts_with('-') => {}
            _ if call.url.is_empty() => word.clone_into(&mut call.url),
            _ => {}
        }
    }
    (!call.url.is_empty()).then_some(call)
}

/// The words of the first command of a text: quotes of all three kinds, backslashes, continued lines. What a shell would
/// fill in (`$NAME`) stays as it is written; what ends a command ends it here.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                word.extend(chars.by_ref().take_while(|c| *c != '\''));
            }
            '"' => double_quoted(&mut chars, word.get_or_insert_default()),
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                ansi_quoted(&mut chars, word.get_or_insert_default());
            }
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some('\r') => {
                    chars.next_if_eq(&'\n');
                }
                Some(c) => word.get_or_insert_default().push(c),
            },
            '\n' if word.is_none() && out.is_empty() => {}
            '\n' | ';' | '|' | '&' => {
                out.extend(word.take());
                if !out.is_empty() {
                    return out;
                }
            }
            c if c.is_whitespace() => out.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    out
}

fn double_quoted(chars: &mut impl Iterator<Item = char>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => return,
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                Some(c) => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

/// `$'…'`, which browsers write when they copy a request.
fn ansi_quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '\'' => return,
            '\\' => match chars.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => word.extend(hex(chars, 4)),
                Some('x') => word.extend(hex(chars, 2)),
                Some(c) => word.push(c),
                None => {}
            },
            c => word.push(c),
        }
    }
}

fn hex(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, most: usize) -> Option<char> {
    let mut code = 0;
    for _ in 0..most {
        let Some(digit) = chars.peek().and_then(|c| c.to_digit(16)) else { break };
        code = code * 16 + digit;
        chars.next();
    }
    char::from_u32(code)
}
