//! What PowerShell makes of a script, by its documented rules, as far as our scripts need them: anything else is an
//! error in the script. And how its two generations pass arguments to a program.

use super::arguments::split;
use super::cmd::send;
use crate::bench::{Answer, Bench, CANARY};
use crate::grammar;
use std::collections::HashMap;
use std::fs;
use std::iter::Peekable;
use std::str::Chars;

/// The generations that differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Windows PowerShell, and PowerShell before 7.3.
    Five,
    /// PowerShell 7.3 and later.
    Seven,
}

/// Runs a script, saved with Windows line endings, as Windows PowerShell 5.1 does.
pub fn five(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    run(bench, by, &text.replace('\n', "\r\n"), key_variable, Version::Five)
}

/// Runs a script as PowerShell 7 does.
pub fn seven(bench: &Bench, by: &str, text: &str, key_variable: &str) -> Answer {
    run(bench, by, text, key_variable, Version::Seven)
}

fn run(bench: &Bench, by: &str, script: &str, key_variable: &str, version: Version) -> Answer {
    let text = script.chars().peekable();
    let mut reader = Reader { text, variables: HashMap::new(), strings: Vec::new(), key_variable, bench };
    let mut answer = None;
    while let Some(words) = reader.statement() {
        match words.first().map(String::as_str) {
            None => {}
            Some("curl.exe") => {
                let line = handed(&words[1..], version);
                let mut words = vec!["curl.exe".to_owned()];
                words.extend(split(&line));
                assert!(answer.replace(send(bench, by, &words, key_variable)).is_none(), "one request");
            }
            Some("Remove-Item") => fs::remove_file(&words[1]).expect("what is removed was there"),
            Some(other) => panic!("{by} is no judge of {other}:\n{script}"),
        }
    }
    agree(by, script, &reader.strings);
    answer.unwrap_or_else(|| panic!("{by}: no request\n{script}"))
}

/// The third-party grammar finds no errors in a script, the same strings, and no other calls.
fn agree(by: &str, script: &str, strings: &[String]) {
    let found = grammar::read(script);
    assert_eq!(found.faults(), Vec::<&str>::new(), "{by}\n{script}");
    assert_eq!(found.strings(), strings, "{by}\n{script}");
    assert!(found.called().iter().all(|name| ["curl.exe", "Remove-Item"].contains(name)), "{by}\n{script}");
}

/// The command line a program is started with.
fn handed(arguments: &[String], version: Version) -> String {
    let is_open = |argument: &str| argument.is_empty() || argument.contains([' ', '\t', '\n', '\r']);
    let handed = arguments.iter().filter(|argument| version == Version::Seven || !argument.is_empty());
    let handed = handed.map(|argument| match version {
        // Quotes around what has spaces, without escaping those inside.
        Version::Five if is_open(argument) => format!("\"{argument}\""),
        Version::Seven if is_open(argument) || argument.contains('"') => {
            let mut out = String::from("\"");
            let mut backslashes = 0;
            for c in argument.chars() {
                if c == '"' {
                    out.extend(std::iter::repeat_n('\\', backslashes + 1));
                }
                backslashes = if c == '\\' { backslashes + 1 } else { 0 };
                out.push(c);
            }
            out.extend(std::iter::repeat_n('\\', backslashes));
            out.push('"');
            out
        }
        _ => argument.clone(),
    });
    handed.collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    text: Peekable<Chars<'a>>,
    variables: HashMap<String, String>,
    /// Strings without variables, in order.
    strings: Vec<String>,
    key_variable: &'a str,
    bench: &'a Bench,
}

