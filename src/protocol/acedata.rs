//! `AceDataCloud`: `/wan/videos` responds with the result, or immediately with an id (`async`, `callback_url`);
//! `/wan/tasks` is queried by POST. A record without `response` is waiting.
//!
//! The gateway retries automatically, and meanwhile a record can report a failed attempt: a `finished_at` that is
//! present and null, and a status string for a running task, take precedence over `success` and `error`. Source:
//! `AceDataCloud`'s own clients (`WanHermes` of October 2026, its SDK of August 2026), read 2026-11-28.

use super::answer::{fault, given, link, moment, task_id, text};
use super::bailian;
use super::event::{Call, Candidate, Event, Fault, Lookable, Stage, TaskId, Usage, VideoAt};
use super::recipe::Recipe;
use super::wire::{List, Wanted, Wire};
use crate::http::{Json, Method, Request};
use serde_json::Value;

/// The dialect. The entries of wan3.0 are passed through unchanged, so they are `Bailian`'s.
pub static WIRE: Wire = Wire {
    named_model,
    account,
    asked_task,
    list: Some(List { lookable: Lookable::ByAccount, call: list, read: listed }),
    read_item: bailian::read_media_item,
    links: &bailian::LINKS,
    shared: &SHARED,
    // Its clients write them for values left open.
    blank_is_absent: true,
    ..Wire::plain(&RECIPE, read, named_task, is_ours)
};

/// The same for an external program. The record of a call that waited for the result has no status string, only a flag.
const RECIPE: Recipe = Recipe {
    id: &["task_id"],
    state: &["response.state", "response.success"],
    done: &["COMPLETED", "SUCCEEDED", "SUCCESS", "TRUE"],
    failed: &["FAILED", "ERROR", "CANCELLED", "CANCELED"],
    running: &["PENDING", "QUEUED", "SUBMITTED", "WAITING", "PROCESSING", "RUNNING", "IN_PROGRESS", "RETRYING"],
    late: &["FALSE"],
    ended: &["finished_at"],
    attempt: &["response.error"],
    trouble: &["response.error.code"],
    link: &["response.video_url", "response.data.0.video_url"],
    code: &["response.error.code", "error.code"],
    message: &["response.error.message", "response.error", "error.message", "error", "response.message", "message"],
    ..Recipe::PLAIN
};

/// Properties that the gateway's newer guide lists for every model, and its own clients send with every model; the
/// reference lists them only for some.
const SHARED: [&str; 5] = ["action", "watermark", "seed", "ratio", "prompt_extend"];

/// The query call: a POST with the id in the body.
pub fn query(url: String, id: &TaskId) -> Request {
    let mut body = Json::object();
    body.put("action", Json::Text("retrieve".to_owned()));
    body.put("id", Json::Text(id.0.clone()));
    post(url, body)
}

/// The call that lists the latest videos of a user.
fn list(url: String, wanted: Wanted<'_>) -> Request {
    let mut body = Json::object();
    body.put("action", Json::Text("retrieve_batch".to_owned()));
    body.put("user_id", Json::Text(wanted.account.to_owned()));
    body.put("type", Json::Text("videos".to_owned()));
    body.put("limit", Json::Number(50));
    post(url, body)
}

/// The records in that list.
fn listed(value: &Value) -> Option<Vec<Candidate>> {
    let record = |record: &Value| {
        Some(Candidate {
            id: task_id(&record["id"])?,
            created_ms: moment(&record["created_at"], 1000.0),
            model: text(&record["request"]["model"]).unwrap_or_default(),
            word: text(&record["response"]["state"]).unwrap_or_default(),
            prompt: text(&record["request"]["prompt"]).unwrap_or_default(),
        })
    };
    Some(value["items"].as_array()?.iter().filter_map(record).collect())
}

/// The task a response is about: a record has `id`, the response to the create call `task_id`.
fn named_task(value: &Value) -> Option<TaskId> {
    task_id(&value["id"]).or_else(|| task_id(&value["task_id"]))
}

/// The user whose task a record is, if it says so: the list of tasks requires it.
fn account(value: &Value) -> Option<String> {
    text(&value["user_id"]).filter(|id| !id.is_empty())
}

fn post(url: String, body: Json) -> Request {
    let header = |name: &str| (name.to_owned(), "application/json".to_owned());
    Request {
        method: Method::Post,
        url,
        headers: vec![header("Accept"), header("Content-Type")],
        body: Some(body.into()),
    }
}

