//! The paste box: what stands in it, and what that is. Both stay when the box is closed.

use crate::address::BaseUrl;
use crate::import::Remark;
use crate::key::Secret;
use crate::link::Opened;
use crate::paste::{self, Asked, Whose};
use leptos::prelude::*;
use std::sync::Arc;

/// The box.
#[derive(Clone, Copy)]
pub struct Paste {
    /// The text in it. No key stays there once it was taken.
    pub text: RwSignal<String>,
    brought: RwSignal<Option<Brought>>,
}

/// What was taken last.
#[derive(Clone)]
pub struct Brought {
    /// Grows with each text that is taken.
    pub turn: u32,
    /// What it is.
    pub holds: Holds,
    /// The edition of the catalog it was read by.
    edition: u32,
}

/// What a text holds.
#[derive(Clone)]
pub enum Holds {
    /// A link to a filled-in form.
    Link(Arc<PastedLink>),
    /// Anything else.
    Text(Arc<Read>),
    /// A long text that is still being read.
    Reading(Arc<Progress>),
}

/// How far the reading of a long text is.
pub struct Progress {
    /// The length of the text, in bytes.
    pub bytes: usize,
    /// How much of it was read.
    pub percent: RwSignal<u8>,
}

/// A link in what was pasted, or a file of one.
#[derive(Clone)]
pub struct PastedLink {
    /// It came as a file.
    pub is_file: bool,
    /// The page it leads to, unless that is this one.
    pub elsewhere: Option<String>,
    /// What it holds.
    pub opened: Opened,
}

/// A text that was read.
#[derive(Clone)]
pub struct Read {
    /// The text without the keys.
    pub text: String,
    /// What it holds.
    pub paste: paste::Paste,
    /// The key in it, if no request bears one of its own.
    pub secret: Option<Secret>,
    /// Why there is no card, where there is none.
    pub lack: Lack,
    /// The text is too long for the field, and is kept here only.
    pub is_apart: bool,
}

/// Why a text has no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Nothing was pasted.
    Nothing,
    /// It is longer than what is read.
    TooLong,
    /// It is a key alone.
    Key,
    /// Nothing was recognized.
    Unknown,
}

impl Default for Paste {
    /// An empty box.
    fn default() -> Self {
        Self { text: RwSignal::new(String::new()), brought: RwSignal::new(None) }
    }
}

impl Paste {
    /// What was taken last, followed. Nothing, if it was read by another catalog than that of this edition.
    pub fn brought(self, edition: u32) -> Option<Brought> {
        self.brought.get().filter(|brought| brought.edition == edition)
    }

    /// Shows what a text holds.
    pub fn bring(self, holds: Holds, edition: u32) {
        let turn = self.brought.with_untracked(|last| last.as_ref().map_or(0, |last| last.turn + 1));
        self.brought.set(Some(Brought { turn, holds, edition }));
    }

    /// Whether this text is the one that is being read.
    pub fn is_reading(self, progress: &Arc<Progress>) -> bool {
        let is_it = |brought: &Brought| matches!(&brought.holds, Holds::Reading(now) if Arc::ptr_eq(now, progress));
        self.brought.with_untracked(|brought| brought.as_ref().is_some_and(is_it))
    }

    /// Forgets what was taken; a reading under way ends.
    pub fn forget(self) {
        self.brought.set(None);
    }

    /// Forgets what was taken if there was a key in it: it would be offered still. The text stays, without the key.
    pub fn forget_keys(self) {
        let had_key = |brought: &Brought| match &brought.holds {
            Holds::Link(_) => false,
            Holds::Text(read) => read.secret.is_some() || !read.paste.secrets.is_empty(),
            // Nobody knows yet.
            Holds::Reading(_) => true,
        };
        if self.brought.with_untracked(|brought| brought.as_ref().is_some_and(had_key)) {
            self.brought.set(None);
        }
    }
}

impl Read {
    /// The request of a card.
    pub fn request(&self, at: usize) -> Option<&Asked> {
        match &self.paste.cards.get(at)?.holds {
            paste::Holds::Request(asked) => Some(asked),
            _ => None,
        }
    }

    /// The requests, with the number of their card.
    fn requests(&self) -> impl Iterator<Item = (usize, &Asked)> {
        (0..self.paste.cards.len()).filter_map(|at| Some((at, self.request(at)?)))
    }

    /// The key that may be used for a request. That of another request may be another gateway's.
    pub fn key(&self, at: usize) -> Option<Secret> {
        let own = self.request(at)?.key().cloned();
        let is_of_any = self.requests().any(|(_, asked)| asked.key().is_some());
        own.or_else(|| self.secret.clone().filter(|_| !is_of_any))
    }

    /// The key of a text in which no request could be the one it is for.
    pub fn loose_key(&self) -> Option<Secret> {
        self.secret.clone().filter(|_| self.requests().next().is_none())
    }

    /// The only place such a key can be for, as far as the text tells.
    pub fn key_place(&self) -> Option<(String, BaseUrl)> {
        let mut known = self.paste.cards.iter().flat_map(|card| match &card.holds {
            paste::Holds::Answer(answer) => answer.places.as_slice(),
            paste::Holds::Mention(paste::Mention::Task(_, places)) => places,
            _ => &[],
        });
        let first = known.next()?;
        let place = (first.gateway.clone(), first.base.clone()?);
        known.all(|other| other == first).then_some(place)
    }

    /// The remarks about how a request was read: those inside it, and for the first one those that are in none.
    pub fn remarks(&self, at: usize) -> Vec<Remark> {
        let holds = |at: usize, remark: &Remark| {
            let place = &self.paste.cards[at].at;
            place.start <= remark.at.start && remark.at.start < place.end.max(place.start + 1)
        };
        let is_first = self.requests().next().is_some_and(|(first, _)| first == at);
        let is_of_none = |remark: &Remark| !self.requests().any(|(other, _)| holds(other, remark));
        let mine = |remark: &&Remark| holds(at, remark) || (is_first && is_of_none(remark));
        self.paste.remarks.iter().filter(mine).cloned().collect()
    }
}

/// Where the key of a request may go: to its own host, if that is a gateway's.
pub fn key_home(asked: &Asked) -> Option<(String, BaseUrl)> {
    match &asked.whose {
        Whose::Gateway { id, base, .. } => Some((id.clone(), base.clone())),
        _ => None,
    }
}
