//! Every row of the gateways' error tables and every shape an error comes in: read, judged and worded in both languages.
//! The sentences stand in `tests/golden/failures.txt`; with `WAN_BLESS=1` in the environment that file is written anew.

use crate::catalog::Catalog;
use crate::failure::Remedy::*;
use crate::failure::{self, CODES, MESSAGES, Scene};
use crate::http::Response;
use crate::protocol::{self, Call, Event, Fault};
use crate::words::failure::*;
use crate::words::tests::{check_language, golden};
use std::fmt::Write as _;

/// Alibaba's error-code page: status, code, what to do.
const DASHSCOPE: [(u16, &str, Remedy); 85] = [
    (400, "InvalidParameter", FixRequest),
    (400, "InvalidParameter.Size", FixRequest),
    (400, "BadRequest.EmptyInput", FixRequest),
    (400, "BadRequest.EmptyModel", FixRequest),
    (400, "BadRequest.EmptyParameters", FixRequest),
    (400, "InvalidURL", FixMedia),
    (400, "InvalidParameter.DataInspection", FixMedia),
    (400, "InvalidParameter.FileDownload", FixMedia),
    (400, "invalid_parameter_error", FixRequest),
    (400, "InvalidURL.Timeout", FixMedia),
    (400, "InvalidFile.DownloadFailed", FixMedia),
    (400, "InvalidFile.AudioLengthError", FixMedia),
    (400, "InvalidFile.Size", FixMedia),
    (400, "InvalidFile.Format", FixMedia),
    (400, "InvalidFile.Resolution", FixMedia),
    (400, "InvalidFile.ImageSize", FixMedia),
    (400, "InvalidFile.Duration", FixMedia),
    (400, "InvalidFile.FPS", FixMedia),
    (400, "InvalidFile.AspectRatio", FixMedia),
    (400, "InvalidFile.Value", FixMedia),
    (400, "InvalidFile.Content", FixMedia),
    (400, "InvalidFile.Openerror", FixMedia),
    (400, "InvalidFile.NoHuman", FixMedia),
    (400, "InvalidFile.MultiHuman", FixMedia),
    (400, "InvalidFile.BodyProportion", FixMedia),
    (400, "InvalidFile.BodyPose", FixMedia),
    (400, "InvalidFile.FrontBody", FixMedia),
    (400, "InvalidFile.FullBody", FixMedia),
    (400, "InvalidFile.FacePose", FixMedia),
    (400, "InvalidFile.FullFace", FixMedia),
    (400, "InvalidFile.FaceNotMatch", FixMedia),
    (400, "InvalidImage.FileFormat", FixMedia),
    (400, "InvalidImage.ImageSize", FixMedia),
    (400, "InvalidImage.NoHumanFace", FixMedia),
    (400, "InvalidImageResolution", FixMedia),
    (400, "InvalidImageFormat", FixMedia),
    (400, "InvalidPerson", FixMedia),
    (400, "Audio.AudioShortError", FixMedia),
    (400, "Audio.AudioSilentError", FixMedia),
    (400, "Audio.DecoderError", FixMedia),
    (400, "CustomRoleBlocked", ChangeContent),
    (403, "Endpoint.AccessDenied", CheckModel),
    (400, "InvalidURL.ConnectionRefused", FixMedia),
    (400, "DataInspectionFailed", ChangeContent),
    (400, "IPInfringementSuspect", ChangeContent),
    (400, "Arrearage", TopUp),
    (401, "InvalidApiKey", CheckKeyRegion),
    (403, "AccessDenied", GetAccess),
    (403, "AccessDenied.Unpurchased", GetAccess),
    (403, "Model.AccessDenied", GetAccess),
    (403, "Workspace.AccessDenied", CheckWorkspace),
    (403, "AllocationQuota.FreeTierOnly", FreeTierOver),
    (404, "ModelNotFound", CheckModel),
    (404, "WorkSpaceNotFound", CheckWorkspace),
    (408, "RequestTimeOut", TryOnce),
    (500, "RequestTimeOut", TryOnce),
    (413, "BadRequest.TooLarge", SmallerFile),
    (400, "BadRequest.TooLarge", SmallerFile),
    (415, "BadRequest.InputDownloadFailed", FixMedia),
    (400, "BadRequest.InputDownloadFailed", FixMedia),
    (400, "InputDownloadFailed", FixMedia),
    (415, "BadRequest.UnsupportedFileFormat", FixMedia),
    (400, "BadRequest.UnsupportedFileFormat", FixMedia),
    (429, "Throttling", SlowDown),
    (429, "Throttling.RateQuota", SlowDown),
    (429, "Throttling.BurstRate", SlowDown),
    (429, "Throttling.AllocationQuota", SlowDown),
    (429, "PrepaidBillOverdue", TopUp),
    (429, "PostpaidBillOverdue", TopUp),
    (429, "CommodityNotPurchased", TopUp),
    (500, "InternalError", TryOnce),
    (500, "InternalError.Algo", TryOnce),
    (500, "InternalError.Timeout", TryOnce),
    (500, "SystemError", TryOnce),
    (500, "RewriteFailed", TryOnce),
    (503, "ModelUnavailable", TryLater),
    (500, "ModelServingError", TryLater),
    (503, "ModelServingError", TryLater),
    (500, "ModelServiceFailed", TryOnce),
    (503, "ServiceOverloaded", TryOnce),
    (429, "ResourceExhausted", TryOnce),
    (500, "InternalError.DataInspection", TryOnce),
    (400, "UnsupportedOperation", LetRun),
    (400, "Brand.New", FixRequest),
    (429, "Brand.New", SlowDown),
];

