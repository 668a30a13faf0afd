//! Links: any draft comes back from its link except for what is reported as left out, a broken link gets an error
//! message and never stops the page, no type of a link can hold what it must not, and links of the first version keep
//! opening forever.

#[path = "support/prompts.rs"]
mod prompts;
#[allow(dead_code)] // Only part of it is needed here.
mod support;

mod link {
    mod fuzz;
    mod golden;
    mod properties;
    mod types;
}
