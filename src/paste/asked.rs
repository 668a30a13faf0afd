//! A request as it was pasted.

use super::judged::{Hint, Judged, Verdict};
use super::open::{At, Open};
use super::whose::Whose;
use crate::generation::{Exact, NotExact};
use crate::http::{Json, Method, Request};
use crate::import::{Body, Call, Language, Proof, Written};
use crate::key::Secret;
use crate::protocol::{self, TaskId};
use crate::reading;
use crate::takeup::Place;

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
    /// Where the task that it is about may have been created. Empty for a call that creates one.
    pub places: Vec<Place>,
    /// The card with the answer it got.
    pub answer: Option<usize>,
    /// The card that proves why it failed: the answer, or a message of the program that sent it.
    pub cause: Option<usize>,
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

impl Does {
    /// The first task that it is about.
    pub fn first_id(&self) -> Option<&str> {
        match self {
            Self::Query(ids) => ids.first().map(|id| id.0.as_str()),
            Self::Cancel(id) | Self::Content(id) => Some(&id.0),
            Self::Create | Self::List | Self::NotVideo | Self::Foreign | Self::Unknown => None,
        }
    }
}

impl Asked {
    /// The key that stood in it.
    pub fn key(&self) -> Option<&Secret> {
        match &self.call.proof {
            Proof::Key(secret) => Some(secret),
            Proof::None | Proof::Variable(_) => None,
        }
    }

    /// The same request to be printed in another shell: one with a body that is JSON, and nothing left open.
    pub fn printable(&self) -> Option<Request> {
        let Some(Body::Text(text)) = &self.call.body else { return None };
        let body = reading::json::parse(text).ok()?.value;
        let is_whole = self.open.iter().all(|open| matches!(open.at, At::Header(_)));
        let is_call = self.call.method == Method::Post.name() && !self.call.url.is_empty();
        let (url, headers) = (self.call.url.clone(), self.call.headers.clone());
        (is_call && is_whole).then(|| protocol::posted(url, headers, body))
    }

    /// Whether it may have made a video where it was run: it creates something, at a gateway, with nothing left open and
    /// nothing in it that is refused at once.
    pub fn may_have_run(&self) -> bool {
        let is_refused =
            |judged: &Judged| judged.findings.iter().any(|(_, verdict)| *verdict == Verdict::RefusedAtOnce);
        self.does == Does::Create
            && matches!(self.whose, Whose::Gateway { .. })
            && self.open.iter().all(|open| matches!(open.at, At::Header(_)))
            && !self.judged.iter().any(is_refused)
    }

    /// What comes of it, by the documents, at the gateway it is meant for: of several things the first to happen.
    pub fn verdict(&self) -> Option<Verdict> {
        self.judged.first()?.findings.iter().map(|(_, verdict)| *verdict).min()
    }

    /// Whether this is its body, as written.
    pub fn holds(&self, value: &Json) -> bool {
        let Some(Body::Text(text)) = &self.call.body else { return false };
        reading::json::parse(text).is_ok_and(|parsed| parsed.value == *value || fills(&parsed.value, value))
    }
}

/// Whether a value is another one with its variables filled in.
fn fills(value: &Json, open: &Json) -> bool {
    match (value, open) {
        (Json::Object(members), Json::Object(others)) => {
            members.len() == others.len()
                && members.iter().zip(others).all(|(member, other)| member.0 == other.0 && fills(&member.1, &other.1))
        }
        (Json::List(entries), Json::List(others)) => {
            entries.len() == others.len() && entries.iter().zip(others).all(|(entry, other)| fills(entry, other))
        }
        (_, Json::Text(text)) if text.contains('$') => true,
        (value, open) => value == open,
    }
}
