//! The commands of every shell, run by the real curl beside the request as the page sends it: the simulator has to
//! receive the same bytes and headers, and to give the same answer.
//!
//! bash, dash, zsh and fish are the real ones. The Windows command prompt and PowerShell are not among Debian's packages:
//! what is printed for them is read by the readers in this folder, which follow the documented rules and share nothing
//! with the printers, and the arguments they find are given to the real curl.

// A part of what all share is used here.
#[allow(dead_code)]
#[path = "support/bench.rs"]
mod bench;
#[path = "support/prompts.rs"]
mod prompts;
#[allow(dead_code)]
mod support;

mod shells {
    mod arguments;
    mod cmd;
    mod matrix;
    mod powershell;
}
