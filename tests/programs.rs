//! The scripts and programs, run by what they are written for against the simulator: each has to bring the video, to
//! tell of a failure and end badly, to live through queries that fail, and to create at most one task.

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

mod programs {
    mod answers;
    mod gateway;
    mod hostile;
    mod life;
    mod powershell;
    mod runtime;
    mod rust;
    mod way;
}
