//! `AceDataCloud`: one call that waits, returns immediately, or calls back, and a task store behind it.

mod request;

use std::sync::Arc;

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer::{Answer, documented};
use super::body::{Checked, Object};
use super::call::{Call, Key};
use super::callback;
use super::scenario::Scenario;
use super::state::Simulator;
use super::task::{Dialect, Disturbance, Failure, Phase, Task};

pub(super) async fn answer(simulator: &Arc<Simulator>, call: &Call) -> Response {
    if call.key() != Key::Good {
        return refuse(simulator, documented!("acedata/answers/error-invalid-token"));
    }
    match (&call.method, call.segments().as_slice()) {
        (&Method::POST, ["wan", "videos"]) => create(simulator, call).await,
        (&Method::POST, ["wan", "tasks"]) => tasks(simulator, call),
        _ => refuse(simulator, documented!("acedata/answers/error-api-not-implemented").status(404)),
    }
}

pub(super) fn too_large(simulator: &Simulator) -> Response {
    let sentence = "the request body is too large".to_owned();
    refuse(simulator, invalid(sentence).status(413))
}

fn refuse(simulator: &Simulator, answer: Answer) -> Response {
    answer.with("/trace_id", simulator.fresh_id()).into_response()
}

fn invalid(sentence: String) -> Answer {
    documented!("acedata/answers/error-bad-request").with("/error/message", sentence)
}

async fn create(simulator: &Arc<Simulator>, call: &Call) -> Response {
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return refuse(simulator, invalid(reason)),
    };
    let wish = match request::read(&body) {
        Ok(wish) => wish,
        Err(refusal) => return refuse(simulator, invalid(refusal.sentence())),
    };
    let scenario = Scenario::asked(call, &body);
    match scenario {
        Some(Scenario::ThrottledCreate) => {
            return refuse(simulator, documented!("acedata/answers/error-too-many-requests"));
        }
        Some(Scenario::CreateServerError) => return refuse(simulator, documented!("acedata/answers/error-api-error")),
        Some(Scenario::Quota) => return refuse(simulator, documented!("acedata/answers/error-used-up")),
        Some(Scenario::EchoKey) => {
            return refuse(simulator, invalid(call.spelt_key()).header("x-request-id", call.spelt_key()));
        }
        _ => {}
    }
    if let Some(said) = scenario.and_then(Scenario::refusal) {
        return refuse(simulator, invalid(said.to_owned()));
    }
    let task = simulator.create(call, Dialect::AceData, wish.order, scenario, body);
    let link = simulator.link(call, &task);
    if let Some(target) = wish.callback {
        let (simulator, task) = (Arc::clone(simulator), task.clone());
        tokio::spawn(async move {
            simulator.clock.reach(task.ended_ms(&simulator.clock)).await;
            let body = match outcome(&simulator, &task, &link) {
                Ok(done) => done,
                Err(failed) => failed,
            };
            if simulator.openings.callbacks {
                callback::deliver(&target, &body).await;
            } else {
                tracing::warn!("a callback was not sent: the server was not started with --callbacks");
            }
        });
    } else if !wish.answers_at_once {
        simulator.clock.reach(task.ended_ms(&simulator.clock)).await;
        return match outcome(simulator, &task, &link) {
            Ok(_) => completed(&task, &link).into_response(),
            Err(_) => refuse(simulator, failure_answer(task.phase(&simulator.clock))),
        };
    }
    documented!("acedata/answers/create-accepted").with("/task_id", task.id).into_response()
}

fn completed(task: &Task, link: &str) -> Answer {
    documented!("acedata/answers/create-completed").with("/task_id", task.id.clone()).with("/video_url", link)
}

fn failure_answer(phase: Phase) -> Answer {
    match phase {
        Phase::Failed(Failure::Moderation) => documented!("acedata/answers/error-forbidden"),
        Phase::Failed(Failure::UnreadableImage) => {
            invalid("The input image could not be downloaded or read (InputDownloadFailed).".to_owned())
        }
        _ => documented!("acedata/answers/error-timeout"),
    }
}

/// The `response` of a finished task: of success, or of failure.
fn outcome(simulator: &Simulator, task: &Task, link: &str) -> Result<Value, Value> {
    let response = |answer: Answer| {
        answer
            .with("/response/task_id", task.id.clone())
            .with("/response/trace_id", simulator.fresh_id())
            .into_body()["response"]
            .take()
    };
    match task.phase(&simulator.clock) {
        Phase::Succeeded => Ok(documented!("acedata/answers/callback-completed")
            .with("/task_id", task.id.clone())
            .with("/video_url", link)
            .into_body()),
        Phase::Failed(Failure::UnreadableImage) => Err(response(documented!("acedata/answers/task-failed-download"))),
        _ => Err(response(documented!("acedata/answers/task-failed-moderation"))),
    }
}

fn tasks(simulator: &Simulator, call: &Call) -> Response {
    let body = match call.json() {
        Ok(body) => body,
        Err(reason) => return refuse(simulator, invalid(reason)),
    };
    match act(simulator, call, &body) {
        Ok(response) => response,
        Err(refusal) => refuse(simulator, invalid(refusal.sentence())),
    }
}

