//! One log line per call: the documented path, never the real one; no headers, no query, no body.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::http::{Method, StatusCode};

use super::refusal::Refusal;
use super::route::Goal;

/// What is known of a call. The line is written when it is dropped.
#[derive(Debug)]
pub(super) struct Record {
    began: Instant,
    method: &'static str,
    /// Gateway, host, documented path.
    goal: Option<(String, String, String)>,
    outcome: Option<(u16, &'static str)>,
    received: Arc<AtomicU64>,
    sent: u64,
    is_handed_on: bool,
}

impl Record {
    pub fn new(method: &Method) -> Self {
        let method = match *method {
            Method::GET => "GET",
            Method::POST => "POST",
            // The caller's own method could be anything.
            _ => "other",
        };
        let received = Arc::new(AtomicU64::new(0));
        Self { began: Instant::now(), method, goal: None, outcome: None, received, sent: 0, is_handed_on: false }
    }

    pub fn goes_to(&mut self, goal: &Goal) {
        self.goal = Some((goal.gateway.clone(), goal.host.clone(), goal.pattern.clone()));
    }

    pub fn refused(&mut self, refusal: &Refusal) {
        self.outcome = Some((refusal.status(), refusal.code()));
    }

    /// Counts the bytes of the request.
    pub fn received(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.received)
    }

    /// The record of a call that has a response: it continues with the body, and this one no longer writes a line.
    pub fn answered(&mut self, status: StatusCode) -> Self {
        self.is_handed_on = true;
        Self {
            began: self.began,
            method: self.method,
            goal: self.goal.take(),
            outcome: Some((status.as_u16(), "cut")),
            received: Arc::clone(&self.received),
            sent: 0,
            is_handed_on: false,
        }
    }

    /// Counts bytes of the response.
    pub fn add_sent(&mut self, bytes: u64) {
        self.sent += bytes;
    }

    /// The response has been passed on completely.
    pub fn whole(&mut self) {
        if let Some((_, how)) = &mut self.outcome {
            *how = "whole";
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if self.is_handed_on {
            return;
        }
        let dash = String::from("-");
        let (gateway, host, path) =
            self.goal.as_ref().map_or((&dash, &dash, &dash), |(gateway, host, path)| (gateway, host, path));
        let (status, how) = self.outcome.unwrap_or((0, "caller left"));
        let received = self.received.load(Ordering::Relaxed);
        let milliseconds = self.began.elapsed().as_millis();
        tracing::info!(
            target: "relay",
            "{} {gateway} {host} {path} {status} {how}, {received} B in, {} B out, {milliseconds} ms",
            self.method,
            self.sent
        );
    }
}
