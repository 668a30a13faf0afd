//! A task of a simulated gateway: what was ordered, and its state at a given time.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::call::Gateway;
use super::clip::{self, Clip};
use super::scenario::Scenario;
use crate::server::clock::Clock;

/// Simulated seconds from creation until the task runs, and until it is finished.
const QUEUED_SECONDS: f64 = 4.0;
/// Until an accepted request is refused.
const CHECKED_SECONDS: f64 = 0.1;
const DONE_SECONDS: f64 = 24.0;
/// When a task that is going to fail does so, and when an odd status string is shown.
const FAILED_SECONDS: f64 = 12.0;
const ODD_SECONDS: std::ops::Range<f64> = 6.0..18.0;
/// How long tasks and links are kept, according to the documents of `DashScope`.
pub(super) const KEPT_MS: i64 = 24 * 3_600_000;

/// The video to be made, and what its bill is based on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    pub model: String,
    pub prompt: Option<String>,
    /// Whether the response contains the rewritten prompt.
    pub rewritten: bool,
    #[serde(serialize_with = "write_clip", deserialize_with = "read_clip")]
    pub clip: &'static Clip,
    pub output_ms: u32,
    /// Seconds of reference video that are billed in addition.
    pub input_seconds: u32,
    pub sound: bool,
    pub family: Family,
    /// What is wrong with the request, if the gateway reports it only after accepting it.
    #[serde(default)]
    pub refusal: Option<String>,
}

/// The groups of models whose responses differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Family {
    Text,
    Text22,
    Image,
    Image22,
    Frames,
    Speech,
    Reference,
    Wan27,
    Wan30,
    /// An animated image, in standard and in professional mode.
    Motion,
    MotionPro,
}

/// Which of a gateway's protocols the task was created through; it is invisible to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Dialect {
    Bailian,
    /// Crazyrouter's `/v1/video/generations`.
    VideoAlias,
    /// OPE.AI's `/v1/videos`.
    Unified,
    AceData,
}

/// A task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    pub id: String,
    pub gateway: Gateway,
    pub dialect: Dialect,
    pub order: Order,
    pub scenario: Option<Scenario>,
    pub created_ms: i64,
    pub canceled_ms: Option<i64>,
    /// The body of the create call, for gateways that return it.
    pub request: Value,
    /// The size of that body.
    #[serde(default)]
    pub request_bytes: usize,
    /// Queries so far; the first ones can be disturbed by a scenario.
    pub queries: u32,
    /// Attempts to fetch the finished video.
    pub fetches: u32,
}

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Queued,
    Running,
    /// Running, but with a status string that is in no document.
    Odd,
    Succeeded,
    Failed(Failure),
    Canceled,
    /// No longer known.
    Lost,
}

/// Why a task failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    Moderation,
    UnreadableImage,
    /// The request itself, checked only after it was accepted.
    Refused,
}

/// What is sent instead of a response to a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disturbance {
    Throttled,
    ServerError,
    Html,
}

/// Clips are part of the program; only the size is stored on disk.
#[allow(clippy::trivially_copy_pass_by_ref)] // Serde passes a reference to the field.
fn write_clip<S: Serializer>(clip: &&'static Clip, into: S) -> Result<S::Ok, S::Error> {
    (clip.width, clip.height).serialize(into)
}

fn read_clip<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Clip, D::Error> {
    let (width, height) = Deserialize::deserialize(from)?;
    clip::of_size(width, height).ok_or_else(|| serde::de::Error::custom("there is no clip of that size"))
}

impl Task {
    fn slowness(&self) -> f64 {
        if self.scenario == Some(Scenario::Slow) { 5.0 } else { 1.0 }
    }

    /// The message of its refusal, if it was refused after being accepted.
    pub fn refusal(&self) -> Option<&str> {
        self.order.refusal.as_deref().or_else(|| self.scenario?.refusal())
    }

    fn failure(&self) -> Option<Failure> {
        if self.refusal().is_some() {
            return Some(Failure::Refused);
        }
        match self.scenario? {
            Scenario::Moderation => Some(Failure::Moderation),
            Scenario::UnreadableImage => Some(Failure::UnreadableImage),
            _ => None,
        }
    }

    /// When it left the queue, or will.
    pub fn scheduled_ms(&self, clock: &Clock) -> i64 {
        let is_checked = self.failure() == Some(Failure::Refused);
        let seconds = if is_checked { CHECKED_SECONDS } else { QUEUED_SECONDS };
        clock.after(self.created_ms, seconds * self.slowness())
    }

    /// When it finished, or will.
    pub fn ended_ms(&self, clock: &Clock) -> i64 {
        let seconds = match self.failure() {
            Some(Failure::Refused) => CHECKED_SECONDS,
            Some(_) => FAILED_SECONDS,
            None => DONE_SECONDS,
        };
        self.canceled_ms.unwrap_or_else(|| clock.after(self.created_ms, seconds * self.slowness()))
    }

    /// Simulated seconds since creation, as if the task were not slow.
    pub fn age_seconds(&self, clock: &Clock) -> f64 {
        clock.simulated_seconds(self.created_ms, clock.now_ms()) / self.slowness()
    }

    /// Its current state.
    pub fn phase(&self, clock: &Clock) -> Phase {
        let now_ms = clock.now_ms();
        if now_ms - self.created_ms > KEPT_MS {
            return Phase::Lost;
        }
        if self.canceled_ms.is_some() {
            return Phase::Canceled;
        }
        if now_ms < self.scheduled_ms(clock) {
            return Phase::Queued;
        }
        if now_ms >= self.ended_ms(clock) {
            return match (self.failure(), self.scenario) {
                (Some(failure), _) => Phase::Failed(failure),
                (None, Some(Scenario::Expired)) => Phase::Lost,
                (None, _) => Phase::Succeeded,
            };
        }
        let odd = self.scenario == Some(Scenario::UnknownState) && ODD_SECONDS.contains(&self.age_seconds(clock));
        if odd { Phase::Odd } else { Phase::Running }
    }

    /// Whether an attempt has failed, and the next has not begun.
    pub fn attempt_failed(&self, clock: &Clock) -> bool {
        self.scenario == Some(Scenario::AttemptFailed) && ODD_SECONDS.contains(&self.age_seconds(clock))
    }

    /// Counts a query and returns what disturbs it.
    pub fn query(&mut self) -> Option<Disturbance> {
        self.queries = self.queries.saturating_add(1);
        match (self.scenario?, self.queries) {
            (Scenario::Throttled, 1 | 2) => Some(Disturbance::Throttled),
            (Scenario::ServerError, 1 | 2) => Some(Disturbance::ServerError),
            (Scenario::Html, 1) => Some(Disturbance::Html),
            _ => None,
        }
    }

    /// Counts a fetch of the finished video; the first can be told to come back later.
    pub fn fetch_is_early(&mut self) -> bool {
        self.fetches = self.fetches.saturating_add(1);
        self.scenario == Some(Scenario::NotReady) && self.fetches == 1
    }
}
