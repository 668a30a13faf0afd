//! The journal: every task is on disk before its create call leaves, and again at every change.
//!
//! - [`store`]: the database
//! - [`record`]: a task as the database holds it
//! - [`tabs`]: one follower of a task among all tabs of the page
//! - [`follow`]: takes tasks up again, here or after another tab
//!
//! Where nothing can be kept the page says so once and goes on in memory.

pub mod follow;
pub mod record;
pub mod store;
pub mod tabs;

use super::app::App;
use super::js;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use store::{Entry, Refusal, Store};
use wasm_bindgen::JsValue;

/// Told the uid of a record that changed.
pub type Listener = Box<dyn Fn(&str)>;

thread_local! {
    /// Settled once the database is open, or cannot be.
    static OPENING: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    static OPEN: RefCell<Option<Rc<Store>>> = const { RefCell::new(None) };
    static REFUSAL: Cell<Refusal> = const { Cell::new(Refusal::Refused) };
    /// Told of every record that changed, by uid: an open list brings itself up to date.
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// The open database. It is opened at the first call, and again after the browser has closed it.
pub async fn store() -> Result<Rc<Store>, Refusal> {
    let opening = OPENING.with_borrow_mut(|opening| opening.get_or_insert_with(open).clone());
    // Kept in either case: what came of it stands beside it.
    let _ = js::wait(opening).await;
    OPEN.with_borrow(Clone::clone).ok_or_else(|| REFUSAL.get())
}

fn open() -> JsValue {
    let work = async {
        match Store::open(close).await {
            Ok(store) => OPEN.set(Some(Rc::new(store))),
            Err(refusal) => REFUSAL.set(refusal),
        }
        Ok(JsValue::UNDEFINED)
    };
    wasm_bindgen_futures::future_to_promise(work).into()
}

fn close() {
    OPEN.set(None);
    OPENING.set(None);
}

/// Writes a record, and tells this page and the other tabs. Comes back when it is on disk, or cannot be.
pub async fn save(app: App, entry: Entry) {
    let outcome = match store().await {
        Ok(store) => store.put(std::slice::from_ref(&entry)).await,
        Err(refusal) => Err(refusal),
    };
    judge(app, outcome.as_ref().err().copied());
    if outcome.is_ok() {
        tabs::tell(&tabs::Word::Saved(entry.uid.clone()));
    }
    changed(&entry.uid);
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
pub fn changed(uid: &str) {
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener(uid);
        }
    });
}

/// The list that wants to know; none when it is closed.
pub fn listen(listener: Option<Listener>) {
    LISTENER.set(listener);
}
