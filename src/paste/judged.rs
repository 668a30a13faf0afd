//! A judgement of a request: findings, each with what comes of it.

use crate::catalog::{FieldId, Gateway};
use crate::checked::{ProblemKind, Trap};
use crate::doctor::{Correction, Effect, Fault, Finding, Part};
use crate::price::Estimate;
use crate::reading::Wish;

/// A judgement for one gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Gateway ID.
    pub gateway: String,
    /// The model it was judged by; empty if none.
    pub model: String,
    /// What is wrong or worth knowing, and what comes of it.
    pub findings: Vec<(Finding, Verdict)>,
    /// The corrected request, if it was examined again and found clean.
    pub correction: Option<Correction>,
    /// What that correction leaves out.
    pub removed: Vec<String>,
    /// It costs more than what was pasted.
    pub is_dearer: bool,
    /// The body was checked against the model's rules.
    pub is_checked: bool,
    /// What it costs as pasted.
    pub price: Option<Estimate>,
    /// What the form would hold.
    pub wish: Option<Wish>,
}

/// The gateway whose service the pages and runs are about that say when a task fails.
const OWN: &str = "dashscope";

/// What comes of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The call is refused at once: no task, no bill.
    RefusedAtOnce,
    /// The call is accepted, then the task fails. Not billed, by Alibaba's pages.
    FailsLater,
    /// It is accepted, ignored, and billed all the same.
    IgnoredAndBilled,
    /// No document says what comes of it.
    NotDocumented,
    /// It is only worth knowing.
    Noted,
}

/// What is worth knowing besides what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The length of this model is fixed: a duration may fail the task.
    FixedLength(String),
    /// A seed of 0 is a fixed seed and not a random one.
    SeedZero(String),
    /// Something that is accepted, but not meant so.
    Trap(Trap),
    /// The prompt names none of the references: they may have no part in the video.
    NoCharacter,
    /// Nothing chooses the resolution, and the default is the dearer one.
    DearDefault(String),
    /// Another model takes what this one does not.
    OtherModel(String),
    /// This is the international name of a model; the mainland's is another one.
    RegionalName(String),
    /// A link holds a user name and a password.
    LoginInLink(String),
    /// The query lacks the action that the reference requires.
    NoAction,
    /// Local files are uploaded by the library only: over HTTP a link is needed.
    LocalFile(String),
    /// A header whose name has characters that no name has, as of quotes around it.
    OddHeader(String),
    /// The host is much like this one of a gateway.
    NearHost(String),
    /// The call is made without encryption, or to a private host: a page cannot make it.
    PrivateHost,
    /// A text in which question marks or squares stand for letters: the Windows console broke it.
    BrokenText(String),
    /// The members of a foreign body that have the names of fields.
    Understood(Vec<String>),
}

/// What decides besides the fault itself.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// The gateway.
    pub gateway: &'a Gateway,
    /// The model named in the body.
    pub model: &'a str,
    /// The object that the gateway's protocol requires and the body lacks, `input`: no task is made without it.
    pub lacks: Option<&'a str>,
}

/// What comes of a fault at a gateway. Sources: Alibaba's pages and the runs of others that the facts quote; where a
/// gateway's document is silent, nothing is claimed.
pub fn verdict(finding: &Finding, bench: Bench<'_>) -> Verdict {
    let Bench { gateway, model, lacks } = bench;
    let is_own = gateway.id == OWN;
    if finding.effect == Effect::Noted {
        return Verdict::Noted;
    }
    let later = if is_own { Verdict::FailsLater } else { Verdict::NotDocumented };
    let is_needed = |place: &str| ["_url", "prompt", "media", "model", "input"].iter().any(|end| place.ends_with(end));
    if is_own && is_of_lacking(finding, lacks) {
        return Verdict::RefusedAtOnce;
    }
    match &finding.fault {
        Fault::NoSuchPath { .. } if gateway.more_routes => Verdict::NotDocumented,
        // The service checks key, path, header, model and JSON before it makes a task.
        Fault::Method { .. }
        | Fault::PlainHttp
        | Fault::Placeholder
        | Fault::ForeignHost
        | Fault::UndocumentedHost { .. }
        | Fault::PathOfAnother { .. }
        | Fault::CreateAtQuery { .. }
        | Fault::HeaderMissing { .. }
        | Fault::HeaderWrong { .. }
        | Fault::HeaderIdle
        | Fault::KeyMissing
        | Fault::KeyPlaceholder
        | Fault::KeyOfGateway { .. }
        | Fault::KeyOfRegion { .. }
        | Fault::NoBody
        | Fault::BodyElsewhere { .. }
        | Fault::Form
        | Fault::NotJson
        | Fault::Slip(_)
        | Fault::NoObject
        | Fault::ModelMissing
        | Fault::ModelUnknown { .. }
        | Fault::ModelDated { .. }
        | Fault::ModelBeyond
        | Fault::ModelElsewhere { .. }
        | Fault::NotInRegion { .. }
        | Fault::NoSuchPath { .. } => Verdict::RefusedAtOnce,
        Fault::NotOfThisModel { field } if is_medium(*field) => Verdict::IgnoredAndBilled,
        Fault::NotOfThisModel { .. } | Fault::UnknownMember | Fault::Null | Fault::Empty | Fault::Misspelt { .. } => {
            Verdict::NotDocumented
        }
        // Run by others: 2.7 answers a size with a failed task.
        Fault::SizeForTier { .. } if model.starts_with("wan2.7") && is_own => Verdict::FailsLater,
        Fault::Misplaced { should } | Fault::NameOfAnother { should, .. } if is_needed(should) => later,
        Fault::Misplaced { .. }
        | Fault::NameOfAnother { .. }
        | Fault::SizeForTier { .. }
        | Fault::TierForSize { .. }
        | Fault::Twice
        | Fault::NoEffect(..)
        | Fault::Idle
        | Fault::HeldOpen
        | Fault::ForEveryModel
        | Fault::OlderName { .. }
        | Fault::Value(_, ProblemKind::TooLong { .. }) => Verdict::IgnoredAndBilled,
        Fault::Value(_, ProblemKind::Missing) | Fault::Constant { .. } if !is_own => Verdict::RefusedAtOnce,
        _ => later,
    }
}

/// Whether a fault is about what belongs into the object that the body lacks as a whole: `BadRequest.EmptyInput`, by
/// Alibaba's page of error codes. An object that is there and lacks a member fails later.
pub fn is_of_lacking(finding: &Finding, lacks: Option<&str>) -> bool {
    let Some(object) = lacks else { return false };
    let is_in = |place: &str| place.strip_prefix(object).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match (&finding.fault, &finding.part) {
        (Fault::Misplaced { should } | Fault::NameOfAnother { should, .. }, _) => is_in(should),
        (Fault::Value(_, ProblemKind::Missing), Part::Body(path)) => is_in(path),
        _ => false,
    }
}

/// Whether a field holds what a video is made from.
pub fn is_medium(field: FieldId) -> bool {
    matches!(field, FieldId::FirstFrame | FieldId::LastFrame | FieldId::Portrait | FieldId::References)
}
