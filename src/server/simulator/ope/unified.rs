//! `/v1/videos`: `OpenAI`'s shape with OPE.AI's own states, for wan2.7-i2v.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::{Request, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::refusal::{disturbed_by, invalid, refused_by};
use crate::server::simulator::answer::{Answer, documented};
use crate::server::simulator::body::{Checked, Object, Refusal, cut};
use crate::server::simulator::call::Call;
use crate::server::simulator::clip::{self, Clip};
use crate::server::simulator::image;
use crate::server::simulator::scenario::Scenario;
use crate::server::simulator::state::Simulator;
use crate::server::simulator::task::{Dialect, Family, Order, Phase};

const MODEL: &str = "wan2.7-i2v";
const PROMPT_LIMIT: usize = 5000;

/// A checked request, with what the responses repeat.
struct Wish {
    order: Order,
    size: Option<String>,
    seconds: u32,
}

pub(super) async fn create(simulator: &Simulator, call: &Call) -> Answer {
    let body = match read_body(call).await {
        Ok(body) => body,
        Err(reason) => return invalid(reason),
    };
    let wish = match read(&body) {
        Ok(Some(wish)) => wish,
        Ok(None) => return documented!("ope/answers/error-model-not-found"),
        Err(refusal) => return invalid(refusal.sentence()),
    };
    let scenario = Scenario::asked(call, &body);
    if let Some(refusal) = refused_by(scenario, call) {
        return refusal;
    }
    let prompt = wish.order.prompt.clone();
    // The query repeats the size as it was written.
    let kept = wish.size.clone().map_or(Value::Null, Value::String);
    let task = simulator.create(call, Dialect::Unified, wish.order, scenario, kept);
    let answer = documented!("ope/answers/create-queued")
        .with("/id", task.id)
        .with("/created_at", task.created_ms / 1000)
        .with("/seconds", wish.seconds.to_string());
    repeat(answer, prompt, wish.size)
}

fn repeat(answer: Answer, prompt: Option<String>, size: Option<String>) -> Answer {
    let answer = match prompt {
        Some(prompt) => answer.with("/prompt", prompt),
        None => answer.without("/prompt"),
    };
    match size {
        Some(size) => answer.with("/size", size),
        None => answer.without("/size"),
    }
}

pub(super) fn query(simulator: &Simulator, call: &Call, id: &str) -> Response {
    let (task, disturbance) = simulator.query(call, Dialect::Unified, id);
    if let Some(disturbance) = disturbance {
        return disturbed_by(disturbance).into_response();
    }
    let Some(task) = task else { return documented!("ope/answers/error-not-found").into_response() };
    let answer = match state_word(task.phase(&simulator.clock), task.age_seconds(&simulator.clock)) {
        "NOT_START" => documented!("ope/answers/query-not-start"),
        "SUBMITTED" => documented!("ope/answers/query-submitted"),
        "QUEUED" => documented!("ope/answers/query-queued"),
        "IN_PROGRESS" => documented!("ope/answers/query-in-progress"),
        "SUCCESS" => documented!("ope/answers/query-success"),
        "FAILURE" => documented!("ope/answers/query-failure"),
        "UNKNOWN" => documented!("ope/answers/query-unknown"),
        _ => documented!("ope/answers/query-odd-state"),
    };
    let size = task.request.as_str().map(ToOwned::to_owned);
    let answer = answer.with("/id", task.id).with("/created_at", task.created_ms / 1000);
    repeat(answer, task.order.prompt, size).into_response()
}

/// The gateway's status string; in the queue it goes through the three that its general page lists.
pub(super) fn state_word(phase: Phase, age_seconds: f64) -> &'static str {
    match phase {
        Phase::Queued if age_seconds < 1.0 => "NOT_START",
        Phase::Queued if age_seconds < 2.0 => "SUBMITTED",
        Phase::Queued => "QUEUED",
        Phase::Running => "IN_PROGRESS",
        Phase::Odd => "POSTPROCESSING",
        Phase::Succeeded => "SUCCESS",
        Phase::Failed(_) => "FAILURE",
        Phase::Canceled | Phase::Lost => "UNKNOWN",
    }
}

/// JSON, or the form `OpenAI`'s clients send.
async fn read_body(call: &Call) -> Result<Value, String> {
    let kind = call.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") { read_form(kind, call.body.clone()).await } else { call.json() }
}

/// A form as the equivalent JSON: every part a string, the image of `input_reference` replaced by a data URI.
async fn read_form(kind: &str, body: Bytes) -> Result<Value, String> {
    let broken = |_| "the form cannot be read".to_owned();
    let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body));
    let request = request.map_err(|error| error.to_string())?;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| "the form has no boundary".to_owned())?;
    let mut object = Map::new();
    while let Some(part) = form.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(broken)?;
        let value = if name == "input_reference" && is_file {
            picture_reference(&bytes)
        } else {
            Value::String(String::from_utf8(bytes.to_vec()).map_err(|_| format!("{name}: is not UTF-8 text"))?)
        };
        if object.insert(name.clone(), value).is_some() {
            return Err(format!("{name}: may stand only once"));
        }
    }
    Ok(Value::Object(object))
}

