//! What the doctor finds: faults with their places, what comes of each, and the request as it should be.

use super::diff::Line;
use crate::catalog::{Condition, FieldId};
use crate::checked::ProblemKind;
use crate::http::Request;
use crate::reading::json::{Slip, Spot};

/// What a look at a request gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examination {
    /// What is wrong or worth knowing, in the order of a reader: address, headers, key, body.
    pub findings: Vec<Finding>,
    /// The request as it should be, where anything could be mended.
    pub correction: Option<Correction>,
}

/// A request as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The request.
    pub request: Request,
    /// Nothing is left in it that the gateway would refuse, as far as the documents tell.
    pub complete: bool,
    /// The request as it was and as it should be, line by line.
    pub diff: Vec<Line>,
}

/// One thing that is wrong or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub part: Part,
    /// What it is.
    pub fault: Fault,
    /// What comes of it.
    pub effect: Effect,
    /// The correction takes care of it.
    pub mended: bool,
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The method.
    Method,
    /// The address.
    Url,
    /// A header, by its name.
    Header(String),
    /// The key.
    Key,
    /// The body as a text, here.
    Text(Spot),
    /// A member of the body, by its path; the whole body at the empty path.
    Body(String),
}

/// What comes of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The gateway refuses the request, or the task fails.
    Refused,
    /// It is taken, and something else than meant is made and billed.
    Astray,
    /// Good to know.
    Noted,
}

/// What can be wrong. The paths in it are those of the body as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another method is needed.
    Method {
        /// The right one.
        should: &'static str,
    },
    /// The gateway is called without encryption: the key would travel in the open.
    PlainHttp,
    /// A placeholder for the workspace is left in the address.
    Placeholder,
    /// The address is of none of the gateways.
    ForeignHost,
    /// The path is a gateway's, the host is none that its document names.
    UndocumentedHost {
        /// The one it names first.
        should: String,
    },
    /// The gateway has no such path.
    NoSuchPath {
        /// The path that creates tasks of this model.
        should: String,
    },
    /// Another path serves this model.
    PathOfAnother {
        /// The right one.
        should: String,
    },
    /// A task is to be made where tasks are only asked after.
    CreateAtQuery {
        /// The path that creates.
        should: String,
    },
    /// A header of the gateway is missing.
    HeaderMissing {
        /// The value it must have.
        should: String,
    },
    /// A header has another value than the gateway wants.
    HeaderWrong {
        /// The right value.
        should: String,
    },
    /// A header that creates tasks has no business at a query.
    HeaderIdle,
    /// There is no key.
    KeyMissing,
    /// What stands for the key is no key: `YOUR_API_KEY`.
    KeyPlaceholder,
    /// By its looks or its name the key is another gateway's.
    KeyOfGateway {
        /// Id of that gateway; empty where only that it is none of this one's can be told.
        gateway: String,
    },
    /// By its name the key is of another region than the address.
    KeyOfRegion {
        /// The address of the key's region.
        should: String,
    },
    /// There is no body.
    NoBody,
    /// The body is in a file that is not here.
    BodyElsewhere {
        /// Its name.
        name: String,
    },
    /// The body is a form, and the gateway reads JSON.
    Form,
    /// From here on the body is no JSON.
    NotJson,
    /// A slip that JSON does not allow.
    Slip(Slip),
    /// A name stands twice: the last one counts.
    Twice,
    /// The body is no object.
    NoObject,
    /// No model is named.
    ModelMissing,
    /// Nobody knows this model.
    ModelUnknown {
        /// The name of the body.
        name: String,
        /// A model of this gateway with a name like that.
        near: Option<String>,
    },
    /// A dated state of a model: what holds for the model was held against it.
    ModelDated {
        /// The model.
        model: String,
    },
    /// Documents name this model, but this page does not know its fields.
    ModelBeyond,
    /// The gateway does not offer this model, others do.
    ModelElsewhere {
        /// Ids of those.
        gateways: Vec<String>,
    },
    /// The model is not offered in the region of the address.
    NotInRegion {
        /// An address of a region that has it.
        should: String,
    },
    /// A constant has another value than this model needs, or is missing.
    Constant {
        /// The right value.
        should: String,
    },
    /// The name that another model has for this field.
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
    /// A name that is almost right.
    Misspelt {
        /// The right one.
        should: String,
    },
    /// The documents do not know this member.
    UnknownMember,
    /// The service does not look at this member.
    Idle,
    /// An older name, still taken.
    OlderName {
        /// The name in the documents now.
        should: String,
    },
    /// An entry of a list of media that is none.
    NoMedium,
    /// `null`, where a value or nothing should stand.
    Null,
    /// An empty text, where a value or nothing should stand.
    Empty,
    /// One of the gateway's documents lists this member for every model, others only for some.
    ForEveryModel,
    /// A resolution, where only a size counts.
    TierForSize {
        /// Where the size belongs.
        should: String,
    },
    /// A size, where only a resolution counts.
    SizeForTier {
        /// Where the resolution belongs.
        should: String,
    },
    /// The name of a resolution in a size.
    TierInSize {
        /// The size.
        should: String,
    },
    /// Another sign between width and height than this gateway writes.
    SizeSign {
        /// The size as it is written here.
        should: String,
    },
    /// A size that the model does not make.
    SizeUnknown {
        /// The nearest one.
        should: String,
    },
    /// The right word in the wrong letters: `720p`.
    Letters {
        /// As it is written.
        should: String,
    },
    /// A text, where a whole number is due.
    TextForNumber,
    /// A fraction, where a whole number is due.
    FractionForNumber,
    /// A number, where a text is due.
    NumberForText,
    /// Neither `true` nor `false`, where one of them is due.
    NoFlag,
    /// Another kind of value is due here.
    OtherKind,
    /// A value of a field that does not fit.
    Value(FieldId, ProblemKind),
    /// A field that has no effect unless this holds.
    NoEffect(FieldId, Condition),
    /// Without this member the answer comes only when the video is there, and is lost with the line.
    HeldOpen,
    /// A signed link that has ended.
    LinkExpired {
        /// When, in milliseconds since 1970.
        ended_ms: u64,
    },
    /// A link to the machine it was written on.
    LinkToThisMachine,
    /// A link into a private network.
    LinkToPrivateNetwork,
    /// A path on somebody's disk.
    LinkToDisk,
    /// A link that only one page of one browser can open.
    LinkInBrowser,
    /// Quotes or brackets stand around a link.
    LinkQuoted,
    /// Spaces or unseen characters stand in or around a link.
    LinkSpaced,
    /// `https://` is missing in front.
    LinkBare,
    /// A file in base64 without the words in front.
    Base64Bare,
    /// A link into Alibaba's store for uploads, which this gateway cannot open.
    LinkToStore,
}
