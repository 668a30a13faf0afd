//! What a dialect is, as a table: each has one, in its own file. What a dialect does not have, its table leaves out.

use super::event::{Call, Candidate, Event, Lookable, TaskId};
use super::item::Item;
use super::offer::Page;
use super::recipe::{LibraryCall, Recipe};
use crate::http::{Json, Request};
use serde_json::Value;

/// How a dialect speaks.
pub struct Wire {
    /// What a program elsewhere has to know of its answers.
    pub recipe: &'static Recipe,
    /// What an answer means; `None` where it is an error or nothing we know.
    pub read: fn(Call, u16, &Value) -> Option<Event>,
    /// The task an answer is about.
    pub named_task: fn(&Value) -> Option<TaskId>,
    /// Whether a value looks like an answer about a task.
    pub is_ours: fn(&Value) -> bool,
    /// The model such an answer names.
    pub named_model: fn(&Value) -> Option<&str>,
    /// The user whose task an answer is about.
    pub account: fn(&Value) -> Option<String>,
    /// The query call to an address, where it is no `GET` with the id in its path.
    pub query: Option<fn(String, &TaskId) -> Request>,
    /// The task that the body of such a query asks after.
    pub asked_task: fn(&Value) -> Option<TaskId>,
    /// The account's tasks.
    pub list: Option<List>,
    /// The models which a key may use.
    pub models: Option<Models>,
    /// The create call for its own Python library.
    pub by_library: for<'a> fn(&'a Json) -> LibraryCall<'a>,
    /// An entry of a list of media, taken apart.
    pub read_item: fn(&Json) -> Option<Item<'_>>,
    /// Puts a constant member into such an entry, where it is missing: its name and value.
    pub complete_item: fn(&mut Json) -> Option<(&'static str, &'static str)>,
    /// The members of such an entry that are links.
    pub links: &'static [&'static str],
    /// Whether ids of its tasks begin with a word of their own, by which they are told from all others.
    pub marks_ids: bool,
    /// Members that the service lets be, though it has no use for them, by their paths.
    pub idle: &'static [&'static str],
    /// Names that are still taken, and those that stand in the documents now.
    pub older: &'static [(&'static str, &'static str)],
    /// Members that one of the documents lists for all models, by their paths.
    pub shared: &'static [&'static str],
    /// Whether `null`, and an empty text where a text is due, are "not given" at the top of a body.
    pub blank_is_absent: bool,
}

/// A list of tasks.
pub struct List {
    /// Whether it asks for the account.
    pub lookable: Lookable,
    /// The call to an address.
    pub call: fn(String, Wanted<'_>) -> Request,
    /// The tasks of an answer.
    pub read: fn(&Value) -> Option<Vec<Candidate>>,
}

/// Whose tasks are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of this model.
    pub model: &'a str,
    /// Of this user, as the gateway's records bear the id.
    pub account: &'a str,
}

/// A list of models.
pub struct Models {
    /// The address of a page.
    pub page: fn(String, u32) -> String,
    /// The models of an answer.
    pub read: fn(&Value) -> Option<Page>,
}

impl Wire {
    /// What most dialects share: nothing of what only some have.
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
            query: None,
            asked_task: |_| None,
            list: None,
            models: None,
            by_library: |_| LibraryCall::default(),
            read_item: |_| None,
            complete_item: |_| None,
            links: &[],
            marks_ids: false,
            idle: &[],
            older: &[],
            shared: &[],
            blank_is_absent: false,
        }
    }
}
