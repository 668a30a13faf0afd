//! The keys of this visit: each belongs to a gateway at an origin. They are in memory; `drive::keep` keeps those that the user
//! chose to keep.

use crate::address::BaseUrl;
use crate::key::ApiKey;
use crate::key::temporary::{End, Left};
use crate::web::browser;
use crate::web::state::App;
use crate::web::state::slots::{at, slot};
use leptos::prelude::*;

impl App {
    /// The key as typed for a gateway at a base, followed.
    pub fn typed_key(self, gateway: &str, base: &BaseUrl) -> String {
        at(self.keys, &slot(gateway, base))
    }

    /// When the key ends, if it is a temporary one. Followed.
    pub fn key_end(self, slot: &str) -> Option<End> {
        End::read(&at(self.ends, slot))
    }

    /// What is left of a temporary key. Followed, by the second.
    pub fn key_left(self, slot: &str) -> Option<Left> {
        self.key_end(slot).map(|end| end.left(self.now.get().max(browser::now_ms())))
    }

    /// Whether any key here ends by itself.
    pub fn counts_keys(self) -> bool {
        self.ends.with_untracked(|ends| !ends.is_empty())
    }

    /// The key to send to a gateway at a base. The simulator gets a made-up one.
    pub fn key(self, gateway: &str, base: &BaseUrl) -> Option<ApiKey> {
        untrack(|| self.key_now(gateway, base))
    }

    /// The same, followed.
    pub fn key_now(self, gateway: &str, base: &BaseUrl) -> Option<ApiKey> {
        let slot = slot(gateway, base);
        if self.key_left(&slot) == Some(Left::Nothing) {
            return None;
        }
        let mut typed = at(self.keys, &slot);
        if typed.is_empty() && self.is_simulator(base) {
            "simulated-key".clone_into(&mut typed);
        }
        ApiKey::new(&typed, base).ok()
    }

    /// Every key of this visit, with those that were kept.
    pub fn known_keys(self) -> Vec<ApiKey> {
        let key = |(slot, typed): &(String, String)| {
            let base = BaseUrl::parse(slot.split_once(' ')?.1).ok()?;
            ApiKey::new(typed, &base).ok()
        };
        self.keys.with_untracked(|keys| keys.iter().filter_map(key).collect())
    }
}
