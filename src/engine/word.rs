//! The messages between tabs. A message never contains a record's contents or a key: the receiver reads the disk.

use crate::task::Input;

/// A message to the other tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A newer record is on disk.
    Saved(String),
    /// A task was deleted.
    Gone(String),
    /// A request by the user for a task that another tab polls.
    Wish(String, Input),
    /// All keys must be forgotten.
    Forget,
}

/// Requests that can be sent between tabs, by their names.
const WISHES: [(&str, Input); 5] = [
    ("ask", Input::AskNow),
    ("stop", Input::Stop),
    ("follow", Input::Follow),
    ("cancel", Input::Cancel),
    ("by-hand", Input::ByHand),
];

impl Word {
    /// Serializes it. `None` for a request that no message can carry.
    pub fn print(&self) -> Option<String> {
        let (name, uid) = match self {
            Self::Saved(uid) => ("saved", uid.as_str()),
            Self::Gone(uid) => ("gone", uid.as_str()),
            Self::Forget => ("forget", ""),
            Self::Wish(uid, wish) => (WISHES.iter().find(|(_, known)| known == wish)?.0, uid.as_str()),
        };
        Some([name, " ", uid].concat())
    }

    /// Parses a message. `None` for anything that no page sends.
    pub fn read(text: &str) -> Option<Self> {
        let (name, uid) = text.split_once(' ')?;
        let uid = uid.to_owned();
        match name {
            "saved" => Some(Self::Saved(uid)),
            "gone" => Some(Self::Gone(uid)),
            "forget" => Some(Self::Forget),
            other => {
                let (_, wish) = WISHES.iter().find(|(known, _)| *known == other)?;
                Some(Self::Wish(uid, wish.clone()))
            }
        }
    }
}
