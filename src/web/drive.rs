//! What the tasks of the page hold of the browser. It lives in the state of the page, and is only touched by the files
//! that carry out what the engine says.

use crate::engine::Engine;
use crate::web::journal::{Listener, store::Refusal, store::Store, tabs::Lock};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The engine and its means.
pub struct Drive {
    /// Decides what is done. Made when it is first told something.
    pub engine: RefCell<Option<Engine>>,
    /// The timer of each task; it is cleared when it is replaced.
    pub timers: RefCell<BTreeMap<String, Timeout>>,
    /// The lock of each task, asked for or held.
    pub locks: RefCell<BTreeMap<String, Lock>>,
    /// The channel to the other tabs.
    pub channel: RefCell<Option<JsValue>>,
    /// The journal.
    pub journal: Journal,
}

/// The open journal.
pub struct Journal {
    /// Settled once the database is open, or cannot be.
    pub opening: RefCell<Option<JsValue>>,
    /// The database.
    pub open: RefCell<Option<Rc<Store>>>,
    /// Why it is not open.
    pub refusal: Cell<Refusal>,
    /// Told of every record that changed, by uid: an open list brings itself up to date.
    pub listener: RefCell<Option<Listener>>,
}

impl Drive {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self {
            engine: RefCell::new(None),
            timers: RefCell::new(BTreeMap::new()),
            locks: RefCell::new(BTreeMap::new()),
            channel: RefCell::new(None),
            journal: Journal {
                opening: RefCell::new(None),
                open: RefCell::new(None),
                refusal: Cell::new(Refusal::Refused),
                listener: RefCell::new(None),
            },
        }
    }
}
