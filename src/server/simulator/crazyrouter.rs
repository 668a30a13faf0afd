//! Crazyrouter: Alibaba's protocol under `/alibailian`, and its own `/v1/video/generations` for text-to-video.

use std::sync::Arc;

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer::{Answer, documented};
use super::bailian::{self, Reject, Route, Service, Words};
use super::body::{Checked, Object, Refusal, cut};
use super::call::{Call, Key};
use super::clip;
use super::models;
use super::scenario::Scenario;
use super::state::Simulator;
use super::task::{Dialect, Disturbance, Family, Order, Phase};

static WORDS: Words = Words {
    pending: || documented!("crazyrouter/answers/query-pending"),
    running: || documented!("crazyrouter/answers/query-running"),
    odd: || documented!("crazyrouter/answers/query-odd-state"),
    succeeded: |family| match family {
        Family::Text22 => documented!("crazyrouter/answers/query-succeeded-t2v-2-2"),
        Family::Image => documented!("crazyrouter/answers/query-succeeded-i2v"),
        Family::Image22 => documented!("crazyrouter/answers/query-succeeded-i2v-2-2"),
        Family::Frames => documented!("crazyrouter/answers/query-succeeded-kf2v"),
        Family::Speech => documented!("crazyrouter/answers/query-succeeded-s2v"),
        // Neither reference models nor 2.7 are offered.
        Family::Text | Family::Reference | Family::Wan27 | Family::Wan30 | Family::Motion | Family::MotionPro => {
            documented!("crazyrouter/answers/query-succeeded-t2v")
        }
    },
    moderated: || documented!("crazyrouter/answers/query-failed-moderation"),
    unreadable: || documented!("crazyrouter/answers/query-failed-download"),
    refused: || documented!("dashscope/answers/query-failed-at-once"),
    // Canceling is not possible here.
    canceled: || documented!("crazyrouter/answers/query-unknown"),
    unknown: || documented!("crazyrouter/answers/query-unknown"),
};

pub(super) fn answer(simulator: &Arc<Simulator>, call: &Call) -> Response {
    if call.key() != Key::Good {
        return documented!("crazyrouter/answers/error-invalid-api-key").into_response();
    }
    match (&call.method, call.segments().as_slice()) {
        (&Method::POST, ["alibailian", "api", "v1", "services", "aigc", "video-generation", "video-synthesis"]) => {
            create(simulator, call).into_response()
        }
        (&Method::GET, ["alibailian", "api", "v1", "tasks", id]) if !id.is_empty() => query(simulator, call, id),
        (&Method::GET, ["v1", "models"]) if call.query.is_empty() => models::of_crazyrouter().into_response(),
        (&Method::POST, ["v1", "video", "generations"]) => create_video(simulator, call).into_response(),
        (&Method::GET, ["v1", "video", "generations", id]) if !id.is_empty() => query_video(simulator, call, id),
        _ => documented!("crazyrouter/answers/error-path-not-found")
            .with("/error/message", format!("Invalid URL ({} {})", call.method, call.path))
            .into_response(),
    }
}

pub(super) fn too_large() -> Response {
    invalid("the request body is too large".to_owned()).status(413).into_response()
}

fn invalid(sentence: String) -> Answer {
    documented!("crazyrouter/answers/error-invalid-request").with("/message", sentence)
}

/// What a scenario returns instead of creating a task.
fn refused_by(scenario: Option<Scenario>, call: &Call) -> Option<Answer> {
    match scenario? {
        Scenario::ThrottledCreate => Some(documented!("crazyrouter/answers/error-rate-limit")),
        Scenario::CreateServerError => Some(documented!("crazyrouter/answers/error-internal")),
        Scenario::Quota => Some(documented!("crazyrouter/answers/error-insufficient-quota")),
        Scenario::EchoKey => Some(invalid(call.spelt_key()).header("x-request-id", call.spelt_key())),
        other => other.refusal().map(|said| invalid(said.to_owned())),
    }
}

fn disturbed_by(disturbance: Disturbance) -> Answer {
    match disturbance {
        Disturbance::Throttled => documented!("crazyrouter/answers/error-rate-limit"),
        Disturbance::ServerError => documented!("crazyrouter/answers/error-internal"),
        Disturbance::Html => documented!("crazyrouter/answers/error-proxy-html"),
    }
}

