//! What tabs tell each other. A word never carries what is in a record or a key: whoever hears it reads the disk.

use crate::task::Input;

/// What a tab tells the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A record is newer on disk.
    Saved(String),
    /// A task was deleted.
    Gone(String),
    /// A wish of the user for a task that another tab follows.
    Wish(String, Input),
    /// Every key is to be forgotten.
    Forget,
}

/// Wishes that travel between tabs, by their words.
const WISHES: [(&str, Input); 5] = [
    ("ask", Input::AskNow),
    ("stop", Input::Stop),
    ("follow", Input::Follow),
    ("cancel", Input::Cancel),
    ("by-hand", Input::ByHand),
];

impl Word {
    /// As it travels. `None` for a wish that no word carries.
    pub fn print(&self) -> Option<String> {
        let (name, uid) = match self {
            Self::Saved(uid) => ("saved", uid.as_str()),
            Self::Gone(uid) => ("gone", uid.as_str()),
            Self::Forget => ("forget", ""),
            Self::Wish(uid, wish) => (WISHES.iter().find(|(_, known)| known == wish)?.0, uid.as_str()),
        };
        Some([name, " ", uid].concat())
    }

    /// Reads what came. What no page ever said is none.
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
