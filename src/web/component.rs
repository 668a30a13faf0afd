//! Parts that several panels and dialogs share.
//!
//! - [`dom`]: elements built once, and effects that change what moves
//! - [`later`]: a place for a view whose code may still be on its way
//! - [`parts`]: radio groups, copy buttons, sources, advice, icons
//! - [`dialog`]: the one dialog; [`copy`], [`choice`], [`source`]: buttons, choices and links that many need
//! - [`part`]: a part that is drawn anew by a decision
//! - [`select`]: a labelled list to choose from; [`link`]: what a link holds, and what was not understood of it
//! - [`price`]: prices in words; [`picture`]: a small picture of a task
//! - [`mark`]: what a gateway's message says of a field
//! - [`task`]: a task in a few words
//! - [`verdict`]: what an outcome means; [`refusal`]: what a gateway said to a call that is no task's
//! - [`problems`]: what keeps a draft from running; [`voice`]: what is said to those who listen

pub mod choice;
pub mod copy;
pub mod dialog;
pub mod dom;
pub mod later;
pub mod link;
pub mod mark;
pub mod part;
pub mod parts;
pub mod picture;
pub mod price;
pub mod problems;
pub mod refusal;
pub mod select;
pub mod source;
pub mod task;
pub mod verdict;
pub mod voice;

use dom::el;

/// A button.
pub fn button(look: &str, words: &str, press: impl FnMut() + 'static) -> dom::El {
    button_boxed(look, words, Box::new(press))
}

fn button_boxed(look: &str, words: &str, mut press: Box<dyn FnMut()>) -> dom::El {
    el("button").attrs(&[("type", "button"), ("class", look)]).text(words).on("click", move |_| press())
}
