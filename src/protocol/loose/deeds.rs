//! The single facts of an answer, under whatever name they come: state, id, usage, times, request id.

use super::found::{Made, State};
use super::tree::{Spot, camel, member, text, word};
use crate::http::Json;
use crate::protocol::event::{Fault, TaskId};

/// The object that has the state of a task, or else its id.
pub fn core(spots: &[Spot]) -> Option<&Spot> {
    // Around the upstream's answer, the new-api family puts a task of its own, whose id its callers have.
    let is_own = spots.first().is_some_and(|top| text(&top.value, "code") == Some("success"));
    let by_envelope = || {
        let is_task = |spot: &&Spot| spot.path == "data" && state(&spot.value).0 != State::Unsaid;
        spots.iter().find(is_task).filter(|spot| is_own && text(&spot.value, "task_id").is_some())
    };
    let by_name = || spots.iter().find(|spot| text(&spot.value, "task_status").is_some());
    let by_other = || spots.iter().find(|spot| text(&spot.value, "taskStatus").is_some());
    let by_word = || spots.iter().find(|spot| state(&spot.value).0 != State::Unsaid);
    let by_id = || spots.iter().find(|spot| own_id(&spot.value).is_some());
    by_envelope().or_else(by_name).or_else(by_other).or_else(by_word).or_else(by_id)
}

/// The state in an object, and the gateway's word for it.
pub fn state(value: &Json) -> (State, String) {
    let names = ["task_status", "taskStatus", "status", "state"];
    let found = names.iter().find_map(|name| text(value, name).and_then(|word| Some((state_of(word)?, word))));
    let waits = || member(value, "task_status").is_some();
    match found {
        Some((state, word)) => (state, word.to_owned()),
        None if waits() => (State::Unsaid, text(value, "task_status").unwrap_or_default().to_owned()),
        None => (State::Unsaid, String::new()),
    }
}

/// The state that a gateway's word means.
pub fn state_of(word: &str) -> Option<State> {
    Some(match &*word.to_ascii_uppercase() {
        "PENDING" | "QUEUED" | "SUBMITTED" | "WAITING" | "NOT_START" => State::Queued,
        "RUNNING" | "PROCESSING" | "IN_PROGRESS" | "RETRYING" => State::Running,
        "SUCCEEDED" | "COMPLETED" | "SUCCESS" => State::Succeeded,
        "FAILED" | "FAILURE" => State::Failed,
        "CANCELED" | "CANCELLED" => State::Canceled,
        "UNKNOWN" => State::Lost,
        _ => return None,
    })
}

/// The id of the task: never a request's, and no number of a record.
pub fn id(spots: &[Spot], core: Option<&Spot>) -> Option<TaskId> {
    let of_core = core.and_then(|spot| own_id(&spot.value));
    let anywhere =
        || spots.iter().find_map(|spot| ["task_id", "taskId"].iter().find_map(|name| text(&spot.value, name)));
    let bare = || spots.iter().take(8).find_map(|spot| own_id(&spot.value));
    of_core.or_else(|| anywhere().map(str::to_owned)).or_else(bare).filter(|id| id.len() <= 512).map(TaskId)
}

/// The id in an object.
pub fn own_id(value: &Json) -> Option<String> {
    let named = ["task_id", "taskId"].iter().find_map(|name| text(value, name));
    let bare = || text(value, "id").filter(|id| id.len() >= 8 && id.bytes().any(|byte| byte.is_ascii_digit()));
    named.or_else(bare).map(str::to_owned)
}

/// The HTTP status that an answer repeats.
pub fn status(value: &Json) -> Option<u16> {
    let found = ["statusCode", "status_code", "http_status"].iter().find_map(|name| word(value, name))?;
    found.parse().ok().filter(|status| (100..600).contains(status))
}

/// Submission and end of a task, in milliseconds since 1970.
pub fn times(value: &Json) -> (Option<u64>, Option<u64>) {
    let of = |names: [&str; 2]| names.iter().find_map(|name| text(value, name)).and_then(moment);
    (of(["submit_time", "submitTime"]), of(["end_time", "endTime"]))
}

