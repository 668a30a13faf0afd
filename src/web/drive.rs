//! Carries out effects: what the engine says, what is kept between visits, and what goes to and comes from the page
//! around an embedded one.
//!
//! - [`engine`]: the way to the engine, which decides for all tasks
//! - [`open`]: opens what tasks need
//! - [`runner`]: carries out what the engine says; it outlives every panel
//! - [`journal`]: tasks on disk, their locks, and the channel between the tabs
//! - [`keys`]: keys that are given; [`keep`]: where they are kept, if the user asked for it
//! - [`route`]: whether calls go by the relay; [`diagnosis`]: finds out why a call got no answer
//! - [`gateways`]: a deployer's catalog and the gateways a user keeps
//! - [`again`]: a task's request once more, as it was or in the form; [`usual`]: how long such tasks took
//! - [`tell`]: tells of a task's end in the tab's title; [`pictures`]: small pictures of finished videos
//! - [`printed`]: the request in the form that was chosen
//! - [`report`]: what a report asks the browser for
//! - [`embed`]: speaks with the page around an embedded one
//! - [`link`]: links that are opened, and the way back; [`share`]: links that are made; [`saved`]: the draft between
//!   two visits
//! - [`desk`]: the form as text
//! - [`takeup`]: what was pasted, and what is asked to find out more; [`kept`]: videos kept in this browser
//! - [`offline`]: the worker that holds the page's own files, and what is told of a newer page

pub mod again;
pub mod desk;
pub mod diagnosis;
pub mod embed;
pub mod engine;
pub mod gateways;
pub mod journal;
pub mod keep;
pub mod kept;
pub mod keys;
pub mod link;
pub mod offline;
pub mod open;
pub mod pictures;
pub mod printed;
pub mod report;
pub mod route;
pub mod runner;
pub mod saved;
pub mod share;
pub mod takeup;
pub mod tell;
pub mod upload;
pub mod usual;
