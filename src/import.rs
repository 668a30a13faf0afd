//! Calls as people paste them: a command of any shell, `fetch(…)`, an entry of a HAR file, a bare body. This module
//! knows how calls are written, not what they mean to a gateway. Nothing is executed, looked up or sent here.

use broken::fault;
use clean::Clean;
use literal::Values;
use proof::Quotes;
use raw::RawCall;
use remark::Notes;
use std::borrow::Cow;
use std::ops::Range;
use word::{Variables, is_mark};

mod broken;
mod call;
mod clean;
mod cmd;
mod command;
mod curl;
mod exported;
mod fetch;
mod har;
mod lines;
mod literal;
mod masked;
mod mended;
mod option;
mod others;
mod powershell;
mod program;
mod proof;
mod raw;
mod remark;
mod sh;
mod web_request;
mod word;

pub use call::{Body, Call, Pasted, Proof, Written};
pub use masked::masked;
pub use program::{Language, Program, Unknown, bodies, language, programs};
pub use remark::{Remark, RemarkKind};

/// Longest text that is read, in bytes: fits an image of the size the gateways accept, as base64 in a body.
pub const LONGEST: usize = 8 << 20;

/// Parses a text. The format is detected from the text itself.
pub fn read(text: &str) -> Pasted {
    let nothing = |kind, at| Pasted { remarks: vec![Remark { at, kind }], ..Pasted::default() };
    if text.len() > LONGEST {
        return nothing(RemarkKind::TooLong, 0..text.len());
    }
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
    if is_page(bare) {
        return nothing(RemarkKind::Html, 0..text.len());
    }
    let mut notes = Notes::default();
    signs(text, &mut notes);
    if let Some(pasted) = document(text, bare, &mut notes) {
        return pasted;
    }
    let first = attempt(text, notes);
    if let Some((defects, pasted)) = &first
        && pasted.remarks.iter().any(|remark| is_option(text, remark))
        && let Some((joined, remark)) = lines::joined(text)
    {
        // The lines of one command, which lost what joins them.
        let mut notes = Notes::default();
        signs(text, &mut notes);
        notes.add(remark.kind, remark.at);
        if let Some((_, pasted)) = attempt(&joined, notes).filter(|(fewer, _)| fewer < defects) {
            return pasted;
        }
    }
    if let Some((_, pasted)) = &first
        && let Some((spaced, remark)) = lines::unbroken(text)
    {
        let mut notes = Notes::default();
        signs(text, &mut notes);
        notes.add(remark.kind, remark.at);
        let fewer = |calls: &[Call]| calls.len() <= pasted.calls.len();
        if let Some((_, mended)) = attempt(&spaced, notes).filter(|(_, mended)| fewer(&mended.calls)) {
            return mended;
        }
    }
    if let Some((_, pasted)) = first {
        return pasted;
    }
    let mut notes = Notes::default();
    signs(text, &mut notes);
    let raw_calls = lines::requests(text);
    if !raw_calls.is_empty() {
        let calls = raw_calls.into_iter().map(|raw| proof::call(raw, Quotes::DoNot, &mut notes)).collect();
        return Pasted::of(notes, calls, Written::Http);
    }
    notes.add(RemarkKind::Unrecognized, 0..text.len());
    Pasted { remarks: notes.into_sorted(), ..Pasted::default() }
}

/// Whether a remark is about a command that begins with an option: no command does.
fn is_option(text: &str, remark: &Remark) -> bool {
    remark.kind == RemarkKind::FurtherCommand && text[remark.at.clone()].starts_with('-')
}

/// Reads the commands of a text in the format that leaves the fewest doubts, and says how many are left.
fn attempt(text: &str, mut notes: Notes) -> Option<(usize, Pasted)> {
    let clean = Clean::of(text, &mut notes);
    let mut best: Option<(usize, Reading)> = None;
    for (written, doubt) in candidates(&clean) {
        let reading = Reading::of(&clean.text, written);
        let defects = doubt + reading.defects(&clean.text);
        if best.as_ref().is_none_or(|(least, _)| defects < *least) {
            best = Some((defects, reading));
        }
        if defects == 0 {
            break;
        }
    }
    let (defects, reading) = best.filter(|(_, reading)| !reading.raw_calls.is_empty())?;
    Some((defects, reading.finish(&clean, notes)))
}

fn is_page(bare: &str) -> bool {
    let start: String = bare.chars().take(14).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<?xml", "<head", "<body", "<div", "<script"].iter().any(|tag| start.starts_with(tag))
}

