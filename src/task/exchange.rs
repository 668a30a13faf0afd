//! One call and its response, as a task's log keeps them.

use super::state::NetFault;
use crate::http::Response;
use crate::protocol::{self, Call};

/// Bytes kept of a response. Those of the gateways have a few thousand.
const BODY_BYTES_KEPT: usize = 64 * 1024;

/// One request and its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Number of the call within the task.
    pub no: u32,
    /// What it was for.
    pub call: Call,
    /// The request line.
    pub line: String,
    /// The body sent, with files marked instead of written out.
    pub sent: String,
    /// When it was sent.
    pub at_ms: u64,
    /// How long it took.
    pub took_ms: Option<u64>,
    /// HTTP status, once there is one.
    pub status: Option<u16>,
    /// Body received, as text.
    pub received: String,
    /// The gateway's request or trace ID, for its support.
    pub request_id: String,
    /// How it ended if there was no response.
    pub net: Option<NetFault>,
}

impl Exchange {
    /// Whether it has neither a response nor a known end.
    pub fn is_open(&self) -> bool {
        self.status.is_none() && self.net.is_none()
    }

    pub(super) fn keep(&mut self, answer: &Response) {
        self.status = Some(answer.status);
        self.net = None;
        self.received.clone_from(&answer.body);
        if self.received.len() > BODY_BYTES_KEPT {
            let end = (0..=BODY_BYTES_KEPT).rev().find(|at| self.received.is_char_boundary(*at)).unwrap_or(0);
            self.received.truncate(end);
            self.received.push('…');
        }
        self.request_id = protocol::request_id(answer);
    }
}
