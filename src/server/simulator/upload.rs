//! The gateways' places for files: `DashScope`'s policy and Alibaba's store behind it, the forms of Crazyrouter and
//! `AceDataCloud`. A form is read as it arrives. Of a file only its first bytes, its size and its owner are kept.

mod form;
mod kept;
mod store;

use axum::body::Body;
use axum::http::{Method, request::Parts};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::answer::{Answer, documented};
use super::bailian;
use super::call::{Call, Gateway, Key};
use super::dashscope::invalid;
use super::scenario::Scenario;
use super::state::Simulator;
use form::Received;

use kept::STORE_BYTES;
pub(super) use kept::Store;

/// The store's address for callers that reach the simulator in place of a gateway: only such a name passes a relay.
const STORE: &str = "https://dashscope-file-sim.oss-cn-beijing.aliyuncs.com";
/// How long a policy can be used.
const POLICY_MS: i64 = 300_000;
/// Bytes of a picture at Crazyrouter.
const PICTURE_BYTES: u64 = 20 << 20;

/// A form with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Store,
    Crazyrouter,
    AceData,
}

impl Place {
    /// The place that a call is for.
    pub fn of(gateway: Gateway, method: &Method, path: &str) -> Option<Self> {
        let place = match (gateway, path) {
            (Gateway::DashScope, "oss" | "oss/") => Self::Store,
            (Gateway::Crazyrouter, "v1/files/uploads") => Self::Crazyrouter,
            (Gateway::AceData, "api/v1/files/") => Self::AceData,
            _ => return None,
        };
        (method == Method::POST).then_some(place)
    }
}

/// Reads a form and answers it. The log has the names of its parts and the size of the file in place of the body.
pub(super) async fn take(
    simulator: &Simulator,
    place: Place,
    gateway: Gateway,
    path: &str,
    head: Parts,
    body: Body,
) -> (Call, Response) {
    let mut call = Call {
        gateway,
        method: head.method.clone(),
        path: format!("/{path}"),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.clone(),
        body: axum::body::Bytes::new(),
    };
    let received = form::read(head, body).await;
    if let Ok(received) = &received {
        call.body = received.told().to_string().into();
    }
    let response = match place {
        Place::Store => store::answer(simulator, &call, received),
        Place::Crazyrouter => to_crazyrouter(simulator, &call, received).into_response(),
        Place::AceData => to_acedata(simulator, &call, received).into_response(),
    };
    (call, response)
}

/// The permission to put files into the store for a few minutes.
pub(super) fn policy(simulator: &Simulator, call: &Call) -> Answer {
    let mut names: Vec<&str> = call.query.split('&').map(|pair| pair.split('=').next().unwrap_or(pair)).collect();
    names.sort_unstable();
    if names != ["action", "model"] || call.parameter("action") != Some("getPolicy") {
        return invalid(
            "action, model: are the parameters of this call, each once, and the action is getPolicy".to_owned(),
        );
    }
    let model = call.parameter("model").unwrap_or_default();
    if !bailian::names().any(|known| known == model) {
        return documented!("dashscope/answers/error-model-not-found");
    }
    let scenario = Scenario::asked(call, &Value::Null);
    if matches!(scenario, Some(Scenario::Throttled | Scenario::ThrottledCreate)) {
        return documented!("dashscope/answers/error-throttling");
    }
    let now_ms = simulator.clock.now_ms();
    let ends_ms = now_ms + if scenario == Some(Scenario::Expired) { 0 } else { POLICY_MS };
    let id = simulator.fresh_id();
    let folder = format!("dashscope-instant/{}", id.replace('-', ""));
    let text = json!({"expiration": ends_ms, "conditions": [["starts-with", "$key", folder], ["content-length-range", 0, STORE_BYTES]]});
    let text = STANDARD.encode(text.to_string());
    let signature = STANDARD.encode(simulator.signature(&text, ends_ms));
    let account = simulator.account(call);
    simulator.store(|store| store.allow(&text, &signature, &folder, model, account, ends_ms));
    let host = if call.header("x-relay-for").is_some() {
        STORE.to_owned()
    } else {
        format!("{}/sim/dashscope/oss", call.origin())
    };
    documented!("dashscope/answers/policy")
        .with("/data/policy", text)
        .with("/data/signature", signature)
        .with("/data/upload_dir", folder)
        .with("/data/upload_host", host)
}

