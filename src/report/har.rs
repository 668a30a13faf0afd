//! A task's calls as a HAR file, version 1.2.

use super::{About, VERSION, moment};
use crate::http::{Files, Json};
use crate::protocol::Call;
use crate::task::{Exchange, Task};

/// What HAR uses for an unknown size or time.
const UNKNOWN: Json = Json::Number(-1);

/// The calls that were made. Bodies are those of the log: files are marked, long responses cut.
pub fn har(task: &Task, about: &About<'_>) -> String {
    let named = |name: &str, version: &str| {
        let mut out = Json::object();
        out.put("name", text(name));
        out.put("version", text(version));
        out
    };
    let mut log = Json::object();
    log.put("version", text("1.2"));
    log.put("creator", named("Wan Playground", VERSION));
    log.put("browser", named(about.browser, ""));
    log.put("entries", Json::List(task.exchanges.iter().map(|exchange| entry(task, exchange, about)).collect()));
    let mut out = Json::object();
    out.put("log", log);
    out.print(Files::Marked)
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn number(number: u64) -> Json {
    i64::try_from(number).map_or(UNKNOWN, Json::Number)
}

fn entry(task: &Task, exchange: &Exchange, about: &About<'_>) -> Json {
    let mut out = Json::object();
    let took = exchange.took_ms.unwrap_or(0);
    out.put("startedDateTime", text(&moment::iso(exchange.at_ms)));
    out.put("time", number(took));
    out.put("request", request(task, exchange, about));
    response(&mut out, exchange);
    out.put("cache", Json::object());
    for (name, time) in [("send", 0), ("wait", took), ("receive", 0)] {
        out.put(&["timings.", name].concat(), number(time));
    }
    if exchange.net.is_some() {
        out.put("_error", text("no answer"));
    }
    out
}

fn request(task: &Task, exchange: &Exchange, about: &About<'_>) -> Json {
    let mut out = Json::object();
    let (method, url) = exchange.line.split_once(' ').unwrap_or(("GET", &exchange.line));
    let mut headers = vec![header("Authorization", &["Bearer $", about.key_variable].concat())];
    if exchange.call == Call::Create
        && let Some(create) = &task.create
    {
        headers.extend(create.headers.iter().map(|(name, value)| header(name, value)));
    }
    out.put("method", text(method));
    out.put("url", text(url));
    out.put("httpVersion", text(""));
    out.put("cookies", Json::List(Vec::new()));
    out.put("headers", Json::List(headers));
    out.put("queryString", Json::List(query(url)));
    if !exchange.sent.is_empty() {
        out.put("postData.mimeType", text("application/json"));
        out.put("postData.text", text(&exchange.sent));
    }
    out.put("headersSize", UNKNOWN);
    out.put("bodySize", number(exchange.sent.len() as u64));
    out
}

fn response(out: &mut Json, exchange: &Exchange) {
    out.put("response.status", number(u64::from(exchange.status.unwrap_or(0))));
    out.put("response.statusText", text(""));
    out.put("response.httpVersion", text(""));
    out.put("response.cookies", Json::List(Vec::new()));
    let id = Some(&exchange.request_id).filter(|id| !id.is_empty());
    out.put("response.headers", Json::List(id.map(|id| header("X-Request-Id", id)).into_iter().collect()));
    out.put("response.content.size", number(exchange.received.len() as u64));
    let is_json = exchange.received.trim_start().starts_with(['{', '[']);
    out.put("response.content.mimeType", text(if is_json { "application/json" } else { "text/plain" }));
    out.put("response.content.text", text(&exchange.received));
    out.put("response.redirectURL", text(""));
    out.put("response.headersSize", UNKNOWN);
    out.put("response.bodySize", UNKNOWN);
}

fn header(name: &str, value: &str) -> Json {
    let mut out = Json::object();
    out.put("name", text(name));
    out.put("value", text(value));
    out
}

fn query(url: &str) -> Vec<Json> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').map_or_else(|| header(pair, ""), |(name, value)| header(name, value)))
        .collect()
}
