//! A report to read: in a ticket, a chat or an email.

use super::{About, VERSION, moment};
use crate::protocol::Call;
use crate::snippet::{self, Curl, Shell};
use crate::task::{Exchange, State, Task};

/// The report as Markdown.
pub fn markdown(task: &Task, about: &About<'_>) -> String {
    let mut out = String::from("# Wan Playground report\n\n");
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&["- ", name, ": ", &code(value), "\n"].concat());
        }
    };
    row("Gateway", &task.origin.gateway);
    row("Base URL", &task.origin.base.text());
    row("Model", &task.origin.model);
    row("Task ID", task.id.as_ref().map_or("", |id| &id.0));
    row("State", state(&task.state));
    let fault = match &task.state {
        State::Refused(fault) | State::Failed(fault, _) => Some(fault),
        _ => None,
    };
    if let Some(fault) = fault {
        row("HTTP status", &fault.status.to_string());
        row("Code", &fault.code);
        row("Message", &fault.message);
        row("Request ID", &fault.request_id);
    }
    row("Started", &moment::iso(task.started_ms));
    row("Ended", &task.ended_ms.map(moment::iso).unwrap_or_default());
    row("Report made", &moment::iso(about.now_ms));
    row("Page", &[about.page, ", version ", VERSION, ", ", about.language].concat());
    row("Browser", about.browser);
    row("Clock ahead of the page's server", &about.ahead_ms.map(milliseconds).unwrap_or_default());
    match about.key {
        None => row("Key", "none"),
        Some(key) => {
            row("Key ends in", &key.ends);
            row("Key, HMAC-SHA256", &key.hash);
            row("under the salt", if key.hash.is_empty() { "" } else { &key.salt });
        }
    }
    if let Some(create) = &task.create {
        let how = Curl { key_variable: about.key_variable, output: None, body_file: "wan-request.json" };
        let command = snippet::print(Shell::Posix, create, how);
        out.push_str("\n## Request\n\n");
        fenced(&mut out, "sh", &command.text);
        if command.needs_file {
            out.push_str("\nThe body, its files marked:\n\n");
            let body = create.body.as_ref().map(|body| body.print(crate::http::Files::Marked)).unwrap_or_default();
            fenced(&mut out, "json", &body);
        }
    }
    out.push_str("\n## Calls\n");
    for exchange in &task.exchanges {
        call(&mut out, exchange);
    }
    out
}

fn call(out: &mut String, exchange: &Exchange) {
    let name = match exchange.call {
        Call::Create => "create",
        Call::Query => "query",
        Call::Cancel => "cancel",
        Call::Content => "download",
        Call::LookUp => "look up",
    };
    let status = exchange.status.map_or("no response".to_owned(), |status| ["HTTP ", &status.to_string()].concat());
    let took = exchange.took_ms.map(|ms| [", ", &ms.to_string(), " ms"].concat()).unwrap_or_default();
    let at = moment::iso(exchange.at_ms);
    out.push_str(&["\n### ", &exchange.no.to_string(), ". ", name, ", ", &status, &took, ", ", &at, "\n\n"].concat());
    out.push_str(&[&code(&exchange.line), "\n"].concat());
    if !exchange.request_id.is_empty() {
        out.push_str(&["\nRequest ID ", &code(&exchange.request_id), "\n"].concat());
    }
    // The body of the create call is shown above, in the request.
    if !exchange.received.is_empty() {
        out.push('\n');
        fenced(out, if exchange.received.trim_start().starts_with('{') { "json" } else { "" }, &exchange.received);
    }
}

fn milliseconds(ms: i64) -> String {
    [&ms.to_string(), " ms"].concat()
}

fn state(state: &State) -> &str {
    match state {
        State::Sending => "sending",
        State::NotSent => "not sent",
        State::ByHand => "sent by hand",
        State::Refused(_) => "refused",
        State::Doubtful(_) => "may have been created and billed",
        State::Waiting { word, .. } if word.is_empty() => "accepted",
        State::Fetching { .. } => "finished, downloading",
        State::Done(done) => &done.word,
        State::Failed(_, word) if word.is_empty() => "failed",
        State::Waiting { word, .. } | State::Failed(_, word) => word,
        State::Canceled => "canceled",
        State::Lost(_) => "unknown to the gateway",
    }
}

/// Untrusted text on one line, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let fence = "`".repeat(longest_run(&line) + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    [&*fence, pad, &line, pad, &fence].concat()
}

/// Untrusted text as a block that nothing in it can close.
fn fenced(out: &mut String, language: &str, text: &str) {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    out.push_str(&[&*fence, language, "\n", text, "\n", &fence, "\n"].concat());
}

fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
