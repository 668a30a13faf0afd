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
