//! The journal: every task is on disk before its create call leaves, and again at every change.
//!
//! - [`record`]: a task as the database holds it
//! - [`tabs`]: locks, and the channel to the other tabs
//! - [`follow`]: opens the journal, and hears of keys
//!
//! Where nothing can be kept the page says so once and goes on in memory.

pub mod follow;
pub mod record;
pub mod tabs;

use crate::web::browser::idb::{Entry, Refusal, Store};
use crate::web::browser::js;
use crate::web::state::App;
use crate::web::state::tasks::Listener;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The open database. It is opened at the first call, and again after the browser has closed it.
pub async fn store(app: App) -> Result<Rc<Store>, Refusal> {
    let journal = &app.drive.journal;
    let opening = journal.opening.borrow_mut().get_or_insert_with(|| open(app)).clone();
    // Kept in either case: what came of it stands beside it.
    let _ = js::wait(opening).await;
    journal.open.borrow().clone().ok_or_else(|| journal.refusal.get())
}

fn open(app: App) -> JsValue {
    let work = async move {
        match Store::open(move || close(app)).await {
            Ok(store) => drop(app.drive.journal.open.replace(Some(Rc::new(store)))),
            Err(refusal) => app.drive.journal.refusal.set(refusal),
        }
        Ok(JsValue::UNDEFINED)
    };
    wasm_bindgen_futures::future_to_promise(work).into()
}

fn close(app: App) {
    app.drive.journal.open.replace(None);
    app.drive.journal.opening.replace(None);
}

/// Writes a record. Comes back when it is on disk, or cannot be, and says which.
pub async fn save(app: App, entry: Entry) -> bool {
    let outcome = match store(app).await {
        Ok(store) => store.put(std::slice::from_ref(&entry)).await,
        Err(refusal) => Err(refusal),
    };
    judge(app, outcome.as_ref().err().copied());
    outcome.is_ok()
}

/// Says that nothing can be kept, or takes it back.
pub fn judge(app: App, refusal: Option<Refusal>) {
    let word = refusal.map_or("", Refusal::word);
    let shown = app.unkept.get_untracked();
    // Said once, not at every change of every task.
    let news = shown != "told" || word.is_empty();
    if shown != word && news {
        app.unkept.set(word);
    }
}

/// Tells the open list that a record changed.
pub fn changed(app: App, uid: &str) {
    if let Some(listener) = &*app.drive.journal.listener.borrow() {
        listener(uid);
    }
}

/// The list that wants to know; none when it is closed.
pub fn listen(app: App, listener: Option<Listener>) {
    app.drive.journal.listener.replace(listener);
}