fn picture_reference(bytes: &[u8]) -> Value {
    use base64::Engine;
    let data = base64::engine::general_purpose::STANDARD.encode(bytes);
    serde_json::json!({"content": [
        {"type": "image_url", "role": "first_frame", "image_url": {"url": format!("data:image/*;base64,{data}")}}
    ]})
}

/// Checks the body; none for a model that is not offered here.
fn read(body: &Value) -> Checked<Option<Wish>> {
    let mut root = Object::root(body)?;
    if root.required_string("model")? != MODEL {
        return Ok(None);
    }
    let prompt = root.string("prompt")?.map(|text| cut(text, PROMPT_LIMIT));
    let seconds = seconds(&mut root)?;
    let sound = root.boolean("generate_audio")?.unwrap_or(true);
    root.seed()?;
    let shape = first_frame(&mut root)?;
    let size = root.string("size")?.map(ToOwned::to_owned);
    let clip = if let Some(text) = &size {
        picture_of(text).ok_or_else(|| Refusal::new("size", "must be written as 1280x720"))?
    } else {
        let (width, height) = shape.unwrap_or((16, 9));
        clip::of_shape(1080, width, height)
    };
    root.finish()?;
    let order = Order {
        model: MODEL.to_owned(),
        prompt,
        rewritten: false,
        clip,
        output_ms: seconds * 1000,
        input_seconds: 0,
        sound,
        family: Family::Wan27,
        refusal: None,
    };
    Ok(Some(Wish { order, size, seconds }))
}

/// Its page uses a string (`"5"`), the general video page a number; upstream accepts 2 to 15.
fn seconds(root: &mut Object) -> Checked<u32> {
    let seconds = match root.value("seconds") {
        None => Some(5),
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_u64().and_then(|number| u32::try_from(number).ok()),
    };
    match seconds {
        Some(seconds @ 2..=15) => Ok(seconds),
        _ => root.refuse("seconds", "must be a whole number of seconds from 2 to 15, written as a string"),
    }
}

/// The first `image_url` of `input_reference.content`; only that one is used.
fn first_frame(root: &mut Object) -> Checked<Option<(u32, u32)>> {
    let Some(mut reference) = root.object("input_reference")? else {
        return root.refuse("input_reference", "is required");
    };
    let content = reference.array("content")?.unwrap_or_default();
    if content.is_empty() {
        return reference.refuse("content", "must hold at least one image_url");
    }
    let mut first = None;
    for (at, item) in content.iter().enumerate() {
        let mut item = Object::of(item, format!("input_reference.content[{at}]"))?;
        if item.word("type", &["image_url"])?.is_none() {
            return item.refuse("type", "is required");
        }
        item.word("role", &["first_frame"])?;
        let Some(mut picture) = item.object("image_url")? else { return item.refuse("image_url", "is required") };
        let url = picture.required_string("url")?;
        let shape = look(&picture.path_of("url"), url)?;
        first.get_or_insert(shape);
        picture.finish()?;
        item.finish()?;
    }
    reference.finish()?;
    Ok(first.flatten())
}

/// Pixel size of an inline image; a link must be one that can be fetched.
fn look(path: &str, url: &str) -> Checked<Option<(u32, u32)>> {
    if !url.starts_with("data:") {
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        return match host {
            Some(host) if !host.is_empty() && !host.starts_with('/') && !url.contains(char::is_whitespace) => Ok(None),
            _ => Err(Refusal::new(path, "must be an http or https link")),
        };
    }
    let bytes = image::decode_data_uri(url).map_err(|reason| Refusal::new(path, reason))?;
    match image::look(&bytes) {
        Some(picture) if [picture.width, picture.height].iter().all(|side| (240..=8000).contains(side)) => {
            Ok(Some((picture.width, picture.height)))
        }
        Some(picture) => Err(Refusal::new(
            path,
            format!("is {}x{} pixels; each side must be from 240 to 8000", picture.width, picture.height),
        )),
        None => Err(Refusal::new(path, "is not a JPEG, PNG, BMP or WEBP picture")),
    }
}

/// `1280x720`: the clip of that size, or of the closest one.
fn picture_of(text: &str) -> Option<&'static Clip> {
    let (width, height) = text.split_once('x')?;
    let side = |text: &str| text.parse::<u32>().ok().filter(|side| (100..=8000).contains(side));
    let (width, height) = (side(width)?, side(height)?);
    let tier = match width * height {
        0..=600_000 => 480,
        600_001..=1_400_000 => 720,
        _ => 1080,
    };
    clip::of_size(width, height).or_else(|| Some(clip::of_shape(tier, width, height)))
}
