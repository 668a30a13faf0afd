//! The link that was opened last, and the copies of the draft in the stores.

use crate::draft::Draft;
use crate::link::Misread;
use std::cell::{Cell, RefCell};

/// Where the draft is kept, in the store of the tab and in the browser's.
pub const KEPT: &str = "wan.draft";

/// What is known of the link that was opened last.
#[derive(Default)]
pub struct Room {
    /// What was not understood.
    pub misread: Vec<Misread>,
    /// Its gateway and model, where they are not known (yet).
    pub pending: String,
    /// What stood here before, and where, if that was something.
    pub before: Option<(Draft, String)>,
    /// The draft as it was opened.
    pub opened: Option<Draft>,
    /// Of the saved draft: what was read at once, its gateway and model, and the part that is read later.
    pub kept: (Draft, String, String),
}

/// What is known of the draft's copies in the stores.
#[derive(Default)]
pub struct Copies {
    pub(crate) pause: RefCell<Option<gloo_timers::callback::Timeout>>,
    /// Something is not saved yet.
    pub(crate) due: Cell<bool>,
    /// What there was at the start: nobody has changed it yet.
    pub(crate) first: RefCell<String>,
    /// What was kept beside the line, as it was read.
    pub(crate) rest: RefCell<String>,
    /// Something has changed since the start.
    pub(crate) changed: Cell<bool>,
    /// What was found in the tab's store and in the browser's could not be read: it is left as it is.
    pub(crate) foreign: Cell<(bool, bool)>,
}
