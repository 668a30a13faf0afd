//! The conversation with the page around an embedded one.

use crate::embed::{Sluice, Wish};
use std::cell::{Cell, RefCell};

/// What the host wishes and what is not yet done: of each kind the last one.
#[derive(Default)]
pub(crate) struct Wishes {
    pub(crate) theme: String,
    pub(crate) lang: String,
    pub(crate) lock: String,
    pub(crate) show: String,
    pub(crate) link: Option<String>,
}

impl Wishes {
    pub(crate) fn note(&mut self, wish: Wish) {
        match wish {
            Wish::Set { theme, lang, lock, show } => {
                let places = [&mut self.theme, &mut self.lang, &mut self.lock, &mut self.show];
                for (place, word) in places.into_iter().zip([theme, lang, lock, show]) {
                    if !word.is_empty() {
                        *place = word;
                    }
                }
            }
            Wish::Link(fragment) => self.link = Some(fragment),
        }
    }
}

/// The conversation with the host.
#[derive(Default)]
pub struct Talk {
    pub(crate) wishes: RefCell<Wishes>,
    /// The page rests, and looks at the wishes afterwards.
    pub(crate) rests: Cell<bool>,
    pub(crate) sluice: RefCell<Sluice>,
    /// What was said last, by its kind and what it is about.
    pub(crate) said: RefCell<Vec<(String, String)>>,
    pub(crate) pause: RefCell<Option<gloo_timers::callback::Timeout>>,
    /// When the reader did something last.
    pub(crate) touched: Cell<u64>,
    pub(crate) height: Cell<f64>,
}
