//! A task or a link that a text mentions, and a message of a program.

use crate::paste::{Mention, Message};
use crate::web::dialog::takeup::ids::Ids;
use crate::web::dialog::takeup::task::TakeUp;
use crate::web::dialog::takeup::video::Video;
use crate::web::state::App;
use crate::words::paste::message::trouble;
use leptos::either::Either;
use leptos::prelude::*;

/// A task to be followed, or a link to be opened.
#[component]
pub fn MentionCard(
    /// The page.
    app: App,
    /// What is mentioned.
    mention: Mention,
    /// The ids of the card.
    ids: Ids,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    match mention {
        Mention::Task(id, places) => {
            Either::Left(view! { <TakeUp app ids id places answer=None model=String::new() is_named=true done /> })
        }
        Mention::Link { url, host, ends_ms } => Either::Right(view! { <Video app ids url host ends_ms /> }),
    }
}

/// What a program said, and what it means.
#[component]
pub fn MessageCard(
    /// The page.
    app: App,
    /// The message.
    told: Message,
) -> impl IntoView {
    let meaning = trouble(app.lang(), &told);
    view! {
        <p class="gateway-said"><code>{told.said}</code></p>
        <p>{meaning}</p>
    }
}
