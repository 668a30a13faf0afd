//! The page's own files: what a report or an export tells of tasks is read as the requests and answers that they had.

use crate::http::{self, Files, Json, lenient};
use crate::import::{Body, Call, Proof};
use crate::snapshot;
use std::ops::Range;

/// Maximum number of records that are read.
const MOST: usize = 50;
/// A record says nothing of the key, not even its name.
const KEY_VARIABLE: &str = "API_KEY";

/// Whether an object is such a file.
pub fn is_file(value: &Json) -> bool {
    let Json::Object(members) = value else { return false };
    ["wan-playground-export", "records"].iter().all(|name| members.iter().any(|(known, _)| known == name))
}

/// The requests and the answers of a file, which lie where the file does.
pub fn read(text: &str, at: &Range<usize>) -> (Vec<Call>, Vec<Json>) {
    let entries = snapshot::entries(text.get(at.clone()).unwrap_or_default()).unwrap_or_default();
    let (mut calls, mut answers) = (Vec::new(), Vec::new());
    for saved in entries.iter().take(MOST).filter_map(|entry| snapshot::read(entry).ok()) {
        if let Some(create) = &saved.task.create {
            // Of a file on a disk a record keeps the name only.
            let print = |body: &http::Body| body.print(if body.has_file() { Files::Marked } else { Files::Whole });
            calls.push(Call {
                method: create.method.name().to_owned(),
                url: create.url.clone(),
                headers: create.headers.clone(),
                body: create.body.as_ref().map(|body| Body::Text(print(body))),
                proof: Proof::Variable(KEY_VARIABLE.to_owned()),
                at: at.clone(),
            });
        }
        let received = saved.task.exchanges.iter().rev().find(|exchange| !exchange.received.is_empty());
        if let Some(parsed) = received.and_then(|exchange| lenient::parse(&exchange.received).ok()) {
            answers.push(parsed.value);
        }
    }
    (calls, answers)
}