/// What a response means; `None` if it is an error or nothing we know.
fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    if call == Call::Query && status == 404 {
        return Some(Event::Lost(fault(status, value).map(|fault| fault.code).unwrap_or_default()));
    }
    if !(200..300).contains(&status) {
        return None;
    }
    match call {
        Call::Create => {
            let id = task_id(&value["task_id"]);
            match outcome(status, value, value) {
                Some(Event::Done { video: video @ VideoAt::Link { .. }, usage, word, actual_prompt, .. }) => {
                    Some(Event::Done { id, video, usage, word, actual_prompt })
                }
                Some(event @ Event::Failed(..)) => Some(event),
                // Also when it finished without a usable link: the record may have one.
                _ => id.map(Event::Accepted),
            }
        }
        Call::Query => {
            // An unknown task may look like an empty response or one without an id; the documents do not say.
            let known = !value["id"].is_null() || !value["request"].is_null() || !value["response"].is_null();
            if !known {
                return None;
            }
            let response = &value["response"];
            if response.is_null() {
                return Some(Event::Progress(Stage::Queued, String::new()));
            }
            let word = response["state"].as_str().unwrap_or_default().to_owned();
            Some(outcome(status, value, response).unwrap_or(Event::Progress(Stage::Running, word)))
        }
        Call::Cancel | Call::Content | Call::LookUp => None,
    }
}

/// What a `response` says about its task; `None` while it says nothing. The record around it has the finish time.
fn outcome(status: u16, record: &Value, response: &Value) -> Option<Event> {
    let word = response["state"].as_str().unwrap_or_default().to_owned();
    let upper = word.to_ascii_uppercase();
    let is = |words: &[&str]| words.contains(&&*upper);
    let named_failed = is(&["FAILED", "ERROR"]);
    let is_done = is(&["COMPLETED", "SUCCEEDED", "SUCCESS"]);
    let error = fault(status, response);
    let has_code = error.as_ref().is_some_and(|fault| !fault.code.is_empty());
    let bare = || Fault { status, message: text(&response["message"]).unwrap_or_default(), ..Fault::default() };
    let stage = match &*upper {
        "PENDING" | "QUEUED" | "SUBMITTED" | "WAITING" => Stage::Queued,
        _ if is(RECIPE.running) || word.is_empty() || named_failed || is_done => Stage::Running,
        _ => Stage::Unknown,
    };
    let fails = error.is_some() || named_failed || response["success"] == Value::Bool(false);
    let attempt = |word, error: Option<Fault>| Event::Setback(stage, word, error.unwrap_or_else(bare));
    let is_open = record.get("finished_at").is_some_and(Value::is_null);
    if is_open || is(RECIPE.running) {
        return Some(if fails { attempt(word, error) } else { Event::Progress(stage, word) });
    }
    if is(&["CANCELLED", "CANCELED"]) {
        return Some(Event::Canceled);
    }
    if has_code || named_failed {
        return Some(Event::Failed(error.unwrap_or_else(bare), word));
    }
    let is_ended = given(&record["finished_at"]).is_some() || record["finished_at"].is_f64();
    let says_well = response["success"] == Value::Bool(true);
    let video = link(&response["video_url"], "response.video_url")
        .or_else(|| link(&response["data"][0]["video_url"], "response.data[0].video_url"));
    // Without a link, the task counts as finished only if a status string or a finish time says so.
    let done =
        |video| Event::Done { id: None, video, usage: Usage::default(), word: word.clone(), actual_prompt: None };
    match video {
        Some(video) if is_done || (word.is_empty() && !fails) => return Some(done(video)),
        None if is_done || (word.is_empty() && !fails && says_well && is_ended) => return Some(done(VideoAt::Content)),
        _ => {}
    }
    if fails {
        let fault = error.unwrap_or_else(bare);
        return Some(if is_ended { Event::Failed(fault, word) } else { Event::Setback(stage, word, fault) });
    }
    (!word.is_empty()).then(|| Event::Progress(stage, word.clone()))
}

/// Whether a value looks like a response about a task in this dialect: a record, or the response to the create call.
fn is_ours(value: &Value) -> bool {
    let is_record = value["id"].is_string() && (value["request"].is_object() || value["response"].is_object());
    let is_created = value["task_id"].is_string() && value["status"].is_null() && value["output"].is_null();
    is_record || is_created
}

/// The model such a response names.
fn named_model(value: &Value) -> Option<&str> {
    value["request"]["model"].as_str()
}

/// The task a query's body asks for.
fn asked_task(value: &Value) -> Option<TaskId> {
    (value["action"] == "retrieve").then(|| task_id(&value["id"])).flatten()
}
