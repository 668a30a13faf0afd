//! What a failure means: who is at fault, whether anything was billed, whether it may be sent again, what to do. Data
//! and lookups over the gateway's code, its message and the HTTP status; the view words the verdict in both languages.

use crate::catalog::Gateway;
use crate::protocol::{Call, Fault};
use crate::task::{Doubt, State};

mod advice;
mod codes;
pub use advice::{Advice, Hindrance, Known, advise};
pub use codes::{CODES, MESSAGES};

/// Who is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// Something in the request, the key or the address.
    You,
    /// The content rules of the gateway.
    Content,
    /// The account: rights, quota, money, rate.
    Account,
    /// The gateway.
    Gateway,
    /// What lies between the browser and the gateway.
    Network,
    /// Nobody: it is merely so.
    Nobody,
    /// The gateway gives no reason.
    Unknown,
}

/// Whether anything was billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Billed {
    /// Yes.
    Yes,
    /// No: nothing was made, and the gateway's own documents say that this is free.
    No,
    /// Most likely not, but nothing the gateway publishes says so.
    Unlikely,
    /// Nobody but the gateway's bill can tell.
    Unknown,
}

/// Whether the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// At once.
    Yes,
    /// After some minutes.
    Later,
    /// After a change.
    AfterChange,
    /// Only when it is certain that the first one made no task.
    AfterLook,
    /// It would end the same way.
    No,
    /// It would make and bill a second video.
    Twice,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// A value of the request is wrong.
    FixRequest,
    /// The gateway could not fetch or read an image, audio or video.
    FixMedia,
    /// The body did not arrive as it was written.
    FixBody,
    /// The leave to upload a file has run out.
    UploadAgain,
    /// A file is too large to travel inside the request.
    SmallerFile,
    /// The content was refused by moderation.
    ChangeContent,
    /// The key is missing, wrong or expired.
    CheckKey,
    /// The key was refused at a gateway whose keys belong to one region each.
    CheckKeyRegion,
    /// The key belongs to another workspace or application.
    CheckWorkspace,
    /// The account may not use this model or interface.
    GetAccess,
    /// The model is not offered in the region of the address.
    ModelElsewhere,
    /// The gateway's marker for asynchronous calls got lost on the way.
    MissingHeader,
    /// Money or quota is used up. Trying later does not help.
    TopUp,
    /// The free quota is used up, and the account is set to use nothing else.
    FreeTierOver,
    /// Too many calls: wait.
    SlowDown,
    /// The gateway does not have this model.
    CheckModel,
    /// The address does not fit: path, region and model do not belong together.
    CheckAddress,
    /// The gateway has nobody at present who would run this model.
    NoChannel,
    /// The gateway does not know this task.
    CheckTask,
    /// The result is not there yet.
    Wait,
    /// Trouble on the gateway's side that mostly passes at once.
    TryOnce,
    /// Trouble on the gateway's side that takes its time.
    TryLater,
    /// A proxy in between answered with a page of its own.
    Intermediary,
    /// The relay of the page's server did not pass the call on.
    CheckRelay,
    /// A task that runs can no longer be canceled.
    LetRun,
    /// The browser is offline.
    Connect,
    /// Find out whether the task exists before anything else.
    LookFirst,
    /// Nothing: it ended as was wished.
    Nothing,
    /// Nothing known: show what the gateway said.
    Unknown,
}

/// The answer to the four questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Who is at fault.
    pub blame: Blame,
    /// Whether anything was billed.
    pub billed: Billed,
    /// Whether the same request may be sent again.
    pub retry: Retry,
    /// What to do.
    pub advice: Advice,
}

/// What has to be known of the place a call went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scene {
    /// The gateway answers in several regions, and each has keys of its own.
    pub has_regions: bool,
    /// The catalog knows the model, and not for the region of this address.
    pub model_elsewhere: bool,
    /// The gateway's own documents say that a failed task costs nothing.
    pub failed_is_free: bool,
}

