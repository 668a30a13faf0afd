//! What a loose reading of an answer finds.

use crate::protocol::event::{Fault, TaskId};

/// An answer, read loosely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The task it is about.
    pub id: Option<TaskId>,
    /// The state of that task.
    pub state: State,
    /// The gateway's own word for it.
    pub word: String,
    /// The error, if it reports one.
    pub fault: Option<Fault>,
    /// The link to the video, made safe, and its path.
    pub link: Option<(String, String)>,
    /// What was made.
    pub made: Made,
    /// When it was submitted, and when it ended, in milliseconds since 1970.
    pub times: (Option<u64>, Option<u64>),
    /// The request id, for support. It is no task id.
    pub request_id: String,
    /// Where the answer lay in what was read; empty if it was the whole.
    pub lay_at: String,
    /// The answer proper, without what was wrapped around it, printed.
    pub proper: String,
    /// The URL that it says was called.
    pub asked: Option<String>,
    /// Only the answer to a call that creates a task says this: nothing was made.
    pub proves_refusal: bool,
}

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The task exists and waits, or nothing more is said than its id by the call that created it.
    Queued,
    /// It runs.
    Running,
    /// It is finished.
    Succeeded,
    /// It failed.
    Failed,
    /// It was canceled.
    Canceled,
    /// The gateway does not know it.
    Lost,
    /// No task is spoken of: a call was refused.
    Refused,
    /// The answer does not say.
    Unsaid,
}

/// What an answer says was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// Billed milliseconds.
    pub billed_ms: Option<u64>,
    /// Milliseconds of the video.
    pub output_ms: Option<u64>,
    /// `720P`.
    pub tier: String,
    /// `1280*720`, as given.
    pub size: String,
    /// `9:16`, if it is one: `standard` is a mode of some services and no ratio.
    pub ratio: String,
    /// Where it stood.
    pub found_at: String,
}
