//! OPE.AI: the unified `/v1/videos`, and Alibaba's protocol on its native route under `/aliyun`.

mod refusal;
mod unified;

use std::sync::Arc;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer::{Answer, documented};
use super::bailian::{self, Reject, Route, Service, Words};
use super::call::{Call, Key};
use super::file;
use super::scenario::Scenario;
use super::state::Simulator;
use super::task::{Dialect, Family, Phase};
use refusal::{disturbed_by, refused_by};

static WORDS: Words = Words {
    pending: || documented!("ope/answers/native-query-pending"),
    running: || documented!("ope/answers/native-query-running"),
    odd: || documented!("ope/answers/native-query-odd-state"),
    // The native route offers no models of other families than these two.
    succeeded: |family| {
        if family == Family::Wan27 {
            documented!("ope/answers/native-query-succeeded-2-7")
        } else {
            documented!("ope/answers/native-query-succeeded-i2v")
        }
    },
    moderated: || documented!("ope/answers/native-query-failed-moderation"),
    unreadable: || documented!("ope/answers/native-query-failed-download"),
    refused: || documented!("dashscope/answers/query-failed-at-once"),
    // Canceling is not possible here.
    canceled: || documented!("ope/answers/native-query-unknown"),
    unknown: || documented!("ope/answers/native-query-unknown"),
};

pub(super) async fn answer(simulator: &Arc<Simulator>, call: &Call) -> Response {
    if call.key() != Key::Good {
        return documented!("ope/answers/error-invalid-api-key").into_response();
    }
    let reading = call.method == Method::GET || call.method == Method::HEAD;
    match (&call.method, call.segments().as_slice()) {
        (&Method::POST, ["v1", "videos"]) => unified::create(simulator, call).await.into_response(),
        (&Method::GET, ["v1", "videos", id]) if !id.is_empty() => unified::query(simulator, call, id),
        (_, ["v1", "videos", id, "content"]) if reading => content(simulator, call, Dialect::Unified, id),
        (&Method::POST, ["aliyun", "v1", "videos", "generations"]) => create(simulator, call).into_response(),
        (&Method::GET, ["aliyun", "v1", "tasks", id]) if !id.is_empty() => query(simulator, call, id),
        (_, ["aliyun", "v1", "videos", id, "content"]) if reading => content(simulator, call, Dialect::Bailian, id),
        _ => documented!("ope/answers/error-path-not-found").into_response(),
    }
}

pub(super) fn too_large() -> Response {
    documented!("ope/answers/error-too-large").into_response()
}

fn create(simulator: &Simulator, call: &Call) -> Answer {
    let native = |sentence: String| {
        documented!("ope/answers/native-error-invalid-parameter")
            .with("/message", sentence)
            .with("/request_id", simulator.fresh_id())
    };
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return native(reason),
    };
    let order = match bailian::read(Service::OpeNative, Route::VideoGeneration, false, &body) {
        Ok(order) => order,
        Err(Reject::NoModel) => return native("model: is required".to_owned()),
        Err(Reject::UnknownModel) => return documented!("ope/answers/error-model-not-found"),
        Err(Reject::NoInput) => return native("input: is required".to_owned()),
        Err(Reject::WrongPath) => return native("the model is not served at this path".to_owned()),
        Err(Reject::Invalid(refusal)) => return native(refusal.sentence()),
    };
    let scenario = Scenario::asked(call, &body);
    if let Some(refusal) = refused_by(scenario, call) {
        return refusal;
    }
    let task = simulator.create(call, Dialect::Bailian, order, scenario, Value::Null);
    documented!("ope/answers/native-create-pending")
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

/// The video itself, once it is ready.
fn content(simulator: &Simulator, call: &Call, dialect: Dialect, id: &str) -> Response {
    let found = simulator.update(call, dialect, id, |task| match task.phase(&simulator.clock) {
        Phase::Succeeded if task.fetch_is_early() => Phase::Running,
        phase => phase,
    });
    match found {
        None | Some((_, Phase::Lost)) => documented!("ope/answers/error-not-found").into_response(),
        Some((task, Phase::Succeeded)) => {
            let mut response = file::video(&task, &call.method, &call.headers);
            if response.status() == StatusCode::OK {
                let name = format!("attachment; filename=\"{}.mp4\"", task.id);
                if let Ok(name) = name.parse() {
                    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
                }
            }
            response
        }
        Some((task, phase)) => {
            let word = unified::state_word(phase, task.age_seconds(&simulator.clock));
            documented!("ope/answers/error-not-completed")
                .with("/error/message", format!("Task is not completed yet, current status: {word}"))
                .into_response()
        }
    }
}
