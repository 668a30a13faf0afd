//! A gateway: where it answers, by which paths, and how often it may be asked.

use super::dialect::Dialect;
use super::model::{Capability, Model};
use super::price::Basis;
use super::table::Table;
use super::words::{Source, Words};

/// Paths of one dialect at one gateway. `{task_id}` stands for the percent-encoded task id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The dialect spoken at these paths.
    pub dialect: Dialect,
    /// Path of the create call, always `POST`.
    pub create: String,
    /// Path of the query call.
    pub query: String,
    /// Path of the cancel call, where the gateway documents one.
    pub cancel: Option<String>,
    /// Path of the binary result, where the result is not a link.
    pub content: Option<String>,
    /// Path of the list of tasks, where the gateway documents one.
    pub list: Option<String>,
    /// Headers of the create call beside content type and authorization.
    pub headers: Table<String>,
    /// Headers it bears as well where a link of its body is an `oss://` one. Empty: such a link cannot be opened here,
    /// because it is bound to the account that uploaded the file.
    pub oss_headers: Table<String>,
}

impl Endpoint {
    /// All its paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let more = [&self.cancel, &self.content, &self.list].into_iter().flatten();
        [&self.create, &self.query].into_iter().chain(more).map(String::as_str)
    }
}

/// An address under which a gateway answers.
#[derive(Debug, Clone)]
pub struct Base {
    /// `https://host` without a trailing slash. May hold `{WorkspaceId}`, which the user fills in.
    pub url: String,
    /// Name shown in the list.
    pub name: Words,
    /// Price region: a key of [`PriceRule::rates`], and the region a model may be limited to.
    pub region: String,
}

/// The call that tells which models a key may use, where the gateway documents one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelList {
    /// Whose shape the answer has: [`Dialect::Bailian`] or [`Dialect::Generations`].
    pub dialect: Dialect,
    /// Its path below the base, without a query.
    pub path: String,
    /// Short name of the document it was read in.
    pub source: String,
}

/// When to ask how a task is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollRule {
    /// Milliseconds between the answer to the create call and the first query.
    pub first_ms: u32,
    /// Milliseconds between queries.
    pub interval_ms: u32,
    /// Minutes after which the page stops asking by itself.
    pub give_up_min: u32,
}

/// A service that offers Wan models.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Stable id: `crazyrouter`, `ope`, `acedata`, `dashscope`.
    pub id: String,
    /// Name as the gateway writes it.
    pub name: Words,
    /// One sentence on what it is.
    pub about: Words,
    /// Shell variable that holds the key in printed commands.
    pub key_variable: String,
    /// Addresses, the recommended one first.
    pub bases: Vec<Base>,
    /// Endpoints by name; models refer to them.
    pub endpoints: Table<Endpoint>,
    /// The list of the models that a key may use, where the gateway documents one.
    pub model_list: Option<ModelList>,
    /// Polling advice.
    pub poll: PollRule,
    /// Hours a result link lives, where the gateway says so.
    pub link_hours: Option<u32>,
    /// Documents by short name.
    pub sources: Table<Source>,
    /// Short name of the document that defines this gateway here.
    pub document: String,
    /// Id of the model that the form opens with. None: the first.
    pub default: Option<String>,
    /// Models, in the order of the document.
    pub models: Vec<Model>,
}

impl Gateway {
    /// The model with this id.
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// Index of the model that the form opens with.
    pub fn opens_with(&self) -> usize {
        let default = self.default.as_deref();
        self.models.iter().position(|model| Some(model.id.as_str()) == default).unwrap_or(0)
    }

    /// Indexes of the models that make a video from the same, as a list shows them: by group, and within one the other
    /// ways to the default model first. The first of them is the one to begin with.
    pub fn list(&self, capability: Capability) -> Vec<usize> {
        let default = self.models.get(self.opens_with()).map(Model::wire_name);
        let is_of = |index: &usize| self.models[*index].capability == capability;
        let mut list: Vec<usize> = (0..self.models.len()).filter(is_of).collect();
        list.sort_by_key(|index| {
            let model = &self.models[*index];
            (model.group(), Some(model.wire_name()) != default)
        });
        list
    }

    /// Whether its own documents say that a failed task costs nothing. The word stands in a price list: where all of that
    /// is the gateway's own, it is its word. One that publishes the price of one model alone says nothing of the others.
    pub fn says_failed_is_free(&self) -> bool {
        self.models.iter().all(|model| model.price.basis == Basis::Own)
    }

    /// The first base of a region that a model is offered in. Without bases there is no gateway: the check sees to it.
    pub fn home(&self, model: &Model) -> Option<&Base> {
        self.bases.iter().find(|base| model.is_offered_in(&base.region)).or(self.bases.first())
    }

    /// The endpoint a model is created at. The catalog check guarantees that it exists.
    pub fn endpoint(&self, model: &Model) -> Option<&Endpoint> {
        self.endpoints.get(&model.endpoint)
    }
}
