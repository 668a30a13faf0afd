//! The generated scripts and programs, run by their interpreters and compilers against the simulator: each has to
//! deliver the video, report a failure and exit with an error, survive queries that fail, and create at most one task.

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

mod programs {
    mod answers;
    mod gateway;
    mod hostile;
    mod life;
    mod powershell;
    mod runtime;
    mod rust;
    mod uploads;
    mod way;
}
