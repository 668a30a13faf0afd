//! From the commands of a shell to the calls in them: which command is curl, what is piped into it, and what else there
//! is.

use super::curl;
use super::option::Options;
use super::others;
use super::raw::RawCall;
use super::remark::{Notes, RemarkKind};
use super::word::{Command, Input, Variables, Word, is_name};
use super::{cmd, powershell, script, sh, web_request};

/// How deeply nested commands are read.
const DEEPEST: usize = 6;
/// How deeply a script within a script is read.
const DEEPEST_SCRIPT: usize = 3;

/// Collects calls.
struct Collector<'a> {
    text: &'a str,
    /// How many scripts this one lies in.
    depth: usize,
    options: Options,
    variables: Variables,
    notes: &'a mut Notes,
    raw_calls: Vec<RawCall>,
    /// What the previous command pipes into this one.
    piped: Option<Input>,
    /// Where the commands begin that are piped into this one.
    piped_from: Option<usize>,
    /// The function whose body is being read.
    defined: String,
    /// Functions that pass all their arguments on to curl, with what they add.
    functions: Vec<(String, Vec<Word>, Option<Input>)>,
}

/// Maximum number of functions of a text that are remembered.
const MOST: usize = 16;

impl<'a> Collector<'a> {
    fn new(text: &'a str, notes: &'a mut Notes) -> Self {
        let (options, variables) = (Options::new(), Variables::new(text.len()));
        Self {
            text,
            depth: 0,
            options,
            variables,
            notes,
            raw_calls: Vec::new(),
            piped: None,
            piped_from: None,
            defined: String::new(),
            functions: Vec::new(),
        }
    }

    fn command(&mut self, mut command: Command, is_inner: bool) {
        let (piped, piped_from) = (self.piped.take(), self.piped_from.take());
        let start = program(&command.words);
        let name = command.words.get(start).map(|word| word.text.as_str()).unwrap_or_default();
        if let Some(name) = name.strip_suffix('(').filter(|name| is_name(name)) {
            // `name() {`
            name.clone_into(&mut self.defined);
            return;
        }
        if is_curl(name) && !self.defined.is_empty() && command.words[start..].iter().any(|word| word.text == "$@") {
            // It is copied at every use, so a long one is skipped.
            if self.functions.len() < MOST && command.at.len() < 4096 {
                let (name, input) = (std::mem::take(&mut self.defined), command.input.take().or(piped));
                self.functions.push((name, command.words.split_off(start), input));
            }
            return;
        }
        if let Some((_, own, input)) = self.functions.iter().find(|(known, ..)| known == name) {
            // The function's words are elsewhere in the text, so no remarks are made about them here.
            let mut words = own.clone();
            let place = words.iter().position(|word| word.text == "$@").unwrap_or(words.len());
            words.splice(place..(place + 1).min(words.len()), command.words.drain(start + 1..));
            let mut silent = Notes::default();
            let at = command.at.clone();
            let found = curl::calls(&words, at, input.as_ref(), &self.options, &mut self.variables, &mut silent);
            self.raw_calls.extend(found);
            return;
        }
        if is_curl(name) {
            let input = command.input.take().or(piped);
            if let Some((_, at)) = command.output.as_ref().filter(|(name, _)| name != "/dev/null") {
                self.notes.add(RemarkKind::Output, at.clone());
            }
            let words = &command.words[start..];
            // What computes the body is a part of the call.
            let from = if let Some(Input::Command(printing)) = &input { printing.at.start } else { command.at.start };
            let at = from..command.at.end;
            let found = curl::calls(words, at, input.as_ref(), &self.options, &mut self.variables, self.notes);
            self.raw_calls.extend(found);
            return;
        }
        if others::is_program(name)
            && let Some(raw) = others::call(&command.words[start..], command.at.clone())
        {
            self.raw_calls.push(raw);
            return;
        }
        if self.depth < DEEPEST_SCRIPT && self.script(&command) {
            return;
        }
        let text = written(&command.words[start..], command.input.take().or(piped));
        if let (Some(text), Some((name, _))) = (&text, &command.output) {
            self.variables.set(&["@", name].concat(), text);
        } else if command.is_piped {
            let at = piped_from.unwrap_or(command.at.start)..command.at.end;
            let written = self.text.get(at.clone()).unwrap_or_default().to_owned();
            self.piped_from = Some(at.start);
            self.piped =
                Some(text.map_or_else(|| Input::Command(Word { text: written, at, open: Vec::new() }), Input::Text));
        } else if !is_inner && !command.words[start..].is_empty() {
            self.notes.add(RemarkKind::FurtherCommand, command.at.clone());
        }
    }

    /// Reads the script that a command hands to another shell, if it calls anything.
    fn script(&mut self, command: &Command) -> bool {
        let Some(script) = script::of(&command.words) else { return false };
        let mut notes = Notes::default();
        let raw_calls = of_script(&script.word.text, script.is_fish, &mut notes, self.depth + 1);
        if raw_calls.is_empty() {
            return false;
        }
        let places = script::Places::of(self.text, script.word);
        script.word.note_open(self.notes);
        for remark in notes.remarks.iter().filter_map(|remark| places.remark(remark, script.word)) {
            self.notes.add(remark.kind, remark.at);
        }
        notes.secrets.into_iter().for_each(|secret| self.notes.secret(secret));
        self.raw_calls.extend(raw_calls.into_iter().map(|raw| places.call(raw, script.word)));
        true
    }
}

/// Whether a word names the curl program.
pub fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}

