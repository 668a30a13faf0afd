//! What the calls to a gateway are and what its answers mean, without a word of any dialect.

/// The id a gateway gave a task: an opaque text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskId(pub String);

/// Which call an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Makes a task and costs money.
    Create,
    /// Asks how it is doing.
    Query,
    /// Asks to stop it.
    Cancel,
    /// Fetches the finished video.
    Content,
    /// Lists the account's tasks, to find one whose create call ended without an answer.
    LookUp,
}

/// How far a running task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Waiting its turn.
    Queued,
    /// In work.
    Running,
    /// The gateway used a word we do not know: still running, as far as anyone can tell.
    Unknown,
}

/// Where the finished video is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VideoAt {
    /// A link, found at this place of the answer.
    Link {
        /// The link, made safe.
        url: String,
        /// Where in the answer it stood.
        found_at: String,
    },
    /// Behind the authorized content call.
    Content,
    /// Nowhere: it is finished and paid, but the answer names no link that may be opened.
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

/// A failure as the gateway put it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// HTTP status of the answer it came in.
    pub status: u16,
    /// The gateway's code, empty if it gave none.
    pub code: String,
    /// The gateway's message, empty if it gave none.
    pub message: String,
    /// Request or trace id, for support.
    pub request_id: String,
    /// How long the task had been there when it failed, where the answer says so.
    pub after_ms: Option<u64>,
}

/// Why an answer could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing came.
    Empty,
    /// An HTML page, as proxies send.
    Html,
    /// JSON that breaks off, or no JSON at all.
    NotJson,
    /// JSON without what was expected.
    Shape,
    /// Longer than anything these gateways send.
    TooLong,
}

/// Whether a gateway has a list in which a task can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookable {
    /// It documents none, or there is nothing to look for.
    No,
    /// Yes.
    Yes,
    /// Yes, for those who say whose tasks: the account's user id at the gateway.
    ByAccount,
}

/// A task of the account's list, which may be the one that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: TaskId,
    /// When the gateway says it was created.
    pub created_ms: Option<u64>,
    /// Its model, empty where the list does not say.
    pub model: String,
    /// The gateway's word for its state, empty where the list does not say.
    pub word: String,
    /// Its prompt, empty where the list does not say.
    pub prompt: String,
}

/// What the answer to a list call means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The account's tasks.
    Found(Vec<Candidate>),
    /// The call was refused.
    Refused(Fault),
    /// The answer makes no sense.
    Unreadable(Unreadable),
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The task exists.
    Accepted(TaskId),
    /// It is on its way; the word is the gateway's own.
    Progress(Stage, String),
    /// The same, and an attempt failed: the gateway goes on by itself.
    Setback(Stage, String, Fault),
    /// It is finished. The id is given where the create call itself brought the end.
    Done {
        /// Id, from a create call that waited for the end.
        id: Option<TaskId>,
        /// Where the video is.
        video: VideoAt,
        /// What is billed.
        usage: Usage,
        /// The gateway's word.
        word: String,
        /// The prompt as rewritten.
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
    /// The cancel call was taken.
    CancelTaken,
    /// The answer makes no sense.
    Unreadable(Unreadable),
}
