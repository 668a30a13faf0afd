//! Bailian: `DashScope`'s own dialect, also at Crazyrouter's `/alibailian` and OPE.AI's `/aliyun`.
//!
//! A failed task responds with HTTP 200 and its code inside `output`; an unknown or expired one has the status
//! `UNKNOWN`.

use super::answer::{decimal_ms, given, link, milliseconds, moment, task_id, text, told};
use super::event::{Call, Candidate, Event, Lookable, Stage, Usage, VideoAt};
use super::item::Item;
use super::offer::{CheckSaid, MOST_MODELS, MOST_QUOTES, Offer, Page, Quote, word};
use super::recipe::{LibraryCall, Recipe};
use super::wire::{List, Models, Wanted, Wire};
use crate::address::segment;
use crate::catalog::MediaKind;
use crate::http::{Json, Method, Request, path};
use crate::money::Money;
use serde_json::Value;

/// The dialect.
pub static WIRE: Wire = Wire {
    list: Some(List { lookable: Lookable::Yes, call: list, read: listed }),
    models: Some(Models { page: model_list, read: models }),
    by_library: library_call,
    read_item: read_media_item,
    links: &LINKS,
    needed: Some("input"),
    idle: &IDLE,
    older: &OLDER,
    ..Wire::plain(&RECIPE, read, |value| task_id(&value["output"]["task_id"]), is_ours)
};

/// The same for an external program.
const RECIPE: Recipe = Recipe {
    id: &["output.task_id"],
    state: &["output.task_status"],
    done: &["SUCCEEDED"],
    failed: &["FAILED", "CANCELED", "CANCELLED"],
    // `results` is an object after speech and after animation, a list elsewhere.
    link: &["output.video_url", "output.results.video_url", "output.results.0.url"],
    code: &["output.code", "error.code", "code"],
    message: &["output.message", "error.message", "message", "error"],
    ..Recipe::PLAIN
};
/// The property of a reference that links a voice.
pub const VOICE: &str = "reference_voice";
/// The properties of an entry that are links.
pub const LINKS: [&str; 2] = ["url", VOICE];
/// Properties that Alibaba's own client adds to every input, and that the service ignores.
const IDLE: [&str; 2] = ["input.extend_prompt", "input.function"];
/// Names that are still accepted, and those in the documents now.
const OLDER: [(&str, &str); 1] = [("input.reference_video_urls", "input.reference_urls")];
/// The roles of references, and their kinds.
const REFERENCES: [(&str, MediaKind); 3] = [
    ("reference_image", MediaKind::Image),
    ("reference_video", MediaKind::Video),
    ("reference_audio", MediaKind::Audio),
];

/// Arguments of any version of `dashscope` that are inputs.
const INPUTS: [&str; 19] = [
    "prompt",
    "negative_prompt",
    "template",
    "img_url",
    "image_url",
    "audio_url",
    "video_url",
    "first_frame_url",
    "last_frame_url",
    "first_clip_url",
    "last_clip_url",
    "reference_url",
    "reference_urls",
    "reference_video_urls",
    "reference_image_urls",
    "ref_images_url",
    "media",
    "function",
    "reference_video_description",
];
/// Inputs that `dashscope` has arguments for; the rest goes into `extra_input`.
const ARGUMENTS: [&str; 9] = [
    "prompt",
    "negative_prompt",
    "template",
    "img_url",
    "audio_url",
    "first_frame_url",
    "last_frame_url",
    "reference_urls",
    "media",
];

/// Whether the library puts an argument into the input; the rest goes into the parameters.
pub fn is_input(name: &str) -> bool {
    INPUTS.contains(&name)
}

/// The create call in `dashscope`: it accepts parameters of any name.
fn library_call(body: &Json) -> LibraryCall<'_> {
    let mut call = LibraryCall { rest: ("extra_input", Vec::new()), ..LibraryCall::default() };
    let Json::Object(members) = body else { return call };
    for (name, value) in members {
        match (name.as_str(), value) {
            ("input", Json::Object(inputs)) => call.sort(inputs, |name| ARGUMENTS.contains(&name)),
            ("parameters", Json::Object(parameters)) => call.sort(parameters, |_| true),
            _ => call.named.push((name, value)),
        }
    }
    call
}

/// An entry of `input.media`.
pub fn media_item(role: &str, link: Json, voice: &str) -> Json {
    let mut item = Json::object();
    item.put("type", Json::Text(role.to_owned()));
    item.put("url", link);
    if !voice.is_empty() {
        item.put(VOICE, Json::Text(voice.to_owned()));
    }
    item
}

