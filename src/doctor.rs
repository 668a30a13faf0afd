//! What is wrong with a customer's request, before anyone pays: every fault with its place, what the gateway would make
//! of it, and the request as it should be, with what changes between the two.
//!
//! The facts come from the catalog: a member that this model does not take is looked for among the fields of all the
//! others, so that a name of another capability, gateway or place is known for what it is.

use crate::address::BaseUrl;
use crate::catalog::Catalog;
use crate::import::Call;
use crate::reading::{self, Reading};

pub mod diff;
mod examine;
mod finding;
mod head;
mod kinds;
mod limits;
mod link;
mod members;
mod model;
mod patient;
mod size;

pub use crate::reading::json::{Slip, Spot};
pub use finding::{Correction, Effect, Examination, Fault, Finding, Part};

/// Examines a call. `bases` are the addresses in use beside those of the catalog, by gateway id; `now_ms` is the time,
/// for links that end.
pub fn examine(catalog: &Catalog, bases: &[(String, BaseUrl)], call: &Call, now_ms: u64) -> Examination {
    let reading = reading::read(catalog, bases, call);
    examine_read(catalog, bases, call, &reading, now_ms)
}

/// The same for a call that was read already.
pub fn examine_read(
    catalog: &Catalog,
    bases: &[(String, BaseUrl)],
    call: &Call,
    reading: &Reading,
    now_ms: u64,
) -> Examination {
    examine::examine(catalog, bases, &reading::direct(catalog, call), reading, now_ms)
}
