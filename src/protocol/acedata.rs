//! `AceDataCloud`: `/wan/videos` answers with the result, or at once with an id (`async`, `callback_url`); `/wan/tasks`
//! is asked by POST. A record without `response` is waiting, and a failure wins over a contradictory success flag.

use super::{Call, Event, Fault, Stage, TaskId, Usage, VideoAt, fault, link, task_id, text};
use crate::http::{Json, Method, Request};
use serde_json::Value;

/// The query call: a POST with the id in the body.
pub fn query(url: String, id: &TaskId) -> Request {
    let mut body = Json::object();
    body.put("action", Json::Text("retrieve".to_owned()));
    body.put("id", Json::Text(id.0.clone()));
    let header = |name: &str| (name.to_owned(), "application/json".to_owned());
    Request { method: Method::Post, url, headers: vec![header("Accept"), header("Content-Type")], body: Some(body) }
}

/// What an answer means; `None` where it is an error or nothing we know.
pub fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    if call == Call::Query && status == 404 {
        return Some(Event::Lost(fault(status, value).map(|fault| fault.code).unwrap_or_default()));
    }
    if !(200..300).contains(&status) {
        return None;
    }
    match call {
        Call::Create => {
            let id = task_id(&value["task_id"]);
            match outcome(status, value) {
                Some(Event::Done { video: video @ VideoAt::Link { .. }, usage, word, actual_prompt, .. }) => {
                    Some(Event::Done { id, video, usage, word, actual_prompt })
                }
                Some(event @ Event::Failed(..)) => Some(event),
                // Also an end without a usable link: the record may have one.
                _ => id.map(Event::Accepted),
            }
        }
        Call::Query => {
            // An empty answer or one without an id is how an unknown task looks; the documents do not say.
            let known = !value["id"].is_null() || !value["request"].is_null() || !value["response"].is_null();
            if !known {
                return None;
            }
            let response = &value["response"];
            if response.is_null() {
                return Some(Event::Progress(Stage::Queued, String::new()));
            }
            let word = response["state"].as_str().unwrap_or_default().to_owned();
            Some(outcome(status, response).unwrap_or(Event::Progress(Stage::Running, word)))
        }
        Call::Cancel | Call::Content => None,
    }
}

/// The end a response tells of; `None` while it tells of none.
fn outcome(status: u16, response: &Value) -> Option<Event> {
    let word = response["state"].as_str().unwrap_or_default().to_owned();
    let lower = word.to_ascii_lowercase();
    let named_failed = matches!(lower.as_str(), "failed" | "error");
    if matches!(lower.as_str(), "cancelled" | "canceled") {
        return Some(Event::Canceled);
    }
    let has_error = !response["error"].is_null();
    if response["success"] == Value::Bool(false) || has_error || named_failed {
        let fallback = || Fault { status, message: text(&response["message"]).unwrap_or_default(), ..Fault::default() };
        return Some(Event::Failed(fault(status, response).unwrap_or_else(fallback), word));
    }
    if matches!(lower.as_str(), "queued" | "pending") {
        return Some(Event::Progress(Stage::Queued, word));
    }
    let finished = matches!(lower.as_str(), "" | "completed" | "succeeded" | "success");
    if !finished {
        let known = matches!(lower.as_str(), "processing" | "running");
        return Some(Event::Progress(if known { Stage::Running } else { Stage::Unknown }, word));
    }
    let video = link(&response["video_url"], "response.video_url")
        .or_else(|| link(&response["data"][0]["video_url"], "response.data[0].video_url"));
    match video {
        Some(video) => Some(Event::Done { id: None, video, usage: Usage::default(), word, actual_prompt: None }),
        None if response["success"] == Value::Bool(true) && lower == "completed" => {
            Some(Event::Done { id: None, video: VideoAt::Content, usage: Usage::default(), word, actual_prompt: None })
        }
        None => None,
    }
}