impl Scene {
    /// The place of a model at a gateway's address of this region.
    pub fn of(gateway: &Gateway, model: &str, region: &str) -> Self {
        let model = gateway.model(model);
        let elsewhere = |regions: &[String]| !regions.is_empty() && !regions.iter().any(|known| known == region);
        Self {
            has_regions: gateway.bases.iter().any(|base| base.region != gateway.bases[0].region),
            model_elsewhere: model.is_some_and(|model| elsewhere(&model.regions)),
            failed_is_free: gateway.says_failed_is_free(),
        }
    }
}

/// What to do about a fault: by what its code says, what its message says, else by its HTTP status; and then by the
/// place, where key, model and region may not belong together.
pub fn remedy(fault: &Fault, scene: Scene) -> Remedy {
    let found = by_message(fault).or_else(|| by_code(&fault.code)).unwrap_or_else(|| by_status(fault));
    match found {
        Remedy::CheckKey if scene.has_regions => Remedy::CheckKeyRegion,
        Remedy::GetAccess | Remedy::CheckModel | Remedy::CheckAddress if scene.model_elsewhere => {
            Remedy::ModelElsewhere
        }
        found => found,
    }
}

fn by_code(code: &str) -> Option<Remedy> {
    // As written first: `InvalidURL` and `invalid_url` are two gateways' words for two things.
    let exact = CODES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    let exact = exact.or_else(|| CODES.iter().find(|(known, _)| is_same(known, code)));
    let family = || CODES.iter().find(|(known, _)| known.ends_with('.') && code.starts_with(known));
    exact.or_else(family).map(|(_, remedy)| *remedy)
}

/// One code can stand for several things; then only the words of the message tell which.
fn by_message(fault: &Fault) -> Option<Remedy> {
    let said = fault.message.to_ascii_lowercase();
    let fits = |code: &str| code.is_empty() || is_same(code, &fault.code);
    MESSAGES.iter().find(|(code, words, _)| fits(code) && said.contains(words)).map(|(_, _, remedy)| *remedy)
}

fn by_status(fault: &Fault) -> Remedy {
    // A page instead of data: neither account nor request was looked at.
    if fault.status < 500 && fault.code.is_empty() && fault.message.starts_with('<') {
        return Remedy::Intermediary;
    }
    // Gateways of the new-api family answer 200 and give the status as the code.
    let status = fault.code.parse().ok().filter(|code| (400..=599).contains(code));
    match status.unwrap_or(fault.status) {
        400 | 405 | 422 => Remedy::FixRequest,
        401 => Remedy::CheckKey,
        402 => Remedy::TopUp,
        403 => Remedy::GetAccess,
        404 => Remedy::CheckAddress,
        408 => Remedy::TryOnce,
        413 => Remedy::SmallerFile,
        415 => Remedy::FixMedia,
        429 => Remedy::SlowDown,
        500..=599 => Remedy::TryLater,
        _ => Remedy::Unknown,
    }
}

/// Gateways of one family write `insufficient_quota` and `InsufficientQuota` for the same thing.
fn is_same(known: &str, code: &str) -> bool {
    let letters =
        |text: &'_ str| text.bytes().filter(|b| *b != b'_').map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    known.eq_ignore_ascii_case(code) || (!known.contains('.') && letters(known) == letters(code))
}

impl Remedy {
    /// Who is at fault where this is what helps.
    pub const fn blame(self) -> Blame {
        match self {
            Self::FixRequest
            | Self::FixMedia
            | Self::FixBody
            | Self::UploadAgain
            | Self::SmallerFile
            | Self::CheckKey
            | Self::CheckKeyRegion
            | Self::CheckWorkspace
            | Self::ModelElsewhere
            | Self::CheckModel
            | Self::CheckAddress
            | Self::CheckTask => Blame::You,
            Self::ChangeContent => Blame::Content,
            Self::GetAccess | Self::TopUp | Self::FreeTierOver | Self::SlowDown => Blame::Account,
            Self::NoChannel | Self::TryOnce | Self::TryLater => Blame::Gateway,
            Self::MissingHeader | Self::CheckRelay | Self::Intermediary | Self::Connect => Blame::Network,
            Self::Wait | Self::LetRun | Self::Nothing => Blame::Nobody,
            Self::LookFirst | Self::Unknown => Blame::Unknown,
        }
    }

