//! What can go wrong with an upload, and what to do about it.

use crate::failure::{Remedy, Scene, remedy};
use crate::http::Response;
use crate::protocol::{self, Amiss, Fault, Unreadable};

/// Why an upload came to nothing. Nothing is billed, and no task exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The policy was too old: ask for a new one and send the file again.
    Expired,
    /// A file of this name is there already: send it under another.
    NameTaken,
    /// The place takes no file of this size: at most so many bytes, if it says so.
    TooLarge(Option<u64>),
    /// The place takes no file of this format.
    Format,
    /// Too many calls, or too much for a day: wait.
    SlowDown(Fault),
    /// The key was refused.
    Key(Fault),
    /// This base gives no policies, or none for this model.
    NotHere(Fault),
    /// The policy names a store that is not Alibaba's, at this origin. Nothing was sent there.
    Store(String),
    /// Some other refusal, in the words of whoever refused.
    Refused(Fault),
    /// The response makes no sense.
    Unreadable(Unreadable),
}

/// What the next press does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// All steps once more, under a new name.
    Again,
    /// The same after a while.
    Later,
    /// Another file has to be chosen, or this one changed.
    OtherFile,
    /// The key or the base has to be changed.
    OtherKey,
    /// The file has to be put somewhere else, and its link used.
    Elsewhere,
}

impl Trouble {
    /// What the next press does.
    pub fn next(&self) -> Next {
        match self {
            Self::Expired | Self::NameTaken | Self::Unreadable(_) => Next::Again,
            Self::SlowDown(_) => Next::Later,
            Self::TooLarge(_) | Self::Format => Next::OtherFile,
            Self::Key(_) => Next::OtherKey,
            Self::Refused(fault) if fault.status >= 500 || fault.status == 424 => Next::Later,
            Self::NotHere(_) | Self::Store(_) | Self::Refused(_) => Next::Elsewhere,
        }
    }

    /// What somebody said about it, if there is more to show than the kind of trouble.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::SlowDown(fault) | Self::Key(fault) | Self::NotHere(fault) | Self::Refused(fault) => Some(fault),
            _ => None,
        }
    }

    pub(super) fn of(amiss: Amiss) -> Self {
        match amiss {
            Amiss::Refused(fault) => by_fault(fault),
            Amiss::Unreadable(why) => Self::Unreadable(why),
        }
    }

    /// The same for a policy: a base that has no such call says so in many ways.
    pub(super) fn of_policy(amiss: Amiss) -> Self {
        match Self::of(amiss) {
            Self::Refused(fault) if matches!(fault.status, 400 | 404 | 405) => Self::NotHere(fault),
            trouble => trouble,
        }
    }
}

fn by_fault(fault: Fault) -> Trouble {
    let said = fault.message.to_ascii_lowercase();
    match fault.code.as_str() {
        // The relay knows a store for as long as a policy is good.
        "Relay.store" => return Trouble::Expired,
        "Relay.request_too_large" => return Trouble::TooLarge(None),
        _ if fault.status == 413 => return Trouble::TooLarge(None),
        _ => {}
    }
    match remedy(&fault, Scene::default()) {
        Remedy::CheckKey | Remedy::CheckKeyRegion | Remedy::CheckWorkspace => Trouble::Key(fault),
        Remedy::SlowDown | Remedy::TopUp => Trouble::SlowDown(fault),
        Remedy::SmallerFile => Trouble::TooLarge(None),
        Remedy::UploadAgain => Trouble::Expired,
        Remedy::FixMedia => Trouble::Format,
        _ if ["too large", "size limit", "exceeds the maximum"].iter().any(|words| said.contains(words)) => {
            Trouble::TooLarge(None)
        }
        _ if ["unsupported", "file type", "content type"].iter().any(|words| said.contains(words)) => Trouble::Format,
        _ => Trouble::Refused(fault),
    }
}

/// Whether the store has taken the file. Its refusals are XML.
///
/// # Errors
/// If it has not.
pub(super) fn stored(answer: &Response) -> Result<(), Trouble> {
    if matches!(answer.status, 200 | 201 | 204) {
        // Under these statuses a store sends nothing, or where the file is; a page comes from something in between.
        let is_page = answer.body.trim_start().get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"));
        return if is_page { Err(Trouble::Unreadable(Unreadable::Html)) } else { Ok(()) };
    }
    let (Some(code), message) = (element(&answer.body, "Code"), element(&answer.body, "Message").unwrap_or_default())
    else {
        // Not the store itself: the relay, or something else on the way.
        return Err(match protocol::whole(answer) {
            Ok(_) => Trouble::Unreadable(Unreadable::Shape),
            Err(amiss) => Trouble::of(amiss),
        });
    };
    let said = message.to_ascii_lowercase();
    let fault = || Fault {
        status: answer.status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: element(&answer.body, "RequestId").unwrap_or_default().to_owned(),
        ..Fault::default()
    };
    Err(match code {
        "AccessDenied" if said.contains("policy expired") => Trouble::Expired,
        "FileAlreadyExists" | "ObjectAlreadyExists" => Trouble::NameTaken,
        "EntityTooLarge" | "FieldItemTooLong" => Trouble::TooLarge(None),
        "RequestTimeTooSkewed" | "RequestTimeout" | "InvalidAccessKeyId" | "SecurityTokenExpired" => Trouble::Expired,
        _ => Trouble::Refused(fault()),
    })
}

/// The text of an element of the store's small XML, as it stands there.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&*["<", name, ">"].concat())?;
    let (text, _) = rest.split_once(&*["</", name, ">"].concat())?;
    Some(text.trim())
}
