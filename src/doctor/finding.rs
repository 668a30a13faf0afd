//! What the doctor finds: faults with their positions, their effects, and the corrected request.

use super::diff::Line;
use crate::catalog::{Condition, FieldId};
use crate::checked::ProblemKind;
use crate::http::Request;
use crate::http::lenient::{Slip, Spot};

/// The result of examining a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examination {
    /// What is wrong or worth knowing, in reading order: URL, headers, key, body.
    pub findings: Vec<Finding>,
    /// The corrected request, if anything could be fixed.
    pub correction: Option<Correction>,
}

/// A corrected request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The request.
    pub request: Request,
    /// Nothing is left in it that the gateway would reject, according to the documents.
    pub complete: bool,
    /// A diff of the request before and after correction.
    pub diff: Vec<Line>,
}

/// One thing that is wrong or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub part: Part,
    /// What is wrong.
    pub fault: Fault,
    /// Its effect.
    pub effect: Effect,
    /// The correction fixes it.
    pub mended: bool,
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The method.
    Method,
    /// The URL.
    Url,
    /// A header, by its name.
    Header(String),
    /// The key.
    Key,
    /// The body as text, at this position.
    Text(Spot),
    /// A property of the body, by its path; the empty path is the whole body.
    Body(String),
}

/// The effect of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The gateway rejects the request, or the task fails.
    Refused,
    /// It is accepted, but something unintended is generated and billed.
    Astray,
    /// Worth knowing.
    Noted,
}

/// What can be wrong. Paths are those in the corrected body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another method is required.
    Method {
        /// The right one.
        should: &'static str,
    },
    /// The gateway is called without encryption: the key would be sent in plain text.
    PlainHttp,
    /// A placeholder for the workspace is left in the URL.
    Placeholder,
    /// The URL belongs to none of the gateways.
    ForeignHost,
    /// The path is a gateway's, but its document does not name this host.
    UndocumentedHost {
        /// The first host it names.
        should: String,
    },
    /// The gateway has no such path.
    NoSuchPath {
        /// The path that creates tasks of this model.
        should: String,
    },
    /// This model uses another path.
    PathOfAnother {
        /// The right one.
        should: String,
    },
    /// A create call is sent to a path that is only for queries.
    CreateAtQuery {
        /// The path that creates tasks.
        should: String,
    },
    /// A header that the gateway requires is missing.
    HeaderMissing {
        /// The value it must have.
        should: String,
    },
    /// A header has a different value than the gateway requires.
    HeaderWrong {
        /// The right value.
        should: String,
    },
    /// A header for creating tasks, which does not belong in a query.
    HeaderIdle,
    /// There is no key.
    KeyMissing,
    /// A placeholder instead of a key: `YOUR_API_KEY`.
    KeyPlaceholder,
    /// Judging by its format or name, the key belongs to another gateway.
    KeyOfGateway {
        /// ID of that gateway; empty if all that is known is that the key is not for this one.
        gateway: String,
    },
    /// Judging by its name, the key is for another region than the URL.
    KeyOfRegion {
        /// The URL of the key's region.
        should: String,
    },
    /// There is no body.
    NoBody,
    /// The body is in a file that is not available.
    BodyElsewhere {
        /// Its name.
        name: String,
    },
    /// The body is form data, but the gateway reads JSON.
    Form,
    /// The body is not valid JSON from here on.
    NotJson,
    /// A syntax error in the JSON.
    Slip(Slip),
    /// A duplicate name: the last one counts.
    Twice,
    /// The body is not an object.
    NoObject,
    /// No model is named.
    ModelMissing,
    /// This model is unknown.
    ModelUnknown {
        /// The name in the body.
        name: String,
        /// A model of this gateway with a similar name.
        near: Option<String>,
    },
    /// A dated snapshot of a model: it was checked against the model's own rules.
    ModelDated {
        /// The model.
        model: String,
    },
    /// Documents name this model, but this page does not know its fields.
    ModelBeyond,
    /// The gateway does not offer this model, but others do.
    ModelElsewhere {
        /// IDs of those.
        gateways: Vec<String>,
    },
    /// The model is not offered in the region of the URL.
    NotInRegion {
        /// A URL of a region that has it.
        should: String,
    },
    /// A constant is missing or has a different value than this model requires.
    Constant {
        /// The right value.
        should: String,
    },
    /// The name that another model uses for this field.
    NameOfAnother {
        /// The field.
        field: FieldId,
        /// Where this model has it.
        should: String,
    },
    /// A field of other models, which this one does not have.
    NotOfThisModel {
        /// The field.
        field: FieldId,
    },
    /// The right name in the wrong object.
    Misplaced {
        /// Where it belongs.
        should: String,
    },
    /// A misspelled name.
    Misspelt {
        /// The right one.
        should: String,
    },
    /// The property is not in the documents.
    UnknownMember,
    /// The service ignores this property.
    Idle,
    /// An older name, still accepted.
    OlderName {
        /// The current name in the documents.
        should: String,
    },
    /// An invalid entry in a list of media.
    NoMedium,
    /// `null`, where a value is expected, or no property at all.
    Null,
    /// An empty string, where a value is expected, or no property at all.
    Empty,
    /// One of the gateway's documents lists this property for every model, others only for some.
    ForEveryModel,
    /// A resolution, where only a size is used.
    TierForSize {
        /// Where the size belongs.
        should: String,
    },
    /// A size, where only a resolution is used.
    SizeForTier {
        /// Where the resolution belongs.
        should: String,
    },
    /// The name of a resolution as a size.
    TierInSize {
        /// The size.
        should: String,
    },
    /// A different separator between width and height than this gateway uses.
    SizeSign {
        /// The size as this gateway writes it.
        should: String,
    },
    /// A size that the model does not support.
    SizeUnknown {
        /// The nearest one.
        should: String,
    },
    /// The right value in the wrong case: `720p`.
    Letters {
        /// The correct spelling.
        should: String,
    },
    /// A string, where an integer is required.
    TextForNumber,
    /// A fraction, where an integer is required.
    FractionForNumber,
    /// A number, where a string is required.
    NumberForText,
    /// Neither `true` nor `false`, where a boolean is required.
    NoFlag,
    /// Another type of value is required here.
    OtherKind,
    /// A field has an invalid value.
    Value(FieldId, ProblemKind),
    /// A field that has no effect unless this holds.
    NoEffect(FieldId, Condition),
    /// Without this property the response only comes when the video is ready, and is lost if the connection drops.
    HeldOpen,
    /// A signed link that has expired.
    LinkExpired {
        /// When, in milliseconds since 1970.
        ended_ms: u64,
    },
    /// A link to localhost.
    LinkToThisMachine,
    /// A link to a private network.
    LinkToPrivateNetwork,
    /// A local file path.
    LinkToDisk,
    /// A link that only one page in one browser can open.
    LinkInBrowser,
    /// A link in quotes or brackets.
    LinkQuoted,
    /// Spaces or invisible characters in or around a link.
    LinkSpaced,
    /// A link without `https://`.
    LinkBare,
    /// Base64 data without the `data:` prefix.
    Base64Bare,
    /// A link to Alibaba's upload storage, which this gateway cannot open.
    LinkToStore,
}