/// Index of the program: after shell keywords and programs that only start another one.
fn program(words: &[Word]) -> usize {
    const BEFORE: [&str; 24] = [
        "if", "then", "else", "elif", "while", "until", "do", "fi", "done", "{", "}", "!", "begin", "end", "and", "or",
        "not", "sudo", "env", "time", "nohup", "exec", "command", "noglob",
    ];
    let is_before = |word: &&Word| {
        BEFORE.contains(&word.text.as_str()) || word.text.split_once('=').is_some_and(|(name, _)| is_name(name))
    };
    words.iter().take_while(is_before).count()
}

/// What a command that only prints something prints.
fn written(words: &[Word], input: Option<Input>) -> Option<String> {
    let text = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    match words.first().map(|word| word.text.as_str()) {
        Some("cat" | "tee") | None => match input {
            Some(Input::Text(text)) if words.len() <= 1 => Some(text),
            _ => None,
        },
        Some("echo") => {
            let flags = words[1..].iter().take_while(|word| matches!(word.text.as_str(), "-n" | "-e" | "-E")).count();
            let has_break = !words[1..=flags].iter().any(|word| word.text == "-n");
            Some(text(&words[1 + flags..]) + if has_break { "\n" } else { "" })
        }
        Some("printf") => match &words[1..] {
            [form, value] if matches!(form.text.as_str(), "%s" | "%s\\n" | "%b") => {
                Some(value.text.clone() + if form.text.ends_with("\\n") { "\n" } else { "" })
            }
            // A placeholder for the value within other text.
            [form, value] if form.text.matches('%').count() == 1 && form.text.contains("%s") => {
                Some(form.text.replace("%s", &value.text).replace("\\n", "\n"))
            }
            [form] if !form.text.contains('%') => Some(form.text.replace("\\n", "\n")),
            _ => None,
        },
        _ => None,
    }
}

/// The calls of a text for a POSIX shell or fish.
pub fn of_sh(text: &str, is_fish: bool, notes: &mut Notes) -> Vec<RawCall> {
    of_script(text, is_fish, notes, 0)
}

fn of_script(text: &str, is_fish: bool, notes: &mut Notes, depth: usize) -> Vec<RawCall> {
    let mut collector = Collector { depth, ..Collector::new(text, notes) };
    let mut parts = vec![(0..text.len(), 0)];
    while let Some((part, depth)) = parts.pop() {
        let mut reader = sh::Sh::new(text, part, is_fish);
        while let Some(command) = reader.next(&mut collector.variables, collector.notes) {
            collector.command(command, depth > 0);
        }
        if depth < DEEPEST {
            parts.extend(reader.inner.into_iter().map(|inner| (inner, depth + 1)));
        }
    }
    collector.raw_calls
}

/// The arguments of each curl, as a shell passes them.
pub fn words(text: &str, is_fish: bool) -> Vec<Vec<String>> {
    let (mut variables, mut notes) = (Variables::new(text.len()), Notes::default());
    let mut reader = sh::Sh::new(text, 0..text.len(), is_fish);
    let mut all = Vec::new();
    while let Some(command) = reader.next(&mut variables, &mut notes) {
        let start = program(&command.words);
        if command.words.get(start).is_some_and(|word| is_curl(&word.text)) {
            all.push(command.words[start + 1..].iter().map(|word| word.text.clone()).collect());
        }
    }
    all
}

/// The calls of a text for the Windows command prompt.
pub fn of_cmd(text: &str, notes: &mut Notes) -> Vec<RawCall> {
    let mut collector = Collector::new(text, notes);
    let mut reader = cmd::Cmd::new(text);
    while let Some(command) = reader.next(&mut collector.variables, collector.notes) {
        let is_echo = command.words[0].text.eq_ignore_ascii_case("echo");
        if is_echo && command.is_piped {
            // `echo` prints its arguments verbatim, quotes included.
            let said = text[command.words[0].at.end..command.at.end].trim();
            collector.piped = Some(Input::Text([said, "\r\n"].concat()));
        } else if let Some((name, at)) = command.output.as_ref().filter(|_| is_echo) {
            let said = text.get(command.words[0].at.end..at.start).unwrap_or_default().trim();
            collector.variables.set(&["@", name].concat(), &[said, "\r\n"].concat());
        } else {
            collector.command(command, false);
        }
    }
    collector.raw_calls
}

/// The calls of a text for PowerShell.
pub fn of_power_shell(text: &str, notes: &mut Notes) -> Vec<RawCall> {
    let options = Options::new();
    let mut variables = Variables::new(text.len());
    let mut shell = powershell::PowerShell::new(text, &mut variables);
    let mut raw_calls = Vec::new();
    while let Some(statement) = shell.next(notes) {
        let name = statement.arguments[0].word.text.clone();
        let is_own =
            web_request::is_command(&name) || (name.eq_ignore_ascii_case("curl") && web_request::is_alias(&statement));
        if is_own {
            raw_calls.push(web_request::call(&statement, &mut shell, notes));
        } else if is_curl(&name) {
            let words: Vec<Word> = statement.arguments.into_iter().map(|argument| handed(argument.word)).collect();
            raw_calls.extend(curl::calls(&words, statement.at, None, &options, shell.variables(), notes));
        } else {
            // The object in which a browser keeps cookies.
            if !name.eq_ignore_ascii_case("new-object") {
                notes.add(RemarkKind::FurtherCommand, statement.at);
            }
            continue;
        }
        if let Some(at) = statement.output {
            notes.add(RemarkKind::Output, at);
        }
    }
    raw_calls
}

fn handed(word: Word) -> Word {
    match powershell::as_handed_over(&word.text) {
        Some(text) => Word { text, ..word },
        None => word,
    }
}
