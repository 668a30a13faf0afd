//! What the gateways received, kept so that a test can compare bodies. Keys are not kept.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::call::Call;

const MOST_ENTRIES: usize = 2000;
/// Bytes of all bodies together.
const MOST_BYTES: usize = 16 << 20;
const MOST_BODY_BYTES: usize = 256 * 1024;
const KEPT_HEADERS: [&str; 8] = [
    "content-type",
    "accept",
    "origin",
    "range",
    "x-dashscope-async",
    "x-dashscope-ossresourceresolve",
    "x-record-exempt",
    "x-sim-scenario",
];

/// One received request.
#[derive(Debug)]
pub(super) struct Entry {
    sequence: u64,
    gateway: &'static str,
    method: String,
    path: String,
    headers: Map<String, Value>,
    body: String,
    body_bytes: usize,
    /// None until the response is known.
    status: Option<u16>,
}

impl Entry {
    pub fn of(call: &Call) -> Self {
        let mut headers: Map<String, Value> =
            KEPT_HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), call.header(name)?.into()))).collect();
        let presence = if call.headers.contains_key("authorization") { "present" } else { "absent" };
        headers.insert("authorization".to_owned(), presence.into());
        let kept = &call.body[..call.body.len().min(MOST_BODY_BYTES)];
        let query = if call.query.is_empty() { String::new() } else { format!("?{}", call.query) };
        Self {
            sequence: 0,
            gateway: call.gateway.id(),
            method: call.method.to_string(),
            path: format!("{}{query}", call.path),
            headers,
            body: String::from_utf8_lossy(kept).into_owned(),
            body_bytes: call.body.len(),
            status: None,
        }
    }

    fn bytes(&self) -> usize {
        let headers = self.headers.values().filter_map(Value::as_str).map(str::len).sum::<usize>();
        self.body.len() + self.path.len() + headers
    }

    fn to_json(&self) -> Value {
        json!({
            "sequence": self.sequence,
            "gateway": self.gateway,
            "method": self.method,
            "path": self.path,
            "headers": self.headers,
            "body": self.body,
            "body_bytes": self.body_bytes,
            "status": self.status,
        })
    }
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: VecDeque<Entry>,
    bytes: usize,
    next: u64,
}

impl Log {
    /// Stores an entry and numbers it; numbering continues after a clear.
    pub fn push(&mut self, entry: Entry) -> u64 {
        self.next += 1;
        self.bytes += entry.bytes();
        while self.entries.len() >= MOST_ENTRIES || self.bytes > MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.bytes();
        }
        self.entries.push_back(Entry { sequence: self.next, ..entry });
        self.next
    }

    pub fn answered(&mut self, sequence: u64, status: u16) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.sequence == sequence) {
            entry.status = Some(status);
        }
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }

    pub fn to_json(&self) -> Value {
        self.entries.iter().map(Entry::to_json).collect()
    }
}
