//! What a gateway says of an account: the models it lists, with their prices, and what a check of a medium said.

use super::event::{Fault, Unreadable};
use crate::money::Money;

/// Most models that are read of one answer.
pub const MOST_MODELS: usize = 5000;
/// Most prices that are read of one model.
pub const MOST_QUOTES: usize = 24;
/// Longest word that is kept of such an answer.
const LONGEST_WORD: usize = 120;

/// A model as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// Its id, as a request names it.
    pub id: String,
    /// Its name for people, empty where the list has none.
    pub name: String,
    /// Its prices; none where the list has none.
    pub quotes: Vec<Quote>,
    /// When it is retired, as the gateway writes it; empty where nothing is said.
    pub retires: String,
}

/// A price as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// What it is for: the words of range, type and name that the gateway gives, once each.
    pub what: String,
    /// The figure, if it is one.
    pub amount: Option<Money>,
    /// The figure as it was written.
    pub written: String,
    /// What the figure counts, as the gateway writes it.
    pub unit: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The models on it.
    pub offers: Vec<Offer>,
    /// How many there are on all pages, where the answer says so; otherwise this page is all.
    pub total: Option<u64>,
}

/// What the answer to the call for a list means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// A page of it.
    Page(Page),
    /// The gateway refuses.
    Refused(Fault),
    /// It is no such answer.
    Unreadable(Unreadable),
}

/// What the answer to a check means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckSaid {
    /// A video can be made of it.
    Passed,
    /// Not of this one. Whether a person was found in it, where the answer says so, and what it gives as the reason.
    NotPassed(Option<bool>, String),
    /// The gateway refuses.
    Refused(Fault),
    /// It is no such answer.
    Unreadable(Unreadable),
}

/// Cuts a word of an answer to what is worth showing.
pub fn word(text: &str) -> String {
    let clean = text.chars().filter(|c| !c.is_control());
    clean.take(LONGEST_WORD).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bounded() {
        assert_eq!(word(" a\u{0}b\n "), "ab");
        assert_eq!(word(&"长".repeat(9000)).chars().count(), LONGEST_WORD);
    }
}
