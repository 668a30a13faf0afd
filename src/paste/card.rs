//! What a text turns out to hold, as cards in the order of the text.

use super::answer::Answer;
use super::asked::Asked;
use crate::import::{Language, Remark};
use crate::key::Secret;
use crate::protocol::TaskId;
use crate::takeup::Place;
use std::ops::Range;

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paste {
    /// What it holds, in order.
    pub cards: Vec<Card>,
    /// The card that is shown open, if there is any.
    pub main: Option<usize>,
    /// Remarks about how the text was read.
    pub remarks: Vec<Remark>,
    /// Every credential in it.
    pub secrets: Vec<Secret>,
}

/// One thing that a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Where it is, in bytes.
    pub at: Range<usize>,
    /// What it is.
    pub holds: Holds,
}

/// The kinds of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// A request: a command, a call in a program, a request line, a bare body.
    Request(Box<Asked>),
    /// An answer or an error of a gateway.
    Answer(Box<Answer>),
    /// A message of curl, a shell or PowerShell.
    Message(Message),
    /// A task or a link that the text mentions.
    Mention(Mention),
    /// A web page instead of data.
    Page,
    /// A program in a language that is not read, or in which no request was found.
    Unread(Language),
}

/// A task or a link that a text mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// The id of a task, and where it may have been created.
    Task(TaskId, Vec<Place>),
    /// A link, its host, and when it ends if it says so.
    Link {
        /// The link. It is opened by a press only.
        url: String,
        /// Its host.
        host: String,
        /// When it ends, in milliseconds since 1970.
        ends_ms: Option<u64>,
    },
}

/// A message of a program on the sender's machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The number that curl gives it.
    pub number: Option<u16>,
    /// The message, on one line.
    pub said: String,
    /// What it means.
    pub trouble: Trouble,
}

/// What a message of curl or of a shell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Single quotes at the Windows prompt, which takes them as part of the words.
    SingleQuotes,
    /// The host has no address: a misspelt name, no network, or words that were taken for hosts.
    NoSuchHost,
    /// The address is malformed, or curl read brackets in it as a pattern.
    BadAddress,
    /// No connection: refused, reset or timed out.
    NoConnection,
    /// The certificate was not accepted.
    Certificate,
    /// The lines of one command were run as separate commands.
    CutCommand,
    /// PowerShell's own command instead of curl.
    NotCurl,
    /// Something else.
    Other,
}
