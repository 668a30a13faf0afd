//! `DashScope`: Alibaba's own gateway.

mod refusal;

use std::sync::Arc;

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer::{Answer, documented};
use super::bailian::{self, Reject, Route, Service, Words};
use super::body::Refusal;
use super::call::{Call, Key};
use super::models;
use super::scenario::Scenario;
use super::state::Simulator;
use super::task::{Dialect, Disturbance, Family, Phase, Task};
use super::upload;

pub(super) use refusal::invalid;

static WORDS: Words = Words {
    pending: || documented!("dashscope/answers/query-pending"),
    running: || documented!("dashscope/answers/query-running"),
    odd: || documented!("dashscope/answers/query-odd-state"),
    succeeded: |family| match family {
        Family::Text => documented!("dashscope/answers/query-succeeded-t2v"),
        Family::Text22 => documented!("dashscope/answers/query-succeeded-t2v-2-2"),
        Family::Image => documented!("dashscope/answers/query-succeeded-i2v"),
        Family::Image22 => documented!("dashscope/answers/query-succeeded-i2v-2-2"),
        Family::Frames => documented!("dashscope/answers/query-succeeded-kf2v"),
        Family::Speech => documented!("dashscope/answers/query-succeeded-s2v"),
        Family::Reference => documented!("dashscope/answers/query-succeeded-r2v"),
        Family::Wan27 => documented!("dashscope/answers/query-succeeded-2-7"),
        Family::Wan30 => documented!("dashscope/answers/query-succeeded-3-0"),
        Family::Motion | Family::MotionPro => documented!("dashscope/answers/query-succeeded-animate"),
    },
    moderated: || documented!("dashscope/answers/query-failed-moderation"),
    unreadable: || documented!("dashscope/answers/query-failed-download"),
    refused: || documented!("dashscope/answers/query-failed-at-once"),
    canceled: || documented!("dashscope/answers/query-canceled"),
    unknown: || documented!("dashscope/answers/query-unknown"),
};

pub(super) fn answer(simulator: &Arc<Simulator>, call: &Call) -> Response {
    if call.key() != Key::Good {
        return say(simulator, documented!("dashscope/answers/error-invalid-api-key"));
    }
    match (&call.method, call.segments().as_slice()) {
        (&Method::POST, ["api", "v1", "services", "aigc", "video-generation", "video-synthesis"]) => {
            say(simulator, create(simulator, call, Route::VideoGeneration))
        }
        (&Method::POST, ["api", "v1", "services", "aigc", "image2video", "video-synthesis"]) => {
            say(simulator, create(simulator, call, Route::ImageToVideo))
        }
        (&Method::POST, ["api", "v1", "services", "aigc", "image2video", "face-detect"]) => {
            say(simulator, check(simulator, call))
        }
        (&Method::GET, ["api", "v1", "uploads"]) => say(simulator, upload::policy(simulator, call)),
        (&Method::GET, ["api", "v1", "models"]) => say(simulator, models::of_dashscope(call)),
        (&Method::GET, ["api", "v1", "tasks", ""] | ["api", "v1", "tasks"]) => say(simulator, list(simulator, call)),
        (&Method::GET, ["api", "v1", "tasks", id]) => query(simulator, call, id),
        (&Method::POST, ["api", "v1", "tasks", id, "cancel"]) => say(simulator, cancel(simulator, call, id)),
        _ => say(simulator, documented!("dashscope/answers/error-url")),
    }
}

pub(super) fn too_large(simulator: &Simulator) -> Response {
    say(simulator, documented!("dashscope/answers/error-too-large"))
}

fn say(simulator: &Simulator, answer: Answer) -> Response {
    answer.with("/request_id", simulator.fresh_id()).into_response()
}

fn create(simulator: &Simulator, call: &Call, route: Route) -> Answer {
    if call.header("x-dashscope-async") != Some("enable") {
        return documented!("dashscope/answers/error-access-denied-sync");
    }
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return invalid(reason),
    };
    let oss_links = call.header("x-dashscope-ossresourceresolve") == Some("enable");
    let order = match bailian::read(Service::DashScope, route, oss_links, &body) {
        Ok(order) => order,
        Err(reject) => return rejected(reject),
    };
    if let Some(lost) = upload::missing(simulator, call, body["model"].as_str(), &body) {
        return lost;
    }
    let scenario = Scenario::asked(call, &body);
    match scenario {
        Some(Scenario::ThrottledCreate) => return documented!("dashscope/answers/error-throttling"),
        Some(Scenario::CreateServerError) => return documented!("dashscope/answers/error-internal"),
        Some(Scenario::Quota) => return documented!("dashscope/answers/error-allocation-quota"),
        Some(Scenario::EchoKey) => return invalid(call.spelt_key()).header("x-request-id", call.spelt_key()),
        _ => {}
    }
    let task = simulator.create(call, Dialect::Bailian, order, scenario, Value::Null);
    documented!("dashscope/answers/create-pending").with("/output/task_id", task.id)
}

