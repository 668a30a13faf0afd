//! What the gateways offer, as data: gateways, their bases and endpoints, models, fields, limits, prices, each with
//! its source. One JSON file per gateway stands in `catalog/`; this file gives them types and looks things up.
//!
//! `read` gives a file its types, `check` holds it to the rules, `fault` words what is wrong. `overlay` applies a file from
//! outside to the built-in catalog (a deployer's, a user's), `own` keeps the latter. The built-in files are read by the
//! build alone: the page unpacks bytes.
//!
//! A new model, size or price is an edit of those files. Field ids are neutral (`first_frame`, `tier`): the wire place
//! of each is data of the model, so the same draft fits every gateway.

mod check;
mod fault;
mod field;
mod lines;
pub mod overlay;
pub mod own;
mod pack;
mod price;
mod read;
mod table;

pub use check::faults;
pub(crate) use check::is_endpoint_path;
pub use fault::{Fault, Rule};
pub use field::{
    Advice, AdviceIf, Choice, Condition, Field, FieldId, Kind, MediaCheck, MediaKind, MediaRule, Safer, Sending, Shape,
    Toward,
};
pub use pack::{pack, unpack};
pub use price::{Basis, PriceRule, Rates};
pub use table::Table;

/// A text in both languages of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// Where a figure or statement was read, and when.
#[derive(Debug, Clone)]
pub struct Source {
    /// Title of the document as its publisher gives it.
    pub title: String,
    /// Public address, where one is known.
    pub url: Option<String>,
    /// Day it was read, `YYYY-MM-DD`.
    pub read: String,
}

/// The wire dialects. A closed set: each has one file in `protocol/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `DashScope`'s own: `input` and `parameters`, states in `output.task_status`.
    Bailian,
    /// The unified `/v1/videos` entry with an authorized binary download.
    Unified,
    /// `/v1/video/generations` of the new-api family: an envelope with `data`.
    Generations,
    /// `AceDataCloud`'s `/wan/videos` and `/wan/tasks`.
    Acedata,
}

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

/// What a model makes a video from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// Text to video.
    Text,
    /// Image to video.
    Image,
    /// First and last frame to video.
    Frames,
    /// Portrait and speech to video.
    Speech,
    /// References to video.
    Reference,
    /// A video to an edited one.
    Edit,
    /// A picture and the motion of a video to video.
    Motion,
}

impl Capability {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Image, Self::Frames, Self::Reference, Self::Edit, Self::Motion, Self::Speech];
}

/// How far a model is known to work at its gateway, by the gateway's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The gateway calls it verified.
    Verified,
    /// The gateway calls it Beta.
    Beta,
    /// Documented, without a word on its state.
    Documented,
}

/// Where a model stands among those of its gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Its documents are those of today, and nothing newer there does the same.
    Current,
    /// A newer model of the gateway does the same, or its documents are called legacy.
    Older,
}

/// The groups of a list of models, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Nothing is said of its age.
    Unsaid,
    /// Current.
    Current,
    /// The gateway calls it Beta.
    Beta,
    /// Older.
    Older,
}

/// Whether the finished video has sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Always with sound.
    Always,
    /// Always silent.
    Never,
    /// As the field `sound` says.
    Field,
}

/// How long the finished video will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// As the field `duration` says.
    Field,
    /// As long as the audio sent: not known before.
    Audio,
}

/// Pixel sizes on the wire: tier, then ratio, then the value sent.
#[derive(Debug, Clone)]
pub struct SizeTable {
    /// Wire place, e.g. `parameters.size`.
    pub at: String,
    /// `{"720P": {"16:9": "1280*720"}}`. The first ratio of a tier is the one that applies if none is chosen.
    pub table: Vec<(String, Vec<(String, String)>)>,
}

/// One model as one gateway offers it.
#[derive(Debug, Clone)]
pub struct Model {
    /// Id, unique in its gateway. What follows an `@` names a second way to the same model and is not sent.
    pub id: String,
    /// What it makes a video from.
    pub capability: Capability,
    /// The gateway's word on its state.
    pub status: Status,
    /// Where it stands among the others; none if nobody says.
    pub age: Option<Age>,
    /// What it is for, in a few words.
    pub about: Option<Words>,
    /// Name of the endpoint it is created at.
    pub endpoint: String,
    /// Constant members of the body: wire place and value.
    pub fixed: Table<String>,
    /// Inputs, in the order of the form.
    pub fields: Vec<Field>,
    /// Sizes, where tier and ratio travel as one value.
    pub size: Option<SizeTable>,
    /// Legal sets of media fields, where only some go together. Empty: no such rule.
    pub media_sets: Vec<Vec<FieldId>>,
    /// Sound of the result.
    pub sound: Sound,
    /// Length of the result.
    pub length: Length,
    /// Price, or the explicit word that none is published.
    pub price: PriceRule,
    /// Regions it is offered in. Empty: all.
    pub regions: Vec<String>,
    /// Advice on the model as a whole.
    pub advice: Vec<Advice>,
    /// Short name of the document its fields were read in.
    pub source: String,
}

impl Model {
    /// The name sent to the gateway.
    pub fn wire_name(&self) -> &str {
        self.id.split('@').next().unwrap_or(&self.id)
    }

    /// Its group in a list.
    pub fn group(&self) -> Group {
        match (self.status, self.age) {
            (Status::Beta, _) => Group::Beta,
            (_, None) => Group::Unsaid,
            (_, Some(Age::Current)) => Group::Current,
            (_, Some(Age::Older)) => Group::Older,
        }
    }

    /// Whether it is offered in a region.
    pub fn is_offered_in(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|known| known == region)
    }

    /// The field with this id, if the model has it.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The tier that applies if none is chosen.
    pub fn default_tier(&self) -> Option<&str> {
        match &self.field(FieldId::Tier)?.default {
            Some(Choice::Word(word)) => Some(word),
            _ => None,
        }
    }
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

/// All gateways.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// In the order of the tabs.
    pub gateways: Vec<Gateway>,
}

/// The files this catalog is built from, in the order of the tabs.
pub const FILES: [(&str, &str); 4] = [
    ("crazyrouter", include_str!("crazyrouter.json")),
    ("ope", include_str!("ope.json")),
    ("acedata", include_str!("acedata.json")),
    ("dashscope", include_str!("dashscope.json")),
];

impl Catalog {
    /// The gateway with this id.
    pub fn gateway(&self, id: &str) -> Option<&Gateway> {
        self.gateways.iter().find(|gateway| gateway.id == id)
    }
}
