//! What there is to say about a pasted text. No words here: whoever shows a remark words it.

use crate::key::Secret;
use std::ops::Range;

/// Something about a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where in the text, in bytes, on the bounds of letters.
    pub at: Range<usize>,
    /// What.
    pub kind: RemarkKind,
}

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// A quote, bracket or here-document is opened here and never closed: the rest was taken as its content.
    UnbalancedQuote,
    /// This option wants a value, and none follows.
    MissingValue,
    /// curl has no such option. It was passed over.
    UnknownOption,
    /// This is the beginning of several options of curl. It was passed over.
    AmbiguousOption,
    /// `--name=value`: curl wants a space in place of the sign. It was read as meant.
    JoinedValue,
    /// A right option that changes nothing about the request.
    NoEffect,
    /// An option about proxies, certificates, name look-ups: who is talked to and trusted. It was not taken over.
    Security,
    /// A file would be read here, which is not here.
    FileRead,
    /// The answer, or something else, would be written to a file here.
    Output,
    /// `--next`: another request begins.
    Next,
    /// Another command of the text. It is not run.
    FurtherCommand,
    /// A command with no address in it.
    NoAddress,
    /// More addresses than are looked at.
    TooMany,
    /// The shell would fill something in here. It stays as it is written; nothing is run.
    Substitution,
    /// Single quotes: the shell would not fill in the name of the key's variable here.
    QuotedVariable,
    /// The Windows prompt knows no single quotes. They were read as meant.
    SingleQuotes,
    /// Typographic quotes, taken for straight ones.
    SmartQuotes,
    /// A long dash, taken for the hyphens of an option.
    SmartDashes,
    /// A wide or a hard space, taken for a plain one.
    WideSpaces,
    /// A blank between the sign that continues a line and the line's end. It was passed over; a shell would not.
    BlankAfterContinuation,
    /// Prompts of a shell that were pasted along. Removed.
    PromptsRemoved,
    /// Line numbers that were pasted along. Removed.
    LineNumbersRemoved,
    /// Other text around the command: a message, the marks of a code block. Passed over.
    Surroundings,
    /// A NUL or another control character.
    ControlCharacters,
    /// A mark that turns the direction of the text, or has no width: what is seen may not be what is there.
    BidiMarks,
    /// The shell would end the command at this sign, which stands in no quotes, or in none that it sees. Read as meant.
    CutAddress,
    /// A method with signs that no method has.
    OddMethod,
    /// A header without a colon, which curl does not send.
    BadHeader,
    /// A header without a value: curl takes out its own of that name.
    HeaderRemoved,
    /// Nobody wrote a content type, so the program says one by itself, for this body.
    ImpliedType,
    /// A browser's command for Windows doubles backslashes, which curl keeps. Read as the browser had them.
    DoubledBackslashes,
    /// `ConvertTo-Json` without a `-Depth` that reaches as deep as the value.
    TooDeep,
    /// The form's field has more to it, which was not taken over.
    FormDetail,
    /// Name and password, where the gateways take a key.
    BasicLogin,
    /// Cookies. They were not taken over.
    Cookies,
    /// A key stood here. It was taken out.
    KeyTaken,
    /// The body looks like JSON and is none, from here on.
    BrokenJson,
    /// Longer than what is read.
    TooLong,
    /// A web page.
    Html,
    /// Nothing in it is a call.
    Unrecognized,
}

/// How many remarks of one kind are kept: the rest would say the same.
const MOST: u8 = 64;

/// Remarks as they are collected.
#[derive(Debug, Default)]
pub struct Notes {
    /// All so far.
    pub remarks: Vec<Remark>,
    /// What proves who somebody is, each once.
    pub secrets: Vec<Secret>,
    counts: Counts,
}

#[derive(Debug)]
struct Counts([u8; RemarkKind::Unrecognized as usize + 1]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; RemarkKind::Unrecognized as usize + 1])
    }
}

impl Notes {
    /// Adds a remark.
    pub fn add(&mut self, kind: RemarkKind, at: Range<usize>) {
        let count = &mut self.counts.0[kind as usize];
        if *count < MOST {
            *count += 1;
            self.remarks.push(Remark { at, kind });
        }
    }

    /// Adds a remark that is made once, at its first place.
    pub fn once(&mut self, kind: RemarkKind, at: Range<usize>) {
        if !self.has(kind) {
            self.add(kind, at);
        }
    }

    /// Whether there is a remark of a kind.
    pub fn has(&self, kind: RemarkKind) -> bool {
        self.counts.0[kind as usize] > 0
    }

    /// Notes something that proves who somebody is.
    pub fn secret(&mut self, secret: Secret) {
        if self.secrets.len() < usize::from(MOST) && !self.secrets.contains(&secret) {
            self.secrets.push(secret);
        }
    }

    /// All of them, in the order of the text.
    pub fn into_sorted(mut self) -> Vec<Remark> {
        self.remarks.sort_by_key(|remark| (remark.at.start, remark.at.end, remark.kind));
        self.remarks.dedup();
        self.remarks
    }
}
