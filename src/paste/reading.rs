//! A text that is read step by step, so that the page can draw in between: block after block, put together at the end.

use super::answer::Answer;
use super::asked::Does;
use super::block::{self, Found};
use super::blocks::{Block, Blocks};
use super::card::{Card, Holds, Paste};
use super::pair;
use super::scene::Scene;
use crate::import::{self, Remark, RemarkKind};
use crate::key::Secret;
use std::borrow::Cow;
use std::ops::Range;

/// Most cards of a long text. Of more, those that create nothing go, the earliest first.
const MOST_CARDS: usize = 400;
/// Most messages and mentions of a long text.
const MOST_MESSAGES: usize = 64;
const MOST_MENTIONS: usize = 32;
/// Most remarks and credentials of a long text.
const MOST_REMARKS: usize = 200;
const MOST_SECRETS: usize = 256;

/// A reading that is under way.
#[derive(Default)]
pub struct Reading {
    blocks: Blocks,
    cards: Vec<Card>,
    remarks: Vec<Remark>,
    secrets: Vec<Secret>,
    key: Option<Secret>,
    otherwise: Vec<Card>,
    /// A page began in an earlier block and has not ended.
    is_in_page: bool,
    /// The text as far as it was read, without keys, if it is kept.
    left: Option<String>,
    is_cut: bool,
}

impl Reading {
    /// A reading that keeps the text without its keys, see [`left`](Self::left).
    pub fn keeping() -> Self {
        Self { left: Some(String::new()), ..Self::default() }
    }

    /// A reading in blocks of other sizes than usual.
    #[cfg(test)]
    pub(super) fn sized(sizes: super::blocks::Sizes) -> Self {
        Self { blocks: Blocks::sized(sizes), ..Self::default() }
    }

    /// Reads on, block by block, until at least so many bytes were read. The paste, once the text is read to its end.
    /// The text has to be the same at each step.
    pub fn step(&mut self, scene: Scene<'_>, text: &str, bytes: usize) -> Option<Paste> {
        if text.len() > import::LONGEST {
            return Some(Paste { remarks: import::read(text).remarks, ..Paste::default() });
        }
        let until = self.blocks.at().saturating_add(bytes);
        loop {
            let Some(block) = self.blocks.next(text) else { return Some(self.finish(scene, text)) };
            self.read(scene, text, &block);
            if self.blocks.at() >= until {
                return None;
            }
        }
    }

    /// How many bytes were read.
    pub fn done(&self) -> usize {
        self.blocks.at()
    }

    /// The first key in what was read.
    pub fn key(&self) -> Option<&Secret> {
        self.key.as_ref()
    }

    /// What was read, without keys, cookies and logins; empty unless it is kept.
    pub fn left(&mut self) -> String {
        let mut left = self.left.take().unwrap_or_default();
        // What one block names as a credential may stand in another.
        for secret in self.secrets.iter().filter(|secret| secret.reveal().len() >= SHORTEST) {
            if left.contains(secret.reveal()) {
                left = left.replace(secret.reveal(), &"*".repeat(secret.reveal().len()));
            }
        }
        left
    }

    fn read(&mut self, scene: Scene<'_>, text: &str, block: &Block) {
        let Some(part) = text.get(block.at.clone()) else { return };
        self.is_cut |= !block.is_whole;
        let found = if block.is_frame {
            Found::default()
        } else {
            let (before, after) = block.around;
            let read = if before.is_empty() {
                Cow::Borrowed(part)
            } else {
                Cow::Owned([before, &apart(part), after].concat())
            };
            block::read(scene, &read, block.is_whole)
        };
        let move_by = |at: &Range<usize>| {
            let place = |at: usize| {
                (at + block.at.start).saturating_sub(block.around.0.len()).clamp(block.at.start, block.at.end)
            };
            place(at.start)..place(at.end)
        };
        self.leave(part, &found, &move_by, block);
        if block.is_whole {
            let Found { cards, remarks, secrets, key, .. } = found;
            (self.cards, self.remarks, self.secrets, self.key) = (cards, remarks, secrets, key);
        } else {
            self.take(part, found, &move_by);
        }
    }

    /// Keeps a block without its keys.
    fn leave(&mut self, part: &str, found: &Found, move_by: &impl Fn(&Range<usize>) -> Range<usize>, block: &Block) {
        let Some(left) = &mut self.left else { return };
        let inside = |at: Range<usize>| at.start - block.at.start..at.end - block.at.start;
        let remarks = found.remarks.iter().map(|remark| Remark { at: inside(move_by(&remark.at)), ..remark.clone() });
        let paste = Paste { remarks: remarks.collect(), secrets: found.secrets.clone(), ..Paste::default() };
        left.push_str(&paste.left(part));
    }

