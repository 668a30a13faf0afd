//! The wire dialects. Each file in `protocol/` is the only place that knows its dialect's JSON names.
//!
//! `create`, `query`, `cancel` and `content` make requests; `read` turns any answer into one [`Event`].

use crate::account::{CheckSaid, Listing};
use crate::address::{BaseUrl, segment};
use crate::catalog::{Dialect, Endpoint, Kind, MediaCheck, ModelList, Shape};
use crate::checked::{Checked, Sent};
use crate::draft::Media;
use crate::http::{Json, Method, Request, Response};
use serde_json::Value;

mod acedata;
mod back;
mod bailian;
mod generations;
mod recipe;
mod unified;

pub use back::{Back, LinkAt, MODEL, complete_items, draft_of, links, model_of, read_size, value_of, write};
pub use recipe::{LibraryCall, Recipe};

/// Characters kept of an error that is no JSON.
const EXCERPT: usize = 300;
/// Longest answer that is read, in bytes: the gateways' own are a few thousand, a list of tasks some ten times that.
const LONGEST_ANSWER: usize = 1 << 20;
/// Longest id of a task, in bytes.
const LONGEST_ID: usize = 512;
/// Characters kept of a gateway's message.
const MESSAGE_CHARS: usize = 4000;
/// How deep errors lie within errors: a gateway's around a channel's around the upstream's.
const DEEPEST_ERROR: u32 = 3;

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
    /// Lists the account's tasks, to find one whose create call ended without an answer.
    LookUp,
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
        found_at: String,
    },
    /// Behind the authorized content call.
    Content,
    /// Nowhere: it is finished and paid, but the answer names no link that may be opened.
    Nowhere,
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
    /// How long the task had been there when it failed, where the answer says so.
    pub after_ms: Option<u64>,
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

/// Whether a gateway has a list in which a task can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookable {
    /// It documents none, or there is nothing to look for.
    No,
    /// Yes.
    Yes,
    /// Yes, for those who say whose tasks: the account's user id at the gateway.
    ByAccount,
}

/// A task of the account's list, which may be the one that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: TaskId,
    /// When the gateway says it was created.
    pub created_ms: Option<u64>,
    /// Its model, empty where the list does not say.
    pub model: String,
    /// The gateway's word for its state, empty where the list does not say.
    pub word: String,
    /// Its prompt, empty where the list does not say.
    pub prompt: String,
}

/// What the answer to a list call means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The account's tasks.
    Found(Vec<Candidate>),
    /// The call was refused.
    Refused(Fault),
    /// The answer makes no sense.
    Unreadable(Unreadable),
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The task exists.
    Accepted(TaskId),
    /// It is on its way; the word is the gateway's own.
    Progress(Stage, String),
    /// The same, and an attempt failed: the gateway goes on by itself.
    Setback(Stage, String, Fault),
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
    let endpoint = checked.gateway().endpoint(checked.model()).expect("the catalog check guarantees the endpoint");
    let body = body(checked, endpoint.dialect);
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let owned = |(name, value): (&String, &String)| (name.clone(), value.clone());
    headers.extend(endpoint.headers.iter().map(owned));
    // Wherever the link stands: what was brought along counts too.
    if body.links_oss() {
        headers.extend(endpoint.oss_headers.iter().map(owned));
    }
    Request { method: Method::Post, url: checked.base().join(&endpoint.create), headers, body: Some(body) }
}

/// A create call with a body and headers that somebody brought along.
pub fn create_with(endpoint: &Endpoint, base: &BaseUrl, headers: Vec<(String, String)>, body: Json) -> Request {
    Request { method: Method::Post, url: base.join(&endpoint.create), headers, body: Some(body) }
}

/// Whether a service lets a member be that it has no use for.
pub fn is_idle(dialect: Dialect, path: &str) -> bool {
    dialect == Dialect::Bailian && bailian::IDLE.contains(&path)
}

