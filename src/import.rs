//! Calls as people paste them: a command of any shell, `fetch(…)`, an entry of a HAR file, a bare body. This half knows
//! how calls are written, not what they mean to a gateway. Nothing is run, looked up or sent here.

use crate::takeup::Secret;
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
    /// By a key that stands elsewhere, under this name: `$DASHSCOPE_API_KEY`.
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
