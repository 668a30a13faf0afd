//! Wan Playground: from a Wan video model to its video, all in the page.
//!
//! The map, in reading order. The centre is plain data and pure functions; it knows no browser, no server, no clock.
//!
//! - [`catalog`]: gateways, models, fields and prices, as data with sources
//! - [`draft`]: what the user wants, under neutral field ids
//! - [`checked`]: a draft checked against a model: what is sent, what is not, what is wrong
//! - [`money`], [`price`]: what a generation will cost and has cost, in integers
//! - [`http`]: requests and responses as plain values
//! - [`protocol`]: the wire dialects; the only place that knows their JSON names
//! - [`generation`]: a checked draft without problems, or a pasted call as it was written, with its request and price; the
//!   only thing that can be sent
//! - [`snippet`]: a request as a command
//! - [`syntax`]: what the parts of a printed request are, for its colours
//! - [`failure`]: what a gateway's code means and what to do about it
//! - [`complaint`]: the field and the legal values that a gateway's message names
//! - [`diagnosis`]: why a call got no response
//! - [`expiry`]: how long a result link lives, and when to warn about it
//! - [`samples`]: what the stage plays before there is a video of one's own
//! - [`pace`]: how long generations usually take
//! - [`filename`]: names of the files that people save
//! - [`task`], [`schedule`]: the life cycle of a paid generation, and when to poll next
//! - [`verdict`]: what a task's outcome means: whose fault it is, what was billed, what to do now
//! - [`snapshot`]: what is saved of a task, and how it is read back
//! - [`engine`]: what a tab does for its tasks, in which order, and which of several tabs does it
//! - [`import`]: calls as people paste them
//! - [`reading`]: what such a call means, turned back into a draft
//! - [`doctor`]: what is wrong with such a call, and the corrected call
//! - [`paste`]: one reading of any text: requests, answers, messages and ids, put together
//! - [`report`], [`redact`]: what leaves the page for others, and what never does
//! - [`takeup`]: what people bring from outside: ids, responses, commands, links, keys
//! - [`link`]: a filled-in form in the fragment of a URL, for sharing
//! - [`upload`]: files from the user's device, at the place a gateway has for them
//! - [`address`], [`key`], [`media`]: addresses, keys and files that people enter
//! - [`percent`], [`hex`]: bytes and numbers as URLs and JSON write them
//! - [`account`]: what an account may call, compared with the catalog
//! - [`embed`]: what an embedded page and its host tell each other
//! - [`route`]: how a request travels, directly or through the relay next to the page
//! - [`words`]: every sentence, in Chinese and English
//!
//! Two shells surround it, each behind its feature: `web` (Leptos, in the browser) and `server` (axum: the page, the
//! simulator, the relay).

mod built_in;

pub mod account;
pub mod address;
pub mod catalog;
pub mod checked;
pub mod complaint;
pub mod diagnosis;
pub mod doctor;
pub mod draft;
pub mod embed;
pub mod engine;
pub mod expiry;
pub mod failure;
pub mod filename;
pub mod generation;
pub mod hex;
pub mod http;
pub mod import;
pub mod key;
pub mod link;
pub mod media;
pub mod money;
pub mod pace;
pub mod paste;
pub mod percent;
pub mod price;
pub mod protocol;
pub mod reading;
pub mod redact;
pub mod report;
pub mod route;
pub mod samples;
pub mod schedule;
pub mod snapshot;
pub mod snippet;
pub mod syntax;
pub mod takeup;
pub mod task;
pub mod upload;
pub mod verdict;
pub mod words;

#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "web")]
pub mod web;
