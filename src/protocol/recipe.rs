//! What an external program has to know about a dialect's responses, as data: the readers in this folder know more, but
//! they cannot be printed.

use crate::http::Json;

/// Where to find what in a response. A path is dotted, with numbers for the entries of a list; of several paths, the first
/// with a value counts. Status strings are in capitals and compared case-insensitively.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// The task's id, in the response to the create call.
    pub id: &'static [&'static str],
    /// The task's status string.
    pub state: &'static [&'static str],
    /// Status strings for a finished task with a video.
    pub done: &'static [&'static str],
    /// Status strings for a finished task without one.
    pub failed: &'static [&'static str],
    /// Status strings for a task that the gateway does not know (any more).
    pub lost: &'static [&'static str],
    /// Status strings for a running task. They take precedence over an error in the response, which may be from a
    /// single attempt.
    pub running: &'static [&'static str],
    /// Status strings that mean a failure once the finish time is given, and a failed attempt before.
    pub late: &'static [&'static str],
    /// The finish time, at the top level of a response. Present and null, it means that the task continues, whatever
    /// else the response says.
    pub ended: &'static [&'static str],
    /// What is present after a failed attempt.
    pub attempt: &'static [&'static str],
    /// What is present only for a failed task, if the status string alone does not tell.
    pub trouble: &'static [&'static str],
    /// The link to the video. None: the endpoint has a call for its content.
    pub link: &'static [&'static str],
    /// The gateway's code for what went wrong, with the task or with a call.
    pub code: &'static [&'static str],
    /// Its message.
    pub message: &'static [&'static str],
}

impl Recipe {
    /// What most dialects share: the status string says it all.
    pub(super) const PLAIN: Self = Self {
        id: &[],
        state: &[],
        done: &[],
        failed: &[],
        lost: &["UNKNOWN"],
        running: &[],
        late: &[],
        ended: &[],
        attempt: &[],
        trouble: &[],
        link: &[],
        code: &[],
        message: &[],
    };
}

/// A create call in the form that the gateway's own Python library takes.
#[derive(Debug, Default)]
pub struct LibraryCall<'a> {
    /// Its named arguments.
    pub named: Vec<(&'a str, &'a Json)>,
    /// What it has no named argument for, and the argument that takes that.
    pub rest: (&'static str, Vec<(&'a str, &'a Json)>),
}

impl<'a> LibraryCall<'a> {
    /// Sorts properties by whether the library knows them.
    pub fn sort(&mut self, members: &'a [(String, Json)], is_known: impl Fn(&str) -> bool) {
        for (name, value) in members {
            let list = if is_known(name) { &mut self.named } else { &mut self.rest.1 };
            list.push((name, value));
        }
    }
}
