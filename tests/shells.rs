//! The commands of every shell, run by the real curl alongside the request as the page sends it: the simulator has to
//! receive the same bytes and headers, and to return the same response.
//!
//! bash, dash, zsh and fish are the real ones. For the Windows command prompt Debian has Wine's, which is run; the
//! prompt itself, and PowerShell, are interpreted by the readers in this folder, which follow the documented rules and
//! share nothing with the printers: the arguments they find are passed to the real curl. For PowerShell a third-party
//! grammar is used as well, which has to produce the same result.

// Only part of the shared code is used here.
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
#[allow(dead_code)]
#[path = "support/wine.rs"]
mod wine;

mod shells {
    mod arguments;
    mod cmd;
    mod matrix;
    mod powershell;
}
