//! The paste box: what stands in it, and what that is. Both stay when the box is closed.

use crate::address::{BaseUrl, origin_of};
use crate::import::{Call, Pasted, Proof};
use crate::key::Secret;
use crate::link::Opened;
use crate::paste::Card;
use crate::reading::Reading;
use crate::takeup::Taken;
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
    pub holds: Arc<Holds>,
    /// The edition of the catalog it was read by.
    edition: u32,
}

/// What a text holds.
pub enum Holds {
    /// A link to a filled-in form.
    Link(PastedLink),
    /// Requests that create a task, or could.
    Requests(Arc<Requests>),
    /// Something of a task, or nothing that is known.
    Other {
        /// What it is.
        taken: Taken,
        /// There is an address in it.
        has_address: bool,
        /// What was read in it where that alone does not say enough.
        cards: Vec<Card>,
    },
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

/// The requests in a text.
pub struct Requests {
    /// The text without the keys.
    pub text: String,
    /// How it was read.
    pub pasted: Pasted,
    /// At least one, each with its meaning.
    pub list: Vec<(Call, Reading)>,
    /// The key of the text, if no request bears one of its own.
    pub secret: Option<Secret>,
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
        self.brought.set(Some(Brought { turn, holds: Arc::new(holds), edition }));
    }
}

impl Requests {
    /// The key that stood in a request.
    fn own_key(&self, at: usize) -> Option<Secret> {
        match &self.list[at].0.proof {
            Proof::Key(secret) => Some(secret.clone()),
            Proof::None | Proof::Variable(_) => None,
        }
    }

    /// The key that may be used for a request. That of another request may be another gateway's.
    pub fn key(&self, at: usize) -> Option<Secret> {
        let is_of_any = (0..self.list.len()).any(|at| self.own_key(at).is_some());
        self.own_key(at).or_else(|| self.secret.clone().filter(|_| !is_of_any))
    }

    /// Where a request goes, as far as its address tells: by its path, or by its host alone where the path is nobody's.
    pub fn place(&self, at: usize) -> Option<(String, BaseUrl)> {
        let (call, reading) = &self.list[at];
        if let Some(place) = &reading.place {
            return Some((place.gateway.clone(), place.base.clone()?));
        }
        let wish = reading.wishes.first()?;
        let is_there = origin_of(&call.url).as_deref() == Some(wish.base.origin());
        is_there.then(|| (wish.gateway.clone(), wish.base.clone()))
    }

    /// Whether a request says where it goes.
    pub fn has_address(&self, at: usize) -> bool {
        !self.list[at].0.url.is_empty()
    }
}
