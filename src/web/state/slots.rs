//! Lists by place: what was typed for a gateway at an origin.

use crate::address::BaseUrl;
use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// A mark of a key as typed, by which uploads of another account are told. It is no key, and none can be made of it.
pub fn mark(typed: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    typed.hash(&mut hasher);
    hasher.finish()
}
