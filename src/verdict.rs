//! The verdict on a task's state: who is at fault, whether anything was billed, whether it may be sent again, what to
//! do. The views put it into words in both languages.

use crate::failure::{Blame, Remedy, Retry, Scene, remedy};
use crate::protocol::Call;
use crate::task::{Doubt, State};

mod advice;

pub use advice::{Advice, Hindrance, Known, advise};

/// Whether anything was billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Billed {
    /// Yes.
    Yes,
    /// No: nothing was generated, and the gateway's own documents say that this is free.
    No,
    /// Most likely not, but nothing the gateway publishes says so.
    Unlikely,
    /// Only the gateway's bill can tell.
    Unknown,
}

/// The answers to the four questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Who is at fault.
    pub blame: Blame,
    /// Whether anything was billed.
    pub billed: Billed,
    /// Whether the same request may be sent again.
    pub retry: Retry,
    /// What to do.
    pub advice: Advice,
}

impl Verdict {
    const fn of(blame: Blame, billed: Billed, advice: Advice) -> Self {
        Self { blame, billed, retry: advice.retry(), advice }
    }
}

/// The verdict on a task's state. `None` while there is nothing to explain.
pub fn verdict(state: &State, scene: Scene) -> Option<Verdict> {
    let failed = if scene.failed_is_free { Billed::No } else { Billed::Unlikely };
    let (blame, billed, remedy) = match state {
        State::Sending | State::ByHand | State::Waiting { .. } | State::Fetching { .. } => return None,
        State::NotSent => (Blame::Network, Billed::No, Remedy::Connect),
        State::Refused(fault) => {
            let remedy = remedy(fault, scene);
            (remedy.blame(), Billed::No, remedy)
        }
        State::Failed(fault, _) => {
            let remedy = remedy(fault, scene);
            (remedy.blame(), failed, remedy)
        }
        State::Doubtful(doubt) => match doubt {
            Doubt::Network(_) => (Blame::Network, Billed::Unknown, Remedy::LookFirst),
            Doubt::Server(fault) => {
                let remedy = remedy(fault, scene);
                (remedy.blame(), Billed::Unknown, remedy)
            }
            Doubt::Unreadable(_) => (Blame::Gateway, Billed::Unknown, Remedy::LookFirst),
        },
        State::Canceled => (Blame::Nobody, failed, Remedy::Nothing),
        State::Lost(_) => (Blame::Unknown, Billed::Unknown, Remedy::CheckTask),
        State::Done(_) => (Blame::Nobody, Billed::Yes, Remedy::Nothing),
    };
    let known = Known::of(state, false, false);
    let blame = if known == Known::NoLink { Blame::Gateway } else { blame };
    Some(Verdict::of(blame, billed, advise(Call::Create, known, remedy)))
}

#[cfg(test)]
mod tests;
