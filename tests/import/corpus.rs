//! The corpus: files of cases, `corpus/<dialect>/<category>.txt`. A case is
//!
//! ```text
//! === its name
//! what is pasted
//! ---
//! what is read, as `shown` writes it
//! ```
//!
//! Characters that an editor would lose are written as their code: `⟦d⟧` is a carriage return, `⟦20⟧` a trailing space.
//! `WAN_BLESS=1` rewrites the files; the changes then have to be reviewed, case by case.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use wan_playground::import::{Body, Pasted, Proof, read};

/// A case of the corpus.
pub struct Case {
    /// `dialect/category: name`.
    pub place: String,
    /// Folder.
    pub dialect: String,
    /// What is pasted.
    pub input: String,
    /// The expected result.
    pub expected: String,
}

const CASE: &str = "=== ";
const RESULT: &str = "\n---\n";

/// `tests/import/corpus`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/corpus")
}

fn files() -> Vec<PathBuf> {
    let list = |path: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
        paths.sort();
        paths
    };
    list(&folder()).iter().filter(|path| path.is_dir()).flat_map(|path| list(path)).collect()
}

/// The cases of a file.
fn cases_of(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let dialect = path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
    let category = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = ["\n", &text].concat();
    let mark = ["\n", CASE].concat();
    let parts = text.split(&mark).skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('\n').unwrap_or((part, ""));
            let rest = ["\n", rest].concat();
            let (input, expected) = rest.rsplit_once(RESULT).unwrap_or((&rest, ""));
            Case {
                place: format!("{dialect}/{category}: {name}"),
                dialect: dialect.clone(),
                input: decoded(input.strip_prefix('\n').unwrap_or_default()),
                expected: expected.trim_end().to_owned(),
            }
        })
        .collect()
}

/// Every case.
pub fn cases() -> Vec<Case> {
    files().iter().flat_map(|path| cases_of(path)).collect()
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        out.push_str(before);
        let (code, after) = after.split_once('⟧').expect("a code ends");
        let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        out.push(code.expect("a code is hexadecimal"));
        rest = after;
    }
    out + rest
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for (index, c) in text.char_indices() {
        let is_last_blank = c == ' ' && (index + 1 == text.len() || text[index + 1..].starts_with('\n'));
        let is_mark = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{a0}' | '\u{3000}');
        if is_last_blank || is_mark || (c.is_control() && c != '\n') {
            write!(out, "⟦{:x}⟧", c as u32).expect("a string takes all");
        } else {
            out.push(c);
        }
    }
    out
}

/// The result of reading a text, as text.
pub fn shown(text: &str, pasted: &Pasted) -> String {
    let mut out = String::new();
    let written = pasted.written.map(|written| format!("{written:?}").to_lowercase());
    out.push_str(&written.unwrap_or_else(|| "nothing".to_owned()));
    out.push('\n');
    for call in &pasted.calls {
        let head = [call.method.as_str(), call.url.as_str()].join(" ");
        writeln!(out, "> {}", encoded(head.trim())).expect("a string takes all");
        for (name, value) in &call.headers {
            writeln!(out, "  {}: {}", encoded(name), encoded(value)).expect("a string takes all");
        }
        match &call.proof {
            Proof::None => {}
            Proof::Variable(name) => writeln!(out, "  variable {}", encoded(name)).expect("a string takes all"),
            Proof::Key(key) => writeln!(out, "  key {}", encoded(key.reveal())).expect("a string takes all"),
        }
        match &call.body {
            None => {}
            Some(Body::Text(text)) => {
                for line in encoded(text).split('\n') {
                    writeln!(out, "  | {line}").expect("a string takes all");
                }
            }
            Some(Body::File(name)) => writeln!(out, "  file {}", encoded(name)).expect("a string takes all"),
            Some(Body::Form(fields)) => {
                for (name, value) in fields {
                    writeln!(out, "  form {} = {}", encoded(name), encoded(value)).expect("a string takes all");
                }
            }
        }
    }
    for remark in &pasted.remarks {
        let at: String = text[remark.at.clone()].chars().take(60).collect();
        let at = encoded(&at).replace('\n', "⟦a⟧");
        writeln!(out, "! {:?} {at}", remark.kind).expect("a string takes all");
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn bless() {
    for path in files() {
        let mut out = String::new();
        for case in cases_of(&path) {
            let (_, name) = case.place.split_once(": ").expect("a place has a name");
            let reading = shown(&case.input, &read(&case.input));
            write!(out, "{CASE}{name}\n{}{RESULT}{reading}\n\n", encoded(&case.input)).expect("a string takes all");
        }
        fs::write(&path, out.trim_end().to_owned() + "\n").expect("the corpus can be written");
    }
}

#[test]
fn every_case_is_read_as_it_says() {
    if std::env::var_os("WAN_BLESS").is_some() {
        bless();
    }
    let mut wrong = Vec::new();
    for case in cases() {
        let reading = shown(&case.input, &read(&case.input));
        if reading != case.expected {
            wrong.push(format!(
                "{}\n{}\n--- expected\n{}\n--- read\n{reading}\n",
                case.place, case.input, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_corpus_has_three_hundred_cases_in_five_dialects() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        *counts.entry(case.dialect).or_default() += 1;
    }
    println!("{counts:?}");
    assert_eq!(counts.keys().collect::<Vec<_>>(), ["cmd", "fish", "other", "posix", "powershell"]);
    assert!(counts.values().all(|count| *count >= 25), "{counts:?}");
    assert!(counts.values().sum::<usize>() >= 300, "{counts:?}");
}

#[test]
fn no_case_stands_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for case in cases() {
        if let Some(other) = seen.insert(case.input, case.place.clone()) {
            panic!("{} and {other} are the same", case.place);
        }
    }
}