/// `AceDataCloud`'s codes, with those only its web client knows.
const ACEDATA: [(u16, &str, Remedy); 21] = [
    (400, "bad_request", FixRequest),
    (400, "token_mismatched", CheckWorkspace),
    (400, "api_not_implemented", FixRequest),
    (401, "invalid_token", CheckKey),
    (401, "no_token", CheckKey),
    (401, "token_expired", CheckKey),
    (402, "payment", TopUp),
    (403, "forbidden", ChangeContent),
    (403, "used_up", TopUp),
    (403, "disabled", GetAccess),
    (403, "not_applied", GetAccess),
    (409, "duplication", LookFirst),
    (409, "canceled", Nothing),
    (413, "content_too_large", SmallerFile),
    (429, "too_many_requests", SlowDown),
    (429, "busy", SlowDown),
    (500, "api_error", TryOnce),
    (504, "timeout", TryLater),
    (500, "unknown", TryLater),
    (418, "unknown", Unknown),
    (402, "", TopUp),
];

/// The new-api family's codes: Crazyrouter and OPE.AI.
const FAMILY: [(u16, &str, Remedy); 20] = [
    (400, "invalid_request", FixRequest),
    (403, "insufficient_user_quota", TopUp),
    (400, "400", FixRequest),
    (400, "503", TryLater),
    (400, "invalid_request_error", FixRequest),
    (401, "invalid_api_key", CheckKey),
    (401, "InvalidApiKey", CheckKey),
    (403, "insufficient_quota", TopUp),
    (403, "InsufficientQuota", TopUp),
    (404, "model_not_found", CheckModel),
    (404, "invalid_url", CheckAddress),
    (404, "PathNotFound", CheckAddress),
    (404, "ResourceNotFound", CheckTask),
    (404, "NotFound", CheckTask),
    (429, "rate_limit_exceeded", SlowDown),
    (400, "content_filter", ChangeContent),
    (503, "get_channel_failed", NoChannel),
    (500, "fail_to_fetch_task", TryLater),
    (500, "ali_api_error", TryLater),
    (500, "server_error", TryOnce),
];

