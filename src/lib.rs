//! Wan Playground: from a Wan video model to its video, in the page.
//!
//! The map, in reading order. The centre is plain data and pure functions; it knows no browser, no server, no clock.
//!
//! - [`catalog`]: gateways, models, fields, prices, as data with sources
//! - [`draft`]: what the user wants, under neutral field ids
//! - [`generation`]: a draft checked against a model; the only thing that can be sent
//! - [`money`], [`price`]: what it will cost and has cost, in integers
//! - [`http`]: requests and answers as plain values
//! - [`protocol`]: the wire dialects; the only place that knows their JSON names
//! - [`snippet`]: a request as a command
//! - [`failure`]: what a failure means and what to do
//! - [`task`], [`schedule`]: the life of a paid generation, and when to ask next
//! - [`address`], [`key`], [`media`]: addresses, keys and files that people hand in
//!
//! Two shells stand around it, each behind its feature: `web` (Leptos, in the browser) and `server` (axum: the page,
//! the simulator).

mod built_in;

pub mod address;
pub mod catalog;
pub mod draft;
pub mod failure;
pub mod generation;
pub mod http;
pub mod key;
pub mod media;
pub mod money;
pub mod price;
pub mod protocol;
pub mod schedule;
pub mod snippet;
pub mod task;

#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "web")]
pub mod web;
