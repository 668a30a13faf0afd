//! The commands of every shell, run by the real curl beside the request as the page sends it: the simulator has to
//! receive the same bytes and headers, and to give the same answer.
//!
//! bash, dash, zsh and fish are the real ones. Of the Windows command prompt Debian has Wine's, which is run; the prompt
//! itself, and PowerShell, are read by the readers in this folder, which follow the documented rules and share nothing
//! with the printers: the arguments they find are given to the real curl. Beside that of PowerShell stands a grammar that
//! others wrote, which has to see the same.

// A part of what all share is used here.
#[allow(dead_code)]
#[path = "support/bench.rs"]
mod bench;
#[allow(dead_code)]
#[path = "support/grammar.rs"]
mod grammar;
#[path = "support/prompts.rs"]
mod prompts;
#[allow(dead_code)]
mod support;
#[path = "support/wine.rs"]
mod wine;

mod shells {
    mod arguments;
    mod cmd;
    mod matrix;
    mod powershell;
}
