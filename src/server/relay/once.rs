//! A create call that carries a name is accepted once. A browser repeats a call automatically when its connection
//! closes without a response; the name tells the relay that it is the same call. It is not forwarded again: a repeated
//! call waits for the response to the first and gets that, so that the task's id is not lost either.
//!
//! What is kept, for a while and in memory only: the response to the create call, under a hash of its name, path and
//! key.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use tokio::sync::watch;
use tokio::time::Instant;

/// How long a name is remembered after its call began: longer than any browser keeps retrying.
const KEPT: Duration = Duration::from_mins(20);
/// Names remembered at the same time; the oldest are dropped first.
const NAMES: usize = 1024;
/// Longest response that is kept. A response to a create call has a few thousand bytes.
pub(super) const ANSWER_BYTES: usize = 64 << 10;
/// Longest name.
const NAME_LENGTH: usize = 64;

/// A response that can be returned again.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// What became of a named call.
#[derive(Debug, Clone, Default)]
pub(super) enum Outcome {
    /// Nothing yet.
    #[default]
    UnderWay,
    /// This response.
    Answered(Kept),
    /// It was forwarded, and there is no response to return again.
    Gone,
}

/// The names that have been accepted.
#[derive(Debug, Default)]
pub(super) struct Once {
    hasher: RandomState,
    taken: Mutex<HashMap<u64, (Instant, watch::Receiver<Outcome>)>>,
}

/// Whose turn it is.
pub(super) enum Turn {
    /// The first with this name: it is forwarded, and its response is reported here.
    First(watch::Sender<Outcome>),
    /// The call was accepted already.
    Again(watch::Receiver<Outcome>),
}

impl Once {
    /// The turn of a call. `None`: it carries no name, or an invalid one.
    pub fn turn(&self, path: &str, headers: &HeaderMap) -> Option<Turn> {
        let mut names = headers.get_all(crate::route::ONCE).iter();
        let name = names.next().filter(|_| names.next().is_none())?.to_str().ok()?;
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if name.is_empty() || name.len() > NAME_LENGTH || !is_plain {
            return None;
        }
        // The key is part of the hash, so that a name alone gets nobody's response.
        let key = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes().to_vec());
        let mark = self.hasher.hash_one((name, path, key));
        let now = Instant::now();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, (began, _)| now.duration_since(*began) < KEPT);
        if let Some((_, outcome)) = taken.get(&mark) {
            return Some(Turn::Again(outcome.clone()));
        }
        if taken.len() >= NAMES
            && let Some(oldest) = taken.iter().min_by_key(|(_, (began, _))| *began).map(|(mark, _)| *mark)
        {
            taken.remove(&oldest);
        }
        let (sender, receiver) = watch::channel(Outcome::UnderWay);
        taken.insert(mark, (now, receiver));
        Some(Turn::First(sender))
    }
}

/// Waits for the response to the first call with this name. `None`: there is none that could be returned again.
pub(super) async fn wait(mut outcome: watch::Receiver<Outcome>) -> Option<Kept> {
    let outcome = outcome.wait_for(|outcome| !matches!(outcome, Outcome::UnderWay)).await.ok()?.clone();
    if let Outcome::Answered(kept) = outcome { Some(kept) } else { None }
}