/// `2026-04-18 15:16:01.841`, in Alibaba's time, which is eight hours ahead.
fn moment(text: &str) -> Option<u64> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let mut date = date.split('-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (time, part) = time.split_once('.').unwrap_or((time, "0"));
    let mut time = time.split(':').map(|part| part.parse::<u64>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let milliseconds: String = part.chars().chain("000".chars()).take(3).collect();
    if !(1970..3000).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || hour > 23
        || minute > 59
    {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    let seconds = days.checked_sub(719_469)? * 86_400 + hour * 3600 + minute * 60 + second;
    Some(seconds.checked_sub(8 * 3600)? * 1000 + milliseconds.parse::<u64>().ok()?)
}

/// What was made. Zeros and empty texts are a client's way to say nothing.
pub fn made(spots: &[Spot]) -> Made {
    let is_usage = |spot: &&Spot| spot.path.rsplit('.').next() == Some("usage");
    let Some(spot) = spots.iter().find(is_usage) else { return Made::default() };
    let word = |name: &str| word(&spot.value, name).or_else(|| word(&spot.value, &camel(name)));
    let ms = |name: &str| {
        let written = word(name)?;
        let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
        let part: String = part.chars().chain("000".chars()).take(3).collect();
        let ms = whole.parse::<u64>().ok()?.checked_mul(1000)? + part.parse::<u64>().ok()?;
        (ms > 0 && ms < 86_400_000).then_some(ms)
    };
    let tier = ["SR", "resolution"]
        .iter()
        .find_map(|name| word(name))
        .map(|tier| if tier.bytes().all(|byte| byte.is_ascii_digit()) { [&*tier, "P"].concat() } else { tier });
    let is_ratio = |ratio: &String| ratio.contains(':');
    let ratio = ["ratio", "video_ratio"].iter().find_map(|name| word(name).filter(is_ratio));
    let output_ms = ms("output_video_duration").or_else(|| ms("video_duration"));
    let billed_ms = ms("duration").or(output_ms);
    Made {
        billed_ms,
        output_ms: output_ms.or(billed_ms),
        tier: tier.unwrap_or_default(),
        size: text(&spot.value, "size").unwrap_or_default().to_owned(),
        ratio: ratio.unwrap_or_default(),
        found_at: spot.path.clone(),
    }
}

/// The request id, or the trace id.
pub fn request_id(value: &Json) -> Option<String> {
    let names = ["request_id", "requestId", "trace_id", "traceId"];
    let named = names.iter().find_map(|name| text(value, name)).map(str::to_owned);
    named.or_else(|| ["message", "msg"].iter().find_map(|name| request_id_within(text(value, name)?)))
}

/// `(request id: …)` at the end of a message.
pub fn request_id_within(message: &str) -> Option<String> {
    let lower = message.to_ascii_lowercase();
    let at = lower.find("request id: ").or_else(|| lower.find("request id:"))?;
    let rest = message[at..].split_once(':')?.1.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    (end >= 8).then(|| rest[..end].to_owned())
}

/// An error in words of other services: `errCode` and `errorMsg`, `msg`, a bare `message` beside `success: false`.
pub fn told_otherwise(status: u16, value: &Json) -> Option<Fault> {
    let code = ["errCode", "errorCode", "error_code"].iter().find_map(|name| word(value, name));
    let said = ["errorMsg", "errMsg", "errorMessage", "msg"].iter().find_map(|name| text(value, name));
    if code.is_none() && !(said.is_some() && matches!(member(value, "success"), Some(Json::Flag(false)))) {
        return None;
    }
    let request_id = request_id(value).unwrap_or_default();
    Some(Fault {
        status,
        code: code.unwrap_or_default(),
        message: said.unwrap_or_default().to_owned(),
        request_id,
        after_ms: None,
    })
}

/// The URL that an answer says was called.
pub fn asked(spots: &[Spot]) -> Option<&str> {
    spots.iter().find_map(|spot| text(&spot.value, "requestUrl").or_else(|| text(&spot.value, "request_url")))
}

/// Whether an error can only be the answer to a call that creates a task: nothing was made.
pub fn proves_refusal(fault: &Fault, asked: Option<&str>) -> bool {
    const CREATES: [&str; 5] = ["/video-synthesis", "/v1/videos", "/wan/videos", "/video/generations", "/video/create"];
    const CODES: [&str; 4] = [
        "AllocationQuota.FreeTierOnly",
        "InvalidParameter.DataInspection",
        "InvalidParameter.FileDownload",
        "ModelNotFound",
    ];
    let said = fault.message.to_ascii_lowercase();
    let is_create = |url: &str| CREATES.iter().any(|end| url.split('?').next().is_some_and(|url| url.ends_with(end)));
    asked.is_some_and(is_create)
        || said.starts_with("invalid url (post ")
        || said.contains("model not exist")
        || said.contains("no available channel for model")
        || said.starts_with("url error")
        || said.contains("does not support synchronous calls")
        || CODES.contains(&&*fault.code)
}
