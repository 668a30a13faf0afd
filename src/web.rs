//! The page: shows the centre and carries out its effects with fetch, timers and files.
//!
//! In layers, each knows those below it only (`tests/modules.rs` holds that):
//!
//! - [`app`]: the root view; it knows every panel and dialog
//! - [`panel`]: what is always on the page; [`dialog`]: what opens over it
//! - [`component`]: parts that several of these share
//! - [`drive`]: carries out effects: tasks, journal, keys, links, embedding
//! - [`state`]: what the page knows while it is open
//! - [`browser`]: one file per browser capability

pub mod app;
pub mod browser;
pub mod component;
pub mod dialog;
pub mod drive;
pub mod panel;
pub mod state;

/// Mounts the page in place of the static start-up text.
pub fn start() {
    leptos::mount::mount_to_body(app::page);
}
