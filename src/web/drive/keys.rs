//! Keys that the user gives.

use crate::address::BaseUrl;
use crate::key::temporary::{End, LONGEST_MS, is_answer, is_temporary};
use crate::protocol;
use crate::web::browser;
use crate::web::drive::journal::follow;
use crate::web::drive::keep;
use crate::web::state::App;
use crate::web::state::keys::{at, put, slot};
use leptos::prelude::*;

/// Takes a typed key, for this gateway and origin. Of an answer that brings a temporary key, the key is taken.
pub fn set_key(app: App, gateway: &str, base: &BaseUrl, typed: String) {
    let slot = slot(gateway, base);
    if untrack(|| at(app.keys, &slot)) == typed {
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
    app.now.set(now);
    put(app.ends, &slot, end);
    put(app.keys, &slot, typed);
    write(app, &slot);
    if is_told {
        // It is whole, and the field will not say that it changed: what stands there now is ours.
        follow::key_given(app);
    }
}

/// Chooses where a key is kept beside memory: `tab`, `browser`, or nowhere.
pub fn choose_keep(app: App, slot: &str, place: String) {
    put(app.keeps, slot, place);
    write(app, slot);
}

fn write(app: App, slot: &str) {
    app.key_unkept.set("");
    // Until the second part is here, what is chosen is only remembered: it looks through all places when it comes.
    if app.whole.get_untracked() {
        keep::write(app, slot);
    }
}
