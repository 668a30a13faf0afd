//! What the user has to know about the page itself: that tasks cannot be kept.

use super::super::app::App;
use super::super::dom::{View, class, el, keyed_part, nothing};
use super::button;
use leptos::prelude::*;

/// The notice, until it is closed or no longer true.
pub fn notice(app: App) -> View {
    let texts = app.texts();
    let content = keyed_part(
        move || app.unkept.get().to_owned(),
        move |word| {
            let words = match word {
                "full" => texts.unkept_full,
                "newer" => texts.unkept_newer,
                "refused" => texts.unkept_refused,
                _ => return nothing(),
            };
            class("div", "notice")
                .attr("id", "unkept")
                .add(el("p").text(words))
                .add(button("small", texts.close, move || app.unkept.set("told")))
                .into()
        },
    );
    // The place stands before the words come, so that they are read out.
    el("div").attr("role", "status").add(content).into()
}