/// The same, parsed.
pub fn read_media_item(entry: &Json) -> Option<Item<'_>> {
    let Json::Object(members) = entry else { return None };
    let (Json::Text(role), link) = (entry.at("type")?, entry.at("url")?) else { return None };
    let voice = match entry.at(VOICE) {
        Some(Json::Text(voice)) if !voice.is_empty() => Some(voice.as_str()),
        _ => None,
    };
    let taken = |name: &str| name == "type" || name == "url" || (name == VOICE && voice.is_some());
    let rest = members.iter().filter(|(name, _)| !taken(name));
    let rest = rest.map(|(name, value)| (path::member("", name), value.clone())).collect();
    Some(Item { role: Some(role), link, voice, rest })
}

/// The kind of a reference role.
pub fn reference_kind(role: &str) -> Option<MediaKind> {
    REFERENCES.iter().find(|(word, _)| *word == role).map(|(_, kind)| *kind)
}

/// A reference as an entry of `input.media`.
pub fn reference_item(kind: MediaKind, link: Json, voice: &str) -> Json {
    let role = REFERENCES.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word);
    media_item(role, link, voice)
}

/// What a response means; `None` if it is an error or nothing we know.
fn read(call: Call, status: u16, value: &Value) -> Option<Event> {
    let output = &value["output"];
    if call == Call::Cancel {
        let taken = (200..300).contains(&status) && given(&value["code"]).is_none();
        return taken.then_some(Event::CancelTaken);
    }
    let word = output["task_status"].as_str()?.to_owned();
    let upper = word.to_ascii_uppercase();
    if call == Call::Create && upper != "FAILED" {
        return task_id(&output["task_id"]).map(Event::Accepted);
    }
    Some(match upper.as_str() {
        "PENDING" => Event::Progress(Stage::Queued, word),
        "RUNNING" => Event::Progress(Stage::Running, word),
        "SUCCEEDED" => {
            let results = &output["results"];
            let video = link(&output["video_url"], "output.video_url")
                .or_else(|| link(&results["video_url"], "output.results.video_url"))
                .or_else(|| link(&results[0]["url"], "output.results[0].url"))
                .or_else(|| link(&results[0]["video_url"], "output.results[0].video_url"))
                .unwrap_or(VideoAt::Content);
            let actual_prompt = given(&output["actual_prompt"]);
            Event::Done { id: None, video, usage: usage(&value["usage"]), word, actual_prompt }
        }
        "FAILED" => {
            let code = given(&output["code"]).unwrap_or_default();
            let message = given(&output["message"]).unwrap_or_default();
            let mut fault = told(status, code, message, given(&value["request_id"]));
            let at = |name: &str| output[name].as_str().and_then(time_of_day);
            fault.after_ms = match (at("submit_time"), at("end_time")) {
                (Some((day, from_ms)), Some((same, until_ms))) if day == same => until_ms.checked_sub(from_ms),
                // The create call itself returned the end result.
                (None, _) | (_, None) if call == Call::Create => Some(0),
                _ => None,
            };
            Event::Failed(fault, word)
        }
        "CANCELED" | "CANCELLED" => Event::Canceled,
        "UNKNOWN" => Event::Lost(word),
        _ => Event::Progress(Stage::Unknown, word),
    })
}

/// The temporary key in a response, and when it expires, in milliseconds since 1970.
pub fn temporary_key(value: &Value) -> Option<(String, u64)> {
    let token = value["token"].as_str().filter(|token| !token.is_empty())?;
    let seconds = value["expires_at"].as_u64()?;
    Some((token.to_owned(), seconds.saturating_mul(1000)))
}

/// The call that lists the latest tasks of a model.
fn list(url: String, wanted: Wanted<'_>) -> Request {
    let url = [&url, "?page_no=1&page_size=50&model_name=", &segment(wanted.model)].concat();
    Request { method: Method::Get, url, headers: Vec::new(), body: None }
}

/// The rows of that list. They have no prompt.
fn listed(value: &Value) -> Option<Vec<Candidate>> {
    let row = |row: &Value| {
        Some(Candidate {
            id: task_id(&row["task_id"])?,
            created_ms: moment(&row["gmt_create"], 1.0),
            model: text(&row["model_name"]).unwrap_or_default(),
            word: text(&row["status"]).unwrap_or_default(),
            prompt: String::new(),
        })
    };
    Some(value["data"].as_array()?.iter().filter_map(row).collect())
}

/// The URL of a page of the models that make videos.
fn model_list(url: String, page: u32) -> String {
    [&url, "?capabilities=VG&page_no=", &page.to_string(), "&page_size=20"].concat()
}