/// Every shape an error body comes in: gateway, endpoint, call, status, body, what to do.
const SHAPES: [(&str, &str, Call, u16, &str, Remedy); 60] = [
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","submit_time":"2026-11-28 12:00:00.331","end_time":"2026-11-28 12:00:00.447","code":"InvalidParameter","message":"m"}}"#,
        FixRequest,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        403,
        r#"{"code":"AccessDenied","message":"current user api does not support asynchronous calls.","request_id":"r-1"}"#,
        CheckAddress,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        403,
        r#"{"code":"AccessDenied","message":"Invalid according to Policy: Policy expired.","request_id":"r-1"}"#,
        UploadAgain,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        403,
        r#"{"code":"AccessDenied","message":"Request has expired.","request_id":"r-1"}"#,
        LinkEnded,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        400,
        r#"{"code":"InvalidParameter","message":"url error, please check url！","request_id":"r-1"}"#,
        CheckAddress,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        400,
        r#"{"code":"InvalidParameter","message":"Model not exist.","request_id":"r-1"}"#,
        CheckModel,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        429,
        r#"{"code":"Throttling.AllocationQuota","message":"Free allocated quota exceeded.","request_id":"r-1"}"#,
        FreeTierOver,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        400,
        r#"{"code":"InvalidParameter","message":"Required body invalid, please check the request body format.","request_id":"r-1"}"#,
        FixBody,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        400,
        r#"{"code":"invalid_parameter_error","message":"<400> InternalError.Algo.InvalidParameter: The provided URL does not appear to be valid.","request_id":"r-1"}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InternalError","message":"download image failed"}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidParameter","message":"Failed to download input files"}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InternalError.Algo","message":"read image error"}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InternalError","message":"oss download error"}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidParameter.DataInspection","message":"Unable to download the media resource during the data inspection process."}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidParameter","message":"media.url scheme must be http/https, got: 'oss'"}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidParameter","message":"Input data does not comply with green network"}}"#,
        ChangeContent,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidURL","message":"Required URL is missing or invalid, please check the request URL."}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidFile.NoHuman","message":"No human was found in the image."}}"#,
        FixMedia,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InvalidParameter","message":"duration customization is not supported"}}"#,
        FixRequest,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        404,
        r#"{"error":{"message":"Invalid URL (POST /v1/video/generation)","type":"invalid_request_error","param":"","code":""}}"#,
        CheckAddress,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        200,
        r#"{"code":400,"message":"{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}","data":null}"#,
        CheckModel,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        403,
        r#"{"code":"fail_to_fetch_task","message":"{\"code\":\"insufficient_user_quota\",\"message\":\"user quota is not enough\"}","data":null}"#,
        TopUp,
    ),
    ("crazyrouter", "generations", Call::Create, 200, r#"{"code":400,"message":"bad","data":null}"#, FixRequest),
    (
        "dashscope",
        "video",
        Call::Create,
        403,
        r#"{"code":"AccessDenied","message":"current user api does not support synchronous calls.","request_id":"r-1"}"#,
        MissingHeader,
    ),
    (
        "dashscope",
        "video",
        Call::Create,
        400,
        r#"{"code":"InvalidParameter","message":"url error, please check url!","request_id":"r-1"}"#,
        CheckAddress,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"DataInspectionFailed","message":"Input data may contain inappropriate content."}}"#,
        ChangeContent,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED","code":"InternalError.Algo","message":"m"}}"#,
        TryOnce,
    ),
    (
        "dashscope",
        "video",
        Call::Query,
        200,
        r#"{"request_id":"r-1","output":{"task_id":"t","task_status":"FAILED"}}"#,
        Unknown,
    ),
    (
        "crazyrouter",
        "alibailian",
        Call::Create,
        200,
        r#"{"code":"model_not_found","message":"no such model","data":null}"#,
        CheckModel,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        400,
        r#"{"code":"get_channel_failed","message":"m","data":null}"#,
        NoChannel,
    ),
    (
        "crazyrouter",
        "alibailian",
        Call::Create,
        400,
        r#"{"error":{"code":"InvalidParameter","message":"The parameter `image_url` is not valid: image download failed.","type":"BadRequest"}}"#,
        FixMedia,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Query,
        200,
        r#"{"code":400,"message":"fail_to_fetch_task","data":null}"#,
        TryLater,
    ),
    ("acedata", "wan", Call::Create, 401, r#"{"error":"unauthorized"}"#, CheckKey),
    (
        "ope",
        "unified",
        Call::Create,
        503,
        r#"{"error":{"code":"model_not_found","message":"No available channel for model wan2.7-i2v under group default (distributor)","type":"new_api_error"}}"#,
        ChangeGroup,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        429,
        r#"{"error":{"message":"slow","type":"rate_limit_exceeded","param":"","code":null}}"#,
        SlowDown,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Query,
        200,
        r#"{"code":"success","message":"","data":{"status":"failed","fail_reason":"it broke"}}"#,
        Unknown,
    ),
    (
        "ope",
        "unified",
        Call::Create,
        401,
        r#"{"error":{"message":"no key","type":"Unauthorized","param":"","code":"InvalidApiKey"}}"#,
        CheckKey,
    ),
    (
        "ope",
        "unified",
        Call::Content,
        400,
        r#"{"error":{"message":"Task is not completed yet, current status: IN_PROGRESS","type":"invalid_request_error"}}"#,
        Wait,
    ),
    ("ope", "unified", Call::Query, 200, r#"{"id":"t","status":"FAILURE"}"#, Unknown),
    (
        "ope",
        "native",
        Call::Query,
        200,
        r#"{"output":{"task_status":"FAILED","code":"BadRequest.InputDownloadFailed","message":"m"},"request_id":"r-1"}"#,
        FixMedia,
    ),
    (
        "acedata",
        "wan",
        Call::Create,
        403,
        r#"{"success":false,"error":{"code":"forbidden","message":"no"},"trace_id":"r-1"}"#,
        ChangeContent,
    ),
    ("acedata", "wan", Call::Create, 402, r#"{"error":"payment required","trace_id":"r-1"}"#, TopUp),
    (
        "acedata",
        "wan",
        Call::Query,
        200,
        r#"{"id":"t","response":{"success":false,"error":{"code":"bad_request","message":"(InputDownloadFailed)"},"trace_id":"r-1"}}"#,
        FixMedia,
    ),
    ("acedata", "wan", Call::Query, 200, r#"{"id":"t","response":{"state":"failed"}}"#, Unknown),
    ("dashscope", "video", Call::Create, 403, "<html><title>403 Forbidden</title>", Intermediary),
    ("dashscope", "video", Call::Create, 502, "", TryLater),
    ("dashscope", "video", Call::Create, 404, "404 page not found", CheckAddress),
    ("ope", "unified", Call::Create, 413, "", SmallerFile),
    ("ope", "unified", Call::Create, 424, r#"{"code":"Relay.tls","message":"HTTP 502. m"}"#, CheckRelay),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        403,
        r#"{"error":{"message":"用户额度不足, 剩余额度: ＄0.012340 (request id: 20261030123456789)","type":"new_api_error","code":""}}"#,
        TopUp,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        403,
        r#"{"error":{"message":"token quota is not enough, token remain quota: ＄0.01, need quota: ＄0.50","type":"new_api_error","code":""}}"#,
        TopUp,
    ),
    ("crazyrouter", "generations", Call::Create, 400, r#"{"error":{"message":"余额不足","type":"","code":""}}"#, TopUp),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        400,
        r#"{"error":{"message":"insufficient balance","type":"","code":""}}"#,
        TopUp,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        400,
        r#"{"error":{"message":"Your balance is not enough, please recharge","type":"","code":""}}"#,
        TopUp,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        401,
        r#"{"error":{"message":"invalid token","type":"new_api_error","code":""}}"#,
        CheckKey,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        401,
        r#"{"error":{"message":"无效的令牌 (request id: 20261030123456789)","type":"new_api_error","code":""}}"#,
        CheckKey,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        401,
        r#"{"error":{"message":"该令牌已过期","type":"new_api_error","code":""}}"#,
        CheckKey,
    ),
    (
        "crazyrouter",
        "generations",
        Call::Create,
        401,
        r#"{"error":{"message":"未提供令牌","type":"new_api_error","code":""}}"#,
        CheckKey,
    ),
    (
        "acedata",
        "wan",
        Call::Query,
        200,
        r#"{"success":false,"error":{"code":"api_error","message":"Wan task failed: Input data may contain inappropriate content."}}"#,
        ChangeContent,
    ),
    ("ope", "unified", Call::Create, 418, "{}", Unknown),
];

struct Row {
    title: String,
    fault: Fault,
    state: State,
    scene: Scene,
    remedy: Remedy,
}

/// Reads an answer as the page would, and says where the task then stands.
fn row(gateway: &str, endpoint: &str, call: Call, status: u16, body: &str, remedy: Remedy) -> Row {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway(gateway).expect("a gateway of the catalog");
    let endpoint = gateway.endpoints.get(endpoint).expect("an endpoint of the catalog");
    let answer = Response { status, body: body.to_owned(), ..Response::default() };
    let title = format!("{} {call:?} {status} {body}", gateway.id);
    let scene = Scene::of(gateway, "", gateway.bases[0].region);
    let (fault, state) = match protocol::read(endpoint, call, &answer) {
        Event::Refused(fault) if call == Call::Create && (fault.status >= 500 || fault.status == 408) => {
            (fault.clone(), State::Doubtful(Doubt::Server(fault)))
        }
        Event::Refused(fault) => (fault.clone(), State::Refused(fault)),
        Event::Failed(fault, word) => (fault.clone(), State::Failed(fault, word)),
        event => panic!("{title} is no failure: {event:?}"),
    };
    Row { title, fault, state, scene, remedy }
}

fn rows() -> Vec<Row> {
    let flat = |code: &str| format!(r#"{{"code":"{code}","message":"m","request_id":"r-1"}}"#);
    let nested = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"m"}},"trace_id":"r-1"}}"#);
    let plain = |code: &str| format!(r#"{{"error":{{"message":"m","type":"t","param":"","code":"{code}"}}}}"#);
    let mut rows = Vec::new();
    for (status, code, remedy) in DASHSCOPE {
        rows.push(row("dashscope", "video", Call::Create, status, &flat(code), remedy));
    }
    for (status, code, remedy) in ACEDATA {
        rows.push(row("acedata", "wan", Call::Create, status, &nested(code), remedy));
    }
    for (status, code, remedy) in FAMILY {
        rows.push(row("crazyrouter", "generations", Call::Create, status, &plain(code), remedy));
    }
    for (gateway, endpoint, call, status, body, remedy) in SHAPES {
        rows.push(row(gateway, endpoint, call, status, body, remedy));
    }
    rows
}

/// The five sentences of a row.
fn sentences(lang: Lang, row: &Row) -> [String; 5] {
    let verdict = crate::verdict::verdict(&row.state, row.scene).expect("a failure has a verdict");
    [
        what_happened(lang, &row.state).to_owned(),
        blame(lang, verdict.blame).to_owned(),
        billed(lang, &row.state, verdict.billed).to_owned(),
        retry(lang, verdict.retry).to_owned(),
        advice(lang, verdict.advice),
    ]
}

#[test]
fn every_row_is_judged_as_the_tables_say() {
    let wrong: Vec<String> = rows()
        .iter()
        .map(|row| (row, failure::remedy(&row.fault, row.scene)))
        .filter(|(row, found)| *found != row.remedy)
        .map(|(row, found)| format!("{}: {found:?}, not {:?}", row.title, row.remedy))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_the_tables_in_the_code_is_tested() {
    let rows = rows();
    for (code, _) in CODES {
        let letters = |text: &str| text.replace('_', "").to_ascii_lowercase();
        let fits = |tested: &str| match code.strip_suffix('.') {
            Some(_) => tested.starts_with(code),
            None => letters(tested) == letters(code),
        };
        let special = ["task_not_exist"].contains(code);
        assert!(special || rows.iter().any(|row| fits(&row.fault.code)), "no row for {code}");
    }
    for (_, words, remedy) in MESSAGES {
        let found =
            rows.iter().any(|row| row.fault.message.to_ascii_lowercase().contains(words) && row.remedy == *remedy);
        assert!(found, "no row for the message {words}");
    }
}

#[test]
fn every_row_is_worded_in_both_languages() {
    let mut text = String::new();
    let mut wrong = Vec::new();
    for row in rows() {
        writeln!(text, "{}", row.title).expect("a string takes all");
        for lang in [Lang::En, Lang::Zh] {
            // Where nobody is at fault the page does not ask who is.
            for sentence in sentences(lang, &row).into_iter().filter(|sentence| !sentence.is_empty()) {
                wrong.extend(check_language(&sentence, lang).err().map(|why| format!("{}: {why}", row.title)));
                writeln!(text, "  {sentence}").expect("a string takes all");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    golden("failures", &text);
}

#[test]
fn every_end_of_a_task_is_worded_in_both_languages() {
    use crate::protocol::{TaskId, Usage, VideoAt};
    let _ = TaskId(String::new());
    let finished = crate::task::Finished {
        video: VideoAt::Content,
        usage: Usage::default(),
        word: String::new(),
        actual_prompt: None,
        at_ms: 0,
    };
    let unreadable = [Unreadable::Empty, Unreadable::Html, Unreadable::NotJson, Unreadable::Shape, Unreadable::TooLong];
    let mut states: Vec<State> = unreadable.map(|why| State::Doubtful(Doubt::Unreadable(why))).into();
    states.extend([
        State::Doubtful(Doubt::Network(NetFault::Timeout)),
        State::Doubtful(Doubt::Network(NetFault::NoAnswer)),
        State::Doubtful(Doubt::Network(NetFault::Closed)),
        State::NotSent,
        State::Canceled,
        State::Lost("UNKNOWN".to_owned()),
        State::Done(finished),
    ]);
    for scene in [Scene::default(), Scene { failed_is_free: true, ..Scene::default() }] {
        for state in &states {
            let verdict = crate::verdict::verdict(state, scene).expect("an end has a verdict");
            for lang in [Lang::En, Lang::Zh] {
                for text in [
                    what_happened(lang, state),
                    billed(lang, state, verdict.billed),
                    retry(lang, verdict.retry),
                    &advice(lang, verdict.advice),
                    blame(lang, verdict.blame),
                ] {
                    // Nobody is at fault, or nothing is to be done: then the question is not asked.
                    let is_left_out = text.is_empty() && matches!(state, State::Canceled | State::Done(_));
                    assert_eq!(check_language(text, lang).is_ok(), !is_left_out, "{state:?} {text}");
                }
            }
        }
    }
    for lang in [Lang::En, Lang::Zh] {
        assert_eq!([setback(lang), other_task(lang)].map(|text| check_language(text, lang)), [Ok(()), Ok(())]);
    }
}
