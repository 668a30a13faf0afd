//! The page: shows the centre and carries out its effects with fetch, timers and files.
//!
//! - [`app`]: the signals everything hangs on, and the root view
//! - [`outlook`]: the one memo between draft and panels: what would be sent, what is wrong, what it costs
//! - [`dom`]: elements built once, and effects that change what moves
//! - [`held`]: the focus, where a part of the page is made anew; [`voice`]: what is said to those who listen
//! - [`keys`]: the keys of this visit; [`keep`]: where they are kept, if the user asked for it
//! - [`runner`]: carries out what the engine says; it outlives every panel. `drive`: what it holds of the browser
//! - [`journal`]: tasks on disk, their locks, and the channel between the tabs
//! - [`fetch`], [`browser`], [`files`], [`js`]: one file per browser capability
//! - [`diagnosis`]: finds out why a call got no answer; [`route`]: which way calls go
//! - [`gateways`]: a deployer's catalog and the gateways a user keeps
//! - [`printed`]: the request in the form that was chosen
//! - [`report`]: what a report asks the browser for
//! - [`embed`]: speaks with the page around an embedded one
//! - [`link`]: links that are opened, and the way back; [`share`]: links that are made; [`saved`]: the draft between
//!   two visits
//! - [`kept`]: videos kept in this browser
//! - [`offline`]: the worker that holds the page's own files, and what is told of a newer page
//! - [`text`], [`wording`]: every word, in Chinese and English
//! - `view`: the panels

pub mod app;
pub mod browser;
pub mod diagnosis;
pub mod dom;
mod drive;
pub mod embed;
pub mod fetch;
pub mod files;
pub mod gateways;
mod held;
pub mod journal;
pub mod js;
pub mod keep;
pub mod kept;
pub mod keys;
pub mod link;
pub mod offline;
pub mod outlook;
pub mod printed;
pub mod report;
pub mod route;
pub mod runner;
pub mod saved;
pub mod share;
pub mod takeup;
pub mod text;
mod view;
pub mod voice;
pub mod wording;

/// Mounts the page in place of the static start-up text.
pub fn start() {
    leptos::mount::mount_to_body(app::page);
}