/// Invisible characters.
fn signs(text: &str, notes: &mut Notes) {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b'\r' | b'\t' | b' '..=b'~')) {
        return;
    }
    for (at, c) in text.char_indices() {
        if c.is_control() && !matches!(c, '\n' | '\r' | '\t') {
            notes.once(RemarkKind::ControlCharacters, at..at + c.len_utf8());
        } else if is_mark(c) && at > 0 {
            notes.once(RemarkKind::BidiMarks, at..at + c.len_utf8());
        }
    }
}

/// A JSON text: an entry of a HAR file, or a body.
fn document(text: &str, bare: &str, notes: &mut Notes) -> Option<Pasted> {
    let is_object = bare.starts_with('{');
    let is_list = bare.starts_with('[') && bare[1..].trim_start().starts_with(['{', '[', '"', ']']);
    if !is_object && !is_list {
        return None;
    }
    let body = bare.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c));
    let start = text.len() - bare.len();
    let fault = fault(body);
    if fault.is_some() && text.lines().any(|line| clean::is_call(line.trim_start())) {
        return None;
    }
    if fault.is_none() {
        let mut variables = Variables::new(0);
        let document = Values::new(text, start, &[], &mut variables).value();
        if let Some(raw_calls) = har::calls(&document).or_else(|| exported::calls(&document)) {
            let calls = raw_calls.into_iter().map(|raw| proof::call(raw, Quotes::DoNot, notes)).collect();
            return Some(Pasted::of(std::mem::take(notes), calls, Written::Har));
        }
    }
    if let Some(at) = fault {
        let rest = &text[start + at..start + body.len()];
        let end = rest.chars().next().map_or(0, char::len_utf8);
        notes.add(RemarkKind::BrokenJson, start + at..start + at + end);
    }
    let at = start..start + body.len();
    let raw = RawCall { body: Some(Body::Text(body.to_owned())), body_at: at.clone(), at, ..RawCall::default() };
    let calls = vec![proof::call(raw, Quotes::DoNot, notes)];
    Some(Pasted::of(std::mem::take(notes), calls, Written::Json))
}

/// The formats a text may be read as, most likely first, each with its initial penalty.
fn candidates(clean: &Clean<'_>) -> Vec<(Written, usize)> {
    let text = clean.text.as_ref();
    let sample = ends(text);
    let has = |marks: &[&str]| marks.iter().filter(|mark| sample.contains(**mark)).count();
    let anywhere = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let calls = || text.lines().map(str::trim_start).filter(|line| clean::is_call(line));
    let is_fetch = calls().next().map_or_else(|| text.contains("fetch("), |line| line.contains("fetch"));
    if is_fetch && !calls().any(|line| !line.contains("fetch")) {
        return vec![(Written::Fetch, 0)];
    }
    let lower = clean.prompt.to_ascii_lowercase();
    let is_ps = lower.starts_with("ps");
    let is_drive = lower.get(1..3).is_some_and(|drive| drive == ":\\");
    let own = calls().any(|line| web_request::is_command(line.split_whitespace().next().unwrap_or_default()));
    let is_alias = has(&["-Uri ", "-Method ", "-Headers ", "-Body ", "-ContentType "]) > 0;
    let power_shell = has(&["`\n", "`\r\n", "@{", "@'\n", "@\"\n", "@'\r\n", "@\"\r\n", "Invoke-", "IO.File]"])
        + has(&["`\"", "`$", "$env:", "$Env:", "--% ", "irm ", "iwr ", "IWR "]) * 2
        + usize::from(is_alias) * 3
        + usize::from(own || is_ps) * 4
        + usize::from(has(&["curl.exe"]) > 0 && text.contains('\'')) * 2;
    let cmd = has(&["^\n", "^\r\n", "^\"", "^ \n", "\nset ", "@echo", "curl.exe"])
        + usize::from(is_drive || text.trim_end().ends_with('^')) * 2
        + usize::from(has_percent_variable(text) && !text.contains(" '")) * 2
        + usize::from(text.starts_with("set ") && text.lines().next().is_some_and(|line| line.contains('='))) * 2;
    let fish = has(&["set -x ", "set -gx ", "set -lx ", "set -Ux ", "set -l ", "set -g ", "; and ", "; or "]) * 3;
    let posix = has(&["\\\n", "\\\r\n", "$'", "<<", "export ", "$(", " '"]);
    // A format that the text shows no sign of is not tried, or only as a last resort if there are signs of another.
    let is_fish = fish > 0 || anywhere(&["\\'", "\\\\"]);
    let is_cmd = cmd > 0 || anywhere(&["^", "\"\""]);
    let mut all = [
        (posix, Written::Posix, true),
        (fish, Written::Fish, is_fish),
        (cmd, Written::Cmd, is_cmd),
        (power_shell, Written::PowerShell, power_shell > 0),
    ];
    all.sort_by_key(|(points, ..)| std::cmp::Reverse(*points));
    let most = all[0].0;
    let doubt = |points: usize, written| match written {
        Written::Fish | Written::Posix if most == posix.max(fish) => usize::from(points == 0 && most > 0),
        _ if points == 0 && most > 0 => 6,
        _ => 0,
    };
    let possible = all.into_iter().filter(|(.., is_possible)| *is_possible);
    possible.map(|(points, written, _)| (written, doubt(points, written))).collect()
}

