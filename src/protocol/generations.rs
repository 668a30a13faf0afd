//! `/v1/video/generations` of the new-api family: an envelope with `data`, status strings in mixed case.

use super::answer::{fault, given, link, task_id, text, told};
use super::event::{Call, Event, Stage, TaskId, Usage, VideoAt};
use super::offer::{MOST_MODELS, Offer, Page, word};
use super::recipe::Recipe;
use super::wire::{Models, Wire};
use serde_json::Value;

/// The dialect.
pub static WIRE: Wire = Wire {
    models: Some(Models { page: |url, _| url, read: models }),
    marks_ids: true,
    ..Wire::plain(&RECIPE, read, named_task, is_ours)
};

/// The same for an external program.
const RECIPE: Recipe = Recipe {
    id: &["data.task_id", "data.id", "task_id", "id"],
    state: &["data.status", "status"],
    done: &["SUCCESS", "SUCCEEDED", "COMPLETED"],
    failed: &["FAILED", "FAILURE"],
    link: &["data.artifact_url", "data.result_url", "artifact_url", "result_url"],
    // The envelope of a failed task says `success`.
    code: &["error.code", "error.type", "data.status", "code"],
    message: &["data.fail_reason", "error.message", "message", "error"],
    ..Recipe::PLAIN
};

/// The models of `/v1/models`: only ids, all on one page.
fn models(value: &Value) -> Option<Page> {
    let model = |row: &Value| Some(Offer { id: word(&given(&row["id"])?), ..Offer::default() });
    let rows = value["data"].as_array()?.iter().take(MOST_MODELS);
    Some(Page { offers: rows.filter_map(model).collect(), total: None })
}

/// What a response means; `None` if it is an error or nothing we know.
fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    if call == Call::Query && text(&value["code"]).as_deref() == Some("task_not_exist") {
        return Some(Event::Lost("task_not_exist".to_owned()));
    }
    if !(200..300).contains(&status) || fault(status, value).is_some() || call == Call::Cancel {
        return None;
    }
    let data = data(value);
    if call == Call::Create {
        return named_task(value).map(Event::Accepted);
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
            let message = given(&data["fail_reason"]).unwrap_or_default();
            Event::Failed(told(status, String::new(), message, None), word)
        }
        "unknown" => Event::Lost(word),
        _ => Event::Progress(Stage::Unknown, word),
    })
}

/// The task a response is about.
fn named_task(value: &Value) -> Option<TaskId> {
    let data = data(value);
    task_id(&data["task_id"]).or_else(|| task_id(&data["id"]))
}

/// The contents of the envelope; the create call responds without one.
fn data(value: &Value) -> &Value {
    if value["data"].is_object() { &value["data"] } else { value }
}

/// Whether a value looks like a response about a task in this dialect.
fn is_ours(value: &Value) -> bool {
    let inner = data(value);
    inner["task_id"].is_string() && inner["status"].is_string()
}

/// Whether an id could be from this family: it writes its own prefix, as do Crazyrouter's pages.
pub fn could_be_ours(id: &str) -> bool {
    id.starts_with("task_") || id.starts_with("video_task_")
}
