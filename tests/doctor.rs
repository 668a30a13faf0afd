//! The doctor before the real simulator: each broken request of the table is sent as it is, and again as corrected.

// A test says by panicking what broke.
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
