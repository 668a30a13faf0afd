//! What a program elsewhere has to know of a dialect's answers, as data: the readers in this folder know more, but they
//! cannot be printed.

use crate::http::Json;

/// Where an answer says what. A place is a dotted path, with numbers for the entries of a list; of several places the
/// first that holds something counts. Words are in capitals, and compared without case.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// The task's id, in the answer to the create call.
    pub id: &'static [&'static str],
    /// The word for the task's state.
    pub state: &'static [&'static str],
    /// Words for an end with a video.
    pub done: &'static [&'static str],
    /// Words for an end without one.
    pub failed: &'static [&'static str],
    /// Words for a task that the gateway does not know (any more).
    pub lost: &'static [&'static str],
    /// Words for a task in work. They count before what the answer says went wrong, which may have been one attempt.
    pub running: &'static [&'static str],
    /// Words that tell of a failure once the time of the end is given, and of a failed attempt before.
    pub late: &'static [&'static str],
    /// Where the time of the end stands, at the top of an answer. Present and null, it says that the task goes on,
    /// whatever else is said.
    pub ended: &'static [&'static str],
    /// What is there of an attempt that failed.
    pub attempt: &'static [&'static str],
    /// What is there only of a task that failed, where the word alone does not tell.
    pub trouble: &'static [&'static str],
    /// The link to the video. None: the endpoint has a call for its content.
    pub link: &'static [&'static str],
    /// The gateway's code for what went wrong, with the task or with a call.
    pub code: &'static [&'static str],
    /// Its message.
    pub message: &'static [&'static str],
}

impl Recipe {
    /// What most dialects share: a word tells all.
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

/// A create call as the gateway's own Python library takes it.
#[derive(Debug, Default)]
pub struct LibraryCall<'a> {
    /// What it takes by name.
    pub named: Vec<(&'a str, &'a Json)>,
    /// What it has no name for, and the name of the argument that takes that.
    pub rest: (&'static str, Vec<(&'a str, &'a Json)>),
}

impl<'a> LibraryCall<'a> {
    /// Sorts members by whether the library knows them.
    pub fn sort(&mut self, members: &'a [(String, Json)], is_known: impl Fn(&str) -> bool) {
        for (name, value) in members {
            let list = if is_known(name) { &mut self.named } else { &mut self.rest.1 };
            list.push((name, value));
        }
    }
}
