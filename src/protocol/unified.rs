//! The unified `/v1/videos` endpoint: seven status strings in capitals (`OpenAI`'s lower-case ones are read too), and a
//! result that is downloaded with the key.

use super::answer::{fault, milliseconds, task_id};
use super::event::{Call, Event, Fault, Stage, TaskId, Usage, VideoAt};
use super::item::Item;
use super::recipe::{LibraryCall, Recipe};
use super::wire::Wire;
use crate::http::{Json, path};
use serde_json::Value;

/// The dialect.
pub static WIRE: Wire = Wire {
    named_model,
    by_library: library_call,
    read_item: read_content_item,
    complete_item,
    links: &LINKS,
    ..Wire::plain(&RECIPE, read, named_task, is_ours)
};

/// The same for an external program.
const RECIPE: Recipe = Recipe {
    id: &["id", "task_id"],
    state: &["status"],
    done: &["SUCCESS", "COMPLETED"],
    failed: &["FAILURE", "FAILED"],
    code: &["error.code", "error.type", "code"],
    message: &["error.message", "message", "error"],
    ..Recipe::PLAIN
};
/// The properties of an entry that are links.
const LINKS: [&str; 1] = ["image_url.url"];

/// What `openai` has arguments for that mean the same here; the rest goes into `extra_body`.
const ARGUMENTS: [&str; 4] = ["model", "prompt", "seconds", "size"];

/// The create call in `openai`.
fn library_call(body: &Json) -> LibraryCall<'_> {
    let mut call = LibraryCall { rest: ("extra_body", Vec::new()), ..LibraryCall::default() };
    if let Json::Object(members) = body {
        call.sort(members, |name| ARGUMENTS.contains(&name));
    }
    call
}

/// An entry of `input_reference.content`.
pub fn content_item(role: &str, link: Json) -> Json {
    let mut item = Json::object();
    item.put("type", Json::Text("image_url".to_owned()));
    item.put("role", Json::Text(role.to_owned()));
    item.put("image_url.url", link);
    item
}

/// The same, parsed.
fn read_content_item(entry: &Json) -> Option<Item<'_>> {
    let Json::Object(members) = entry else { return None };
    let Json::Object(picture) = entry.at("image_url")? else { return None };
    let link = entry.at("image_url.url")?;
    let role = match entry.at("role") {
        Some(Json::Text(role)) => Some(role.as_str()),
        Some(_) => return None,
        None => None,
    };
    let is_link = |name: &str, value: &Json| name == "type" && *value == Json::Text("image_url".to_owned());
    let taken = |name: &str| name == "role" || name == "image_url";
    let beside = members.iter().filter(|(name, value)| !taken(name) && !is_link(name, value));
    let beside = beside.map(|(name, value)| (path::member("", name), value.clone()));
    let within = picture.iter().filter(|(name, _)| name != "url");
    let within = within.map(|(name, value)| (path::member("image_url", name), value.clone()));
    Some(Item { role, link, voice: None, rest: beside.chain(within).collect() })
}

/// Adds the type of an entry if it is missing.
fn complete_item(entry: &mut Json) -> Option<(&'static str, &'static str)> {
    let is_picture = matches!(entry.at("image_url"), Some(Json::Object(_)));
    (is_picture && entry.add("type", Json::Text("image_url".to_owned()))).then_some(("type", "image_url"))
}

/// What a response means; `None` if it is an error or nothing we know.
fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    if call == Call::Query && status == 404 {
        return Some(Event::Lost(fault(status, value).map(|fault| fault.code).unwrap_or_default()));
    }
    if !(200..300).contains(&status) || matches!(call, Call::Cancel | Call::Content | Call::LookUp) {
        return None;
    }
    let word = value["status"].as_str().unwrap_or_default().to_owned();
    let event = state(status, value, word);
    match (call, event) {
        (Call::Create, event @ Event::Failed(..)) => Some(event),
        (Call::Create, _) => named_task(value).map(Event::Accepted),
        (_, Event::Progress(_, word)) if word.is_empty() => None,
        (_, event) => Some(event),
    }
}

fn state(status: u16, value: &Value, word: String) -> Event {
    match word.to_ascii_uppercase().as_str() {
        "NOT_START" | "SUBMITTED" | "QUEUED" => Event::Progress(Stage::Queued, word),
        "IN_PROGRESS" => Event::Progress(Stage::Running, word),
        "SUCCESS" | "COMPLETED" => {
            let billed_ms = milliseconds(&value["seconds"]);
            let size = value["size"].as_str().map(str::to_owned);
            let usage = Usage { output_ms: billed_ms, size, ..Usage::default() };
            Event::Done { id: None, video: VideoAt::Content, usage, word, actual_prompt: None }
        }
        "FAILURE" | "FAILED" => {
            let fault = fault(status, value).unwrap_or_else(|| Fault { status, ..Fault::default() });
            Event::Failed(fault, word)
        }
        "UNKNOWN" => Event::Lost(word),
        _ => Event::Progress(Stage::Unknown, word),
    }
}

/// The task a response is about.
fn named_task(value: &Value) -> Option<TaskId> {
    task_id(&value["id"]).or_else(|| task_id(&value["task_id"]))
}

/// Whether a value looks like a response about a task in this dialect.
fn is_ours(value: &Value) -> bool {
    let known = value["object"] == "video" || value["created_at"].is_number();
    known && value["id"].is_string() && value["status"].is_string()
}

/// The model such a response names.
fn named_model(value: &Value) -> Option<&str> {
    value["model"].as_str()
}