/// Checks a portrait, synchronously.
fn check(simulator: &Simulator, call: &Call) -> Answer {
    if call.header("x-dashscope-async").is_some() {
        return documented!("dashscope/answers/error-access-denied-async");
    }
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return invalid(reason),
    };
    let oss_links = call.header("x-dashscope-ossresourceresolve") == Some("enable");
    if let Err(reject) = bailian::read_check(oss_links, &body) {
        return rejected(reject);
    }
    // Another model looks at the file than the one that it was uploaded for.
    if let Some(lost) = upload::missing(simulator, call, None, &body) {
        return lost;
    }
    match Scenario::asked(call, &body) {
        Some(Scenario::ThrottledCreate | Scenario::Throttled) => documented!("dashscope/answers/error-throttling"),
        Some(Scenario::CreateServerError | Scenario::ServerError) => documented!("dashscope/answers/error-internal"),
        Some(Scenario::Quota) => documented!("dashscope/answers/error-arrearage"),
        Some(Scenario::Moderation) => documented!("dashscope/answers/error-data-inspection"),
        Some(Scenario::UnreadableImage) => documented!("dashscope/answers/error-download-failed"),
        Some(Scenario::Html) => documented!("dashscope/answers/error-proxy-html"),
        Some(Scenario::EchoKey) => invalid(call.spelt_key()).header("x-request-id", call.spelt_key()),
        Some(Scenario::NoPerson) => documented!("dashscope/answers/check-not-passed"),
        _ => documented!("dashscope/answers/check-passed"),
    }
}

fn rejected(reject: Reject) -> Answer {
    match reject {
        Reject::NoModel => documented!("dashscope/answers/error-empty-model"),
        Reject::UnknownModel => documented!("dashscope/answers/error-model-not-found"),
        Reject::WrongPath => documented!("dashscope/answers/error-url"),
        Reject::NoInput => documented!("dashscope/answers/error-empty-input"),
        Reject::Invalid(refusal) => invalid(Refusal::sentence(&refusal)),
    }
}

fn query(simulator: &Simulator, call: &Call, id: &str) -> Response {
    let (task, disturbance) = simulator.query(call, Dialect::Bailian, id);
    match disturbance {
        Some(Disturbance::Throttled) => return say(simulator, documented!("dashscope/answers/error-throttling")),
        Some(Disturbance::ServerError) => return say(simulator, documented!("dashscope/answers/error-internal")),
        Some(Disturbance::Html) => return documented!("dashscope/answers/error-proxy-html").into_response(),
        None => {}
    }
    let url = task.as_ref().map(|task| simulator.link(call, task)).unwrap_or_default();
    bailian::tell(&WORDS, &simulator.clock, id, task.as_ref(), simulator.fresh_id(), &url).into_response()
}

fn cancel(simulator: &Simulator, call: &Call, id: &str) -> Answer {
    let now_ms = simulator.clock.now_ms();
    let canceled = simulator.update(call, Dialect::Bailian, id, |task| {
        let pending = task.phase(&simulator.clock) == Phase::Queued;
        if pending {
            task.canceled_ms = Some(now_ms);
        }
        pending
    });
    if canceled.is_some_and(|(_, done)| done) {
        documented!("dashscope/answers/cancel-accepted")
    } else {
        documented!("dashscope/answers/error-cancel-not-pending")
    }
}

fn list(simulator: &Simulator, call: &Call) -> Answer {
    let number = |name: &str, otherwise: usize| {
        call.parameter(name).and_then(|text| text.parse().ok()).filter(|number| *number > 0).unwrap_or(otherwise)
    };
    let (page, size) = (number("page_no", 1), number("page_size", 10).min(100));
    let wanted = |name: &str, value: &str| call.parameter(name).is_none_or(|asked| asked.is_empty() || asked == value);
    let all: Vec<(Task, &str)> = simulator
        .list(call, Dialect::Bailian)
        .into_iter()
        .map(|task| {
            let word = state_word(task.phase(&simulator.clock));
            (task, word)
        })
        .filter(|(task, word)| wanted("status", word) && wanted("model_name", &task.order.model))
        .collect();
    let row = documented!("dashscope/answers/list").into_body()["data"][0].clone();
    let rows: Vec<Value> = all
        .iter()
        .skip((page - 1).saturating_mul(size))
        .take(size)
        .map(|(task, word)| {
            let mut row = row.clone();
            row["task_id"] = task.id.clone().into();
            row["model_name"] = task.order.model.clone().into();
            row["status"] = (*word).into();
            row["gmt_create"] = task.created_ms.into();
            row["start_time"] = task.scheduled_ms(&simulator.clock).into();
            row["end_time"] = task.ended_ms(&simulator.clock).into();
            row
        })
        .collect();
    documented!("dashscope/answers/list")
        .with("/total", all.len())
        .with("/total_page", all.len().div_ceil(size))
        .with("/page_no", page)
        .with("/page_size", size)
        .with("/data", rows)
}

fn state_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Queued => "PENDING",
        Phase::Running | Phase::Odd => "RUNNING",
        Phase::Succeeded => "SUCCEEDED",
        Phase::Failed(_) => "FAILED",
        Phase::Canceled => "CANCELED",
        Phase::Lost => "UNKNOWN",
    }
}
