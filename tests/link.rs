//! Links: any draft comes back from its link but for what was named, what is broken gets words and never stops the page,
//! no type of a link can hold what it must not, and links of the first version open for ever.

#[path = "support/prompts.rs"]
mod prompts;
#[allow(dead_code)] // Only a part of it is needed here.
mod support;

mod link {
    mod fuzz;
    mod golden;
    mod properties;
    mod types;
}
