//! What a gateway's code means: what to do about it, who is at fault, whether the request may be sent again. Data and
//! lookups over the gateway's code, its message and the HTTP status. What that says of a task is the
//! [`verdict`](crate::verdict)'s.

use crate::catalog::Gateway;
use crate::protocol::Fault;

mod codes;
mod remedy;

pub use codes::{CODES, MESSAGES};
pub use remedy::{Blame, Remedy, Retry};

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
