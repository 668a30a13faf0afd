//! What people paste: an ID, a response, a command, a link, a key; or a whole message that contains one of these. Text
//! in, one finding out. Nothing is looked up or sent here, and a key never becomes part of a finding that is kept: it
//! is extracted, and returned separately.

use crate::address::{BaseUrl, origin_of, result_link};
use crate::catalog::{Catalog, Dialect, Endpoint};
use crate::http::Response;
use crate::import::{self, Body, Call, Written};
use crate::key::found::{self, Secret};
use crate::protocol::{self, TaskId};

mod begins;
mod finding;
pub(crate) mod place;

pub(crate) use begins::is_uuid;
pub use begins::{is_brought, is_command};
pub use finding::{Found, Place};

/// Endings of the names of files that are read.
pub const ENDINGS: &str =
    ".har,.json,.txt,.log,.md,.sh,.fish,.ps1,.bat,.cmd,.http,.py,.js,.mjs,.ts,.go,.java,.php,.cs,.rs";
/// Longest text that is examined. The gateways' own responses are below 100 kB.
pub const LONGEST: usize = 1 << 20;

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What it is.
    pub found: Found,
    /// The key that was in it.
    pub secret: Option<Secret>,
}

/// Examines a text. `bases` are the URLs in use in addition to those of the catalog, by gateway ID.
pub fn read(catalog: &Catalog, bases: &[(String, BaseUrl)], text: &str) -> Taken {
    if text.len() > LONGEST {
        return Taken { found: Found::TooLong, secret: None };
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let secret = found::find(text);
    let whole = secret.as_ref().is_some_and(|secret| secret.is_whole(text));
    let found = match found::without(text) {
        _ if text.is_empty() => Found::Nothing,
        _ if whole => Found::Key,
        text => look(catalog, bases, text.trim()),
    };
    Taken { found, secret }
}

/// A response as pasted: the status from its header block, if that was pasted too, and its JSON without what surrounds
/// it. A key in it is removed.
pub fn answer(text: &str) -> Response {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut cut = text.to_owned();
    let is_cut = text.len() > LONGEST;
    if is_cut {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        cut.truncate(end);
    }
    let clean = found::without(&cut);
    let status = status(&clean).unwrap_or(200);
    let body = json_in(&clean).unwrap_or_else(|| clean.trim().to_owned());
    Response { status, headers: Vec::new(), body, cut: is_cut }
}

/// The status of the last header block in a text: `curl -i` prints one per response.
fn status(text: &str) -> Option<u16> {
    let of = |line: &str| -> Option<u16> {
        let rest = line.trim().strip_prefix("HTTP/")?;
        rest.split_whitespace().nth(1)?.parse().ok().filter(|status| (100..600).contains(status))
    };
    text.lines().filter_map(of).next_back()
}

/// The JSON object in a text: from the first brace to the last, if that parses.
fn json_in(text: &str) -> Option<String> {
    let (start, end) = (text.find('{')?, text.rfind('}')?);
    let part = text.get(start..=end)?;
    serde_json::from_str::<serde_json::Value>(part).ok().filter(serde_json::Value::is_object)?;
    Some(part.to_owned())
}

fn look(catalog: &Catalog, bases: &[(String, BaseUrl)], text: &str) -> Found {
    if let Some(call) = call(text) {
        let body = if let Some(Body::Text(text)) = &call.body { text } else { "" };
        return place::of_call(catalog, bases, &call.url, body);
    }
    if text.starts_with('<') {
        return page(text);
    }
    if json_in(text).is_some() {
        return json(catalog, text);
    }
    let mut words = text.split_whitespace();
    if let (Some(word), None) = (words.next(), words.next()) {
        return word_alone(catalog, bases, word);
    }
    if text.contains("<html") || text.contains("<!DOCTYPE") {
        return Found::Page;
    }
    in_a_message(catalog, bases, text)
}

/// The first call in a text, if it is a command. Bare JSON is a response here.
fn call(text: &str) -> Option<Call> {
    let pasted = import::read(text);
    let is_command = !matches!(pasted.written, None | Some(Written::Har | Written::Json));
    pasted.calls.into_iter().next().filter(|call| is_command && !call.url.is_empty())
}

fn word_alone(catalog: &Catalog, bases: &[(String, BaseUrl)], word: &str) -> Found {
    if origin_of(word).is_some() {
        return match place::of_call(catalog, bases, word, "") {
            Found::Unknown => result_link(word).map_or(Found::Unknown, Found::Link),
            found => found,
        };
    }
    if is_id(word) { by_id(catalog, word) } else { Found::Unknown }
}

/// A message with a URL or an ID somewhere in it.
fn in_a_message(catalog: &Catalog, bases: &[(String, BaseUrl)], text: &str) -> Found {
    let is_edge = |c: char| c.is_whitespace() || "\"'`,;<>()[]{}，。；：、（）「」【】".contains(c);
    let all: Vec<&str> = text.split(is_edge).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> =
        all.iter().enumerate().filter(|(at, _)| !is_of_a_request(&all[..*at])).map(|(_, word)| *word).collect();
    let addresses: Vec<&str> = words.iter().copied().filter(|word| origin_of(word).is_some()).collect();
    if let [address] = addresses[..] {
        return word_alone(catalog, bases, address);
    }
    // What follows the label for a task ID is one, whatever other IDs are around it.
    let named = |pair: &[&str]| {
        let name = pair[0].trim_end_matches([':', '=']).to_ascii_lowercase();
        matches!(&*name, "task_id" | "taskid" | "id" | "任务id") && is_id(pair[1])
    };
    let glued = |word: &str| -> Option<String> {
        let (name, id) = word.split_once(['=', ':'])?;
        let known = matches!(&*name.to_ascii_lowercase(), "task_id" | "taskid" | "id");
        (known && is_id(id)).then(|| id.to_owned())
    };
    if let Some(id) = words.iter().find_map(|word| glued(word)) {
        return by_id(catalog, &id);
    }
    if let Some(pair) = words.windows(2).find(|pair| named(pair)) {
        return by_id(catalog, pair[1]);
    }
    let has_name = |word: &str| protocol::could_be_id(Dialect::Generations, word);
    let mut ids: Vec<&str> = words.into_iter().filter(|word| is_uuid(word) || has_name(word)).collect();
    ids.dedup();
    match ids[..] {
        [id] if is_id(id) => by_id(catalog, id),
        _ => Found::Unknown,
    }
}

/// Whether the words in front of an ID name it as that of a request or of a trace, which is no task.
fn is_of_a_request(before: &[&str]) -> bool {
    let mut labels = before.iter().rev().map(|word| word.trim_end_matches([':', '=']).to_ascii_lowercase());
    let Some(label) = labels.next() else { return false };
    let is_one = |label: &str| {
        let ends = label.ends_with("id") || label.ends_with("request") || label.ends_with("trace");
        ends && !label.contains("task") && (label.contains("request") || label.contains("trace"))
    };
    is_one(&label) || (label == "id" && labels.next().is_some_and(|label| is_one(&label)))
}

fn by_id(catalog: &Catalog, id: &str) -> Found {
    let places = place::all(catalog, |endpoint| protocol::could_be_id(endpoint.dialect, id));
    Found::Task { id: TaskId(id.to_owned()), places, answer: None, model: String::new() }
}

fn json(catalog: &Catalog, text: &str) -> Found {
    let answer = answer(text);
    let places = place::all(catalog, |endpoint| protocol::is_about_task(endpoint.dialect, &answer.body));
    let endpoint = places.first().and_then(|place| endpoint(catalog, place));
    if let Some((id, endpoint)) = endpoint.and_then(|found| Some((protocol::named_task(found, &answer)?, found))) {
        let model = protocol::named_model(endpoint.dialect, &answer.body);
        return Found::Task { id, places, answer: Some(answer), model };
    }
    protocol::bare_fault(&answer).map_or(Found::Unknown, Found::Refusal)
}

fn page(text: &str) -> Found {
    // The XML response of the video storage after a link has expired.
    let is_store = text.contains("<Error>") && text.contains("<Code>");
    if is_store && (text.contains("expired") || text.contains("NoSuchKey")) { Found::ExpiredLink } else { Found::Page }
}

/// The endpoint at a place.
pub fn endpoint<'a>(catalog: &'a Catalog, place: &Place) -> Option<&'a Endpoint> {
    catalog.gateway(&place.gateway)?.endpoints.get(&place.endpoint)
}

/// Whether a word can be a task ID at all: letters, digits and a few symbols, with a digit, neither too short nor too
/// long.
pub(crate) fn is_id(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    plain && (8..=128).contains(&word.len()) && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
