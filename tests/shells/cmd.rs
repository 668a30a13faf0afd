//! What the Windows command prompt makes of a text, by the known phases of its parser: variables line by line, carriage
//! returns removed, quotes and carets and operators, and delayed expansion where it is on.

use super::arguments::split;
use crate::bench::{Answer, Bench, CANARY, output, read_output};
use crate::wine;

/// Where a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Typed or pasted at the prompt.
    Prompt,
    /// In a batch file.
    Batch,
    /// In a batch file after `setlocal EnableDelayedExpansion`.
    Delayed,
}

/// The longest command that is accepted.
const LONGEST: usize = 8191;

/// Variables, to be found where none is intended.
fn variable(name: &str, key_variable: &str) -> Option<&'static str> {
    match name.to_ascii_uppercase().as_str() {
        "PATH" | "HOME" | "2" | "20A" | "2F" | "CAT" => Some("SPOILED"),
        name if name == key_variable => Some(CANARY),
        _ => None,
    }
}

/// The words of a text's only command: the program and its arguments.
pub fn read(text: &str, place: Place, key_variable: &str) -> Vec<String> {
    let lines: Vec<String> = text.split('\n').map(|line| expanded(line, place, key_variable)).collect();
    let line = command(&lines.join("\n").replace('\r', ""));
    let line = if place == Place::Delayed && line.contains('!') { delayed(&line, key_variable) } else { line };
    assert!(line.len() <= LONGEST, "the prompt does not take {} characters", line.len());
    split(&line)
}

/// Phase one.
fn expanded(line: &str, place: Place, key_variable: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('%') {
        out.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        if place != Place::Prompt && rest.starts_with('%') {
            out.push('%');
            rest = &rest[1..];
            continue;
        }
        if place != Place::Prompt && rest.starts_with(|c: char| c.is_ascii_digit() || c == '*') {
            rest = &rest[1..];
            continue;
        }
        let end = rest.find('%');
        let name = end.map(|end| &rest[..end]);
        let plain = name.and_then(|name| name.split(':').next()).filter(|name| !name.is_empty());
        match (end, plain.and_then(|name| variable(name, key_variable))) {
            (Some(end), Some(value)) => {
                out.push_str(value);
                rest = &rest[end + 1..];
            }
            _ if place == Place::Prompt => out.push('%'),
            // In a batch file an undefined variable is empty.
            (Some(end), None) => rest = &rest[end + 1..],
            (None, _) => {}
        }
    }
    out.push_str(rest);
    out
}

/// Phase two. Anything that would be an operator is an error in the text.
fn command(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    let mut quoted = false;
    while let Some(c) = letters.next() {
        match c {
            '\n' => {
                assert_eq!(letters.as_str().trim(), "", "a second command");
                break;
            }
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            '^' if !quoted => match letters.next() {
                // The line break is dropped, and the first character of the next line is literal.
                Some('\n') => out.extend(letters.next()),
                next => out.extend(next),
            },
            '&' | '|' | '<' | '>' | '(' | ')' if !quoted => panic!("the prompt would act on {c} in: {text}"),
            _ => out.push(c),
        }
    }
    out
}

/// Phase five, for a line with an exclamation mark in it: carets are processed once more, quotes are not.
fn delayed(line: &str, key_variable: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '^' {
            out.extend(rest.chars().next());
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        } else if c == '!' {
            if let Some((name, after)) = rest.split_once('!') {
                out.push_str(variable(name, key_variable).unwrap_or_default());
                rest = after;
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Reads a command at the prompt and runs it.
pub fn at_the_prompt(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    send(bench, by, &read(text, Place::Prompt, key_variable), key_variable)
}

/// Reads a command in a batch file, saved with Windows line endings, and runs it.
pub fn in_a_batch_file(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    send(bench, by, &read(&text.replace('\n', "\r\n"), Place::Batch, key_variable), key_variable)
}

/// The same with delayed expansion on.
pub fn with_delayed_expansion(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    send(bench, by, &read(&text.replace('\n', "\r\n"), Place::Delayed, key_variable), key_variable)
}

/// Types a command at Wine's prompt, and runs it.
pub fn at_the_prompt_of_wine(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    by_wine(bench, by, text, wine::Place::Prompt, key_variable)
}

/// Runs a command in a batch file with Wine.
pub fn in_a_batch_file_of_wine(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    by_wine(bench, by, text, wine::Place::Batch, key_variable)
}

fn by_wine(bench: &Bench, by: &str, text: &str, place: wine::Place, key_variable: &str) -> Answer {
    let given = wine::words(&bench.folder, text, place, (key_variable, CANARY));
    let mut words = vec!["curl".to_owned()];
    words.extend(given.unwrap_or_else(|| panic!("{by}: curl was not called\n{text}")));
    send(bench, by, &words, key_variable)
}

/// Runs curl with the arguments that a reader found.
pub fn send(bench: &Bench, by: &str, words: &[String], key_variable: &str) -> Answer {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert!(matches!(words[0], "curl" | "curl.exe"), "{by}: {words:?}");
    let is_plain = words.iter().all(|word| word.is_ascii());
    assert!(is_plain, "{by}: only ASCII reaches a program of Windows whatever its code page: {words:?}");
    read_output(by, &words.join(" "), &output(&bench.folder, "curl", &words[1..], key_variable))
}

#[test]
fn known_texts_come_out_as_the_prompt_has_them() {
    for (text, place, expected) in [
        ("curl ^\n  \"a & b\" ^\"c^\"", Place::Prompt, vec!["curl", "a & b", "c"]),
        ("curl ^\"a^\n\nb^\"", Place::Prompt, vec!["curl", "a\nb"]),
        ("curl ^\"a^\r\n\r\nb^\"", Place::Batch, vec!["curl", "a\nb"]),
        ("curl %PATH% %none% 100%", Place::Prompt, vec!["curl", "SPOILED", "%none%", "100%"]),
        ("curl %PATH% %none% %%2 %2b", Place::Batch, vec!["curl", "SPOILED", "%2", "b"]),
        ("curl %PATH:~0,1% \"a^b\"", Place::Prompt, vec!["curl", "SPOILED", "a^b"]),
        ("curl \"a!PATH!b^c\"", Place::Delayed, vec!["curl", "aSPOILEDbc"]),
        ("curl \"b^c!\"", Place::Delayed, vec!["curl", "bc"]),
        ("curl \"a!b\"", Place::Batch, vec!["curl", "a!b"]),
    ] {
        assert_eq!(read(text, place, "KEY"), expected, "{text}");
    }
    for text in ["curl \"a\\\" & b\"", "curl a & b", "curl a > b", "curl a\nb"] {
        assert!(std::panic::catch_unwind(|| read(text, Place::Prompt, "KEY")).is_err(), "{text}");
    }
}
