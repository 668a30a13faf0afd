//! A link of a playground in a text that people paste, of whatever site: only its fragment counts.

use super::open;
use crate::address::origin_of;

/// A link that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The address before the fragment, where there is one.
    pub place: Option<&'a str>,
    /// What stands behind the `#`.
    pub fragment: &'a str,
}

/// The first link of a text. Without an address before it, a fragment has to stand alone: `#1/2` is many things.
pub fn find(text: &str) -> Option<Found<'_>> {
    let is_edge = |c: char| c.is_whitespace() || "\"'`<>()[]{}，。；：！？、（）「」【】《》“”".contains(c);
    text.split(is_edge).find_map(|word| {
        let (before, fragment) = word.split_once('#')?;
        let place = before.find("http").map_or("", |at| &before[at..]);
        let is_alone = before.is_empty() && word == text.trim();
        // A version alone may be any anchor of any page.
        let has_more = fragment.contains('/');
        let opened = (has_more && (is_alone || origin_of(place).is_some())).then(|| open(fragment))?;
        let is_link = opened.wish.is_some() || opened.packed.is_some() || !opened.misread.is_empty();
        is_link.then_some(Found { place: Some(place).filter(|place| !place.is_empty()), fragment })
    })
}
