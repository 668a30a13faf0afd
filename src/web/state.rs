//! What the page knows while it is open: typed signals with methods. No view, no call.
//!
//! - [`tasks`]: a task as the views see it, and what the tasks hold of the browser
//! - [`keys`]: the keys of this visit
//! - [`outlook`]: the one memo between draft and panels: what would be sent, what is wrong, what it costs
//! - [`pressed`]: a press of Run, as a value
//! - [`route`]: the way calls go, by origin
//! - [`link`]: the link that was opened last, and the saved copies of the draft
//! - [`gateways`]: gateways beside the built-in ones
//! - [`embed`]: the conversation with the page around an embedded one
//! - [`files`]: the files of this visit: held here, on their way, and at gateways
//! - [`before`]: the form before one press replaced much of it
//! - [`goal`]: where a request, and a file of it, would go now
//! - [`slots`]: what was typed for a gateway at an origin
//! - [`dialogs`]: which dialog is asked for
//! - [`check`]: judgements of portraits
//! - [`paste`]: the paste box: what stands in it, and what that is
//! - [`place`]: where a gateway is called

mod app;
pub mod before;
pub mod check;
pub mod dialogs;
pub mod embed;
pub mod files;
pub mod gateways;
pub mod goal;
pub mod keys;
pub mod link;
pub mod outlook;
pub mod paste;
pub mod place;
pub mod pressed;
pub mod route;
pub mod slots;
pub mod tasks;

pub use app::{App, Printers, TasksCode};
pub use place::{Place, Seat, Target, target};
