//! What a gateway says about an account: the models it lists, with their prices, and what a media check reported.

use super::event::{Fault, Unreadable};
use crate::money::Money;

/// Maximum number of models read from one response.
pub const MOST_MODELS: usize = 5000;
/// Maximum number of prices read for one model.
pub const MOST_QUOTES: usize = 24;
/// Maximum length of a string kept from such a response.
const LONGEST_WORD: usize = 120;

/// A model as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// Its id, as a request names it.
    pub id: String,
    /// Its display name, empty if the list has none.
    pub name: String,
    /// Its prices; empty if the list has none.
    pub quotes: Vec<Quote>,
    /// When it is retired, as the gateway writes it; empty if not stated.
    pub retires: String,
}

/// A price as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// What it is for: the gateway's strings for range, type and name, each once.
    pub what: String,
    /// The amount, if it is a number.
    pub amount: Option<Money>,
    /// The amount as it was written.
    pub written: String,
    /// The unit of the amount, as the gateway writes it.
    pub unit: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The models on it.
    pub offers: Vec<Offer>,
    /// How many there are on all pages, if the response says so; otherwise this page is all.
    pub total: Option<u64>,
}

/// What the response to a list call means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// A page of it.
    Page(Page),
    /// The gateway refused.
    Refused(Fault),
    /// It is not such a response.
    Unreadable(Unreadable),
}

/// What the response to a check means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckSaid {
    /// A video can be made from it.
    Passed,
    /// No video can be made from it. Whether a person was found in it, if the response says so, and the reason given.
    NotPassed(Option<bool>, String),
    /// The gateway refused.
    Refused(Fault),
    /// It is not such a response.
    Unreadable(Unreadable),
}

/// Cuts a string from a response to what is worth showing.
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
