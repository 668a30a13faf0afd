//! The printed commands, run by the real curl in real shells against the simulator, alongside the request as the page
//! sends it: the simulator has to receive the same bytes and return the same response.

#[path = "support/bench.rs"]
mod bench;
#[path = "support/prompts.rs"]
mod prompts;
mod support;

mod curl {
    mod hostile;
    mod models;
    mod wire;
}
