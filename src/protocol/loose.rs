//! Reads an answer of unknown origin, whatever is wrapped around it, and however its members are spelled. This is the
//! only file besides the dialects' own that knows their names: what people paste has passed through clients, logs and
//! services of their own.

use super::answer;
use super::event::{Fault, TaskId};
use crate::address::result_link;
use crate::http::{Files, Json};
use tree::{Spot, member, text, word};

mod deeds;
mod found;
mod tree;

pub use found::{Loose, Made, State};
pub use tree::unescaped;

/// Reads an answer. `status` is that of a header block before it.
pub fn read(value: &Json, status: Option<u16>) -> Option<Loose> {
    let spots = tree::objects(value);
    let core = deeds::core(&spots);
    let status = status.or_else(|| spots.iter().find_map(|spot| deeds::status(&spot.value))).unwrap_or(200);
    let (state, state_word) = core.map_or((State::Unsaid, String::new()), |spot| deeds::state(&spot.value));
    let fault = fault(status, &spots, core, state);
    let id = deeds::id(&spots, core);
    let (link, made) = (link(&spots, core), deeds::made(&spots));
    if fault.is_none() && id.is_none() && state == State::Unsaid && link.is_none() {
        return None;
    }
    let state = match (state, &fault) {
        (State::Unsaid, Some(_)) => State::Refused,
        (State::Unsaid, None) if link.is_some() && id.is_none() => State::Succeeded,
        _ => state,
    };
    let times = core.map_or((None, None), |spot| deeds::times(&spot.value));
    let took_ms = times.0.zip(times.1).and_then(|(from, until)| until.checked_sub(from));
    let fault = fault.map(|fault| Fault { after_ms: fault.after_ms.or(took_ms), ..fault });
    let request_id = fault.as_ref().map(|fault| fault.request_id.clone()).filter(|id| !id.is_empty());
    let request_id = request_id.or_else(|| spots.iter().find_map(|spot| deeds::request_id(&spot.value)));
    let lay_at = lay_at(&spots, core);
    let proper = proper(&spots, core, &lay_at);
    let asked = deeds::asked(&spots).map(str::to_owned);
    let proves_refusal =
        id.is_none() && fault.as_ref().is_some_and(|fault| deeds::proves_refusal(fault, asked.as_deref()));
    Some(Loose {
        id,
        state,
        word: state_word,
        fault,
        link,
        made,
        times,
        request_id: request_id.unwrap_or_default(),
        lay_at,
        proper,
        asked,
        proves_refusal,
    })
}

/// Maximum number of tasks of a list.
const MOST_PARTS: usize = 20;

/// The entries of a list of tasks, if a value is one: at least two with ids of their own.
pub fn parts(value: &Json) -> Vec<&Json> {
    let Json::Object(members) = value else { return Vec::new() };
    let lists = members.iter().filter_map(|(_, member)| match member {
        Json::List(list) => Some(list),
        _ => None,
    });
    let is_task = |entry: &&Json| deeds::own_id(entry).is_some();
    let mut found = lists.map(|list| list.iter().filter(is_task).take(MOST_PARTS).collect::<Vec<_>>());
    found.find(|list| list.len() > 1).unwrap_or_default()
}

/// The innermost error: that of the task, or else of the object that says most.
fn fault(status: u16, spots: &[Spot], core: Option<&Spot>, state: State) -> Option<Fault> {
    let of = |spot: &Spot| {
        let printed = serde_json::from_str(&spot.value.print(Files::Marked)).ok()?;
        answer::fault(status, &printed)
    };
    if let Some(core) = core.filter(|_| state == State::Failed) {
        let code = word(&core.value, "code").or_else(|| word(&core.value, "error_code")).unwrap_or_default();
        let said = ["message", "fail_reason", "error_message", "errorMessage"];
        let message = said.iter().find_map(|name| text(&core.value, name)).unwrap_or_default();
        if !code.is_empty() || !message.is_empty() {
            let request_id = spots.iter().find_map(|spot| deeds::request_id(&spot.value)).unwrap_or_default();
            return Some(Fault { status, code, message: message.to_owned(), request_id, after_ms: None });
        }
    }
    if matches!(state, State::Succeeded | State::Queued | State::Running) {
        return None;
    }
    // The deepest object with a code of its own says more than those around it.
    let mut found: Option<Fault> = None;
    for spot in spots {
        let Some(fault) = of(spot).or_else(|| deeds::told_otherwise(status, &spot.value)) else { continue };
        let says_more = found.as_ref().is_none_or(|known| {
            (known.code.is_empty() && !fault.code.is_empty())
                || (known.message.is_empty() && !fault.message.is_empty())
                || (known.code == fault.code && known.request_id.is_empty() && !fault.request_id.is_empty())
                || spot.path.contains("(text)")
        });
        if says_more {
            found = Some(fault);
        }
    }
    let mut found = found?;
    if found.request_id.is_empty() {
        found.request_id = deeds::request_id_within(&found.message).unwrap_or_default();
    }
    Some(found)
}