fn act(simulator: &Simulator, call: &Call, body: &Value) -> Checked<Response> {
    let mut root = Object::root(body)?;
    match root.word("action", &["retrieve", "retrieve_batch", "delete"])? {
        // The newer guide queries by the id alone.
        None | Some("retrieve") => {
            let id = root.required_string("id")?;
            root.finish()?;
            Ok(retrieve(simulator, call, id))
        }
        Some("retrieve_batch") => retrieve_batch(simulator, call, root),
        Some(_) => {
            let id = root.required_string("id")?;
            root.string("user_id")?;
            root.finish()?;
            if simulator.update(call, Dialect::AceData, id, |_| ()).is_none() {
                return Ok(refuse(simulator, documented!("acedata/answers/error-not-found")));
            }
            simulator.remove(id);
            Ok(documented!("acedata/answers/task-deleted").with("/id", id).into_response())
        }
    }
}

fn retrieve(simulator: &Simulator, call: &Call, id: &str) -> Response {
    let (task, disturbance) = simulator.query(call, Dialect::AceData, id);
    match disturbance {
        Some(Disturbance::Throttled) => {
            return refuse(simulator, documented!("acedata/answers/error-too-many-requests"));
        }
        Some(Disturbance::ServerError) => return refuse(simulator, documented!("acedata/answers/error-api-error")),
        Some(Disturbance::Html) => return documented!("acedata/answers/error-proxy-html").into_response(),
        None => {}
    }
    match task.as_ref().and_then(|task| record(simulator, call, task)) {
        Some(record) => record.into_response(),
        None => refuse(simulator, documented!("acedata/answers/error-not-found")),
    }
}

/// A task as the store reports it; none when it is no longer known.
fn record(simulator: &Simulator, call: &Call, task: &Task) -> Option<Answer> {
    let clock = &simulator.clock;
    let link = simulator.link(call, task);
    let answer = match task.phase(clock) {
        Phase::Queued => documented!("acedata/answers/task-waiting"),
        Phase::Running if task.attempt_failed(clock) => {
            started(documented!("acedata/answers/task-attempt-failed-word"), simulator, task)
                .with("/response/task_id", task.id.clone())
                .with("/response/trace_id", simulator.fresh_id())
        }
        Phase::Running => {
            let answer = if task.age_seconds(clock) < 8.0 {
                documented!("acedata/answers/task-pending")
            } else {
                documented!("acedata/answers/task-processing")
            };
            started(answer, simulator, task).with("/response/task_id", task.id.clone())
        }
        Phase::Odd => started(documented!("acedata/answers/task-odd-state"), simulator, task)
            .with("/response/task_id", task.id.clone()),
        Phase::Succeeded | Phase::Failed(_) => {
            let response = outcome(simulator, task, &link).unwrap_or_else(|failed| failed);
            let (from_ms, until_ms) = (task.scheduled_ms(clock), task.ended_ms(clock));
            started(documented!("acedata/answers/task-completed"), simulator, task)
                .with("/finished_at", seconds(until_ms))
                .with("/elapsed", seconds(until_ms - from_ms))
                .with("/response", response)
        }
        Phase::Canceled | Phase::Lost => return None,
    };
    Some(
        answer
            .with("/id", task.id.clone())
            .with("/created_at", seconds(task.created_ms))
            .with("/request", task.request.clone())
            .with("/trace_id", simulator.fresh_id()),
    )
}

fn started(answer: Answer, simulator: &Simulator, task: &Task) -> Answer {
    answer.with("/started_at", seconds(task.scheduled_ms(&simulator.clock)))
}

/// The store writes times and durations as seconds with a fraction.
#[allow(clippy::cast_precision_loss)] // Milliseconds since 1970: 41 bits, exact in the 53 of f64.
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn retrieve_batch(simulator: &Simulator, call: &Call, mut root: Object) -> Checked<Response> {
    let ids = root.array("ids")?;
    let user = root.string("user_id")?;
    root.word("type", &["videos"])?;
    let limit = root.integer("limit")?.unwrap_or(12).clamp(0, 100);
    let offset = root.integer("offset")?.unwrap_or(0).max(0);
    let mut bounds = [f64::MIN, f64::MAX];
    for (bound, key) in bounds.iter_mut().zip(["created_at_min", "created_at_max"]) {
        match root.value(key).map(Value::as_f64) {
            None => {}
            Some(Some(moment)) => *bound = moment,
            Some(None) => return root.refuse(key, "must be a number of seconds"),
        }
    }
    if ids.is_none() && user.is_none() {
        return root.refuse("ids", "is required where there is no user_id");
    }
    root.finish()?;
    let wanted = |task: &Task| match ids {
        Some(ids) => ids.iter().any(|id| id.as_str() == Some(&task.id)),
        None => (bounds[0]..=bounds[1]).contains(&seconds(task.created_ms)),
    };
    let found: Vec<Value> = simulator
        .list(call, Dialect::AceData)
        .iter()
        .filter(|task| wanted(task))
        .filter_map(|task| record(simulator, call, task).map(Answer::into_body))
        .collect();
    let count = found.len();
    let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let page: Vec<Value> = match ids {
        Some(_) => found,
        None => found.into_iter().skip(place(offset)).take(place(limit)).collect(),
    };
    let empty = documented!("acedata/answers/task-batch");
    Ok(empty.with("/items", page).with("/count", count).into_response())
}
