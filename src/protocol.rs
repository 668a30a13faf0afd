//! The wire dialects. Each file in `protocol/` is the only place that knows its dialect's JSON names.
//!
//! `create`, `query`, `cancel` and `content` make requests; `read` turns any answer into one [`Event`].

use crate::address::{BaseUrl, segment};
use crate::catalog::{Dialect, Endpoint, Kind, Shape};
use crate::draft::Media;
use crate::generation::{Checked, Sent};
use crate::http::{Json, Method, Request, Response};
use serde_json::Value;

mod acedata;
mod bailian;
mod generations;
mod unified;

/// The id a gateway gave a task: an opaque text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskId(pub String);

/// Which call an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Makes a task and costs money.
    Create,
    /// Asks how it is doing.
    Query,
    /// Asks to stop it.
    Cancel,
    /// Fetches the finished video.
    Content,
}

/// How far a running task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Waiting its turn.
    Queued,
    /// In work.
    Running,
    /// The gateway used a word we do not know: still running, as far as anyone can tell.
    Unknown,
}

/// Where the finished video is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VideoAt {
    /// A link, found at this place of the answer.
    Link {
        /// The link, made safe.
        url: String,
        /// Where in the answer it stood.
        found_at: &'static str,
    },
    /// Behind the authorized content call.
    Content,
}

/// What the gateway says it made and will bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    /// Billed milliseconds.
    pub billed_ms: Option<u64>,
    /// Milliseconds of the result.
    pub output_ms: Option<u64>,
    /// Milliseconds of billed input.
    pub input_ms: Option<u64>,
    /// `720P`.
    pub tier: Option<String>,
    /// `1280*720`, as given.
    pub size: Option<String>,
}

/// A failure as the gateway put it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// HTTP status of the answer it came in.
    pub status: u16,
    /// The gateway's code, empty if it gave none.
    pub code: String,
    /// The gateway's message, empty if it gave none.
    pub message: String,
    /// Request or trace id, for support.
    pub request_id: String,
}

/// Why an answer could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing came.
    Empty,
    /// An HTML page, as proxies send.
    Html,
    /// JSON that breaks off, or no JSON at all.
    NotJson,
    /// JSON without what was expected.
    Shape,
    /// Longer than anything these gateways send.
    TooLong,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The task exists.
    Accepted(TaskId),
    /// It is on its way; the word is the gateway's own.
    Progress(Stage, String),
    /// It is finished. The id is given where the create call itself brought the end.
    Done {
        /// Id, from a create call that waited for the end.
        id: Option<TaskId>,
        /// Where the video is.
        video: VideoAt,
        /// What is billed.
        usage: Usage,
        /// The gateway's word.
        word: String,
        /// The prompt as rewritten.
        actual_prompt: Option<String>,
    },
    /// It failed. Nothing is billed for a failed task at the gateways that say so.
    Failed(Fault, String),
    /// It was canceled.
    Canceled,
    /// The gateway does not know it (any more).
    Lost(String),
    /// The call was refused: nothing about the task changes.
    Refused(Fault),
    /// The cancel call was taken.
    CancelTaken,
    /// The answer makes no sense.
    Unreadable(Unreadable),
}