/// The link to the video: in the answer proper, then anywhere.
fn link(spots: &[Spot], core: Option<&Spot>) -> Option<(String, String)> {
    const NAMES: [&str; 6] = ["video_url", "videoUrl", "result_url", "artifact_url", "url", "download_url"];
    let core_path = core.map_or("", |core| core.path.as_str());
    let of = |spot: &Spot| {
        NAMES.iter().find_map(|name| {
            let found = text(&spot.value, name)?;
            // A plain `url` is a video's only among results.
            let is_result = *name != "url" || spot.path.contains("results") || found.contains(".mp4");
            let url = result_link(found).filter(|_| is_result)?;
            let found_at = crate::http::path::member(&spot.path, name);
            Some((url, found_at))
        })
    };
    let mut inner: Vec<&Spot> = spots.iter().filter(|spot| spot.path.starts_with(core_path)).collect();
    inner.sort_by_key(|spot| spot.path.len());
    inner.into_iter().find_map(of).or_else(|| spots.iter().find_map(of))
}

/// Where the answer proper lay: the object around the one that has the state.
fn lay_at(spots: &[Spot], core: Option<&Spot>) -> String {
    let path = core.map(|core| core.path.as_str()).unwrap_or_default();
    let envelope = path.strip_suffix("output").map_or(path, |rest| rest.trim_end_matches('.'));
    // The envelope of the new-api family is part of the answer.
    let is_plain = envelope.is_empty()
        || (envelope == "data" && spots.first().is_some_and(|top| member(&top.value, "code").is_some()));
    if is_plain { String::new() } else { path.to_owned() }
}

/// The answer proper: the object around the one that has the state.
fn proper(spots: &[Spot], core: Option<&Spot>, lay_at: &str) -> String {
    let path = core.map(|core| core.path.as_str()).unwrap_or_default();
    let envelope = if lay_at.is_empty() { "" } else { path.strip_suffix("output").unwrap_or(path) };
    let envelope = envelope.trim_end_matches('.');
    let around = spots.iter().find(|spot| spot.path == envelope).or_else(|| spots.first());
    around.map(|spot| spot.value.print(Files::Marked)).unwrap_or_default()
}

/// Whether a value looks like an answer: not like a request, which names what is to be made.
pub fn is_answer(value: &Json) -> bool {
    let is_request = member(value, "model").is_some()
        && ["input", "prompt", "messages", "parameters", "action"].iter().any(|name| member(value, name).is_some())
        && ["status", "id", "request_id", "task_id"].iter().all(|name| member(value, name).is_none());
    if is_request || !matches!(value, Json::Object(_)) {
        return false;
    }
    let is_asking = member(value, "action").is_some() || member(value, "task_type").is_some();
    let marks = |value: &Json| {
        let has = |name: &str| member(value, name).is_some();
        let is_word = |name: &str| text(value, name).is_some_and(|word| deeds::state_of(word).is_some());
        has("task_status")
            || has("taskStatus")
            || has("request_id")
            || has("requestId")
            || has("task_id")
            || has("taskId")
            || (has("error") && !matches!(member(value, "error"), Some(Json::Raw(_))))
            || (has("code") && (has("message") || has("msg")))
            || has("errCode")
            || (has("success") && (has("data") || has("video_url")))
            || is_word("status")
            || is_word("state")
            || has("video_url") && has("task_id")
            // A record of AceDataCloud's.
            || has("id") && (has("trace_id") || has("request"))
    };
    !is_asking && tree::objects(value).iter().take(64).any(|spot| marks(&spot.value))
}

/// Whether a value may be the body of a call that creates something, or asks for it.
pub fn is_body(value: &Json) -> bool {
    let has = |name: &str| member(value, name).is_some();
    ["model", "input", "prompt", "parameters", "action", "messages", "task_type"].iter().any(|name| has(name))
}

/// The tasks that a query asks for in ways that the documents do not list: `ids`, `id` without an action, `?id=`.
pub fn asked_ids(url: &str, body: Option<&Json>) -> Vec<TaskId> {
    let is_tasks = url.contains("/tasks") || url.contains("/query");
    let is_id = |id: &str| is_tasks && id.len() >= 8 && !id.contains(['$', '<', '{']);
    let mut ids: Vec<TaskId> = Vec::new();
    if let Some(Json::List(list)) = body.and_then(|body| member(body, "ids")) {
        ids.extend(list.iter().filter_map(|id| match id {
            Json::Text(id) if is_id(id) => Some(TaskId(id.clone())),
            _ => None,
        }));
    }
    let named = |name: &str| body.and_then(|body| text(body, name)).filter(|id| is_id(id));
    ids.extend(named("id").or_else(|| named("task_id")).map(|id| TaskId(id.to_owned())));
    if let Some((_, query)) = url.split_once('?') {
        let pairs = query.split('&');
        let named = pairs.filter_map(|pair| pair.strip_prefix("id=").or_else(|| pair.strip_prefix("task_id=")));
        ids.extend(named.filter(|id| is_id(id)).map(|id| TaskId(id.to_owned())));
    }
    ids.dedup();
    ids.truncate(50);
    ids
}

/// Whether the body of a query has an id, but not the action that the reference requires.
pub fn lacks_action(body: &Json) -> bool {
    member(body, "action").is_none() && text(body, "id").is_some()
}
