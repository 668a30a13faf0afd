//! The simulator as its callers see it: the whole router in process, with a clock that is moved by hand.

// A test reports what broke by panicking.
#![allow(clippy::unwrap_used)]

#[path = "simulator/account.rs"]
mod account;
#[path = "simulator/acedata.rs"]
mod acedata;
#[path = "simulator/bounds.rs"]
mod bounds;
#[path = "simulator/crazyrouter.rs"]
mod crazyrouter;
#[path = "simulator/dashscope.rs"]
mod dashscope;
#[path = "simulator/dashscope_refusals.rs"]
mod dashscope_refusals;
#[path = "simulator/documents.rs"]
mod documents;
#[path = "simulator/files.rs"]
mod files;
#[path = "simulator/harness.rs"]
mod harness;
#[path = "simulator/ope.rs"]
mod ope;
#[path = "simulator/own.rs"]
mod own;
#[path = "simulator/program.rs"]
mod program;
#[path = "simulator/scenarios.rs"]
mod scenarios;
#[path = "simulator/site.rs"]
mod site;
#[path = "simulator/uploads.rs"]
mod uploads;
