//! A gateway: its addresses, its paths, and how often it may be polled.

use super::dialect::Dialect;
use super::field::MediaRule;
use super::model::{Capability, Model};
use super::price::Basis;
use super::table::Table;
use super::upload::Upload;
use super::words::{Source, Words};

/// Paths of one dialect at one gateway. `{task_id}` stands for the percent-encoded task id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The dialect spoken at these paths.
    pub dialect: Dialect,
    /// Path of the create call, always `POST`.
    pub create: &'static str,
    /// Path of the query call.
    pub query: &'static str,
    /// Path of the cancel call, where the gateway documents one.
    pub cancel: Option<&'static str>,
    /// Path of the binary result, if the result is not a link.
    pub content: Option<&'static str>,
    /// Path of the list of tasks, where the gateway documents one.
    pub list: Option<&'static str>,
    /// Headers of the create call besides content type and authorization.
    pub headers: Table<&'static str>,
    /// Additional headers if a link in the body is an `oss://` one. Empty: such a link cannot be opened here, because
    /// it is bound to the account that uploaded the file.
    pub oss_headers: Table<&'static str>,
}

impl Endpoint {
    /// All its paths.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> + use<> {
        let more = [self.cancel, self.content, self.list].into_iter().flatten();
        [self.create, self.query].into_iter().chain(more)
    }
}

/// An address at which a gateway responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// `https://host` without a trailing slash. May contain `{WorkspaceId}`, which the user fills in.
    pub url: &'static str,
    /// Name shown in the list.
    pub name: Words,
    /// Price region: a key of [`PriceRule::rates`], and the region a model may be limited to.
    pub region: &'static str,
}

/// The call that lists which models a key may use, if the gateway documents one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelList {
    /// Whose shape the response has: [`Dialect::Bailian`] or [`Dialect::Generations`].
    pub dialect: Dialect,
    /// Its path below the base, without a query.
    pub path: &'static str,
    /// Short name of the document it comes from.
    pub source: &'static str,
}

/// When to poll a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollRule {
    /// Milliseconds between the response to the create call and the first query.
    pub first_ms: u32,
    /// Milliseconds between queries.
    pub interval_ms: u32,
    /// Minutes after which the page stops polling automatically.
    pub give_up_min: u32,
}

/// A service that offers Wan models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gateway {
    /// Stable id: `crazyrouter`, `ope`, `acedata`, `dashscope`.
    pub id: &'static str,
    /// Name as the gateway writes it.
    pub name: Words,
    /// One sentence on what it is.
    pub about: Words,
    /// Shell variable that holds the key in printed commands.
    pub key_variable: &'static str,
    /// Addresses, the recommended one first.
    pub bases: &'static [Base],
    /// Endpoints by name; models refer to them.
    pub endpoints: Table<Endpoint>,
    /// The list of models that a key may use, if the gateway documents one.
    pub model_list: Option<ModelList>,
    /// The place for files from the user's device, if the gateway has one.
    pub upload: Option<&'static Upload>,
    /// Polling advice.
    pub poll: PollRule,
    /// Hours a result link lives, if the gateway says so.
    pub link_hours: Option<u32>,
    /// It has routes that its documents do not describe: what comes of another path than those here is not known.
    /// Elsewhere another path is refused at once.
    pub more_routes: bool,
    /// Documents by short name.
    pub sources: Table<Source>,
    /// Short name of the document that defines this gateway here.
    pub document: &'static str,
    /// Id of the model that the form opens with. None: the first.
    pub default: Option<&'static str>,
    /// Models, in the order of the document.
    pub models: &'static [Model],
}

impl Gateway {
    /// The model with this id.
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// Index of the model that the form opens with.
    pub fn opens_with(&self) -> usize {
        self.models.iter().position(|model| Some(model.id) == self.default).unwrap_or(0)
    }

    /// Indexes of the models with the same kind of input, in list order: by group, and within a group the other entries
    /// for the default model first. The first one is the one to start with.
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

    /// Whether its own documents say that a failed task is free. That statement is part of a price list: if all prices
    /// are the gateway's own, the statement is too. A gateway that publishes the price of only one model says nothing
    /// about the others.
    pub fn says_failed_is_free(&self) -> bool {
        self.models.iter().all(|model| model.price.basis == Basis::Own)
    }

    /// The first base in a region that a model is offered in. Every gateway has a base: the check guarantees it.
    pub fn home(&self, model: &Model) -> Option<&Base> {
        self.bases.iter().find(|base| model.is_offered_in(base.region)).or(self.bases.first())
    }

    /// The place for a file that this rule is about, if there is one. A rule that is taken over from another gateway may
    /// say that files are uploaded where this gateway has no place.
    pub fn upload_for(&self, rule: &MediaRule) -> Option<&'static Upload> {
        self.upload.filter(|upload| rule.upload && upload.accepts.contains(&rule.media))
    }

    /// The endpoint a model's tasks are created at. The catalog check guarantees that it exists.
    pub fn endpoint(&self, model: &Model) -> Option<&Endpoint> {
        self.endpoints.get(model.endpoint)
    }
}
