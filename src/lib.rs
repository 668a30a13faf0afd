//! Wan Playground: from a Wan video model to its video, in the page.
#[cfg(feature = "server")]
pub mod server;
