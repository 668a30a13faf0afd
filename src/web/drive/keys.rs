//! Keys that the user gives.

use crate::address::BaseUrl;
use crate::key::temporary::{End, LONGEST_MS, is_answer, is_temporary};
use crate::lazy;
use crate::protocol;
use crate::web::browser;
use crate::web::drive::journal;
use crate::web::drive::keep;
use crate::web::state::App;
use crate::web::state::slots::{at, put, slot};
use leptos::prelude::*;

/// Takes a typed key, for this gateway and origin. An answer that brings a temporary key is read for the key in it.
pub fn set_key(app: App, gateway: &str, base: &BaseUrl, typed: String) {
    let slot = slot(gateway, base);
    if untrack(|| at(app.keys, &slot)) == typed {
        return;
    }
    if is_answer(&typed) {
        return app.fetch(take_answer(app, slot, typed));
    }
    let end = if is_temporary(&typed) { End::Unknown(browser::now_ms()).print() } else { String::new() };
    take(app, &slot, typed, end);
}

lazy!(tasks:
    fn take_answer(app: App, slot: String, typed: String) {
        // A clock that is wrong must not make a key out of the next century.
        let latest = browser::now_ms() + LONGEST_MS;
        match protocol::temporary_key(&typed) {
            Some((token, end_ms)) => {
                take(app, &slot, token, End::At(end_ms.min(latest)).print());
                // It is whole, and the field will not say that it changed: what stands there now is ours.
                journal::follow::key_given(app);
            }
            None => take(app, &slot, typed, String::new()),
        }
    }
);

fn take(app: App, slot: &str, typed: String, end: String) {
    app.now.set(browser::now_ms());
    put(app.ends, slot, end);
    put(app.keys, slot, typed);
    write(app, slot);
}

/// A key was given: tasks that lack one go on, once there are any.
pub fn given(app: App) {
    if untrack(|| app.has_tasks_open()) {
        app.fetch(tell_tasks(app));
    }
}

lazy!(tasks:
    fn tell_tasks(app: App) {
        journal::follow::key_given(app);
    }
);

/// Chooses where a key is kept beside memory: `tab`, `browser`, or nowhere.
pub fn choose_keep(app: App, slot: &str, place: String) {
    put(app.keeps, slot, place);
    write(app, slot);
}

fn write(app: App, slot: &str) {
    app.key_unkept.set("");
    // Until the tasks are open, what is chosen is only remembered: opening them looks through all places.
    if untrack(|| app.has_tasks_open()) {
        app.fetch(keep_written(app, slot.to_owned()));
    }
}

lazy!(tasks:
    fn keep_written(app: App, slot: String) {
        keep::write(app, &slot);
    }
);
