//! The log of a task: every call and its response, within limits, so that a record stays small however long a task
//! runs.

use super::Task;
use super::event::Effect;
use super::exchange::Exchange;
use crate::http::{Files, Request};
use crate::protocol::Call;

/// Timeout of a create call that holds the connection until the video is ready.
const CREATE_TIMEOUT_MS: u64 = 20 * 60_000;
/// Timeout of any other call.
const CALL_TIMEOUT_MS: u64 = 60_000;
/// Timeout of a video download.
const CONTENT_TIMEOUT_MS: u64 = 10 * 60_000;
/// Exchanges kept: the create call and the latest ones.
const EXCHANGES_KEPT: usize = 60;
/// Exchanges kept in full; older ones keep their line but lose the bodies.
const BODIES_KEPT: usize = 12;

impl Task {
    /// Opens a call: the effect sends it, and a line is added to the log.
    pub(super) fn send(&mut self, call: Call, request: Request, now_ms: u64) -> Effect {
        let line = [request.method.name(), " ", &request.url].concat();
        let sent = request.body.as_ref().map(|body| body.print(Files::Marked)).unwrap_or_default();
        let no = self.note(call, line, sent, now_ms);
        self.now.in_flight.push((no, call));
        let timeout_ms = match call {
            Call::Create => CREATE_TIMEOUT_MS,
            Call::Content => CONTENT_TIMEOUT_MS,
            Call::Query | Call::Cancel | Call::LookUp => CALL_TIMEOUT_MS,
        };
        Effect::Send { no, call, request, timeout_ms }
    }

    /// Adds a line to the log.
    pub(super) fn note(&mut self, call: Call, line: String, sent: String, now_ms: u64) -> u32 {
        self.calls = self.calls.saturating_add(1);
        // The first line, the create call, stays whole: support asks for it.
        if self.exchanges.len() >= EXCHANGES_KEPT {
            self.exchanges.remove(1);
        }
        if self.exchanges.len() >= BODIES_KEPT {
            let old = self.exchanges.len() - BODIES_KEPT + 1;
            self.exchanges[old].received.clear();
        }
        let no = self.calls;
        self.exchanges.push(Exchange {
            no,
            call,
            line,
            sent,
            at_ms: now_ms,
            took_ms: None,
            status: None,
            received: String::new(),
            request_id: String::new(),
            net: None,
        });
        no
    }

    /// Closes a call: `None` if it was no longer open, as with a duplicate response.
    pub(super) fn close(&mut self, no: u32, now_ms: u64) -> Option<(Call, &mut Exchange)> {
        let index = self.now.in_flight.iter().position(|(known, _)| *known == no)?;
        let (_, call) = self.now.in_flight.remove(index);
        let exchange = self.exchanges.iter_mut().find(|exchange| exchange.no == no)?;
        exchange.took_ms = Some(now_ms.saturating_sub(exchange.at_ms));
        Some((call, exchange))
    }
}
