//! Which dialog is asked for. Whoever asks knows none of them: the root view, which knows all, opens it.

use crate::web::state::tasks::TaskHandle;
use leptos::children::ViewFn;
use web_sys::FileList;

/// A dialog, with what it is opened for.
pub enum Dialog {
    /// The models of the key's account.
    Account,
    /// Gateways that the user added.
    Gateways,
    /// The key of a task whose gateway is no longer listed.
    TaskKey(TaskHandle),
    /// A link to the request that is shown.
    Share,
    /// The box for whatever people paste.
    Paste,
    /// The same, with a text that is taken at once.
    Brought(String),
    /// The same, with files that were dropped on the page.
    Dropped(FileList),
    /// All tasks of this browser.
    History,
    /// Videos kept in this browser.
    Kept,
    /// Forgetting keys, and whatever else is ticked.
    Forget,
    /// How it works, and the keys.
    Help,
    /// What the simulator plays.
    Scenarios,
}

/// A dialog that is open.
#[derive(Clone)]
pub struct Shown {
    /// Its id.
    pub id: &'static str,
    /// Grows with each that is opened: one that is opened anew is drawn anew.
    pub turn: u32,
    /// What is in it.
    pub view: ViewFn,
}
