//! A request as text that can be run elsewhere.

mod curl;

pub use curl::{Curl, posix, posix_download};
