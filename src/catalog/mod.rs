//! What the gateways offer, as data: gateways, their bases and endpoints, models, fields, limits and prices, each with
//! its source. There is one JSON file per gateway in `catalog/`; this module gives them types and looks things up.
//!
//! `read` gives a file its types, `check` enforces the rules, `fault` words what is wrong. `overlay` applies a file
//! from outside to the built-in catalog (a deployer's or a user's), `own` stores the latter. Only the build reads the
//! built-in files: in the page they are a static, and what is read from outside is given the same lifetime (`keep`).
//!
//! A new model, size or price is an edit of those files. Field ids are neutral (`first_frame`, `tier`): the wire path
//! of each is data of the model, so the same draft fits every gateway.

mod check;
mod dialect;
mod fault;
mod field;
mod gateway;
mod keep;
mod lines;
mod model;
pub mod overlay;
pub mod own;
mod price;
mod read;
mod table;
mod upload;
mod words;

pub use check::faults;
pub(crate) use check::is_endpoint_path;
pub use dialect::Dialect;
pub use fault::{Fault, Rule};
pub use field::{
    Advice, AdviceIf, Choice, Condition, Field, FieldId, Kind, MediaCheck, MediaKind, MediaRule, Safer, Sending, Shape,
    Toward,
};
pub use gateway::{Base, Endpoint, Gateway, ModelList, PollRule};
pub(crate) use keep::keep;
pub use model::{Age, Capability, Group, Length, Model, SizeTable, Sound, Status};
pub use price::{Basis, PriceRule, Rates};
pub use table::Table;
pub use upload::{Upload, UploadWay};
pub use words::{Source, Words};

/// All gateways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Catalog {
    /// In the order of the tabs.
    pub gateways: &'static [Gateway],
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
    pub fn gateway(&self, id: &str) -> Option<&'static Gateway> {
        self.gateways.iter().find(|gateway| gateway.id == id)
    }
}
