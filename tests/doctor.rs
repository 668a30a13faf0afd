//! The doctor against the real simulator: each broken request of the table is sent as it is, and again as corrected.

// A test reports what broke by panicking.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "simulator/harness.rs"]
mod harness;
#[allow(dead_code)]
mod support;
#[allow(dead_code)]
#[path = "reading/wishes.rs"]
mod wishes;

mod doctor {
    mod bare;
    mod chance;
    mod healthy;
    mod table;
}
