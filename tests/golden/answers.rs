//! Every response the simulator returns, read by the centre. The responses are stored in
//! `tests/fixtures/<gateway>/answers`, with shapes copied from the documents; a row gives the meaning of each to the
//! page, and what to do if it is a failure.

use crate::support::{fixtures, read_json};
use std::collections::BTreeSet;
use std::fs;
use wan_playground::catalog::{Catalog, Endpoint};
use wan_playground::failure::{Scene, remedy};
use wan_playground::http::Response;
use wan_playground::protocol::{Call, Event, Fault, Stage, VideoAt, read};

/// A row of the table: gateway, endpoint, call, file, meaning.
pub struct Row {
    /// Gateway id.
    pub gateway: &'static str,
    /// Endpoint name in the catalog.
    pub endpoint: &'static str,
    /// The call it responds to.
    pub call: Call,
    /// File name without `.json`.
    pub file: &'static str,
    /// What it means, as text.
    pub means: &'static str,
}

/// The rows, one response per line: `gateway endpoint call file: meaning`.
pub fn rows() -> Vec<Row> {
    include_str!("answers.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let (place, means) = line.split_once(": ").unwrap_or_else(|| panic!("no meaning: {line}"));
    let words: Vec<&str> = place.split_whitespace().collect();
    let [gateway, endpoint, call, file] = words[..] else { panic!("four words and a meaning: {line}") };
    let call = match call {
        "create" => Call::Create,
        "query" => Call::Query,
        "cancel" => Call::Cancel,
        "content" => Call::Content,
        _ => panic!("no such call: {line}"),
    };
    Row { gateway, endpoint, call, file, means }
}

/// The endpoint of a row.
pub fn endpoint<'a>(catalog: &'a Catalog, row: &Row) -> &'a Endpoint {
    let gateway = catalog.gateway(row.gateway).unwrap_or_else(|| panic!("no gateway {}", row.gateway));
    gateway.endpoints.get(row.endpoint).unwrap_or_else(|| panic!("{} has no endpoint {}", row.gateway, row.endpoint))
}

/// The response of a row, as it would arrive.
pub fn answer(row: &Row) -> Response {
    let json = read_json(&fixtures().join(row.gateway).join("answers").join(format!("{}.json", row.file)));
    let status = json["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("an answer has a status");
    let body = match json.get("body") {
        Some(body) => body.to_string(),
        None => json["text"].as_str().expect("an answer has a body or a text").to_owned(),
    };
    let headers = json["headers"].as_object().into_iter().flatten();
    let headers =
        headers.map(|(name, value)| (name.to_lowercase(), value.as_str().expect("a header is text").to_owned()));
    Response { status, headers: headers.collect(), body, cut: false }
}

/// An event as text: its kind, the gateway's status string, and its relevant content.
pub fn say(event: &Event) -> String {
    let failure = |fault: &Fault| {
        let id = if fault.request_id.is_empty() { "" } else { " with id" };
        format!("{} [{}] {} -> {:?}{id}", fault.status, fault.code, fault.message, remedy(fault, Scene::default()))
    };
    match event {
        Event::Accepted(id) => format!("accepted {}", id.0),
        Event::Progress(Stage::Queued, word) => format!("queued {word}"),
        Event::Progress(Stage::Running, word) => format!("running {word}"),
        Event::Progress(Stage::Unknown, word) => format!("running? {word}"),
        Event::Setback(stage, word, fault) => {
            format!("{stage:?} {word}, an attempt failed {}", failure(fault)).to_lowercase()
        }
        Event::Done { id, video, usage, word, actual_prompt } => {
            let mut parts = vec![format!("done {word}")];
            parts.push(match video {
                VideoAt::Link { url, found_at } => format!("{found_at} {}", url.split('?').next().unwrap_or(url)),
                VideoAt::Content => "by download".to_owned(),
                VideoAt::Nowhere => "without a link".to_owned(),
            });
            for (name, value) in [("billed", usage.billed_ms), ("output", usage.output_ms), ("input", usage.input_ms)] {
                parts.extend(value.map(|value| format!("{name} {value}")));
            }
            for (name, value) in [("tier", &usage.tier), ("size", &usage.size)] {
                parts.extend(value.as_ref().map(|value| format!("{name} {value}")));
            }
            parts.extend(id.as_ref().map(|_| "with task id".to_owned()));
            parts.extend(actual_prompt.as_ref().map(|_| "with prompt".to_owned()));
            parts.join(" ")
        }
        Event::Failed(fault, word) => format!("failed {word} {}", failure(fault)),
        Event::Canceled => "canceled".to_owned(),
        Event::Lost(word) => format!("lost {word}"),
        Event::Refused(fault) => format!("refused {}", failure(fault)),
        Event::CancelTaken => "cancel taken".to_owned(),
        Event::Unreadable(why) => format!("unreadable {why:?}"),
    }
}

#[test]
fn every_answer_means_what_its_row_says() {
    let catalog = Catalog::built_in();
    let mut found = Vec::new();
    for row in rows() {
        let made = say(&read(endpoint(catalog, &row), row.call, &answer(&row)));
        if made.trim() != row.means {
            found.push(format!("{} {}\n    expected {}\n    read     {made}", row.gateway, row.file, row.means));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_answer_has_its_row() {
    let rows: BTreeSet<String> = rows().iter().map(|row| format!("{}/{}", row.gateway, row.file)).collect();
    let mut files = BTreeSet::new();
    for gateway in crate::support::folders(&fixtures()) {
        let folder = fixtures().join(&gateway).join("answers");
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let name = entry.expect("a folder can be listed").file_name().into_string().expect("names are UTF-8");
            let name = name.strip_suffix(".json").unwrap_or_else(|| panic!("{gateway}/answers/{name} is no JSON file"));
            files.insert(format!("{gateway}/{name}"));
        }
    }
    // Answers about files are no answers about tasks: the tests of `upload` read them.
    let of_files = ["acedata/upload", "crazyrouter/upload", "dashscope/policy"];
    files.retain(|name| !of_files.contains(&name.as_str()));
    let uncovered: Vec<_> = files.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&files).collect();
    assert!(uncovered.is_empty() && gone.is_empty(), "without a row: {uncovered:?}, without a file: {gone:?}");
}

#[test]
fn retry_after_of_a_throttled_answer_is_read() {
    for row in rows().iter().filter(|row| row.means.starts_with("refused 429")) {
        let answer = answer(row);
        // A quota that is used up carries no time to wait.
        let expected = (!row.means.contains("FreeTierOver")).then_some(1000);
        assert_eq!(answer.retry_after_ms(), expected, "{}/{}", row.gateway, row.file);
    }
}
