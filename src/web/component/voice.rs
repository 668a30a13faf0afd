//! What is said to those who do not see the page change: once, briefly, and never because a clock ticks.

use crate::web::browser;
use crate::web::component::dom::class;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use web_sys::Element;

/// A place that reads out what is put into it has to stand for a moment before.
const BEFORE_MS: u32 = 120;
/// Said words are taken away again, so that nobody comes upon them later.
const AFTER_MS: u32 = 8_000;

thread_local! {
    /// What waits to be said together.
    static WAITING: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says something to those who listen.
pub fn say(words: &str) {
    let first = WAITING.with_borrow_mut(|waiting| {
        let first = waiting.is_empty();
        if !first && !words.is_empty() {
            waiting.push('\n');
        }
        waiting.push_str(words);
        first && !words.is_empty()
    });
    if !first {
        return;
    }
    let Some(place) = place() else { return };
    place.set_text_content(None);
    Timeout::new(BEFORE_MS, move || {
        let words = WAITING.take();
        place.set_text_content(Some(&words));
        Timeout::new(AFTER_MS, move || {
            if place.text_content().as_deref() == Some(&words) {
                place.set_text_content(None);
            }
        })
        .forget();
    })
    .forget();
}

/// The place of the words: in the open dialog, where there is one, because nothing beside it is read.
fn place() -> Option<Element> {
    let document = browser::document();
    let dialog = document.query_selector("dialog[open]").ok().flatten();
    let host = dialog.or_else(|| document.body().map(Into::into))?;
    let known = host.query_selector(":scope > .voice").ok().flatten();
    known.or_else(|| {
        let place = class("div", "voice hidden").attr("role", "status").element().clone();
        host.append_child(&place).ok().map(|_| place)
    })
}
