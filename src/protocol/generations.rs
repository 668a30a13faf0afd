//! `/v1/video/generations` of the new-api family: an envelope with `data`, states in mixed case.

use super::{Call, Event, Fault, Stage, Usage, VideoAt, fault, link, task_id, text};
use serde_json::Value;

/// What an answer means; `None` where it is an error or nothing we know.
pub fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    if call == Call::Query && text(&value["code"]).as_deref() == Some("task_not_exist") {
        return Some(Event::Lost("task_not_exist".to_owned()));
    }
    if !(200..300).contains(&status) || fault(status, value).is_some() || call == Call::Cancel {
        return None;
    }
    let data = if value["data"].is_object() { &value["data"] } else { value };
    if call == Call::Create {
        return task_id(&data["task_id"]).or_else(|| task_id(&data["id"])).map(Event::Accepted);
    }
    let word = data["status"].as_str()?.to_owned();
    Some(match word.to_ascii_lowercase().as_str() {
        "not_start" | "submitted" | "queued" => Event::Progress(Stage::Queued, word),
        "processing" | "in_progress" => Event::Progress(Stage::Running, word),
        "success" | "succeeded" | "completed" => {
            let video = link(&data["artifact_url"], "data.artifact_url")
                .or_else(|| link(&data["result_url"], "data.result_url"))
                .unwrap_or(VideoAt::Content);
            Event::Done { id: None, video, usage: Usage::default(), word, actual_prompt: None }
        }
        "failed" | "failure" => {
            let message = text(&data["fail_reason"]).unwrap_or_default();
            Event::Failed(Fault { status, message, ..Fault::default() }, word)
        }
        "unknown" => Event::Lost(word),
        _ => Event::Progress(Stage::Unknown, word),
    })
}
