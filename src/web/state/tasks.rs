//! A task as the views see it, and what the tasks of the page hold of the browser. The latter is only touched by
//! [`crate::web::drive`], which carries out what the engine says.

use crate::draft::Draft;
use crate::engine::Engine;
use crate::task::Task;
use crate::web::browser::idb::{Refusal, Store};
use crate::web::browser::tab::Look;
use gloo_timers::callback::Timeout;
use js_sys::Function;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// A task as the views have it: what the engine says of it, and the link to its video in memory.
#[derive(Clone)]
pub struct TaskHandle {
    /// Number within this visit, from 1.
    pub number: u32,
    /// Its name in the journal.
    pub uid: Arc<str>,
    /// The task.
    pub task: ArcRwSignal<Task>,
    /// What was wanted, as the form had it.
    pub draft: Arc<Draft>,
    /// Link to the video in memory, once it was fetched with the key.
    pub memory: ArcRwSignal<Option<String>>,
    /// Another tab follows it.
    pub elsewhere: ArcRwSignal<bool>,
}

impl TaskHandle {
    /// What is decided by the task. Its readers hear of it when it differs, not with every tick or call.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        &self,
        decide: impl Fn(&Task) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let task = self.task.clone();
        Memo::new(move |_| task.with(&decide))
    }

    /// Words that follow the task.
    pub fn words(&self, words: impl Fn(&Task) -> String + Send + Sync + 'static) -> Signal<String> {
        let task = self.task.clone();
        Signal::derive(move || task.with(&words))
    }
}

/// A task's lock.
pub enum Lock {
    /// Asked for: the controller takes it back.
    Asked(JsValue),
    /// Ours: the function gives it back. Without one there is no lock in this browser.
    Ours(Option<Function>),
}

/// Told the uid of a record that changed.
pub type Listener = Box<dyn Fn(&str)>;

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
    /// The end of a task is told by a notification: the person asked for it.
    pub notifies: Cell<bool>,
    /// How the tab looked before it told of an end; none while it tells of nothing.
    pub plain: RefCell<Option<Look>>,
    /// It is heard when somebody looks at the tab again.
    pub hears_looks: Cell<bool>,
    /// Small pictures of finished videos, by the task's name.
    pub pictures: RefCell<BTreeMap<String, ArcRwSignal<Option<String>>>>,
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

impl Default for Drive {
    fn default() -> Self {
        Self::new()
    }
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
            notifies: Cell::new(false),
            plain: RefCell::new(None),
            hears_looks: Cell::new(false),
            pictures: RefCell::new(BTreeMap::new()),
        }
    }
}