/// The create call of a checked draft.
///
/// # Panics
/// Never with a catalog that passed its check: every endpoint a model names exists.
pub fn create(checked: &Checked<'_>) -> Request {
    let endpoint = checked.gateway.endpoint(checked.model).expect("the catalog check guarantees the endpoint");
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    headers.extend(endpoint.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    Request {
        method: Method::Post,
        url: checked.base.join(&endpoint.create),
        headers,
        body: Some(body(checked, endpoint.dialect)),
    }
}

fn body(checked: &Checked<'_>, dialect: Dialect) -> Json {
    let mut body = Json::object();
    for (place, value) in &checked.model.fixed {
        body.put(place, Json::Text(value.clone()));
    }
    body.put("model", Json::Text(checked.model.wire_name().to_owned()));
    let mut sized = checked.size;
    for (field, value) in &checked.sent {
        if field.at.is_empty() {
            if let Some((table, wire)) = sized.take() {
                body.put(&table.at, Json::Text(wire.to_owned()));
            }
            continue;
        }
        put(&mut body, &field.at, &field.kind, value, dialect);
    }
    body
}

fn put(body: &mut Json, at: &str, kind: &Kind, value: &Sent, dialect: Dialect) {
    match value {
        Sent::Text(text) => body.put(at, Json::Text(text.clone())),
        Sent::Number(number) if matches!(kind, Kind::Integer { as_text: true, .. }) => {
            body.put(at, Json::Text(number.to_string()));
        }
        Sent::Number(number) => body.put(at, Json::Number(*number)),
        Sent::Flag(flag) => body.put(at, Json::Flag(*flag)),
        Sent::Media(media) => {
            let link = match media {
                Media::Url(url) => Json::Text(url.clone()),
                Media::File(file) => Json::File(file.clone()),
            };
            match kind {
                Kind::Media { shape: Shape::MediaItem, role, .. } => body.push(at, bailian::media_item(role, link, "")),
                Kind::Media { shape: Shape::ContentItem, role, .. } => body.push(at, unified::content_item(role, link)),
                _ => body.put(at, link),
            }
        }
        Sent::References(list) => {
            let items = matches!(kind, Kind::References { shape: Shape::MediaItem, .. }) && dialect == Dialect::Bailian;
            for entry in list {
                let link = Json::Text(entry.url.clone());
                body.push(at, if items { bailian::reference_item(entry) } else { link });
            }
        }
    }
}

/// The query call of a task.
pub fn query(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Request {
    match endpoint.dialect {
        Dialect::Acedata => acedata::query(base.join(&endpoint.query), id),
        Dialect::Bailian | Dialect::Unified | Dialect::Generations => get(base, &endpoint.query, id),
    }
}

/// The cancel call, where the gateway documents one.
pub fn cancel(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Option<Request> {
    let path = endpoint.cancel.as_ref()?;
    Some(Request { method: Method::Post, ..get(base, path, id) })
}

/// The download call, where the result is not a link.
pub fn content(endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Option<Request> {
    Some(get(base, endpoint.content.as_ref()?, id))
}

fn get(base: &BaseUrl, path: &str, id: &TaskId) -> Request {
    let url = base.join(&path.replace("{task_id}", &segment(&id.0)));
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// What an answer means.
pub fn read(endpoint: &Endpoint, call: Call, answer: &Response) -> Event {
    if answer.cut {
        return Event::Unreadable(Unreadable::TooLong);
    }
    let ok = (200..300).contains(&answer.status);
    let value = match parse(&answer.body) {
        Ok(value) => value,
        // Without JSON an error status still says that the call was refused.
        Err(_) if !ok => return Event::Refused(Fault { status: answer.status, ..Fault::default() }),
        Err(why) => return Event::Unreadable(why),
    };
    let event = match endpoint.dialect {
        Dialect::Bailian => bailian::read(call, answer.status, &value),
        Dialect::Unified => unified::read(call, answer.status, &value),
        Dialect::Generations => generations::read(call, answer.status, &value),
        Dialect::Acedata => acedata::read(call, answer.status, &value),
    };
    match event {
        // Finished, but the link is missing or is none that may be opened, and there is no download beside it.
        Some(Event::Done { video: VideoAt::Content, .. }) if endpoint.content.is_none() => {
            Event::Unreadable(Unreadable::Shape)
        }
        Some(event) => event,
        None if !ok => {
            let bare = Fault { status: answer.status, ..Fault::default() };
            Event::Refused(fault(answer.status, &value).unwrap_or(bare))
        }
        None => match fault(answer.status, &value) {
            Some(fault) => Event::Refused(fault),
            None => Event::Unreadable(Unreadable::Shape),
        },
    }
}

fn parse(body: &str) -> Result<Value, Unreadable> {
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
    let request_id = ["request_id", "trace_id"].iter().find_map(|name| text(&value[*name])).unwrap_or_default();
    let made = |code: String, message: String| Fault { status, code, message, request_id: request_id.clone() };
    match &value["error"] {
        Value::String(message) => return Some(made(String::new(), message.clone())),
        Value::Object(error) => {
            let member = |name: &str| error.get(name).and_then(text).unwrap_or_default();
            let code = member("code");
            let code = if code.is_empty() { member("type") } else { code };
            return Some(made(code, member("message")));
        }
        _ => {}
    }
    let code = text(&value["code"])?;
    let is_success = code.eq_ignore_ascii_case("success") || code == "200" || code == "0";
    (!is_success).then(|| made(code, text(&value["message"]).unwrap_or_default()))
}

/// The request or trace id of an answer: in a header, or in the body. Empty where there is none.
pub fn request_id(answer: &Response) -> String {
    let in_header = ["x-request-id", "x-dashscope-request-id"].iter().find_map(|name| answer.header(name));
    let in_body = || {
        let value = parse(&answer.body).ok()?;
        ["request_id", "trace_id"].iter().find_map(|name| text(&value[*name]))
    };
    in_header.map(str::to_owned).or_else(in_body).unwrap_or_default()
}

/// A text, or a number as text: gateways are not strict about codes.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Whole numbers only: writing any float would bring ten thousand bytes of tables into the page.
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        _ => None,
    }
}

/// A length in milliseconds from seconds given as a number or a text.
fn milliseconds(value: &Value) -> Option<u64> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => return decimal_ms(text.trim()),
        _ => return None,
    };
    // The bound keeps the cast exact; no gateway makes videos of a day.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..86_400.0).contains(&seconds).then_some((seconds * 1000.0 + 0.5) as u64)
}

/// The same from a text such as `10.23`. By hand: the general reader of floats is ten thousand bytes of tables.
fn decimal_ms(text: &str) -> Option<u64> {
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

/// A link of an answer, made safe.
fn link(value: &Value, found_at: &'static str) -> Option<VideoAt> {
    let url = crate::address::result_link(value.as_str()?)?;
    Some(VideoAt::Link { url, found_at })
}

/// The id of a task: a text that is not blank.
fn task_id(value: &Value) -> Option<TaskId> {
    text(value).filter(|id| !id.trim().is_empty()).map(TaskId)
}