/// The models on such a page.
fn models(value: &Value) -> Option<Page> {
    let output = &value["output"];
    let model = |row: &Value| {
        let id = word(&given(&row["model"])?);
        let ranges = row["prices"].as_array().map_or(&[][..], Vec::as_slice);
        let quotes = ranges.iter().take(MOST_QUOTES).flat_map(|range| {
            let prices = range["prices"].as_array().map_or(&[][..], Vec::as_slice);
            prices.iter().take(MOST_QUOTES).map(|price| quote(&range["range_name"], price))
        });
        Some(Offer {
            id,
            name: word(&given(&row["name"]).unwrap_or_default()),
            quotes: quotes.take(MOST_QUOTES).collect(),
            retires: word(&given(&row["inference_offline_info"]["offline_time"]).unwrap_or_default()),
        })
    };
    let rows = output["models"].as_array()?.iter().take(MOST_MODELS);
    Some(Page { offers: rows.filter_map(model).collect(), total: output["total"].as_u64() })
}

fn quote(range: &Value, price: &Value) -> Quote {
    let mut words: Vec<String> = Vec::new();
    for part in [range, &price["price_name"], &price["type"]] {
        let part = word(&given(part).unwrap_or_default());
        if !part.is_empty() && !words.contains(&part) {
            words.push(part);
        }
    }
    let amount = match &price["price"] {
        // The bound keeps the cast exact; no second of video costs a million.
        #[allow(clippy::cast_possible_truncation)]
        Value::Number(number) => number
            .as_f64()
            .filter(|number| (0.0..1_000_000.0).contains(number))
            .map(|number| Money::of_micros((number * 1_000_000.0 + 0.5) as i64)),
        Value::String(text) => Money::parse(text.trim()),
        _ => None,
    };
    let written = match (&price["price"], amount) {
        (Value::Number(_), Some(amount)) => amount.decimal(),
        (other, _) => word(&given(other).unwrap_or_default()),
    };
    Quote { what: words.join(" · "), amount, written, unit: word(&given(&price["price_unit"]).unwrap_or_default()) }
}

/// The body for checking a portrait.
pub fn media_check(model: &str, link: &str) -> Json {
    let mut body = Json::object();
    body.put("model", Json::Text(model.to_owned()));
    body.put("input.image_url", Json::Text(link.to_owned()));
    body
}

/// The result of that check.
pub fn media_checked(value: &Value) -> Option<CheckSaid> {
    let output = &value["output"];
    let flag = |value: &Value| match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    };
    if flag(&output["check_pass"])? {
        return Some(CheckSaid::Passed);
    }
    let reason = [&output["message"], &output["code"], &value["message"]].into_iter().find_map(given);
    Some(CheckSaid::NotPassed(flag(&output["humanoid"]), word(&reason.unwrap_or_default())))
}

/// The day and the milliseconds of `2025-09-29 14:18:52.331`: the zone is not given, but both times of a task are in
/// the same one.
fn time_of_day(text: &str) -> Option<(&str, u64)> {
    let (day, time) = text.trim().split_once([' ', 'T'])?;
    let parts: Vec<&str> = time.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { return None };
    let whole = |text: &str| text.parse::<u64>().ok().filter(|number| *number < 60);
    Some((day, (whole(hours)? * 60 + whole(minutes)?) * 60_000 + decimal_ms(seconds)?))
}

/// Model families differ: `duration` together with input and output, or `video_duration` alone.
fn usage(value: &Value) -> Usage {
    // A number or a string, with or without the letter.
    let tier =
        given(&value["SR"]).or_else(|| milliseconds(&value["SR"]).map(|thousandths| (thousandths / 1000).to_string()));
    let tier = tier.map(|word| [word.trim_end_matches(['p', 'P']), "P"].concat());
    // Models that animate an image are billed by mode, and report that.
    let mode = || match value["video_ratio"].as_str()? {
        "standard" => Some("wan-std".to_owned()),
        "pro" => Some("wan-pro".to_owned()),
        _ => None,
    };
    let output_ms = milliseconds(&value["output_video_duration"]).or_else(|| milliseconds(&value["video_duration"]));
    Usage {
        billed_ms: milliseconds(&value["duration"]).or(output_ms),
        output_ms,
        input_ms: milliseconds(&value["input_video_duration"]),
        tier: tier.or_else(mode),
        // 2.2 reports the same under another name.
        size: given(&value["size"]).or_else(|| text(&value["video_ratio"]).filter(|size| size.contains('*'))),
    }
}

/// Whether a value looks like a response about a task in this dialect.
fn is_ours(value: &Value) -> bool {
    value["output"]["task_status"].is_string() || value["output"]["task_id"].is_string()
}
