//! What happens to a task, and what the shell has to do then.

use super::state::NetFault;
use crate::http::{Request, Response};
use crate::protocol::{Call, TaskId};

/// What happens to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An answer came.
    Answered(u32, Response),
    /// None came.
    NoAnswer(u32, NetFault),
    /// The browser may have sent the create call twice. Comes before the answer.
    MayBeTwice,
    /// The user wants to know whether there is a second task.
    LookForTwin,
    /// The user sent the same request once more, as the task of this name.
    SentAgain(String),
    /// A part of the video came.
    Received(u32, u64, Option<u64>),
    /// The video is here, in memory.
    Arrived(u32, u64),
    /// The time set by [`Effect::Wake`] has come.
    Due,
    /// The user does not want to wait.
    AskNow,
    /// The user stops following.
    Stop,
    /// The user follows again, or gave another key.
    Follow,
    /// The user wants it canceled.
    Cancel,
    /// There is no key for this call: it was not sent.
    NoKey(u32),
    /// The user looks for the task in the gateway's list; the account's user id there, where that is needed.
    LookUp(String),
    /// The user says which task it is.
    Attach(TaskId),
    /// The user sends the calls from a terminal from now on.
    ByHand,
    /// The user pasted the answer to a call.
    Pasted(Call, Response),
    /// The video that was fetched with the key is gone with the page that held it: fetch it again.
    FetchAgain,
}

/// What the shell has to do, in this order: nothing is sent before the save in front of it has been carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the task down.
    Save,
    /// Send a request and report back under this number.
    Send {
        /// Number to report under.
        no: u32,
        /// What it is for: a content call is read as bytes.
        call: Call,
        /// The request, without a key.
        request: Request,
        /// When to give up.
        timeout_ms: u64,
    },
    /// Report [`Input::Due`] at this time. Replaces an earlier wish.
    Wake(u64),
}
