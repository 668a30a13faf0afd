//! What stands beside a key: where it is kept, what that means, and how long a temporary one lasts.

use crate::lazy;
use crate::web::component::dom::{El, View, el, held, keyed_part, nothing, typed, yes};
use crate::web::component::later::later;
use crate::web::panel::row::problem_line;
use crate::web::state::App;
use crate::web::state::slots::at;
use crate::words;
use leptos::prelude::*;

/// Where the key of a place is kept. An embedded page keeps none.
pub fn choice(app: App, slot: String) -> View {
    if app.embedded {
        return nothing();
    }
    let words = words::keys::words(app.lang());
    let options = [("", words.memory), ("tab", words.tab), ("browser", words.browser)]
        .map(|(value, words)| el("option").attr("value", value).text(words));
    let (mine, ends) = (slot.clone(), slot.clone());
    el("select")
        .attrs(&[("id", "keep-key"), ("aria-label", words.keep), ("title", words.keep)])
        .attr("aria-describedby", "key-hint")
        .all(options)
        .value(move || at(app.keeps, &mine))
        .toggle("gone", move || app.key_end(&ends).is_some())
        .on("change", move |event| crate::web::drive::keys::choose_keep(app, &slot, typed(&event)))
        .into()
}

/// What the choice means. It is said again when it changes.
pub fn meaning(app: App, slot: String) -> El {
    let words = move || {
        let place = if app.key_end(&slot).is_some() { "temporary".to_owned() } else { at(app.keeps, &slot) };
        let means = match place.as_str() {
            "" => words::keys::words(app.lang()).memory_means,
            place => words::keys::means(app.lang(), place),
        };
        [means, " "].concat()
    };
    el("span").attrs(&[("id", "key-means"), ("aria-live", "polite")]).words(words)
}

/// Why the key is not kept, and the time that is left to it. The time is not read out at every second.
pub fn beside(app: App, slot: String) -> View {
    let unkept = problem_line("key-unkept").words(move || match app.key_unkept.get() {
        "" => String::new(),
        why => words::keys::unkept(app.lang(), why).to_owned(),
    });
    let ends = slot.clone();
    let left = keyed_part(move || yes(app.key_end(&ends).is_some()), {
        move |ends| {
            let slot = slot.clone();
            if ends.is_empty() { nothing() } else { later(app, move || time_left(app, slot.clone())) }
        }
    });
    View::from(unkept).and(left)
}

lazy!(tasks:
    fn time_left(app: App, slot: String) -> View {
        held(view! { <Countdown app place=slot /> })
    }
);

/// The time that is left to a temporary key.
#[component]
fn Countdown(
    /// The page.
    app: App,
    /// Where the key is.
    place: String,
) -> impl IntoView {
    let words = move || app.key_left(&place).map(|left| words::keys::left(app.lang(), left)).unwrap_or_default();
    view! { <p class="hint" id="key-left" role="timer" aria-live="off">{words}</p> }
}
