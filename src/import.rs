//! Calls as people paste them: a command of any shell, `fetch(…)`, an entry of a HAR file, a bare body. This module
//! knows how calls are written, not what they mean to a gateway. Nothing is executed, looked up or sent here.

use broken::fault;
use clean::Clean;
use formats::{candidates, posix_signs};
use literal::Values;
use proof::Quotes;
use raw::RawCall;
use remark::Notes;
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
mod formats;
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
mod script;
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
    let (defects, mut reading) = best.filter(|(_, reading)| !reading.raw_calls.is_empty())?;
    if reading.written == Written::Posix
        && clean.prompt.is_empty()
        && posix_signs(&clean.text) == 0
        && let Some(at) = reading.differs_at_the_prompt(&clean.text)
    {
        reading.notes.add(RemarkKind::EitherShell, at);
    }
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

    /// Where the body of a call is that the Windows prompt would pass on otherwise, if it could be meant for it.
    fn differs_at_the_prompt(&self, text: &str) -> Option<Range<usize>> {
        let other = Self::of(text, Written::Cmd);
        if other.defects(text) > 0 || other.raw_calls.len() != self.raw_calls.len() {
            return None;
        }
        let mut pairs = self.raw_calls.iter().zip(&other.raw_calls);
        // A dollar sign means something to bash only.
        let is_doubtful = |body: &str| body.contains("\\\\") && !body.contains('$');
        let written = |raw: &RawCall| text.get(raw.body_at.clone()).is_some_and(is_doubtful);
        let differing = pairs.find(|(own, other)| own.body != other.body && written(own));
        differing.map(|(own, _)| own.body_at.clone())
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
