//! The table of a shell.

use super::command::{Curl, Words};
use super::printed::Snippet;
use crate::http::Request;

/// Everything about a shell.
pub struct Printer {
    /// How it writes a command.
    pub words: Words,
    /// Prints a request.
    pub request: fn(&Request, Curl<'_>) -> Snippet,
    /// Prints the command that saves a link to a file name.
    pub download: fn(&str, &str) -> Snippet,
}
