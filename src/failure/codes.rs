//! The gateways' error codes and what to do about each, as tables.

use super::remedy::Remedy;

/// Codes from the gateways' documents. A code that ends in `.` is a prefix.
/// Sources: Alibaba's error-code page; `AceDataCloud`'s `OpenAPI` and web client; Crazyrouter's and OPE.AI's documents;
/// 2026-11-21; Alibaba's page again 2026-11-28.
pub const CODES: &[(&str, Remedy)] = &[
    // DashScope.
    ("InvalidParameter", Remedy::FixRequest),
    ("InvalidParameter.", Remedy::FixRequest),
    ("BadRequest.EmptyInput", Remedy::FixRequest),
    ("BadRequest.EmptyModel", Remedy::FixRequest),
    ("BadRequest.EmptyParameters", Remedy::FixRequest),
    ("InvalidParameter.DataInspection", Remedy::FixMedia),
    ("InvalidParameter.FileDownload", Remedy::FixMedia),
    ("invalid_parameter_error", Remedy::FixRequest),
    // About a link in the request, not about the URL it was sent to.
    ("InvalidURL", Remedy::FixMedia),
    ("InvalidURL.", Remedy::FixMedia),
    ("InvalidFile.", Remedy::FixMedia),
    ("InvalidImage.", Remedy::FixMedia),
    ("InvalidImageResolution", Remedy::FixMedia),
    ("InvalidImageFormat", Remedy::FixMedia),
    ("InvalidPerson", Remedy::FixMedia),
    ("Audio.", Remedy::FixMedia),
    ("DataInspectionFailed", Remedy::ChangeContent),
    ("CustomRoleBlocked", Remedy::ChangeContent),
    ("IPInfringementSuspect", Remedy::ChangeContent),
    ("Arrearage", Remedy::TopUp),
    ("InvalidApiKey", Remedy::CheckKey),
    ("AccessDenied", Remedy::GetAccess),
    ("AccessDenied.Unpurchased", Remedy::GetAccess),
    ("Model.AccessDenied", Remedy::GetAccess),
    // Also for a retired model.
    ("Endpoint.AccessDenied", Remedy::CheckModel),
    ("Workspace.AccessDenied", Remedy::CheckWorkspace),
    ("AllocationQuota.FreeTierOnly", Remedy::FreeTierOver),
    ("ModelNotFound", Remedy::CheckModel),
    ("WorkSpaceNotFound", Remedy::CheckWorkspace),
    ("RequestTimeOut", Remedy::TryOnce),
    ("BadRequest.TooLarge", Remedy::SmallerFile),
    ("BadRequest.InputDownloadFailed", Remedy::FixMedia),
    ("InputDownloadFailed", Remedy::FixMedia),
    ("BadRequest.UnsupportedFileFormat", Remedy::FixMedia),
    ("PrepaidBillOverdue", Remedy::TopUp),
    ("PostpaidBillOverdue", Remedy::TopUp),
    ("CommodityNotPurchased", Remedy::TopUp),
    ("Throttling", Remedy::SlowDown),
    ("Throttling.RateQuota", Remedy::SlowDown),
    ("Throttling.BurstRate", Remedy::SlowDown),
    // Despite its name, a limit on calls or tokens per time; see the message about the free quota below.
    ("Throttling.AllocationQuota", Remedy::SlowDown),
    ("InternalError", Remedy::TryOnce),
    ("InternalError.", Remedy::TryOnce),
    ("SystemError", Remedy::TryOnce),
    ("RewriteFailed", Remedy::TryOnce),
    ("ModelUnavailable", Remedy::TryLater),
    ("ModelServingError", Remedy::TryLater),
    ("ModelServiceFailed", Remedy::TryOnce),
    ("ServiceOverloaded", Remedy::TryOnce),
    ("ResourceExhausted", Remedy::TryOnce),
    // The response to a cancel call that came too late: no value in the request is wrong.
    ("UnsupportedOperation", Remedy::LetRun),
    // The relay of the page's own server.
    ("Relay.", Remedy::CheckRelay),
    // AceDataCloud.
    ("bad_request", Remedy::FixRequest),
    ("token_mismatched", Remedy::CheckWorkspace),
    ("api_not_implemented", Remedy::FixRequest),
    ("invalid_token", Remedy::CheckKey),
    ("no_token", Remedy::CheckKey),
    ("token_expired", Remedy::CheckKey),
    ("payment", Remedy::TopUp),
    ("forbidden", Remedy::ChangeContent),
    ("used_up", Remedy::TopUp),
    ("disabled", Remedy::GetAccess),
    ("not_applied", Remedy::GetAccess),
    ("content_too_large", Remedy::SmallerFile),
    ("too_many_requests", Remedy::SlowDown),
    ("busy", Remedy::SlowDown),
    ("duplication", Remedy::LookFirst),
    ("canceled", Remedy::Nothing),
    ("api_error", Remedy::TryOnce),
    ("timeout", Remedy::TryLater),
    // The new-api family: Crazyrouter, OPE.AI.
    ("invalid_request", Remedy::FixRequest),
    ("invalid_request_error", Remedy::FixRequest),
    ("invalid_api_key", Remedy::CheckKey),
    ("insufficient_quota", Remedy::TopUp),
    ("insufficient_user_quota", Remedy::TopUp),
    // For a path the gateway does not have.
    ("invalid_url", Remedy::CheckAddress),
    ("model_not_found", Remedy::CheckModel),
    ("get_channel_failed", Remedy::NoChannel),
    ("rate_limit_exceeded", Remedy::SlowDown),
    ("content_filter", Remedy::ChangeContent),
    ("task_not_exist", Remedy::CheckTask),
    ("fail_to_fetch_task", Remedy::TryLater),
    ("ali_api_error", Remedy::TryLater),
    ("server_error", Remedy::TryOnce),
    ("PathNotFound", Remedy::CheckAddress),
    ("ResourceNotFound", Remedy::CheckTask),
    ("NotFound", Remedy::CheckTask),
];

