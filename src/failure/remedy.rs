//! What helps against a failure, and what follows from that: who is at fault, and whether to send it again.

/// Who is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// Something in the request, the key or the address.
    You,
    /// The content rules of the gateway.
    Content,
    /// The account: rights, quota, money, rate.
    Account,
    /// The gateway.
    Gateway,
    /// What lies between the browser and the gateway.
    Network,
    /// Nobody: it is merely so.
    Nobody,
    /// The gateway gives no reason.
    Unknown,
}

/// Whether the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// At once.
    Yes,
    /// After some minutes.
    Later,
    /// After a change.
    AfterChange,
    /// Only when it is certain that the first one made no task.
    AfterLook,
    /// It would end the same way.
    No,
    /// It would make and bill a second video.
    Twice,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// A value of the request is wrong.
    FixRequest,
    /// The gateway could not fetch or read an image, audio or video.
    FixMedia,
    /// The body did not arrive as it was written.
    FixBody,
    /// The leave to upload a file has run out.
    UploadAgain,
    /// A file is too large to travel inside the request.
    SmallerFile,
    /// The content was refused by moderation.
    ChangeContent,
    /// The key is missing, wrong or expired.
    CheckKey,
    /// The key was refused at a gateway whose keys belong to one region each.
    CheckKeyRegion,
    /// The key belongs to another workspace or application.
    CheckWorkspace,
    /// The account may not use this model or interface.
    GetAccess,
    /// The model is not offered in the region of the address.
    ModelElsewhere,
    /// The gateway's marker for asynchronous calls got lost on the way.
    MissingHeader,
    /// Money or quota is used up. Trying later does not help.
    TopUp,
    /// The free quota is used up, and the account is set to use nothing else.
    FreeTierOver,
    /// Too many calls: wait.
    SlowDown,
    /// The gateway does not have this model.
    CheckModel,
    /// The address does not fit: path, region and model do not belong together.
    CheckAddress,
    /// The gateway has nobody at present who would run this model.
    NoChannel,
    /// The gateway does not know this task.
    CheckTask,
    /// The result is not there yet.
    Wait,
    /// Trouble on the gateway's side that mostly passes at once.
    TryOnce,
    /// Trouble on the gateway's side that takes its time.
    TryLater,
    /// A proxy in between answered with a page of its own.
    Intermediary,
    /// The relay of the page's server did not pass the call on.
    CheckRelay,
    /// A task that runs can no longer be canceled.
    LetRun,
    /// The browser is offline.
    Connect,
    /// Find out whether the task exists before anything else.
    LookFirst,
    /// Nothing: it ended as was wished.
    Nothing,
    /// Nothing known: show what the gateway said.
    Unknown,
}

impl Remedy {
    /// Who is at fault where this is what helps.
    pub const fn blame(self) -> Blame {
        match self {
            Self::FixRequest
            | Self::FixMedia
            | Self::FixBody
            | Self::UploadAgain
            | Self::SmallerFile
            | Self::CheckKey
            | Self::CheckKeyRegion
            | Self::CheckWorkspace
            | Self::ModelElsewhere
            | Self::CheckModel
            | Self::CheckAddress
            | Self::CheckTask => Blame::You,
            Self::ChangeContent => Blame::Content,
            Self::GetAccess | Self::TopUp | Self::FreeTierOver | Self::SlowDown => Blame::Account,
            Self::NoChannel | Self::TryOnce | Self::TryLater => Blame::Gateway,
            Self::MissingHeader | Self::CheckRelay | Self::Intermediary | Self::Connect => Blame::Network,
            Self::Wait | Self::LetRun | Self::Nothing => Blame::Nobody,
            Self::LookFirst | Self::Unknown => Blame::Unknown,
        }
    }

    /// Whether the same request may be sent again where this is what helps.
    pub const fn retry(self) -> Retry {
        match self {
            Self::TryOnce | Self::Connect => Retry::Yes,
            Self::SlowDown | Self::NoChannel | Self::Wait | Self::TryLater | Self::Intermediary | Self::CheckRelay => {
                Retry::Later
            }
            Self::FixRequest
            | Self::FixMedia
            | Self::FixBody
            | Self::UploadAgain
            | Self::SmallerFile
            | Self::ChangeContent
            | Self::CheckKey
            | Self::CheckKeyRegion
            | Self::CheckWorkspace
            | Self::GetAccess
            | Self::ModelElsewhere
            | Self::MissingHeader
            | Self::CheckModel
            | Self::CheckAddress
            | Self::CheckTask => Retry::AfterChange,
            Self::LookFirst => Retry::AfterLook,
            Self::TopUp | Self::FreeTierOver | Self::LetRun | Self::Nothing | Self::Unknown => Retry::No,
        }
    }
}
