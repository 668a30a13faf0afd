//! The keys of this visit: each belongs to a gateway at an origin. They are in memory; [`crate::web::keep`] keeps those that
//! the user chose to keep.

use crate::address::BaseUrl;
use crate::key::ApiKey;
use crate::key::temporary::{End, LONGEST_MS, Left, is_answer, is_temporary};
use crate::protocol;
use crate::web::app::App;
use crate::web::journal::follow;
use crate::web::{browser, keep};
use leptos::prelude::*;

/// A list by place: gateway id and origin.
type Places = RwSignal<Vec<(String, String)>>;

/// The place of a key.
pub fn slot(gateway: &str, base: &BaseUrl) -> String {
    [gateway, " ", base.origin()].concat()
}

/// What stands at a place, followed; empty for nothing.
pub fn at(list: Places, slot: &str) -> String {
    list.with(|list| list.iter().find(|(known, _)| *known == slot).map(|(_, value)| value.clone())).unwrap_or_default()
}

/// Puts something at a place; what is empty is taken away.
pub fn put(list: Places, slot: &str, value: String) {
    list.update(|list| {
        list.retain(|(known, _)| *known != slot);
        if !value.is_empty() {
            list.push((slot.to_owned(), value));
        }
    });
}

impl App {
    /// The key as typed for a gateway at a base, followed.
    pub fn typed_key(self, gateway: &str, base: &BaseUrl) -> String {
        at(self.keys, &slot(gateway, base))
    }

    /// Takes a typed key, for this gateway and origin. Of an answer that brings a temporary key, the key is taken.
    pub fn set_key(self, gateway: &str, base: &BaseUrl, typed: String) {
        let slot = slot(gateway, base);
        if untrack(|| at(self.keys, &slot)) == typed {
            return;
        }
        let now = browser::now_ms();
        let told = if is_answer(&typed) { protocol::temporary_key(&typed) } else { None };
        let is_told = told.is_some();
        let (typed, end) = match told {
            // A clock that is wrong must not make a key out of the next century.
            Some((token, end_ms)) => (token, End::At(end_ms.min(now + LONGEST_MS)).print()),
            None if is_temporary(&typed) => (typed, End::Unknown(now).print()),
            None => (typed, String::new()),
        };
        self.now.set(now);
        put(self.ends, &slot, end);
        put(self.keys, &slot, typed);
        self.keep(&slot);
        if is_told {
            // It is whole, and the field will not say that it changed: what stands there now is ours.
            follow::key_given(self);
        }
    }

    /// Chooses where a key is kept beside memory: `tab`, `browser`, or nowhere.
    pub fn choose_keep(self, slot: &str, place: String) {
        put(self.keeps, slot, place);
        self.keep(slot);
    }

    fn keep(self, slot: &str) {
        self.key_unkept.set("");
        // Until the second part is here, what is chosen is only remembered: it looks through all places when it comes.
        if self.whole.get_untracked() {
            keep::write(self, slot);
        }
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