/// The beginning and the end of a long text: between them is an image, which says nothing about the shell.
fn ends(text: &str) -> Cow<'_, str> {
    const EACH: usize = 32 << 10;
    if text.len() <= 2 * EACH {
        return Cow::Borrowed(text);
    }
    let (mut start, mut end) = (EACH, text.len() - EACH);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Cow::Owned([&text[..start], &text[end..]].concat())
}

/// `%NAME%` outside a URL.
fn has_percent_variable(text: &str) -> bool {
    text.match_indices('%').take(256).any(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.bytes().take(64).position(|byte| byte == b'%');
        end.is_some_and(|end| end > 2 && word::is_name(&rest[..end]))
    })
}

/// A text read as one format.
struct Reading {
    written: Written,
    raw_calls: Vec<RawCall>,
    notes: Notes,
    /// Spans of bodies that look like JSON but are invalid.
    broken: Vec<Range<usize>>,
}

impl Reading {
    fn of(text: &str, written: Written) -> Self {
        let mut notes = Notes::default();
        let mut raw_calls = match written {
            Written::Posix => command::of_sh(text, false, &mut notes),
            Written::Fish => command::of_sh(text, true, &mut notes),
            Written::Cmd => command::of_cmd(text, &mut notes),
            Written::PowerShell => command::of_power_shell(text, &mut notes),
            Written::Fetch | Written::Har | Written::Json | Written::Http => {
                fetch::calls(text, &mut Variables::new(text.len()), &mut notes)
            }
        };
        for raw in &mut raw_calls {
            mended::body(text, raw, &mut notes);
        }
        let is_broken = |raw: &&RawCall| match &raw.body {
            Some(Body::Text(text)) => text.trim_start().starts_with(['{', '[']) && fault(text).is_some(),
            _ => false,
        };
        let broken = raw_calls.iter().filter(is_broken).map(|raw| raw.body_at.clone()).collect();
        Self { written, raw_calls, notes, broken }
    }

    /// Penalty against this reading.
    fn defects(&self, text: &str) -> usize {
        let weight = |remark: &Remark| match remark.kind {
            RemarkKind::UnbalancedQuote | RemarkKind::NoAddress => 4,
            RemarkKind::UnknownOption
            | RemarkKind::AmbiguousOption
            | RemarkKind::MissingValue
            | RemarkKind::BadHeader
            | RemarkKind::CutAddress
            | RemarkKind::SingleQuotes
            | RemarkKind::TooMany
            | RemarkKind::OddMethod => 2,
            // No command starts with an option.
            RemarkKind::FurtherCommand if text[remark.at.clone()].starts_with('-') => 4,
            _ => 0,
        };
        let none = if self.raw_calls.is_empty() { 100 } else { 0 };
        none + self.broken.len() * 3 + self.notes.remarks.iter().map(weight).sum::<usize>()
    }

    fn finish(mut self, clean: &Clean<'_>, mut notes: Notes) -> Pasted {
        for at in std::mem::take(&mut self.broken) {
            self.notes.add(RemarkKind::BrokenJson, at);
        }
        let quotes = if self.written == Written::Fetch { Quotes::DoNot } else { Quotes::Count };
        let raw_calls = std::mem::take(&mut self.raw_calls);
        let mut calls: Vec<Call> = raw_calls.into_iter().map(|raw| proof::call(raw, quotes, &mut self.notes)).collect();
        calls.sort_by_key(|call| call.at.start);
        for call in &mut calls {
            call.at = clean.place(call.at.clone());
        }
        notes.secrets.append(&mut self.notes.secrets);
        for remark in self.notes.remarks {
            notes.add(remark.kind, clean.place(remark.at));
        }
        Pasted::of(notes, calls, self.written)
    }
}

/// The arguments that a POSIX shell, or fish, passes to each `curl` of a text: for comparison with a real shell.
pub fn words(text: &str, is_fish: bool) -> Vec<Vec<String>> {
    command::words(text, is_fish)
}
