//! Gateways beside the built-in ones.

use crate::catalog::Fault;
use crate::catalog::overlay::Whose;
use std::cell::RefCell;

/// What is known of the gateways beside the built-in ones.
#[derive(Default)]
pub struct Beside {
    /// What is wrong with the files that were applied.
    pub(crate) told: RefCell<Vec<(Whose, Fault)>>,
    /// A user's gateways where the browser stores nothing.
    pub(crate) memory: RefCell<Option<String>>,
    /// What was applied last.
    pub(crate) applied: RefCell<String>,
}
