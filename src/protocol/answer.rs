//! Reading responses, as far as all dialects are alike: JSON, errors in every shape they come in, ids, links, lengths.

use super::event::{Fault, TaskId, Unreadable, VideoAt};
use crate::http::Response;
use serde_json::Value;

/// Maximum response size, in bytes: the gateways' own are a few thousand, a list of tasks some ten times that.
const LONGEST_ANSWER: usize = 1 << 20;
/// Maximum length of a task id, in bytes.
const LONGEST_ID: usize = 512;
/// Maximum characters kept of a gateway's message.
const MESSAGE_CHARS: usize = 4000;
/// Maximum depth of errors within errors: a gateway's around a channel's around the upstream's.
const DEEPEST_ERROR: u32 = 3;

/// Whether a response is longer than anything these gateways send.
pub fn is_too_long(answer: &Response) -> bool {
    answer.cut || answer.body.len() > LONGEST_ANSWER
}

/// Why a response is of no use.
pub enum Amiss {
    /// It is a refusal.
    Refused(Fault),
    /// It makes no sense.
    Unreadable(Unreadable),
}

/// A response that is complete and whose status is not an error.
pub fn whole(answer: &Response) -> Result<Value, Amiss> {
    if is_too_long(answer) {
        return Err(Amiss::Unreadable(Unreadable::TooLong));
    }
    let is_ok = (200..300).contains(&answer.status);
    let bare = || Fault { status: answer.status, ..Fault::default() };
    match parse(&answer.body) {
        Ok(value) if is_ok => Ok(value),
        Ok(value) => Err(Amiss::Refused(fault(answer.status, &value).unwrap_or_else(bare))),
        Err(why) if is_ok => Err(Amiss::Unreadable(why)),
        Err(_) => Err(Amiss::Refused(bare())),
    }
}

pub fn parse(body: &str) -> Result<Value, Unreadable> {
    let text = body.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    if text.starts_with('<') {
        return Err(Unreadable::Html);
    }
    serde_json::from_str(text).map_err(|_| Unreadable::NotJson)
}

/// Reads any of the error shapes the four gateways are known to send.
pub fn fault(status: u16, value: &Value) -> Option<Fault> {
    // An error status needs no code with it.
    let bare = || Some((String::new(), given(&value["message"]).filter(|_| !(200..300).contains(&status))?));
    let (code, message) = words_of(value).or_else(bare)?;
    Some(told(status, code, message, given(&value["request_id"]).or_else(|| given(&value["trace_id"]))))
}

/// A fault with this code and message. A code and a message inside the message, as JSON, take precedence over those
/// around them: the outer ones only say that somebody else reported an error.
pub fn told(status: u16, mut code: String, mut message: String, request_id: Option<String>) -> Fault {
    for _ in 0..DEEPEST_ERROR {
        let Some((inner_code, inner)) = json_within(&message).as_ref().and_then(words_of) else { break };
        if !inner_code.is_empty() {
            code = inner_code;
        }
        message = inner;
    }
    // Every failure is recorded with its task: a message of a megabyte says no more than its beginning.
    if let Some((end, _)) = message.char_indices().nth(MESSAGE_CHARS) {
        message.truncate(end);
    }
    Fault { status, code, message, request_id: request_id.unwrap_or_default(), after_ms: None }
}

/// Code and message of an error, in any of the shapes it comes in. Empty strings count as missing.
pub fn words_of(value: &Value) -> Option<(String, String)> {
    match &value["error"] {
        Value::String(message) if !message.is_empty() => return Some((String::new(), message.clone())),
        Value::Object(error) if !error.is_empty() => {
            let member = |name: &str| error.get(name).and_then(given);
            let code = member("code").or_else(|| member("type")).unwrap_or_default();
            return Some((code, member("message").unwrap_or_default()));
        }
        _ => {}
    }
    let output = &value["output"];
    let code = given(&value["code"]).or_else(|| given(&output["code"]))?;
    let is_success = code.eq_ignore_ascii_case("success") || code == "200" || code == "0";
    let message = || given(&value["message"]).or_else(|| given(&output["message"])).unwrap_or_default();
    (!is_success).then(|| (code, message()))
}

/// The JSON object that a text is or ends with.
pub fn json_within(text: &str) -> Option<Value> {
    let part = text.get(text.find('{')?..=text.rfind('}')?)?;
    serde_json::from_str(part).ok().filter(Value::is_object)
}

/// The request or trace id of a response: in a header, or in the body. Empty if there is none.
pub fn request_id(answer: &Response) -> String {
    let in_header = ["x-request-id", "x-dashscope-request-id"].iter().find_map(|name| answer.header(name));
    let in_body = || {
        let value = parse(&answer.body).ok()?;
        ["request_id", "trace_id"].iter().find_map(|name| given(&value[*name]))
    };
    in_header.map(str::to_owned).or_else(in_body).unwrap_or_default()
}

/// A string, or a number as a string: gateways are not strict about codes.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Integers only: formatting arbitrary floats would add ten thousand bytes of tables to the page.
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        _ => None,
    }
}

/// The same, unless it is empty: clients and gateways write `""` for missing values.
pub fn given(value: &Value) -> Option<String> {
    text(value).filter(|text| !text.is_empty())
}

/// A length in milliseconds from seconds given as a number or a string.
pub fn milliseconds(value: &Value) -> Option<u64> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => return decimal_ms(text.trim()),
        _ => return None,
    };
    // The bound keeps the cast exact; no gateway makes videos a day long.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..86_400.0).contains(&seconds).then_some((seconds * 1000.0 + 0.5) as u64)
}

/// The same from a text such as `10.23`. By hand: the general float parser is ten thousand bytes of tables.
pub fn decimal_ms(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 5 || !digits(whole) || !digits(part) {
        return None;
    }
    let mut milliseconds: u64 = whole.parse().ok()?;
    for place in 0..3 {
        milliseconds = milliseconds * 10 + part.as_bytes().get(place).map_or(0, |byte| u64::from(byte - b'0'));
    }
    (milliseconds < 86_400_000).then_some(milliseconds)
}

/// A link from a response, made safe.
pub fn link(value: &Value, found_at: &str) -> Option<VideoAt> {
    let url = crate::address::result_link(value.as_str()?)?;
    Some(VideoAt::Link { url, found_at: found_at.to_owned() })
}

/// A time in milliseconds since 1970 from a number in the unit of `unit_ms` milliseconds.
pub fn moment(value: &Value, unit_ms: f64) -> Option<u64> {
    let moment = value.as_f64()? * unit_ms;
    // The bound, some thousand years from now, keeps the cast exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..1e14).contains(&moment).then_some((moment + 0.5) as u64)
}

/// The id of a task: a string that is not blank.
pub fn task_id(value: &Value) -> Option<TaskId> {
    text(value).filter(|id| !id.trim().is_empty() && id.len() <= LONGEST_ID).map(TaskId)
}
