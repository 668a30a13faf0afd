//! A playground link in a pasted text, from any site: only its fragment counts.

use super::open;
use crate::address::origin_of;

/// A link that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The URL before the fragment, if there is one.
    pub place: Option<&'a str>,
    /// What follows the `#`.
    pub fragment: &'a str,
}

/// The first link in a text. A fragment without a URL before it must be the whole text: `#1/2` can mean many things.
pub fn find(text: &str) -> Option<Found<'_>> {
    let is_edge = |c: char| c.is_whitespace() || "\"'`<>()[]{}，。；：！？、（）「」【】《》“”".contains(c);
    text.split(is_edge).find_map(|word| {
        let (before, fragment) = word.split_once('#')?;
        let place = before.find("http").map_or("", |at| &before[at..]);
        let is_alone = before.is_empty() && word == text.trim();
        // A version alone could be an anchor on any page.
        let has_more = fragment.contains('/');
        let opened = (has_more && (is_alone || origin_of(place).is_some())).then(|| open(fragment))?;
        let is_link = opened.wish.is_some() || opened.packed.is_some() || !opened.misread.is_empty();
        is_link.then_some(Found { place: Some(place).filter(|place| !place.is_empty()), fragment })
    })
}
