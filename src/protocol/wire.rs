//! A dialect as a table: each has one, in its own file. What a dialect does not have, its table omits.

use super::event::{Call, Candidate, Event, Lookable, TaskId};
use super::item::Item;
use super::offer::Page;
use super::recipe::{LibraryCall, Recipe};
use crate::http::{Json, Request};
use serde_json::Value;

/// How a dialect works.
pub struct Wire {
    /// What an external program has to know about its responses.
    pub recipe: &'static Recipe,
    /// What a response means; `None` if it is an error or nothing we know.
    pub read: fn(Call, u16, &Value) -> Option<Event>,
    /// The task a response is about.
    pub named_task: fn(&Value) -> Option<TaskId>,
    /// Whether a value looks like a response about a task.
    pub is_ours: fn(&Value) -> bool,
    /// The model such a response names.
    pub named_model: fn(&Value) -> Option<&str>,
    /// The user whose task a response is about.
    pub account: fn(&Value) -> Option<String>,
    /// The task that the body of such a query asks for.
    pub asked_task: fn(&Value) -> Option<TaskId>,
    /// The list of the account's tasks.
    pub list: Option<List>,
    /// The list of models that a key may use.
    pub models: Option<Models>,
    /// The create call for its own Python library.
    pub by_library: for<'a> fn(&'a Json) -> LibraryCall<'a>,
    /// Parses an entry of a list of media.
    pub read_item: fn(&Json) -> Option<Item<'_>>,
    /// Adds a constant property to such an entry if it is missing: returns its name and value.
    pub complete_item: fn(&mut Json) -> Option<(&'static str, &'static str)>,
    /// The properties of such an entry that are links.
    pub links: &'static [&'static str],
    /// Whether its task ids begin with a prefix of its own, which distinguishes them from all others.
    pub marks_ids: bool,
    /// The object that a create call must have: without it no task is made, whatever stands beside it.
    pub needed: Option<&'static str>,
    /// Properties that the service ignores because it has no use for them, by their paths.
    pub idle: &'static [&'static str],
    /// Names that are still accepted, and those in the documents now.
    pub older: &'static [(&'static str, &'static str)],
    /// Properties that one of the documents lists for all models, by their paths.
    pub shared: &'static [&'static str],
    /// Whether `null`, and an empty string where text is expected, mean "not given" at the top level of a body.
    pub blank_is_absent: bool,
}

/// A list of tasks.
pub struct List {
    /// Whether it requires the account.
    pub lookable: Lookable,
    /// The call to a URL.
    pub call: fn(String, Wanted<'_>) -> Request,
    /// The tasks in a response.
    pub read: fn(&Value) -> Option<Vec<Candidate>>,
}

/// Whose tasks to look for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of this model.
    pub model: &'a str,
    /// Of this user, by the id in the gateway's records.
    pub account: &'a str,
}

/// A list of models.
pub struct Models {
    /// The URL of a page.
    pub page: fn(String, u32) -> String,
    /// The models in a response.
    pub read: fn(&Value) -> Option<Page>,
}

impl Wire {
    /// What most dialects share: nothing that only some have.
    pub const fn plain(
        recipe: &'static Recipe,
        read: fn(Call, u16, &Value) -> Option<Event>,
        named_task: fn(&Value) -> Option<TaskId>,
        is_ours: fn(&Value) -> bool,
    ) -> Self {
        Self {
            recipe,
            read,
            named_task,
            is_ours,
            named_model: |_| None,
            account: |_| None,
            asked_task: |_| None,
            list: None,
            models: None,
            by_library: |_| LibraryCall::default(),
            read_item: |_| None,
            complete_item: |_| None,
            links: &[],
            marks_ids: false,
            needed: None,
            idle: &[],
            older: &[],
            shared: &[],
            blank_is_absent: false,
        }
    }
}