/// What a message means where the code alone is not enough: the code (empty: any), lower-case words, what to do.
pub const MESSAGES: &[(&str, &str, Remedy)] = &[
    // The response to DashScope's create call without the header `X-DashScope-Async`.
    ("AccessDenied", "does not support synchronous calls", Remedy::MissingHeader),
    ("AccessDenied", "does not support asynchronous calls", Remedy::CheckAddress),
    ("AccessDenied", "policy expired", Remedy::UploadAgain),
    // The store of results, in its XML.
    ("AccessDenied", "request has expired", Remedy::LinkEnded),
    ("InvalidParameter", "model not exist", Remedy::CheckModel),
    ("Throttling.AllocationQuota", "free allocated quota exceeded", Remedy::FreeTierOver),
    // Its response if model and path do not match.
    ("InvalidParameter", "url error", Remedy::CheckAddress),
    // A file that could not be fetched or read has several codes, and sometimes only this text.
    ("", "download image failed", Remedy::FixMedia),
    ("", "failed to download input files", Remedy::FixMedia),
    ("", "read image error", Remedy::FixMedia),
    ("", "oss download error", Remedy::FixMedia),
    ("", "data inspection process", Remedy::FixMedia),
    ("", "media.url scheme must be http/https", Remedy::FixMedia),
    ("", "provided url does not appear", Remedy::FixMedia),
    ("", "does not comply with green network", Remedy::ChangeContent),
    ("", "inappropriate content", Remedy::ChangeContent),
    ("", "required body invalid", Remedy::FixBody),
    ("", "image download failed", Remedy::FixMedia),
    // The new-api family puts its own sentence in place of a code.
    ("", "额度不足", Remedy::TopUp),
    ("", "quota is not enough", Remedy::TopUp),
    ("", "余额不足", Remedy::TopUp),
    ("", "insufficient balance", Remedy::TopUp),
    ("", "balance is not enough", Remedy::TopUp),
    ("new_api_error", "invalid token", Remedy::CheckKey),
    ("", "无效的令牌", Remedy::CheckKey),
    ("", "令牌已过期", Remedy::CheckKey),
    ("", "未提供令牌", Remedy::CheckKey),
    // The group of a token at a gateway of the new-api family has no channel for the model.
    ("", "no available channel for model", Remedy::ChangeGroup),
    // Its response if the upstream could not be asked; the status stands in the code.
    ("", "fail_to_fetch_task", Remedy::TryLater),
    // A route the new-api family does not have.
    ("", "invalid url (", Remedy::CheckAddress),
    // The response of the new-api family and OPE.AI to a download that comes too early.
    ("", "task is not completed yet", Remedy::Wait),
    // AceDataCloud forwards the upstream's message under a code of its own.
    ("bad_request", "inputdownloadfailed", Remedy::FixMedia),
];