/// Whether one of a gateway's documents lists the member at this path for all its models.
pub fn is_shared(dialect: Dialect, path: &str) -> bool {
    dialect == Dialect::Acedata && acedata::SHARED.contains(&path)
}

/// Whether `null`, and an empty text where a text is due, are "not given" at the top of a body: the clients of this
/// dialect write them for what was left open.
pub fn blank_is_absent(dialect: Dialect) -> bool {
    dialect == Dialect::Acedata
}

/// The documented name of a member that goes by an older one.
pub fn renamed(dialect: Dialect, path: &str) -> Option<&'static str> {
    let known = bailian::OLDER.iter().find(|(older, _)| dialect == Dialect::Bailian && *older == path);
    known.map(|(_, name)| *name)
}

fn body(checked: &Checked<'_>, dialect: Dialect) -> Json {
    let mut body = Json::object();
    for (place, value) in &checked.model().fixed {
        body.put(place, Json::Text(value.clone()));
    }
    body.put("model", Json::Text(checked.model().wire_name().to_owned()));
    let mut sized = checked.size();
    for (field, value) in checked.sent() {
        if field.at.is_empty() {
            if let Some((table, wire)) = sized.take() {
                body.put(&table.at, Json::Text(wire.to_owned()));
            }
            continue;
        }
        put(&mut body, &field.at, &field.kind, value, dialect);
    }
    for (path, value) in checked.extra() {
        body.add(path, value.clone());
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
            let writes_items = matches!(dialect, Dialect::Bailian | Dialect::Acedata);
            let items = matches!(kind, Kind::References { shape: Shape::MediaItem, .. }) && writes_items;
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

/// Whether an endpoint has a list of tasks to look into.
pub fn lookable(endpoint: &Endpoint) -> Lookable {
    match (&endpoint.list, endpoint.dialect) {
        (None, _) | (_, Dialect::Unified | Dialect::Generations) => Lookable::No,
        (Some(_), Dialect::Bailian) => Lookable::Yes,
        (Some(_), Dialect::Acedata) => Lookable::ByAccount,
    }
}

/// The temporary key that an answer of a gateway's token call brings, and when it ends, in milliseconds since 1970.
pub fn temporary_key(answer: &str) -> Option<(String, u64)> {
    bailian::temporary_key(&parse(answer).ok()?)
}

/// The call that lists the account's tasks, where the gateway documents one. `account` is the user id that the
/// gateway's records bear; only some gateways ask for it.
pub fn look_up(endpoint: &Endpoint, base: &BaseUrl, model: &str, account: &str) -> Option<Request> {
    let url = base.join(endpoint.list.as_ref()?);
    match endpoint.dialect {
        Dialect::Bailian => Some(bailian::list(url, model)),
        Dialect::Acedata => Some(acedata::list(url, account)),
        Dialect::Unified | Dialect::Generations => None,
    }
}

/// What the answer to a list call means.
pub fn listed(endpoint: &Endpoint, answer: &Response) -> Listed {
    if answer.cut || answer.body.len() > LONGEST_ANSWER {
        return Listed::Unreadable(Unreadable::TooLong);
    }
    let ok = (200..300).contains(&answer.status);
    let bare = || Fault { status: answer.status, ..Fault::default() };
    let value = match parse(&answer.body) {
        Ok(value) => value,
        Err(_) if !ok => return Listed::Refused(bare()),
        Err(why) => return Listed::Unreadable(why),
    };
    if !ok {
        return Listed::Refused(fault(answer.status, &value).unwrap_or_else(bare));
    }
    let found = match endpoint.dialect {
        Dialect::Bailian => bailian::listed(&value),
        Dialect::Acedata => acedata::listed(&value),
        Dialect::Unified | Dialect::Generations => None,
    };
    match (found, fault(answer.status, &value)) {
        (Some(found), _) => Listed::Found(found),
        (None, Some(fault)) => Listed::Refused(fault),
        (None, None) => Listed::Unreadable(Unreadable::Shape),
    }
}

/// The call that lists the models which the key may use.
pub fn model_list(list: &ModelList, base: &BaseUrl, page: u32) -> Request {
    let url = base.join(&list.path);
    let url = if list.dialect == Dialect::Bailian { bailian::model_list(&url, page) } else { url };
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// What the answer to that call means.
pub fn models_listed(list: &ModelList, answer: &Response) -> Listing {
    let value = match whole(answer) {
        Ok(value) => value,
        Err(Amiss::Refused(fault)) => return Listing::Refused(fault),
        Err(Amiss::Unreadable(why)) => return Listing::Unreadable(why),
    };
    let page = match list.dialect {
        Dialect::Bailian => bailian::models(&value),
        Dialect::Generations => generations::models(&value),
        Dialect::Unified | Dialect::Acedata => None,
    };
    match (page, fault(answer.status, &value)) {
        (Some(page), _) => Listing::Page(page),
        (None, Some(fault)) => Listing::Refused(fault),
        (None, None) => Listing::Unreadable(Unreadable::Shape),
    }
}

/// The call that judges a medium at this link.
pub fn media_check(check: &MediaCheck, endpoint: &Endpoint, base: &BaseUrl, link: &str) -> Request {
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let body = bailian::media_check(&check.model, link);
    // Not those of the create call: this one is answered at once.
    if body.links_oss() {
        headers.extend(endpoint.oss_headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    Request { method: Method::Post, url: base.join(&check.path), headers, body: Some(body) }
}

/// What the answer to that call means.
pub fn media_checked(answer: &Response) -> CheckSaid {
    match whole(answer) {
        Err(Amiss::Refused(fault)) => CheckSaid::Refused(fault),
        Err(Amiss::Unreadable(why)) => CheckSaid::Unreadable(why),
        Ok(value) => match (bailian::media_checked(&value), fault(answer.status, &value)) {
            (Some(said), _) => said,
            (None, Some(fault)) => CheckSaid::Refused(fault),
            (None, None) => CheckSaid::Unreadable(Unreadable::Shape),
        },
    }
}

/// Why an answer brings nothing.
enum Amiss {
    Refused(Fault),
    Unreadable(Unreadable),
}

/// An answer that came whole and is no refusal by its status.
fn whole(answer: &Response) -> Result<Value, Amiss> {
    if answer.cut || answer.body.len() > LONGEST_ANSWER {
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

/// The account's user id, as an answer of this gateway bears it: what [`look_up`] may ask for.
pub fn account(endpoint: &Endpoint, answer: &str) -> Option<String> {
    match endpoint.dialect {
        Dialect::Acedata => acedata::account(&parse(answer).ok()?),
        Dialect::Bailian | Dialect::Unified | Dialect::Generations => None,
    }
}

/// What a program needs to know of a dialect's answers.
pub const fn recipe(dialect: Dialect) -> &'static Recipe {
    match dialect {
        Dialect::Bailian => &bailian::RECIPE,
        Dialect::Unified => &unified::RECIPE,
        Dialect::Generations => &generations::RECIPE,
        Dialect::Acedata => &acedata::RECIPE,
    }
}

/// The create call for a dialect's own Python library, where it has one.
pub fn library_call(dialect: Dialect, body: &Json) -> LibraryCall<'_> {
    match dialect {
        Dialect::Bailian => bailian::library_call(body),
        Dialect::Unified => unified::library_call(body),
        Dialect::Generations | Dialect::Acedata => LibraryCall::default(),
    }
}

/// The task an answer is about, where it says so.
pub fn named_task(endpoint: &Endpoint, answer: &Response) -> Option<TaskId> {
    let value = parse(&answer.body).ok()?;
    match endpoint.dialect {
        Dialect::Bailian => task_id(&value["output"]["task_id"]),
        Dialect::Unified => task_id(&value["id"]).or_else(|| task_id(&value["task_id"])),
        Dialect::Generations => generations::named_task(&value),
        Dialect::Acedata => acedata::named_task(&value),
    }
}

/// The task an answer is about, where it names one and nowhere the one that was asked after. An id can stand in several
/// places, and gateways in a chain put their own beside the one they were given.
pub fn names_another(endpoint: &Endpoint, answer: &Response, id: &TaskId) -> Option<TaskId> {
    let named = named_task(endpoint, answer).filter(|named| named != id)?;
    let value = parse(&answer.body).ok()?;
    let parts = std::iter::once(&value).chain(value.as_object().into_iter().flat_map(|members| members.values()));
    let mut ids = parts.flat_map(|part| [task_id(&part["task_id"]), task_id(&part["id"])]);
    (!ids.any(|known| known.is_some_and(|known| known == *id))).then_some(named)
}

/// Whether an answer from who knows where looks like one about a task in a dialect.
pub fn is_about_task(dialect: Dialect, answer: &str) -> bool {
    let Ok(value) = parse(answer) else { return false };
    match dialect {
        Dialect::Bailian => bailian::is_ours(&value),
        Dialect::Unified => unified::is_ours(&value),
        Dialect::Generations => generations::is_ours(&value),
        Dialect::Acedata => acedata::is_ours(&value),
    }
}

/// The model that such an answer names, empty where it names none.
pub fn named_model(dialect: Dialect, answer: &str) -> String {
    let value = parse(answer).unwrap_or_default();
    let name = match dialect {
        Dialect::Bailian | Dialect::Generations => None,
        Dialect::Unified => unified::named_model(&value),
        Dialect::Acedata => acedata::named_model(&value),
    };
    name.unwrap_or_default().to_owned()
}

/// The task that the body of a query asks after, where the dialect puts it there.
pub fn asked_task(dialect: Dialect, body: &str) -> Option<TaskId> {
    match dialect {
        Dialect::Acedata => acedata::asked_task(&parse(body).ok()?),
        Dialect::Bailian | Dialect::Unified | Dialect::Generations => None,
    }
}

/// Whether a bare id could be one of this dialect.
pub fn could_be_id(dialect: Dialect, id: &str) -> bool {
    generations::could_be_ours(id) == (dialect == Dialect::Generations)
}

/// The error of an answer that is about no task.
pub fn bare_fault(answer: &Response) -> Option<Fault> {
    fault(answer.status, &parse(&answer.body).ok()?)
}

/// What an answer means.
pub fn read(endpoint: &Endpoint, call: Call, answer: &Response) -> Event {
    if answer.cut || answer.body.len() > LONGEST_ANSWER {
        return Event::Unreadable(Unreadable::TooLong);
    }
    let ok = (200..300).contains(&answer.status);
    let value = match parse(&answer.body) {
        Ok(value) => value,
        // Without JSON an error status still says that the call was refused, and a person may know the page it came with.
        Err(_) if !ok => {
            let words: Vec<&str> = answer.body.trim_start_matches('\u{feff}').split_whitespace().collect();
            let message = words.join(" ").chars().take(EXCERPT).collect();
            let request_id = request_id(answer);
            return Event::Refused(Fault { status: answer.status, message, request_id, ..Fault::default() });
        }
        Err(why) => return Event::Unreadable(why),
    };
    let event = match endpoint.dialect {
        Dialect::Bailian => bailian::read(call, answer.status, &value),
        Dialect::Unified => unified::read(call, answer.status, &value),
        Dialect::Generations => generations::read(call, answer.status, &value),
        Dialect::Acedata => acedata::read(call, answer.status, &value),
    };
    let event = event.map(|event| with_request_id(event, answer));
    match event {
        // Finished, but the link is missing or is none that may be opened, and there is no download beside it.
        Some(Event::Done { id, video: VideoAt::Content, usage, word, actual_prompt }) if endpoint.content.is_none() => {
            Event::Done { id, video: VideoAt::Nowhere, usage, word, actual_prompt }
        }
        Some(event) => event,
        None if !ok => {
            let bare = Fault { status: answer.status, ..Fault::default() };
            with_request_id(Event::Refused(fault(answer.status, &value).unwrap_or(bare)), answer)
        }
        None => match fault(answer.status, &value) {
            Some(fault) => with_request_id(Event::Refused(fault), answer),
            None => Event::Unreadable(Unreadable::Shape),
        },
    }
}

/// The id support asks for can stand in a header alone.
fn with_request_id(mut event: Event, answer: &Response) -> Event {
    if let Event::Failed(fault, _) | Event::Refused(fault) | Event::Setback(_, _, fault) = &mut event
        && fault.request_id.is_empty()
    {
        fault.request_id = request_id(answer);
    }
    event
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
    // A status that is an error needs no code beside it.
    let bare = || Some((String::new(), given(&value["message"]).filter(|_| !(200..300).contains(&status))?));
    let (code, message) = words_of(value).or_else(bare)?;
    Some(told(status, code, message, given(&value["request_id"]).or_else(|| given(&value["trace_id"]))))
}

/// A fault of these words. A code and a message that lie as JSON within the message count before those around them: the
/// gateway only says there that somebody else said it.
fn told(status: u16, mut code: String, mut message: String, request_id: Option<String>) -> Fault {
    for _ in 0..DEEPEST_ERROR {
        let Some((inner_code, inner)) = json_within(&message).as_ref().and_then(words_of) else { break };
        if !inner_code.is_empty() {
            code = inner_code;
        }
        message = inner;
    }
    // Every failure is written down with its task: a message of a megabyte says no more than its beginning.
    if let Some((end, _)) = message.char_indices().nth(MESSAGE_CHARS) {
        message.truncate(end);
    }
    Fault { status, code, message, request_id: request_id.unwrap_or_default(), after_ms: None }
}

/// Code and message of an error, in any of the shapes it comes in. Empty texts are as good as none.
fn words_of(value: &Value) -> Option<(String, String)> {
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

/// The JSON object that a text is, or ends with.
fn json_within(text: &str) -> Option<Value> {
    let part = text.get(text.find('{')?..=text.rfind('}')?)?;
    serde_json::from_str(part).ok().filter(Value::is_object)
}

/// The request or trace id of an answer: in a header, or in the body. Empty where there is none.
pub fn request_id(answer: &Response) -> String {
    let in_header = ["x-request-id", "x-dashscope-request-id"].iter().find_map(|name| answer.header(name));
    let in_body = || {
        let value = parse(&answer.body).ok()?;
        ["request_id", "trace_id"].iter().find_map(|name| given(&value[*name]))
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

/// The same, where it is not empty: clients and gateways write `""` for what is not there.
fn given(value: &Value) -> Option<String> {
    text(value).filter(|text| !text.is_empty())
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
fn link(value: &Value, found_at: &str) -> Option<VideoAt> {
    let url = crate::address::result_link(value.as_str()?)?;
    Some(VideoAt::Link { url, found_at: found_at.to_owned() })
}

/// A moment in milliseconds since 1970 from a number of these, or of seconds where `unit_ms` says so.
fn moment(value: &Value, unit_ms: f64) -> Option<u64> {
    let moment = value.as_f64()? * unit_ms;
    // The bound, some thousand years from now, keeps the cast exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..1e14).contains(&moment).then_some((moment + 0.5) as u64)
}

/// The id of a task: a text that is not blank.
fn task_id(value: &Value) -> Option<TaskId> {
    text(value).filter(|id| !id.trim().is_empty() && id.len() <= LONGEST_ID).map(TaskId)
}

#[cfg(test)]
mod tests;
