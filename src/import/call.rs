//! A pasted call, as it is passed on: without its key in any part of it.

use super::remark::{Notes, Remark};
use crate::key::Secret;
use std::ops::Range;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A command of a POSIX shell, bash and zsh among them.
    Posix,
    /// A command of fish.
    Fish,
    /// A command of the Windows command prompt.
    Cmd,
    /// A command of PowerShell: curl, `Invoke-WebRequest`, `Invoke-RestMethod`.
    PowerShell,
    /// `fetch(…)`, as browsers copy it.
    Fetch,
    /// A HAR entry or a whole HAR file.
    Har,
    /// A request line, headers and a body, as HTTP has them.
    Http,
    /// Only a body.
    Json,
}

/// The body of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text, as it would be sent.
    Text(String),
    /// A file of this name, whose content is not available.
    File(String),
    /// The fields of a multipart form, by name.
    Form(Vec<(String, String)>),
}

/// How a call authenticates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It does not.
    None,
    /// By a key stored elsewhere, under this name: `DASHSCOPE_API_KEY` for `$DASHSCOPE_API_KEY`. Also a placeholder for
    /// a key, without its brackets: `<your key>`; and a command that prints one, as written: `$(pass show x)`.
    Variable(String),
    /// By a key that was in the text. It is in no other part of the call.
    Key(Secret),
}

/// One call in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method, in upper case, as written or as implied by the rest. Empty for a bare body.
    pub method: String,
    /// URL, as written. Empty for a bare body.
    pub url: String,
    /// Headers in order, names as written. Without the authorization header.
    pub headers: Vec<(String, String)>,
    /// Body, if there is one.
    pub body: Option<Body>,
    /// How it authenticates.
    pub proof: Proof,
    /// Its span in the text, in bytes.
    pub at: Range<usize>,
}

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The calls in it, in the order of the text.
    pub calls: Vec<Call>,
    /// How it is written, if there is a call in it.
    pub written: Option<Written>,
    /// Remarks about it, in the order of the text.
    pub remarks: Vec<Remark>,
    /// Every credential in it, whether it is a call's key or was left out.
    pub secrets: Vec<Secret>,
}

impl Pasted {
    /// The result for a text, from its calls and the notes about it.
    pub fn of(mut notes: Notes, calls: Vec<Call>, written: Written) -> Self {
        let secrets = std::mem::take(&mut notes.secrets);
        Self { calls, written: Some(written), remarks: notes.into_sorted(), secrets }
    }
}
