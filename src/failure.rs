//! What a failure means and what to do about it, from the gateway's code and the HTTP status. Data and one lookup; the
//! view words it in both languages.

use crate::protocol::Fault;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// A value of the request is wrong.
    FixRequest,
    /// The gateway could not fetch or read an image, audio or video.
    FixMedia,
    /// A file is too large to travel inside the request.
    SmallerFile,
    /// The content was refused by moderation.
    ChangeContent,
    /// The key is missing, wrong, or of another region.
    CheckKey,
    /// The account may not use this model or interface.
    GetAccess,
    /// Money or quota is used up. Trying later does not help.
    TopUp,
    /// Too many calls: wait.
    SlowDown,
    /// The gateway does not have this model, or not at this address.
    CheckModel,
    /// The gateway does not know this task.
    CheckTask,
    /// The result is not there yet.
    Wait,
    /// Trouble on the gateway's side.
    TryLater,
    /// Nothing known: show what the gateway said.
    Unknown,
}

/// Codes of the gateways' documents. A code that ends in `.` stands for all codes that begin so.
/// Sources: Alibaba's error-code page; `AceDataCloud`'s `OpenAPI`; Crazyrouter's and OPE.AI's documents; 2026-11-21.
pub const CODES: &[(&str, Remedy)] = &[
    // DashScope.
    ("InvalidParameter", Remedy::FixRequest),
    ("InvalidParameter.", Remedy::FixRequest),
    ("BadRequest.EmptyInput", Remedy::FixRequest),
    ("BadRequest.EmptyModel", Remedy::FixRequest),
    ("BadRequest.EmptyParameters", Remedy::FixRequest),
    ("InvalidURL", Remedy::FixMedia),
    ("InvalidURL.", Remedy::FixMedia),
    ("DataInspectionFailed", Remedy::ChangeContent),
    ("IPInfringementSuspect", Remedy::ChangeContent),
    ("Arrearage", Remedy::TopUp),
    ("InvalidApiKey", Remedy::CheckKey),
    ("AccessDenied", Remedy::GetAccess),
    ("AccessDenied.Unpurchased", Remedy::GetAccess),
    ("Model.AccessDenied", Remedy::GetAccess),
    ("Workspace.AccessDenied", Remedy::GetAccess),
    ("AllocationQuota.FreeTierOnly", Remedy::TopUp),
    ("ModelNotFound", Remedy::CheckModel),
    ("WorkSpaceNotFound", Remedy::CheckModel),
    ("RequestTimeOut", Remedy::TryLater),
    ("BadRequest.TooLarge", Remedy::SmallerFile),
    ("BadRequest.InputDownloadFailed", Remedy::FixMedia),
    ("InputDownloadFailed", Remedy::FixMedia),
    ("BadRequest.UnsupportedFileFormat", Remedy::FixMedia),
    ("Throttling.AllocationQuota", Remedy::TopUp),
    ("PrepaidBillOverdue", Remedy::TopUp),
    ("PostpaidBillOverdue", Remedy::TopUp),
    ("CommodityNotPurchased", Remedy::TopUp),
    ("Throttling", Remedy::SlowDown),
    ("Throttling.RateQuota", Remedy::SlowDown),
    ("Throttling.BurstRate", Remedy::SlowDown),
    ("InternalError", Remedy::TryLater),
    ("InternalError.", Remedy::TryLater),
    ("SystemError", Remedy::TryLater),
    ("RewriteFailed", Remedy::TryLater),
    ("ModelUnavailable", Remedy::TryLater),
    // Said of a cancel call that came too late: no value of the request is wrong.
    ("UnsupportedOperation", Remedy::Unknown),
    // AceDataCloud.
    ("bad_request", Remedy::FixRequest),
    ("token_mismatched", Remedy::FixRequest),
    ("api_not_implemented", Remedy::FixRequest),
    ("invalid_token", Remedy::CheckKey),
    ("no_token", Remedy::CheckKey),
    ("token_expired", Remedy::CheckKey),
    ("forbidden", Remedy::ChangeContent),
    ("used_up", Remedy::TopUp),
    ("disabled", Remedy::GetAccess),
    ("not_applied", Remedy::GetAccess),
    ("content_too_large", Remedy::SmallerFile),
    ("too_many_requests", Remedy::SlowDown),
    ("busy", Remedy::SlowDown),
    ("api_error", Remedy::TryLater),
    ("timeout", Remedy::TryLater),
    // The new-api family: Crazyrouter, OPE.AI.
    ("invalid_request", Remedy::FixRequest),
    ("invalid_request_error", Remedy::FixRequest),
    ("invalid_api_key", Remedy::CheckKey),
    ("insufficient_quota", Remedy::TopUp),
    ("model_not_found", Remedy::CheckModel),
    ("get_channel_failed", Remedy::CheckModel),
    ("rate_limit_exceeded", Remedy::SlowDown),
    ("content_filter", Remedy::ChangeContent),
    ("task_not_exist", Remedy::CheckTask),
    ("fail_to_fetch_task", Remedy::TryLater),
    ("ali_api_error", Remedy::TryLater),
    ("server_error", Remedy::TryLater),
    ("ResourceNotFound", Remedy::CheckTask),
    ("NotFound", Remedy::CheckTask),
];

/// What to do about a fault: by its code, else by its HTTP status.
pub fn remedy(fault: &Fault) -> Remedy {
    let code = fault.code.as_str();
    let exact = CODES.iter().find(|(known, _)| is_same(known, code));
    let family = || CODES.iter().find(|(known, _)| known.ends_with('.') && code.starts_with(known));
    if let Some((_, remedy)) = exact.or_else(family) {
        return *remedy;
    }
    match fault.status {
        400 | 405 | 422 => Remedy::FixRequest,
        401 => Remedy::CheckKey,
        402 => Remedy::TopUp,
        403 => Remedy::GetAccess,
        404 => Remedy::CheckModel,
        408 | 500..=599 => Remedy::TryLater,
        413 => Remedy::SmallerFile,
        415 => Remedy::FixMedia,
        429 => Remedy::SlowDown,
        _ => Remedy::Unknown,
    }
}

/// Gateways of one family write `insufficient_quota` and `InsufficientQuota` for the same thing.
fn is_same(known: &str, code: &str) -> bool {
    let letters =
        |text: &'_ str| text.bytes().filter(|b| *b != b'_').map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    known.eq_ignore_ascii_case(code) || (!known.contains('.') && letters(known) == letters(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, code: &str) -> Remedy {
        remedy(&Fault { status, code: code.into(), ..Fault::default() })
    }

    #[test]
    fn quota_is_not_try_later() {
        assert_eq!(of(429, "Throttling.AllocationQuota"), Remedy::TopUp);
        assert_eq!(of(429, "Throttling.RateQuota"), Remedy::SlowDown);
        assert_eq!(of(429, ""), Remedy::SlowDown);
    }

    #[test]
    fn families_and_statuses_help_where_the_code_is_new() {
        assert_eq!(of(500, "InternalError.Algo"), Remedy::TryLater);
        assert_eq!(of(400, "Brand.New"), Remedy::FixRequest);
        assert_eq!(of(200, "Brand.New"), Remedy::Unknown);
        assert_eq!(of(403, "InsufficientQuota"), Remedy::TopUp);
    }
}