/// Why a body names a file that the store does not have: for this account and, where it says so, this model.
pub(super) fn missing(simulator: &Simulator, call: &Call, model: Option<&str>, body: &Value) -> Option<Answer> {
    let mut links = Vec::new();
    stored_links(body, &mut links);
    let (account, now_ms) = (simulator.account(call), simulator.clock.now_ms());
    let lost = links.iter().any(|key| !simulator.store(|store| store.has(key, account, model, now_ms)));
    lost.then(|| {
        let message = "Failed to find the requested media resource during the data inspection process.";
        invalid(message.to_owned()).with("/code", "InvalidParameter.DataInspection")
    })
}

fn stored_links<'a>(body: &'a Value, links: &mut Vec<&'a str>) {
    match body {
        Value::String(text) => links.extend(text.strip_prefix("oss://")),
        Value::Array(items) => items.iter().for_each(|item| stored_links(item, links)),
        Value::Object(map) => map.values().for_each(|item| stored_links(item, links)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What both forms with a key refuse: the sentence and the status.
fn file_of(received: Result<Received, form::Broken>) -> Result<Received, (String, u16)> {
    let received = match received {
        Ok(received) => received,
        Err(form::Broken::NotAForm) => return Err(("Content-Type must be multipart/form-data".to_owned(), 400)),
        Err(form::Broken::Cut) => return Err(("the form cannot be read to its end".to_owned(), 400)),
    };
    match &received.file {
        None => Err(("file: is required".to_owned(), 400)),
        Some(file) if file.bytes == 0 => Err(("file: is empty".to_owned(), 400)),
        Some(_) => Ok(received),
    }
}

fn to_crazyrouter(simulator: &Simulator, call: &Call, received: Result<Received, form::Broken>) -> Answer {
    let refuse = |sentence: String, status| {
        documented!("crazyrouter/answers/error-invalid-request").with("/message", sentence).status(status)
    };
    if call.key() != Key::Good {
        return documented!("crazyrouter/answers/error-invalid-api-key");
    }
    let received = match file_of(received) {
        Ok(received) => received,
        Err((sentence, status)) => return refuse(sentence, status),
    };
    if received.part("purpose") != Some("model_input") {
        return refuse("purpose: must be model_input".to_owned(), 400);
    }
    let Some(file) = received.file.filter(form::File::is_picture) else {
        return refuse("unsupported file type: png, jpeg, webp and gif are accepted".to_owned(), 415);
    };
    if file.bytes > PICTURE_BYTES {
        return refuse("the file is too large: at most 20 MB".to_owned(), 413);
    }
    if Scenario::asked(call, &Value::Null) == Some(Scenario::Throttled) {
        return documented!("crazyrouter/answers/error-rate-limit");
    }
    let (account, now_ms) = (simulator.account(call), simulator.clock.now_ms());
    if !simulator.store(|store| store.within_day(account, file.bytes, now_ms)) {
        return documented!("crazyrouter/answers/error-rate-limit")
            .with("/error/message", "upload quota exceeded: 200 MB in 24 hours");
    }
    let id = simulator.fresh_id().replace('-', "");
    documented!("crazyrouter/answers/upload")
        .with("/url", format!("https://media.crazyrouter.com/uploads/{id}.{}", file.ending()))
}

fn to_acedata(simulator: &Simulator, call: &Call, received: Result<Received, form::Broken>) -> Answer {
    if call.key() != Key::Good {
        return documented!("acedata/answers/error-invalid-token").with("/trace_id", simulator.fresh_id());
    }
    match file_of(received) {
        Ok(_) => {
            let id = simulator.fresh_id();
            documented!("acedata/answers/upload").with("/file_url", format!("https://cdn.acedata.cloud/{id}"))
        }
        Err((sentence, status)) => {
            let answer =
                documented!("acedata/answers/error-bad-request").with("/error/message", sentence).status(status);
            answer.with("/trace_id", simulator.fresh_id())
        }
    }
}