    /// Takes what a block holds to what the blocks before it held.
    fn take(&mut self, part: &str, found: Found, move_by: &impl Fn(&Range<usize>) -> Range<usize>) {
        let moved = |card: Card| {
            let mut card = Card { at: move_by(&card.at), ..card };
            if let Holds::Request(asked) = &mut card.holds {
                asked.call.at = move_by(&asked.call.at);
            }
            card
        };
        // What is odd about the lines around a request is not said of it.
        let is_of_request = |remark: &Remark| {
            found.cards.iter().any(|card| {
                let is_inside = card.at.start <= remark.at.start && remark.at.start < card.at.end;
                is_inside && matches!(card.holds, Holds::Request(_))
            })
        };
        let room = MOST_REMARKS.saturating_sub(self.remarks.len());
        let remarks = found.remarks.into_iter().filter(is_of_request).take(room);
        self.remarks.extend(remarks.map(|remark| Remark { at: move_by(&remark.at), ..remark }));
        let room = MOST_SECRETS.saturating_sub(self.secrets.len());
        self.secrets.extend(found.secrets.into_iter().take(room));
        self.secrets.dedup();
        self.key = self.key.take().or(found.key);
        if self.otherwise.len() < 2 {
            self.otherwise.extend(found.otherwise.into_iter().map(moved).take(1));
        }
        let was_in_page = self.is_in_page;
        let is_end = ["</html>", "</HTML>"].iter().any(|end| part.contains(end));
        let begins_page = found.cards.iter().any(|card| card.holds == Holds::Page);
        self.is_in_page = (was_in_page || begins_page) && !is_end;
        for card in found.cards {
            // What a page mentions is the page's.
            let is_of_page = was_in_page && matches!(card.holds, Holds::Mention(_) | Holds::Page);
            if !is_of_page {
                self.add(moved(card));
            }
        }
    }

    fn add(&mut self, card: Card) {
        let count = |is_one: fn(&Holds) -> bool| self.cards.iter().filter(|card| is_one(&card.holds)).count();
        let is_known = match &card.holds {
            Holds::Answer(answer) => self.cards.iter().any(|card| says_the_same(&card.holds, answer)),
            Holds::Mention(_) => {
                self.cards.iter().any(|known| known.holds == card.holds)
                    || count(|holds| matches!(holds, Holds::Mention(_))) >= MOST_MENTIONS
            }
            Holds::Message(_) => count(|holds| matches!(holds, Holds::Message(_))) >= MOST_MESSAGES,
            _ => false,
        };
        if is_known {
            return;
        }
        if self.cards.len() >= MOST_CARDS {
            let is_less = |card: &Card| !matches!(&card.holds, Holds::Request(asked) if asked.does == Does::Create);
            let Some(least) = self.cards.iter().position(is_less) else { return };
            self.cards.remove(least);
        }
        self.cards.push(card);
    }

    /// Puts it together.
    fn finish(&mut self, scene: Scene<'_>, text: &str) -> Paste {
        let (mut cards, mut remarks) = (std::mem::take(&mut self.cards), std::mem::take(&mut self.remarks));
        if self.is_cut && cards.is_empty() {
            cards.extend(self.otherwise.drain(..).take(1));
            for card in &mut cards {
                if matches!(card.holds, Holds::Unread(_)) {
                    card.at = 0..text.len();
                }
            }
            if cards.is_empty() {
                remarks = vec![Remark { at: 0..text.len(), kind: RemarkKind::Unrecognized }];
            }
        }
        // A reader counts in the text as it repaired it: a place may fall within a letter of the one that was pasted.
        let whole = |at: &mut Range<usize>| *at = text.floor_char_boundary(at.start)..text.ceil_char_boundary(at.end);
        for at in cards.iter_mut().map(|card| &mut card.at).chain(remarks.iter_mut().map(|remark| &mut remark.at)) {
            whole(at);
        }
        pair::finish(scene, cards, remarks, self.secrets.clone())
    }
}

/// The entries of a list without the comma that sets them apart from those before.
fn apart(part: &str) -> String {
    let is_first = part.trim_start().starts_with(',');
    if is_first { part.replacen(',', " ", 1) } else { part.to_owned() }
}

/// Shorter credentials occur in any text.
const SHORTEST: usize = 6;

/// Whether a card is an answer that says the same of the same task: a program that polls logs it many times.
fn says_the_same(holds: &Holds, answer: &Answer) -> bool {
    let Holds::Answer(known) = holds else { return false };
    let fault =
        |answer: &Answer| answer.fault.as_ref().map(|fault| (fault.status, fault.code.clone(), fault.message.clone()));
    (&known.id, &known.state, &known.word) == (&answer.id, &answer.state, &answer.word)
        && known.link.as_ref().map(|link| &link.url) == answer.link.as_ref().map(|link| &link.url)
        && fault(known) == fault(answer)
}

#[cfg(test)]
mod tests;
