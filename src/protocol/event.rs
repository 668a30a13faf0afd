//! The calls to a gateway and what its responses mean, independent of any dialect.

/// The id a gateway gave a task: an opaque string from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskId(pub String);

/// Which call a response belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Creates a task and costs money.
    Create,
    /// Asks for its status.
    Query,
    /// Asks to stop it.
    Cancel,
    /// Fetches the finished video.
    Content,
    /// Lists the account's tasks, to find one whose create call got no response.
    LookUp,
}

/// The stage of a running task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Waiting its turn.
    Queued,
    /// In progress.
    Running,
    /// The gateway used an unknown status string: still running, as far as anyone can tell.
    Unknown,
}

/// Where the finished video is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VideoAt {
    /// A link, found at this path of the response.
    Link {
        /// The link, made safe.
        url: String,
        /// Its path in the response.
        found_at: String,
    },
    /// Behind the authorized content call.
    Content,
    /// Nowhere: it is finished and paid, but the response has no link that is safe to open.
    Nowhere,
}

/// What the gateway says it made and will bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    /// Billed milliseconds.
    pub billed_ms: Option<u64>,
    /// Milliseconds of the result.
    pub output_ms: Option<u64>,
    /// Milliseconds of billed input.
    pub input_ms: Option<u64>,
    /// `720P`.
    pub tier: Option<String>,
    /// `1280*720`, as given.
    pub size: Option<String>,
}

/// A failure as the gateway reported it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// HTTP status of the response it came in.
    pub status: u16,
    /// The gateway's code, empty if it gave none.
    pub code: String,
    /// The gateway's message, empty if it gave none.
    pub message: String,
    /// Request or trace id, for support.
    pub request_id: String,
    /// How long the task had existed when it failed, if the response says so.
    pub after_ms: Option<u64>,
}

/// Why a response could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing came.
    Empty,
    /// An HTML page, as proxies send.
    Html,
    /// Truncated JSON, or no JSON at all.
    NotJson,
    /// JSON without the expected contents.
    Shape,
    /// Longer than anything these gateways send.
    TooLong,
}

/// Whether a gateway has a list in which a task can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookable {
    /// It documents none, or there is nothing to look up.
    No,
    /// Yes.
    Yes,
    /// Yes, given whose tasks: the account's user id at the gateway.
    ByAccount,
}

/// A task in the account's list, possibly the one that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: TaskId,
    /// When the gateway says it was created.
    pub created_ms: Option<u64>,
    /// Its model, empty if the list does not say.
    pub model: String,
    /// The gateway's status string, empty if the list does not say.
    pub word: String,
    /// Its prompt, empty if the list does not say.
    pub prompt: String,
}

/// What the response to a list call means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The account's tasks.
    Found(Vec<Candidate>),
    /// The call was refused.
    Refused(Fault),
    /// The response makes no sense.
    Unreadable(Unreadable),
}

/// What a response means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The task exists.
    Accepted(TaskId),
    /// It is not finished yet; the string is the gateway's own status.
    Progress(Stage, String),
    /// The same, and an attempt failed: the gateway continues automatically.
    Setback(Stage, String, Fault),
    /// It is finished. The id is given if the create call itself returned the result.
    Done {
        /// Id, from a create call that waited for the result.
        id: Option<TaskId>,
        /// Where the video is.
        video: VideoAt,
        /// What is billed.
        usage: Usage,
        /// The gateway's status string.
        word: String,
        /// The enhanced prompt.
        actual_prompt: Option<String>,
    },
    /// It failed. Nothing is billed for a failed task at the gateways that say so.
    Failed(Fault, String),
    /// It was canceled.
    Canceled,
    /// The gateway does not know it (any more).
    Lost(String),
    /// The call was refused: nothing about the task changes.
    Refused(Fault),
    /// The cancel call was accepted.
    CancelTaken,
    /// The response makes no sense.
    Unreadable(Unreadable),
}
