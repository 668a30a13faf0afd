//! A model as a gateway offers it.

use super::field::{Advice, Choice, Field, FieldId};
use super::price::PriceRule;
use super::table::Table;
use super::words::Words;

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
    /// Video editing.
    Edit,
    /// An image and the motion of a video to video.
    Motion,
}

impl Capability {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Image, Self::Frames, Self::Reference, Self::Edit, Self::Motion, Self::Speech];
}

/// How far a model is known to work at its gateway, according to the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The gateway calls it verified.
    Verified,
    /// The gateway calls it Beta.
    Beta,
    /// Documented, with nothing said about its state.
    Documented,
}

/// How a model compares in age with the others of its gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Its documents are current, and nothing newer there does the same.
    Current,
    /// A newer model of the gateway does the same, or its documents are marked legacy.
    Older,
}

/// The groups of a list of models, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Its age is not stated.
    Unsaid,
    /// Current.
    Current,
    /// The gateway calls it Beta.
    Beta,
    /// Older.
    Older,
}

/// Whether the finished video has audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Always with audio.
    Always,
    /// Always silent.
    Never,
    /// Depends on the field `sound`.
    Field,
}

/// How long the finished video will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Set by the field `duration`.
    Field,
    /// As long as the audio sent: not known in advance.
    Audio,
}

/// Pixel sizes on the wire: tier, then ratio, then the value sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeTable {
    /// Wire path, e.g. `parameters.size`.
    pub at: &'static str,
    /// `{"720P": {"16:9": "1280*720"}}`. The first ratio of a tier is its default.
    pub table: &'static [(&'static str, &'static [(&'static str, &'static str)])],
}

/// One model as one gateway offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Id, unique in its gateway. A suffix after `@` names a second entry for the same model and is not sent.
    pub id: &'static str,
    /// What it makes a video from.
    pub capability: Capability,
    /// The gateway's statement of its state.
    pub status: Status,
    /// How it compares in age with the others; `None` if nobody says.
    pub age: Option<Age>,
    /// What it is for, in a few words.
    pub about: Option<Words>,
    /// Name of the endpoint its tasks are created at.
    pub endpoint: &'static str,
    /// Constant properties of the body: wire path and value.
    pub fixed: Table<&'static str>,
    /// Inputs, in the order of the form.
    pub fields: &'static [Field],
    /// Sizes, if tier and ratio are sent as one value.
    pub size: Option<SizeTable>,
    /// Legal sets of media fields, if not all combinations are legal. Empty: no such rule.
    pub media_sets: &'static [&'static [FieldId]],
    /// Whether the result has audio.
    pub sound: Sound,
    /// Length of the result.
    pub length: Length,
    /// Price, or an explicit statement that none is published.
    pub price: PriceRule,
    /// Regions it is offered in. Empty: all.
    pub regions: &'static [&'static str],
    /// Advice on the model as a whole.
    pub advice: &'static [Advice],
    /// Short name of the document its fields come from.
    pub source: &'static str,
}

impl Model {
    /// The name sent to the gateway.
    pub fn wire_name(&self) -> &str {
        self.id.split('@').next().unwrap_or(self.id)
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
        self.regions.is_empty() || self.regions.contains(&region)
    }

    /// The field with this id, if the model has it.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The default tier.
    pub fn default_tier(&self) -> Option<&str> {
        match &self.field(FieldId::Tier)?.default {
            Some(Choice::Word(word)) => Some(word),
            _ => None,
        }
    }
}
