//! What a gateway's error code means: what to do about it, who is at fault, whether the request may be sent again. Data
//! and lookups over the gateway's code, its message and the HTTP status. What that means for a task is decided in
//! [`verdict`](crate::verdict).

use crate::catalog::Gateway;
use crate::protocol::Fault;

mod codes;
mod remedy;

pub use codes::{CODES, MESSAGES};
pub use remedy::{Blame, Remedy, Retry};

/// What must be known about where a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scene {
    /// The gateway has several regions, each with its own keys.
    pub has_regions: bool,
    /// The catalog has the model, but not for the region of this URL.
    pub model_elsewhere: bool,
    /// The gateway's own documents say that failed tasks are free.
    pub failed_is_free: bool,
}

impl Scene {
    /// The scene for a model at a gateway's URL in this region.
    pub fn of(gateway: &Gateway, model: &str, region: &str) -> Self {
        let model = gateway.model(model);
        Self {
            has_regions: gateway.bases.iter().any(|base| base.region != gateway.bases[0].region),
            model_elsewhere: model.is_some_and(|model| !model.is_offered_in(region)),
            failed_is_free: gateway.says_failed_is_free(),
        }
    }
}

/// What to do about a fault: based on its code, its message, or else its HTTP status; then adjusted for the scene,
/// where key, model and region may not match.
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
    // The exact spelling first: `InvalidURL` and `invalid_url` are codes of two gateways with different meanings.
    let exact = CODES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    let exact = exact.or_else(|| CODES.iter().find(|(known, _)| is_same(known, code)));
    let family = || CODES.iter().find(|(known, _)| known.ends_with('.') && code.starts_with(known));
    exact.or_else(family).map(|(_, remedy)| *remedy)
}

/// One code can mean several things; then only the message tells which.
fn by_message(fault: &Fault) -> Option<Remedy> {
    let said = fault.message.to_ascii_lowercase();
    let fits = |code: &str| code.is_empty() || is_same(code, &fault.code);
    MESSAGES.iter().find(|(code, words, _)| fits(code) && said.contains(words)).map(|(_, _, remedy)| *remedy)
}

fn by_status(fault: &Fault) -> Remedy {
    // A page instead of data: neither account nor request was checked.
    if fault.status < 500 && fault.code.is_empty() && fault.message.starts_with('<') {
        return Remedy::Intermediary;
    }
    // An error that is one word.
    if fault.code.is_empty() && fault.message.trim().eq_ignore_ascii_case("unauthorized") {
        return Remedy::CheckKey;
    }
    // Gateways of the new-api family respond with 200 and put the status in the code.
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

/// Gateways of one family use both `insufficient_quota` and `InsufficientQuota` for the same thing.
fn is_same(known: &str, code: &str) -> bool {
    let letters =
        |text: &'_ str| text.bytes().filter(|b| *b != b'_').map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    known.eq_ignore_ascii_case(code) || (!known.contains('.') && letters(known) == letters(code))
}

/// Longest lifetime of a task that was only validated: that takes a tenth of a second, and a video takes a minute.
const CHECKED_WITHIN_MS: u64 = 1500;

/// Whether a task failed because its request was rejected: Alibaba's service accepts a call, responds with an ID, and
/// only then validates the values.
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
