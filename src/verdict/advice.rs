//! What may be advised: decided here alone, from which call failed and what is known of the task. To run again is
//! advised where no task stands in the way of it, and nowhere else: a task that exists or may exist was or will be
//! billed, and another run makes and bills a second one.

use crate::failure::{Remedy, Retry};
use crate::protocol::{Call, VideoAt};
use crate::task::{Following, State, Task};

/// What is known of the task a call was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// There is none: the create call never left, or was refused.
    Nothing,
    /// Not even which call failed: somebody brought an error and nothing else.
    Unsaid,
    /// There may be one.
    Perhaps,
    /// The gateway does not know it, or not yet, and has not said so often enough to be believed.
    Unseen {
        /// The page asks again by itself.
        asks: bool,
    },
    /// The gateway works on it.
    Runs {
        /// The page asks again by itself.
        asks: bool,
    },
    /// The video is made, and still at the gateway.
    Made {
        /// The page fetches it by itself.
        asks: bool,
    },
    /// The video is here.
    Done,
    /// The video is made, but the answer holds no link to it.
    NoLink,
    /// Its link has died.
    Expired,
    /// No video was made.
    Failed,
    /// It was canceled.
    Canceled,
    /// The gateway says that it does not know it: it is gone, or lives elsewhere.
    Lost,
}

impl Known {
    /// What a state tells; whether the page asks by itself, and whether the gateway has just denied the task.
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

    /// What is known of a task of the page.
    pub fn of_task(task: &Task) -> Self {
        Self::of(&task.state, task.following == Following::Yes, task.is_denied())
    }

    /// Whether a task exists, or may exist, that another run would double.
    pub const fn may_exist(self) -> bool {
        !matches!(self, Self::Nothing | Self::Failed | Self::Canceled)
    }
}

/// What keeps a question about a task from being answered. Unlike a remedy it says nothing of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hindrance {
    /// Too many calls.
    Rate,
    /// Trouble at the gateway.
    Gateway,
    /// The key.
    Key,
    /// The key, at a gateway whose keys belong to one region each.
    KeyRegion,
    /// Rights or money of the account.
    Account,
    /// Something in between answered.
    Proxy,
    /// The relay of the page's server.
    Relay,
    /// The result is not there yet.
    NotReady,
    /// The gateway does not find it at this address.
    NotFound,
    /// The call was refused for another reason.
    Other,
}

/// What is advised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// No task stands in the way: do this, and run again where that helps.
    Run(Remedy),
    /// Run again whenever it is wanted.
    Anew,
    /// Find out first which call it was.
    Unsaid(Remedy),
    /// Find out whether the task exists.
    Look(Remedy),
    /// The list of tasks gave no answer: look for the task elsewhere.
    LookElsewhere(Hindrance),
    /// Let the page ask on, or have it ask on.
    Ask {
        /// Why the last question was no help.
        why: Hindrance,
        /// The page does so by itself.
        asks: bool,
    },
    /// The gateway does not know the task, or not yet: ask on.
    AskUnseen {
        /// The page does so by itself.
        asks: bool,
    },
    /// Download again: the video is made and paid.
    Download {
        /// Why the last try was no help.
        why: Hindrance,
        /// The page does so by itself.
        asks: bool,
    },
    /// It was not canceled, and goes on.
    LetRun(Hindrance),
    /// Ask for it where it was created.
    AskElsewhere,
    /// Ask the gateway's support for the link.
    AskSupport,
    /// The video is gone, and nothing brings it back.
    Gone,
    /// Nothing.
    Nothing,
}

/// What to do after a call failed, or where a task has come to an end.
pub const fn advise(call: Call, known: Known, remedy: Remedy) -> Advice {
    match known {
        // A code that tells of a task all the same is believed.
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
    /// Whether it tells people to run again, now or after something was done.
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
    /// What it means of a call that asks about a task.
    pub const fn hindrance(self) -> Hindrance {
        match self {
            Self::SlowDown => Hindrance::Rate,
            Self::TryOnce | Self::TryLater | Self::NoChannel => Hindrance::Gateway,
            Self::CheckKey | Self::CheckWorkspace => Hindrance::Key,
            Self::CheckKeyRegion => Hindrance::KeyRegion,
            Self::GetAccess | Self::TopUp | Self::FreeTierOver => Hindrance::Account,
            Self::Intermediary => Hindrance::Proxy,
            Self::CheckRelay => Hindrance::Relay,
            Self::Wait => Hindrance::NotReady,
            Self::CheckTask | Self::CheckAddress | Self::CheckModel | Self::ModelElsewhere => Hindrance::NotFound,
            _ => Hindrance::Other,
        }
    }
}