const fn is_single(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

const fn is_double(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

impl Reader<'_> {
    /// The words of the next statement: empty for one that is not a command. `None` at the end.
    fn statement(&mut self) -> Option<Vec<String>> {
        while self.text.next_if(|c| c.is_whitespace()).is_some() {}
        match *self.text.peek()? {
            '$' => {
                self.text.next();
                let name = self.name();
                self.blanks();
                assert_eq!(self.text.next(), Some('='), "a variable is set");
                self.blanks();
                let value = self.expression();
                self.variables.insert(name, value);
                self.end();
                Some(Vec::new())
            }
            '[' => {
                self.call();
                self.end();
                Some(Vec::new())
            }
            _ => Some(self.command()),
        }
    }

    fn end(&mut self) {
        self.blanks();
        assert!(matches!(self.text.next(), None | Some('\n' | '\r' | ';')), "a statement ends with its line");
    }

    fn blanks(&mut self) {
        while self.text.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.text.next_if(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '?')) {
            name.push(c);
        }
        name
    }

    fn value(&self, name: &str) -> String {
        if name.strip_prefix("env:") == Some(self.key_variable) {
            return CANARY.to_owned();
        }
        // An unset variable is empty.
        self.variables.get(name).cloned().unwrap_or_default()
    }

    fn command(&mut self) -> Vec<String> {
        let mut words = Vec::new();
        loop {
            self.blanks();
            match self.text.peek().copied() {
                None | Some('\n') => return words,
                Some('\r') => drop(self.text.next()),
                Some('`') => {
                    self.text.next();
                    self.text.next_if_eq(&'\r');
                    assert_eq!(self.text.next(), Some('\n'), "outside quotes a backtick is only for a line break");
                }
                Some(c) if is_single(c) => words.push(self.single()),
                Some(c) if is_double(c) => words.push(self.double()),
                Some('$') => {
                    self.text.next();
                    let name = self.name();
                    words.push(self.value(&name));
                }
                Some(c) => {
                    assert!(c.is_ascii_alphanumeric() || c == '-', "{c} begins no word of ours");
                    let mut word = String::new();
                    while let Some(c) = self.text.next_if(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')) {
                        word.push(c);
                    }
                    words.push(word);
                }
            }
            let ends = self.text.peek().is_none_or(|c| c.is_whitespace());
            assert!(ends, "nothing is glued to a word: {words:?} {:?}", self.text.peek());
        }
    }

    /// A single-quoted string: a doubled quote is one quote, the first of the two.
    fn single(&mut self) -> String {
        self.text.next();
        let mut out = String::new();
        loop {
            let c = self.text.next().expect("a quote is left open");
            if is_single(c) && self.text.next_if(|c| is_single(*c)).is_none() {
                self.strings.push(out.clone());
                return out;
            }
            out.push(c);
        }
    }

    fn double(&mut self) -> String {
        self.text.next();
        let mut out = String::new();
        loop {
            match self.text.next().expect("a quote is left open") {
                c if is_double(c) => {
                    if self.text.next_if(|c| is_double(*c)).is_none() {
                        return out;
                    }
                    out.push(c);
                }
                '`' => match self.text.next() {
                    Some('n') => out.push('\n'),
                    Some('r') => out.push('\r'),
                    other => panic!("`{other:?}"),
                },
                '$' => {
                    let name = self.name();
                    assert!(!name.is_empty() || self.text.peek() != Some(&'('), "nothing is computed");
                    out.push_str(&self.value(&name));
                }
                c => out.push(c),
            }
        }
    }

    /// `@'`, a line break, everything up to a line that begins with `'@`.
    fn here(&mut self) -> String {
        self.text.next();
        assert!(self.text.next().is_some_and(is_single), "a here-string of single quotes");
        self.text.next_if_eq(&'\r');
        assert_eq!(self.text.next(), Some('\n'), "a here-string begins on its own line");
        let mut out = String::new();
        loop {
            let c = self.text.next().expect("a here-string is left open");
            out.push(c);
            if is_single(c) && self.text.peek() == Some(&'@') && out[..out.len() - c.len_utf8()].ends_with('\n') {
                self.text.next();
                out.truncate(out.len() - c.len_utf8() - 1);
                let out = out.strip_suffix('\r').unwrap_or(&out).to_owned();
                self.strings.push(out.clone());
                return out;
            }
        }
    }

    fn expression(&mut self) -> String {
        self.blanks();
        let mut value = match *self.text.peek().expect("an expression") {
            '@' => self.here(),
            '[' => self.call(),
            '$' => {
                self.text.next();
                let name = self.name();
                self.value(&name)
            }
            c if is_single(c) => self.single(),
            c if is_double(c) => self.double(),
            c => panic!("{c} begins no expression of ours"),
        };
        while self.text.next_if_eq(&'.').is_some() {
            assert_eq!(self.name(), "Replace");
            let arguments = self.arguments();
            value = value.replace(&arguments[0], &arguments[1]);
        }
        value
    }

    fn arguments(&mut self) -> Vec<String> {
        assert_eq!(self.text.next(), Some('('));
        let mut arguments = Vec::new();
        loop {
            if self.text.next_if_eq(&')').is_some() {
                return arguments;
            }
            arguments.push(self.expression());
            self.text.next_if_eq(&',');
        }
    }

    /// A call of one of the two .NET functions that are known here.
    fn call(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.text.next_if(|c| *c != '(') {
            name.push(c);
        }
        let arguments = self.arguments();
        match name.as_str() {
            "[IO.Path]::GetTempFileName" => {
                // Folder names can contain spaces.
                let folder = self.bench.folder.join("temporary files");
                fs::create_dir_all(&folder).expect("the folder can be written");
                let file = folder.join("tmp1A2B.tmp");
                fs::write(&file, "").expect("the folder can be written");
                file.to_str().expect("a path in UTF-8").to_owned()
            }
            "[IO.File]::WriteAllText" => {
                fs::write(&arguments[0], &arguments[1]).expect("the folder can be written");
                String::new()
            }
            other => panic!("{other} is not known here"),
        }
    }
}

#[test]
fn the_two_generations_differ_as_documented() {
    let argument = [r#"{"a": "b c"}"#.to_owned()];
    assert_eq!(split(&handed(&argument, Version::Seven)), argument);
    assert_eq!(split(&handed(&argument, Version::Five)), ["{a: b", "c}"]);
}
