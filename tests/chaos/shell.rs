//! A tab: the engine that the page runs, and what the browser and its user feed it.

use crate::network::{BAD_KEY, GOOD_KEY};
use wan_playground::address::BaseUrl;
use wan_playground::engine::{Channel, Engine, Keys, Scope};
use wan_playground::key::ApiKey;

/// The key a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    None,
    /// The gateway rejects it.
    Bad,
    Good,
}

impl Key {
    fn text(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Bad => Some(BAD_KEY),
            Self::Good => Some(GOOD_KEY),
        }
    }
}

impl Keys for Key {
    fn key(&self, _gateway: &str, base: &BaseUrl) -> Option<ApiKey> {
        ApiKey::new(self.text()?, base).ok()
    }

    fn known(&self) -> Vec<ApiKey> {
        let base = BaseUrl::parse(crate::gateway::ORIGIN).unwrap();
        self.key("", &base).into_iter().collect()
    }
}

/// One tab.
pub struct Page {
    /// Counts its lives: events meant for an earlier one are dropped.
    pub life: u32,
    pub open: bool,
    pub key: Key,
    pub hidden: bool,
    /// Tasks whose locks it lost without knowing it yet: its timers fire, its responses arrive.
    pub lost: Vec<String>,
    pub engine: Engine,
}

impl Page {
    pub fn new() -> Self {
        let engine = Engine::new(Scope::Page, Channel::Open);
        Self { life: 0, open: false, key: Key::Good, hidden: false, lost: Vec::new(), engine }
    }

    /// It believes it holds locks that it has lost.
    pub fn is_ghost(&self) -> bool {
        !self.lost.is_empty()
    }

    pub fn close(&mut self) {
        *self = Self { life: self.life + 1, key: self.key, hidden: self.hidden, ..Self::new() };
    }
}
