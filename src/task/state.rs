//! Where a task stands, and what became of the wishes about it.

use crate::protocol::{Candidate, Fault, Stage, TaskId, Unreadable, Usage, VideoAt};

/// How a call ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetFault {
    /// The browser knew it was offline before anything was sent.
    Offline,
    /// No answer: the network, the host, or a gateway that does not let browsers in. A page cannot tell.
    NoAnswer,
    /// The time was up.
    Timeout,
    /// The page was closed while the call was on its way.
    Closed,
}

/// Why a task may or may not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// No answer came.
    Network(NetFault),
    /// An error came after the request had been taken in.
    Server(Fault),
    /// An answer came that cannot be read.
    Unreadable(Unreadable),
}

/// A finished task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Where the video is.
    pub video: VideoAt,
    /// What is billed.
    pub usage: Usage,
    /// The gateway's word.
    pub word: String,
    /// The prompt as rewritten.
    pub actual_prompt: Option<String>,
    /// When the page learned of it.
    pub at_ms: u64,
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The create call is on its way.
    Sending,
    /// It never left: the browser was offline, or there was no key.
    NotSent,
    /// The user sends the create call from a terminal and pastes the answer.
    ByHand,
    /// The gateway refused it: no task, nothing billed.
    Refused(Fault),
    /// It may have been created and billed.
    Doubtful(Doubt),
    /// The gateway works on it.
    Waiting {
        /// How far it is.
        stage: Stage,
        /// The gateway's own word, empty before the first.
        word: String,
    },
    /// Finished; the video is on its way here.
    Fetching {
        /// Bytes that came.
        received: u64,
        /// Bytes in all, where the gateway says so.
        total: Option<u64>,
        /// What the gateway reported.
        finished: Finished,
    },
    /// Finished.
    Done(Finished),
    /// Failed at the gateway; its word beside the fault.
    Failed(Fault, String),
    /// Canceled.
    Canceled,
    /// The gateway does not know it any more; its word.
    Lost(String),
}

impl State {
    /// It has come to an end, good, bad or doubtful.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Sending | Self::ByHand | Self::Waiting { .. } | Self::Fetching { .. })
    }
}

/// Whether the page asks how it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Following {
    /// Yes.
    Yes,
    /// The user stopped it.
    Stopped,
    /// The key was refused: the task waits for another.
    KeyRefused,
    /// No key is at hand: the task waits for one.
    NeedsKey,
    /// The user asks from a terminal and pastes the answers.
    ByHand,
    /// It took longer than the page waits by itself, or the download failed too often.
    GaveUp,
}

/// What became of the wish to cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancel {
    /// On its way.
    Asked,
    /// Taken: the next query shows it.
    Taken,
    /// Refused, as by a gateway that cancels only what is still queued.
    Refused(Fault),
}

/// What came of looking for a task whose create call ended without an answer. Not saved: it is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// On its way.
    Asked,
    /// The account's tasks, likeliest first.
    Found(Vec<Candidate>),
    /// Refused.
    Refused(Fault),
    /// The answer makes no sense.
    Unreadable(Unreadable),
    /// No answer.
    NoAnswer(NetFault),
    /// No key is at hand.
    NeedsKey,
}

/// Whether the one create call may have made two tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Twin {
    /// No: the call could leave once only, or the gateway's list shows one task.
    #[default]
    None,
    /// Perhaps: the browser kept a body that it could send again, and nobody has looked.
    Possible,
    /// The gateway's list shows these beside the task.
    Found(Vec<TaskId>),
}

/// Why a pasted answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The task does not wait for an answer to this call.
    NotAwaited,
    /// It is the answer for another task.
    OtherTask,
    /// It is no answer that could be read.
    Unreadable(Unreadable),
}
