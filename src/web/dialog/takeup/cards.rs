//! What was read in a text, thing by thing.

use crate::paste::Card;
use crate::web::browser;
use crate::web::state::App;
use crate::words::paste::{lines, title};
use leptos::prelude::*;

/// A section for each thing that a text holds.
#[component]
pub fn Cards(
    /// The page.
    app: App,
    /// What it holds, in order.
    cards: Vec<Card>,
) -> impl IntoView {
    let (lang, now_ms) = (app.lang(), browser::now_ms());
    let section = move |card: Card| {
        let told = lines(lang, &card, now_ms).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <section>
                <h3>{title(lang, &card)}</h3>
                <ul>{told}</ul>
            </section>
        }
    };
    cards.into_iter().map(section).collect_view()
}