    /// Whether the same request may be sent again where this is what helps.
    pub const fn retry(self) -> Retry {
        match self {
            Self::TryOnce | Self::Connect => Retry::Yes,
            Self::SlowDown | Self::NoChannel | Self::Wait | Self::TryLater | Self::Intermediary | Self::CheckRelay => {
                Retry::Later
            }
            Self::FixRequest
            | Self::FixMedia
            | Self::FixBody
            | Self::UploadAgain
            | Self::SmallerFile
            | Self::ChangeContent
            | Self::CheckKey
            | Self::CheckKeyRegion
            | Self::CheckWorkspace
            | Self::GetAccess
            | Self::ModelElsewhere
            | Self::MissingHeader
            | Self::CheckModel
            | Self::CheckAddress
            | Self::CheckTask => Retry::AfterChange,
            Self::LookFirst => Retry::AfterLook,
            Self::TopUp | Self::FreeTierOver | Self::LetRun | Self::Nothing | Self::Unknown => Retry::No,
        }
    }
}

impl Verdict {
    const fn of(blame: Blame, billed: Billed, advice: Advice) -> Self {
        Self { blame, billed, retry: advice.retry(), advice }
    }
}

/// The verdict on an error that somebody brought: nothing tells which call it answered, or whether there is a task.
pub fn brought(fault: &Fault) -> Verdict {
    let remedy = remedy(fault, Scene::default());
    Verdict::of(remedy.blame(), Billed::No, advise(Call::Create, Known::Unsaid, remedy))
}

/// Longest life of a task that was only checked: it takes a tenth of a second, and a video takes a minute.
const CHECKED_WITHIN_MS: u64 = 1500;

/// Whether a task failed because its request was refused: Alibaba's service takes a call in, answers with an id, and
/// checks the values then.
pub fn is_late_refusal(fault: &Fault) -> bool {
    let is_about_request = matches!(
        remedy(fault, Scene::default()),
        Remedy::FixRequest
            | Remedy::FixMedia
            | Remedy::FixBody
            | Remedy::SmallerFile
            | Remedy::CheckModel
            | Remedy::CheckAddress
    );
    is_about_request && fault.after_ms.is_some_and(|after_ms| after_ms <= CHECKED_WITHIN_MS)
}

/// The verdict on where a task stands. `None` while there is nothing to explain.
pub fn verdict(state: &State, scene: Scene) -> Option<Verdict> {
    let failed = if scene.failed_is_free { Billed::No } else { Billed::Unlikely };
    let (blame, billed, remedy) = match state {
        State::Sending | State::ByHand | State::Waiting { .. } | State::Fetching { .. } => return None,
        State::NotSent => (Blame::Network, Billed::No, Remedy::Connect),
        State::Refused(fault) => {
            let remedy = remedy(fault, scene);
            (remedy.blame(), Billed::No, remedy)
        }
        State::Failed(fault, _) => {
            let remedy = remedy(fault, scene);
            (remedy.blame(), failed, remedy)
        }
        State::Doubtful(doubt) => match doubt {
            Doubt::Network(_) => (Blame::Network, Billed::Unknown, Remedy::LookFirst),
            Doubt::Server(fault) => {
                let remedy = remedy(fault, scene);
                (remedy.blame(), Billed::Unknown, remedy)
            }
            Doubt::Unreadable(_) => (Blame::Gateway, Billed::Unknown, Remedy::LookFirst),
        },
        State::Canceled => (Blame::Nobody, failed, Remedy::Nothing),
        State::Lost(_) => (Blame::Unknown, Billed::Unknown, Remedy::CheckTask),
        State::Done(_) => (Blame::Nobody, Billed::Yes, Remedy::Nothing),
    };
    let known = Known::of(state, false, false);
    let blame = if known == Known::NoLink { Blame::Gateway } else { blame };
    Some(Verdict::of(blame, billed, advise(Call::Create, known, remedy)))
}

/// The verdict on a result link that has died: the video was made and paid.
pub const fn expired() -> Verdict {
    Verdict::of(Blame::Nobody, Billed::Yes, advise(Call::Content, Known::Expired, Remedy::Nothing))
}

#[cfg(test)]
mod tests;
