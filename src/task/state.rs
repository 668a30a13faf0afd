//! The states of a task, and the outcome of requests about it.

use crate::protocol::{Candidate, Fault, Stage, TaskId, Unreadable, Usage, VideoAt};

/// Why a call ended without a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetFault {
    /// The browser knew it was offline before anything was sent.
    Offline,
    /// No response: the network, the host, or a gateway without CORS. A page cannot tell which.
    NoAnswer,
    /// The call timed out.
    Timeout,
    /// The page was closed while the call was in flight.
    Closed,
}

/// Why a task may or may not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// No response came.
    Network(NetFault),
    /// An error came after the request had been accepted.
    Server(Fault),
    /// A response came that cannot be read.
    Unreadable(Unreadable),
}

/// A finished task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Where the video is.
    pub video: VideoAt,
    /// What is billed.
    pub usage: Usage,
    /// The gateway's status string.
    pub word: String,
    /// The enhanced prompt.
    pub actual_prompt: Option<String>,
    /// When the page learned of it.
    pub at_ms: u64,
}

/// The state of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The create call is in flight.
    Sending,
    /// It was never sent: the browser was offline, or there was no key.
    NotSent,
    /// The user sends the create call from a terminal and pastes the response.
    ByHand,
    /// The gateway refused it: no task, nothing billed.
    Refused(Fault),
    /// It may have been created and billed.
    Doubtful(Doubt),
    /// The gateway is working on it.
    Waiting {
        /// How far along it is.
        stage: Stage,
        /// The gateway's own status string, empty before the first.
        word: String,
    },
    /// Finished; the video is being downloaded.
    Fetching {
        /// Bytes received.
        received: u64,
        /// Total bytes, if the gateway says so.
        total: Option<u64>,
        /// What the gateway reported.
        finished: Finished,
    },
    /// Finished.
    Done(Finished),
    /// Failed at the gateway; with the fault and the status string.
    Failed(Fault, String),
    /// Canceled.
    Canceled,
    /// The gateway no longer knows it; with its status string.
    Lost(String),
}

impl State {
    /// It has reached an end: good, bad or doubtful.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Sending | Self::ByHand | Self::Waiting { .. } | Self::Fetching { .. })
    }
}

/// Whether the page polls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Following {
    /// Yes.
    Yes,
    /// The user paused updates.
    Stopped,
    /// The key was refused: the task waits for another.
    KeyRefused,
    /// No key is available: the task waits for one.
    NeedsKey,
    /// The user queries from a terminal and pastes the responses.
    ByHand,
    /// It took longer than the page waits automatically, or the download failed too often.
    GaveUp,
}

/// The state of a cancel request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancel {
    /// In flight.
    Asked,
    /// Accepted: the next query shows it.
    Taken,
    /// Refused, for example by a gateway that cancels only queued tasks.
    Refused(Fault),
}

/// The result of searching for a task whose create call ended without a response. Not saved: the search can be
/// repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// In flight.
    Asked,
    /// The account's tasks, most likely first.
    Found(Vec<Candidate>),
    /// Refused.
    Refused(Fault),
    /// The response makes no sense.
    Unreadable(Unreadable),
    /// No response.
    NoAnswer(NetFault),
    /// No key is available.
    NeedsKey,
}

/// Whether the one create call may have made two tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Twin {
    /// No: the call could only be sent once, or the gateway's list shows one task.
    #[default]
    None,
    /// Possibly: the browser kept a body that it could send again, and nobody has checked.
    Possible,
    /// The gateway's list shows these in addition to the task.
    Found(Vec<TaskId>),
}

/// Why a pasted response is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The task does not wait for a response to this call.
    NotAwaited,
    /// It is the response for another task.
    OtherTask,
    /// It is not a readable response.
    Unreadable(Unreadable),
}
