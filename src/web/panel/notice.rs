//! What the user has to know about the page itself: that tasks cannot be kept, and that a newer page is ready.

use crate::web::component::button;
use crate::web::component::dom::{View, class, el, keyed_part, nothing, yes};
use crate::web::drive::offline;
use crate::web::panel::media::homeless;
use crate::web::state::App;
use crate::words;
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
    let newer = keyed_part(move || yes(app.newer.get()), move |is| if is.is_empty() { nothing() } else { newer(app) });
    let missing =
        keyed_part(move || yes(app.missing.get()), move |is| if is.is_empty() { nothing() } else { missing(app) });
    // The place stands before the words come, so that they are read out.
    el("div").attr("role", "status").add(content).add(newer).add(missing).add(homeless::notice(app)).into()
}

/// A newer page is ready. It is loaded when the user says so.
fn newer(app: App) -> View {
    let [words, reload, later] = words::keys::newer(app.lang());
    let buttons = class("div", "buttons")
        .add(button("small primary", reload, offline::reload).attr("id", "newer-reload"))
        .add(button("small", later, move || app.newer.set(false)));
    class("div", "notice news").attr("id", "newer").add(el("p").text(words)).add(buttons).into()
}

/// What was pressed needs a part of the page that did not come.
fn missing(app: App) -> View {
    let texts = app.texts();
    let words = el("p").add(el("b").text(texts.part_missing)).text(" ").text(texts.part_press_again);
    let close = button("small", texts.close, move || app.missing.set(false));
    class("div", "notice").attr("id", "part-missing").add(words).add(close).into()
}
