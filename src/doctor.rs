//! What is wrong with a customer's request, before anyone pays: every fault with its position, what the gateway would
//! make of it, and the corrected request, with the changes between the two.
//!
//! The facts come from the catalog: a property that this model does not accept is looked up among the fields of all
//! other models, so that a name from another capability, gateway or position is recognized.

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

pub use crate::http::lenient::{Slip, Spot};
pub use finding::{Correction, Effect, Examination, Fault, Finding, Part};

/// Examines a call. `bases` are the URLs in use in addition to those of the catalog, by gateway ID; `now_ms` is the
/// time, for links that expire.
pub fn examine(catalog: &Catalog, bases: &[(String, BaseUrl)], call: &Call, now_ms: u64) -> Examination {
    let reading = reading::read(catalog, bases, call);
    examine_read(catalog, bases, call, &reading, now_ms)
}

/// The same for a call that has already been read.
pub fn examine_read(
    catalog: &Catalog,
    bases: &[(String, BaseUrl)],
    call: &Call,
    reading: &Reading,
    now_ms: u64,
) -> Examination {
    examine::examine(catalog, bases, &reading::direct(catalog, call), reading, now_ms)
}
