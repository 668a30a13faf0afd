//! What may be advised: decided only here, from which call failed and what is known about the task. Running again is
//! advised only where no existing task speaks against it: a task that exists or may exist was or will be billed, and
//! another run generates and bills a second one.

use crate::failure::{Remedy, Retry};
use crate::protocol::{Call, VideoAt};
use crate::task::{Following, State, Task};

/// What is known about the task a call was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// There is none: the create call was never sent, or was refused.
    Nothing,
    /// Not even which call failed is known: the user pasted an error and nothing else.
    Unsaid,
    /// There may be one.
    Perhaps,
    /// The gateway does not know it, or not yet, and has not reported that often enough to be believed.
    Unseen {
        /// The page polls automatically.
        asks: bool,
    },
    /// The gateway is working on it.
    Runs {
        /// The page polls automatically.
        asks: bool,
    },
    /// The video is ready, and still at the gateway.
    Made {
        /// The page downloads it automatically.
        asks: bool,
    },
    /// The video is here.
    Done,
    /// The video is ready, but the response has no link to it.
    NoLink,
    /// Its link has expired.
    Expired,
    /// No video was generated.
    Failed,
    /// It was canceled.
    Canceled,
    /// The gateway says that it does not know it: it is gone, or is somewhere else.
    Lost,
}

impl Known {
    /// What a state implies, given whether the page polls automatically, and whether the gateway has just denied the
    /// task.
    pub fn of(state: &State, asks: bool, is_denied: bool) -> Self {
        match state {
            State::NotSent | State::Refused(_) => Self::Nothing,
            State::Sending | State::ByHand | State::Doubtful(_) => Self::Perhaps,
            State::Waiting { .. } if is_denied => Self::Unseen { asks },
            State::Waiting { .. } => Self::Runs { asks },
            State::Fetching { .. } => Self::Made { asks },
            State::Done(done) if done.video == VideoAt::Nowhere => Self::NoLink,
            State::Done(_) => Self::Done,
            State::Failed(..) => Self::Failed,
            State::Canceled => Self::Canceled,
            State::Lost(_) => Self::Lost,
        }
    }

    /// What is known about a task of the page.
    pub fn of_task(task: &Task) -> Self {
        Self::of(&task.state, task.following == Following::Yes, task.is_denied())
    }

    /// Whether a task exists, or may exist, that another run would duplicate.
    pub const fn may_exist(self) -> bool {
        !matches!(self, Self::Nothing | Self::Failed | Self::Canceled)
    }
}

/// What prevents a query about a task from being answered. Unlike a remedy it says nothing about the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hindrance {
    /// Too many calls.
    Rate,
    /// A problem at the gateway.
    Gateway,
    /// The key.
    Key,
    /// The key, at a gateway with separate keys for each region.
    KeyRegion,
    /// Permissions or balance of the account.
    Account,
    /// A proxy in between responded.
    Proxy,
    /// The relay of the page's server.
    Relay,
    /// The result is not ready yet.
    NotReady,
    /// The gateway does not find it at this URL.
    NotFound,
    /// The call was refused for another reason.
    Other,
}

/// What is advised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// No task rules out another run: do this, and run again where that helps.
    Run(Remedy),
    /// Run again at any time.
    Anew,
    /// Find out first which call it was.
    Unsaid(Remedy),
    /// Find out whether the task exists.
    Look(Remedy),
    /// The list of tasks could not be read: search for the task elsewhere.
    LookElsewhere(Hindrance),
    /// Let the page keep polling, or resume polling.
    Ask {
        /// Why the last query did not help.
        why: Hindrance,
        /// The page does so automatically.
        asks: bool,
    },
    /// The gateway does not know the task, or not yet: keep polling.
    AskUnseen {
        /// The page does so automatically.
        asks: bool,
    },
    /// Download again: the video is ready and paid for.
    Download {
        /// Why the last attempt failed.
        why: Hindrance,
        /// The page does so automatically.
        asks: bool,
    },
    /// It was not canceled, and continues.
    LetRun(Hindrance),
    /// Query it where it was created.
    AskElsewhere,
    /// Ask the gateway's support for the link.
    AskSupport,
    /// The video is gone, and nothing brings it back.
    Gone,
    /// Nothing.
    Nothing,
}

/// What to do after a call failed, or when a task has ended.
pub const fn advise(call: Call, known: Known, remedy: Remedy) -> Advice {
    match known {
        // A code that indicates a task anyway is believed.
        Known::Nothing | Known::Failed => match remedy {
            Remedy::LookFirst | Remedy::Wait => Advice::Look(remedy),
            Remedy::CheckTask => Advice::AskElsewhere,
            Remedy::Nothing => Advice::Anew,
            _ => Advice::Run(remedy),
        },
        Known::Canceled => Advice::Anew,
        Known::Unsaid => Advice::Unsaid(remedy),
        Known::Perhaps => match call {
            Call::LookUp => Advice::LookElsewhere(remedy.hindrance()),
            _ => Advice::Look(remedy),
        },
        Known::Unseen { asks } | Known::Runs { asks } => match (call, known) {
            (Call::Cancel, _) => Advice::LetRun(remedy.hindrance()),
            (_, Known::Unseen { .. }) => Advice::AskUnseen { asks },
            _ => Advice::Ask { why: remedy.hindrance(), asks },
        },
        Known::Made { asks } => Advice::Download { why: remedy.hindrance(), asks },
        Known::Done => match call {
            Call::Content => Advice::Download { why: remedy.hindrance(), asks: false },
            _ => Advice::Nothing,
        },
        Known::NoLink => Advice::AskSupport,
        Known::Expired => Advice::Gone,
        Known::Lost => Advice::AskElsewhere,
    }
}

impl Advice {
    /// Whether it advises running again, now or after some action.
    pub const fn is_to_run(self) -> bool {
        matches!(self, Self::Run(_) | Self::Anew)
    }

    /// Whether the same request may be sent again.
    pub const fn retry(self) -> Retry {
        match self {
            Self::Run(remedy) => remedy.retry(),
            Self::Anew => Retry::Yes,
            Self::Unsaid(_) | Self::Look(_) | Self::LookElsewhere(_) => Retry::AfterLook,
            _ => Retry::Twice,
        }
    }
}

impl Remedy {
    /// What it means for a call that queries a task.
    pub const fn hindrance(self) -> Hindrance {
        match self {
            Self::SlowDown => Hindrance::Rate,
            Self::TryOnce | Self::TryLater | Self::NoChannel => Hindrance::Gateway,
            Self::CheckKey | Self::CheckWorkspace => Hindrance::Key,
            Self::CheckKeyRegion => Hindrance::KeyRegion,
            Self::GetAccess | Self::ChangeGroup | Self::TopUp | Self::FreeTierOver => Hindrance::Account,
            Self::Intermediary => Hindrance::Proxy,
            Self::CheckRelay => Hindrance::Relay,
            Self::Wait => Hindrance::NotReady,
            Self::CheckTask | Self::CheckAddress | Self::CheckModel | Self::ModelElsewhere => Hindrance::NotFound,
            _ => Hindrance::Other,
        }
    }
}
