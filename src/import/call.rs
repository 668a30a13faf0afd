//! A call that somebody pasted, as it is handed on: without its key in any part of it.

use super::remark::{Notes, Remark};
use crate::key::Secret;
use std::ops::Range;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A command of a POSIX shell, bash and zsh among them.
    Posix,
    /// A command of fish.
    Fish,
    /// A command of the Windows prompt.
    Cmd,
    /// A command of PowerShell: curl, `Invoke-WebRequest`, `Invoke-RestMethod`.
    PowerShell,
    /// `fetch(…)`, as browsers copy it.
    Fetch,
    /// An entry or a whole HAR file.
    Har,
    /// A body and nothing else.
    Json,
}

/// What a call carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text, as it would travel.
    Text(String),
    /// A file of this name, which is not here.
    File(String),
    /// The fields of a form with files, by name.
    Form(Vec<(String, String)>),
}

/// How a call proves whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It does not.
    None,
    /// By a key that stands elsewhere, under this name: `DASHSCOPE_API_KEY` for `$DASHSCOPE_API_KEY`. Also what is to be
    /// replaced by a key, without its brackets: `<your key>`; and a command that prints one, as written: `$(pass show x)`.
    Variable(String),
    /// By a key that stood in the text. It is in no other part of the call.
    Key(Secret),
}

/// One call of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Method, in upper case, as written or as it follows from the rest. Empty for a bare body.
    pub method: String,
    /// Address, as written. Empty for a bare body.
    pub url: String,
    /// Headers in order, names as written. Without the authorization.
    pub headers: Vec<(String, String)>,
    /// Body, if there is one.
    pub body: Option<Body>,
    /// The authorization.
    pub proof: Proof,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// A text taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The calls in it, in the order of the text.
    pub calls: Vec<Call>,
    /// How it was written, if there is a call in it.
    pub written: Option<Written>,
    /// What there is to say about it, in the order of the text.
    pub remarks: Vec<Remark>,
    /// Everything in it that proves who somebody is, whether it is a call's key or was left out.
    pub secrets: Vec<Secret>,
}

impl Pasted {
    /// What became of a text, with its calls and what there was to note.
    pub fn of(mut notes: Notes, calls: Vec<Call>, written: Written) -> Self {
        let secrets = std::mem::take(&mut notes.secrets);
        Self { calls, written: Some(written), remarks: notes.into_sorted(), secrets }
    }
}