fn create(simulator: &Simulator, call: &Call) -> Answer {
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return invalid(reason),
    };
    let order = match bailian::read(Service::Crazyrouter, Route::VideoGeneration, false, &body) {
        Ok(order) => order,
        Err(Reject::NoModel) => return invalid("model: is required".to_owned()),
        Err(Reject::UnknownModel) => return documented!("crazyrouter/answers/error-model-not-found"),
        Err(Reject::NoInput) => return invalid("input: is required".to_owned()),
        Err(Reject::WrongPath) => return invalid("the model is not served at this path".to_owned()),
        Err(Reject::Invalid(refusal)) => return invalid(refusal.sentence()),
    };
    let scenario = Scenario::asked(call, &body);
    if let Some(refusal) = refused_by(scenario, call) {
        return refusal;
    }
    let task = simulator.create(call, Dialect::Bailian, order, scenario, Value::Null);
    documented!("crazyrouter/answers/create-pending")
        .with("/output/task_id", task.id)
        .with("/request_id", simulator.fresh_id())
}

fn query(simulator: &Simulator, call: &Call, id: &str) -> Response {
    let (task, disturbance) = simulator.query(call, Dialect::Bailian, id);
    if let Some(disturbance) = disturbance {
        return disturbed_by(disturbance).into_response();
    }
    let url = task.as_ref().map(|task| simulator.link(call, task)).unwrap_or_default();
    bailian::tell(&WORDS, &simulator.clock, id, task.as_ref(), simulator.fresh_id(), &url).into_response()
}

fn create_video(simulator: &Simulator, call: &Call) -> Answer {
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return invalid(reason),
    };
    let order = match read_video(&body) {
        Ok(Some(order)) => order,
        Ok(None) => return documented!("crazyrouter/answers/error-model-not-found"),
        Err(refusal) => return invalid(refusal.sentence()),
    };
    let scenario = Scenario::asked(call, &body);
    if let Some(refusal) = refused_by(scenario, call) {
        return refusal;
    }
    let task = simulator.create(call, Dialect::VideoAlias, order, scenario, Value::Null);
    documented!("crazyrouter/answers/video-create")
        .with("/id", task.id.clone())
        .with("/task_id", task.id)
        .with("/status_update_time", task.created_ms / 1000)
}

/// `{model, prompt, seconds: "5", size}`; none for a model that is not served here.
fn read_video(body: &Value) -> Checked<Option<Order>> {
    let mut root = Object::root(body)?;
    let (family, tiers, lengths, limit): (_, &[u32], &[&str], _) = match root.required_string("model")? {
        "wan2.5-t2v-preview" => (Family::Text, &[480, 720, 1080], &["5", "10"], 1500),
        "wan2.2-t2v-plus" => (Family::Text22, &[480, 1080], &["5"], 800),
        _ => return Ok(None),
    };
    let model = root.required_string("model")?.to_owned();
    let prompt = cut(root.required_string("prompt")?, limit);
    let seconds = root.word("seconds", lengths)?.unwrap_or("5");
    let offered = |tier: u32| tiers.contains(&tier);
    let clip = match root.string("size")? {
        None => clip::of_shape(1080, 16, 9),
        Some(text) => {
            let label = tiers.iter().find(|tier| format!("{tier}P") == text);
            let pixels = clip::CLIPS.iter().find(|clip| offered(clip.tier) && clip.size_text('*') == text);
            match (label, pixels) {
                (Some(tier), _) => clip::of_shape(*tier, 16, 9),
                (None, Some(clip)) => clip,
                (None, None) => return Err(Refusal::new("size", "is not a size of this model")),
            }
        }
    };
    root.finish()?;
    let output_ms = if seconds == "10" { 10_000 } else { 5000 };
    let sound = family == Family::Text;
    Ok(Some(Order {
        model,
        prompt: Some(prompt),
        rewritten: false,
        clip,
        output_ms,
        input_seconds: 0,
        sound,
        family,
        refusal: None,
    }))
}

fn query_video(simulator: &Simulator, call: &Call, id: &str) -> Response {
    let (task, disturbance) = simulator.query(call, Dialect::VideoAlias, id);
    if let Some(disturbance) = disturbance {
        return disturbed_by(disturbance).into_response();
    }
    let Some(task) = task else { return documented!("crazyrouter/answers/error-task-not-exist").into_response() };
    let answer = match task.phase(&simulator.clock) {
        Phase::Queued => documented!("crazyrouter/answers/video-query-queued"),
        Phase::Running => documented!("crazyrouter/answers/video-query-processing"),
        Phase::Odd => documented!("crazyrouter/answers/video-query-odd-state"),
        Phase::Succeeded => {
            let url = simulator.link(call, &task);
            documented!("crazyrouter/answers/video-query-succeeded")
                .with("/data/result_url", url.clone())
                .with("/data/artifact_url", url)
        }
        Phase::Failed(_) => documented!("crazyrouter/answers/video-query-failed"),
        Phase::Canceled | Phase::Lost => {
            return documented!("crazyrouter/answers/error-task-not-exist").into_response();
        }
    };
    answer.with("/data/id", task.id.clone()).with("/data/task_id", task.id).into_response()
}
