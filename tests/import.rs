//! Import of pasted text: a corpus of commands in five dialects with the expected result of each, the same commands run
//! in real shells and in Wine's prompt, random words and requests, and texts broken on purpose.

// Only part of the shared code is used here.
#[path = "support/prompts.rs"]
mod prompts;
#[allow(dead_code)]
mod support;
#[path = "support/wine.rs"]
mod wine;
#[allow(dead_code)]
#[path = "reading/wishes.rs"]
mod wishes;

mod import {
    mod corpus;
    mod dice;
    mod exact;
    mod exact_cmd;
    mod fuzz;
    mod local;
    mod pace;
    mod printed;
    mod prompt;
    mod properties;
    mod real;
    mod shells;
}
