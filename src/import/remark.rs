//! Remarks about a pasted text. They contain no wording: whoever shows a remark words it.

use crate::key::Secret;
use std::ops::Range;

/// A remark about a span of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where in the text, in bytes, on character boundaries.
    pub at: Range<usize>,
    /// Its kind.
    pub kind: RemarkKind,
}

/// The kinds of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// A quote, bracket or here-document is opened here and never closed: the rest was read as its content.
    UnbalancedQuote,
    /// An apostrophe inside a word, which ended the quotes around the text it is in.
    Apostrophe,
    /// This option requires a value, and none follows.
    MissingValue,
    /// curl has no such option. It was skipped.
    UnknownOption,
    /// This is a prefix of several options of curl. It was skipped.
    AmbiguousOption,
    /// `--name=value`: curl wants a space instead of the `=`. It was read as intended.
    JoinedValue,
    /// A valid option that does not change the request.
    NoEffect,
    /// An option about proxies, certificates, DNS: which hosts are contacted and trusted. It was not imported.
    Security,
    /// A file would be read here, and it is not available.
    FileRead,
    /// The response, or something else, would be written to a file here.
    Output,
    /// `--next`: another request starts.
    Next,
    /// Another command in the text. It is not executed.
    FurtherCommand,
    /// A command without a URL.
    NoAddress,
    /// More URLs than are read.
    TooMany,
    /// The shell would fill something in here. It stays as written; nothing is executed.
    Substitution,
    /// Single quotes: the shell would not expand the key's variable here.
    QuotedVariable,
    /// The Windows command prompt has no single quotes. They were read as intended.
    SingleQuotes,
    /// Typographic quotes, read as straight ones.
    SmartQuotes,
    /// A long dash, read as the hyphens of an option.
    SmartDashes,
    /// A wide or non-breaking space, read as a plain one.
    WideSpaces,
    /// A space between the continuation character and the end of the line. It was skipped; a shell would not.
    BlankAfterContinuation,
    /// Shell prompts that were pasted along with the command. Removed.
    PromptsRemoved,
    /// Line numbers that were pasted along with the command. Removed.
    LineNumbersRemoved,
    /// Other text around the command: a message, code fences. Skipped.
    Surroundings,
    /// The lines of a command had nothing at their ends that joins them. They were read as one command.
    LostContinuation,
    /// Backslashes that ended lines, whose line breaks are lost. They were skipped; a shell would not.
    LostBreaks,
    /// Marks of a web page such as `&quot;`. Read as the signs they stand for.
    Entities,
    /// Two backslashes at the end of a line, as programs write one. Read as one.
    DoubledContinuation,
    /// A body without quotes around it, which every shell breaks. Read as written.
    BareBody,
    /// The body comes out of `printf`. Read by its rules; nothing is run.
    Printed,
    /// A percent sign that `printf` would take for a conversion, so that the body breaks off here.
    PrintedPercent,
    /// A NUL or another control character.
    ControlCharacters,
    /// A bidirectional control or zero-width character: what is visible may not be what is there.
    BidiMarks,
    /// The shell would end the command at this character, which is not in quotes, or in none that it sees. Read as
    /// intended.
    CutAddress,
    /// A method with characters that no method has.
    OddMethod,
    /// A header without a colon, which curl does not send.
    BadHeader,
    /// A header without a value: curl removes its default header of that name.
    HeaderRemoved,
    /// No content type was given, so the program sets one automatically for this body.
    ImpliedType,
    /// A browser's command for Windows doubles backslashes, which curl keeps. Read as the browser had them.
    DoubledBackslashes,
    /// Nothing tells whether it is bash's or the Windows prompt's, and they would send different bodies.
    EitherShell,
    /// Carets inside quotes, as a browser's command for Windows has them, which the prompt keeps. Read as the browser had
    /// the text.
    QuotedCarets,
    /// A letter in two halves, as browsers write it for bash, which sends bytes that are no text. Read as the letter.
    HalfLetter,
    /// `ConvertTo-Json` without a `-Depth` that covers the value.
    TooDeep,
    /// The form field has more attributes, which were not imported.
    FormDetail,
    /// Name and password, where the gateways use a key.
    BasicLogin,
    /// Cookies. They were not imported.
    Cookies,
    /// A key was here. It was removed.
    KeyTaken,
    /// The body looks like JSON but is invalid from here on.
    BrokenJson,
    /// Longer than the maximum.
    TooLong,
    /// A web page.
    Html,
    /// It contains no call.
    Unrecognized,
}

/// How many remarks of one kind are kept: more would be repetition.
const MOST: u8 = 64;

/// Remarks as they are collected.
#[derive(Debug, Default)]
pub struct Notes {
    /// All remarks so far.
    pub remarks: Vec<Remark>,
    /// Credentials, each once.
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

impl RemarkKind {
    /// Whether it tells that something else is sent than what is written, or that a shell would send something else than
    /// what was read.
    pub const fn changes(self) -> bool {
        // Every kind has its line here: a new one has to be decided.
        match self {
            Self::UnbalancedQuote
            | Self::Apostrophe
            | Self::JoinedValue
            | Self::QuotedVariable
            | Self::SingleQuotes
            | Self::SmartQuotes
            | Self::SmartDashes
            | Self::WideSpaces
            | Self::BlankAfterContinuation
            | Self::LostContinuation
            | Self::LostBreaks
            | Self::Entities
            | Self::DoubledContinuation
            | Self::BareBody
            | Self::PrintedPercent
            | Self::BidiMarks
            | Self::CutAddress
            | Self::DoubledBackslashes
            | Self::EitherShell
            | Self::QuotedCarets
            | Self::HalfLetter
            | Self::OddMethod
            | Self::BadHeader
            | Self::TooDeep
            | Self::BrokenJson => true,
            Self::MissingValue
            | Self::UnknownOption
            | Self::AmbiguousOption
            | Self::NoEffect
            | Self::Security
            | Self::FileRead
            | Self::Output
            | Self::Next
            | Self::FurtherCommand
            | Self::NoAddress
            | Self::TooMany
            | Self::Substitution
            | Self::PromptsRemoved
            | Self::LineNumbersRemoved
            | Self::Surroundings
            | Self::Printed
            | Self::ControlCharacters
            | Self::HeaderRemoved
            | Self::ImpliedType
            | Self::FormDetail
            | Self::BasicLogin
            | Self::Cookies
            | Self::KeyTaken
            | Self::TooLong
            | Self::Html
            | Self::Unrecognized => false,
        }
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

    /// Adds a remark of a kind that is made only once, at its first position.
    pub fn once(&mut self, kind: RemarkKind, at: Range<usize>) {
        if !self.has(kind) {
            self.add(kind, at);
        }
    }

    /// Whether there is a remark of a kind.
    pub fn has(&self, kind: RemarkKind) -> bool {
        self.counts.0[kind as usize] > 0
    }

    /// Records a credential.
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
