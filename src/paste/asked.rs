//! A request as it was pasted.

use super::judged::{Hint, Judged};
use super::open::Open;
use super::whose::Whose;
use crate::generation::{Exact, NotExact};
use crate::http::Json;
use crate::import::{Body, Call, Language, Written};
use crate::protocol::TaskId;
use crate::reading;

/// How a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As a command, `fetch`, HAR or a request line.
    Shell(Written),
    /// In a program.
    Program(Language),
    /// Only its body.
    Json,
}

/// A request that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The call as written, without its key.
    pub call: Call,
    /// How it is written.
    pub form: Option<Form>,
    /// What it does.
    pub does: Does,
    /// Whose it is.
    pub whose: Whose,
    /// The gateway whose protocol it speaks; empty if none.
    pub like: String,
    /// The model it names, letter by letter; empty if it names none.
    pub model: String,
    /// What the catalog knows of that model.
    pub standing: Standing,
    /// The body, without what is open.
    pub body: Option<Json>,
    /// The body is a form, where JSON is due.
    pub is_form: bool,
    /// What is not filled in or not known here. Any of it holds the request back.
    pub open: Vec<Open>,
    /// How it is judged, for each gateway it may be meant for.
    pub judged: Vec<Judged>,
    /// What is worth knowing besides.
    pub hints: Vec<Hint>,
    /// The same to be sent to the byte, or why it cannot.
    pub exact: Result<Exact, NotExact>,
    /// The card with the answer it got.
    pub answer: Option<usize>,
    /// The card of the request whose task it asks for.
    pub follows: Option<usize>,
}

/// What a request does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// It creates a task, and costs money.
    Create,
    /// It asks for tasks.
    Query(Vec<TaskId>),
    /// It cancels a task.
    Cancel(TaskId),
    /// It downloads a video.
    Content(TaskId),
    /// It lists tasks.
    List,
    /// It is about something other than videos.
    NotVideo,
    /// A body of a service that is none of the four gateways.
    Foreign,
    /// It cannot be determined.
    Unknown,
}

/// What the catalog knows of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// No model is named.
    Unnamed,
    /// It is in the catalog.
    Listed,
    /// A dated snapshot of this model.
    Dated(String),
    /// Documents name it, but its fields are not known: not checked, no price.
    ByName,
    /// It is not in the catalog: not checked, no price. A similar name may be what was meant.
    Unlisted(Option<String>),
    /// It makes no videos.
    NotVideo,
}

impl Asked {
    /// Whether this is its body, as written.
    pub fn holds(&self, value: &Json) -> bool {
        let Some(Body::Text(text)) = &self.call.body else { return false };
        reading::json::parse(text).is_ok_and(|parsed| parsed.value == *value)
    }
}
