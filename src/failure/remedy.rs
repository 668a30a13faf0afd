//! What to do about a failure, and what follows from that: who is at fault, and whether to send it again.

/// Who is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// Something in the request, the key or the URL.
    You,
    /// The content rules of the gateway.
    Content,
    /// The account: permissions, quota, balance, rate limit.
    Account,
    /// The gateway.
    Gateway,
    /// The network between the browser and the gateway.
    Network,
    /// Nobody: it is a normal condition.
    Nobody,
    /// The gateway gives no reason.
    Unknown,
}

/// Whether the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// Immediately.
    Yes,
    /// After a few minutes.
    Later,
    /// After a change.
    AfterChange,
    /// Only when it is certain that the first one created no task.
    AfterLook,
    /// It would end the same way.
    No,
    /// It would create and bill a second video.
    Twice,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// A value of the request is wrong.
    FixRequest,
    /// The gateway could not fetch or read an image, audio or video.
    FixMedia,
    /// The body did not arrive as it was sent.
    FixBody,
    /// The permission to upload a file has expired.
    UploadAgain,
    /// The link to a result has ended.
    LinkEnded,
    /// A file is too large to be sent inside the request.
    SmallerFile,
    /// The content was refused by moderation.
    ChangeContent,
    /// The key is missing, wrong or expired.
    CheckKey,
    /// The key was refused at a gateway with separate keys for each region.
    CheckKeyRegion,
    /// The key belongs to another workspace or application.
    CheckWorkspace,
    /// The account may not use this model or interface.
    GetAccess,
    /// The model is not offered in the region of the URL.
    ModelElsewhere,
    /// The gateway's header for asynchronous calls was lost on the way.
    MissingHeader,
    /// Balance or quota is used up. Trying later does not help.
    TopUp,
    /// The free quota is used up, and the account is set to use nothing but that.
    FreeTierOver,
    /// Too many calls: wait.
    SlowDown,
    /// The gateway does not have this model.
    CheckModel,
    /// The URL is wrong: path, region and model do not match.
    CheckAddress,
    /// The gateway currently has no channel that runs this model.
    NoChannel,
    /// The group of the token has no channel for this model: another group, token or model.
    ChangeGroup,
    /// The gateway does not know this task.
    CheckTask,
    /// The result is not ready yet.
    Wait,
    /// A problem at the gateway that usually passes right away.
    TryOnce,
    /// A problem at the gateway that takes a while.
    TryLater,
    /// A proxy in between responded with a page of its own.
    Intermediary,
    /// The relay of the page's server did not forward the call.
    CheckRelay,
    /// A running task can no longer be canceled.
    LetRun,
    /// The browser is offline.
    Connect,
    /// Find out whether the task exists before anything else.
    LookFirst,
    /// Nothing: it ended as intended.
    Nothing,
    /// Unknown cause: show what the gateway said.
    Unknown,
}

impl Remedy {
    /// Who is at fault if this is the remedy.
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
            Self::GetAccess | Self::ChangeGroup | Self::TopUp | Self::FreeTierOver | Self::SlowDown => Blame::Account,
            Self::NoChannel | Self::TryOnce | Self::TryLater => Blame::Gateway,
            Self::MissingHeader | Self::CheckRelay | Self::Intermediary | Self::Connect => Blame::Network,
            Self::Wait | Self::LetRun | Self::LinkEnded | Self::Nothing => Blame::Nobody,
            Self::LookFirst | Self::Unknown => Blame::Unknown,
        }
    }

    /// Whether the same request may be sent again if this is the remedy.
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
            | Self::ChangeGroup
            | Self::ModelElsewhere
            | Self::MissingHeader
            | Self::CheckModel
            | Self::CheckAddress
            | Self::CheckTask => Retry::AfterChange,
            Self::LookFirst => Retry::AfterLook,
            Self::TopUp | Self::FreeTierOver | Self::LetRun | Self::LinkEnded | Self::Nothing | Self::Unknown => {
                Retry::No
            }
        }
    }
}
