//! What happens to a task, and what the shell then has to do.

use super::state::NetFault;
use crate::http::{Request, Response};
use crate::protocol::{Call, TaskId};

/// What happens to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A response came.
    Answered(u32, Response),
    /// No response came.
    NoAnswer(u32, NetFault),
    /// The browser may have sent the create call twice. Comes before the response.
    MayBeTwice,
    /// The user wants to know whether there is a second task.
    LookForTwin,
    /// The user sent the same request again, as the task of this name.
    SentAgain(String),
    /// Part of the video came.
    Received(u32, u64, Option<u64>),
    /// The video is here, in memory.
    Arrived(u32, u64),
    /// The time set by [`Effect::Wake`] has come.
    Due,
    /// The user does not want to wait for the next query.
    AskNow,
    /// The user paused updates.
    Stop,
    /// The user resumed updates, or gave another key.
    Follow,
    /// The user requested cancellation.
    Cancel,
    /// There is no key for this call, so it was not sent.
    NoKey(u32),
    /// The user searches for the task in the gateway's list; with the account's user ID there, where that is required.
    LookUp(String),
    /// The user says which task it is.
    Attach(TaskId),
    /// From now on the user sends the calls from a terminal.
    ByHand,
    /// The user pasted the response to a call.
    Pasted(Call, Response),
    /// The video that was downloaded with the key is gone with the page that held it: download it again.
    FetchAgain,
}

/// What the shell has to do, in this order: nothing is sent before the save in front of it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Save the task.
    Save,
    /// Send a request and report back under this number.
    Send {
        /// Number to report under.
        no: u32,
        /// What it is for: the response to a content call is read as bytes.
        call: Call,
        /// The request, without a key.
        request: Request,
        /// When to give up.
        timeout_ms: u64,
    },
    /// Report [`Input::Due`] at this time. Replaces an earlier wake-up.
    Wake(u64),
}
