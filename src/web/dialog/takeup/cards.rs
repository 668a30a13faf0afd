//! What the page makes of a text: a link to a form, or a card for each thing that the text holds, in their order, the
//! main one open. Nothing is fetched before a press.

use crate::paste::Holds as Kind;
use crate::web::dialog::takeup::answer::AnswerCard;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::dialog::takeup::key::{KeyOffer, here};
use crate::web::dialog::takeup::link::Pasted;
use crate::web::dialog::takeup::long::{Apart, Under};
use crate::web::dialog::takeup::mention::{MentionCard, MessageCard};
use crate::web::dialog::takeup::request::RequestCard;
use crate::web::state::App;
use crate::web::state::paste::{Holds, Lack, Read};
use crate::words::paste::{found, message, title, words};
use crate::words::takeup;
use leptos::either::EitherOf3;
use leptos::prelude::*;
use std::sync::Arc;

/// Cards that are shown of one text.
const MOST: usize = 40;

/// What the page makes of a text.
#[component]
pub fn Outcome(
    /// The page.
    app: App,
    /// What the text holds.
    holds: Holds,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    match holds {
        Holds::Link(link) => EitherOf3::A(view! { <Pasted app link=(*link).clone() done /> }),
        Holds::Text(read) => EitherOf3::B(view! { <Cards app read done /> }),
        Holds::Reading(progress) => EitherOf3::C(view! { <Under app progress /> }),
    }
}

/// What is said of it to those who listen: its first words.
pub fn spoken(app: App, holds: &Holds) -> String {
    match holds {
        // The button that takes it says what it is.
        Holds::Link(_) | Holds::Reading(_) => String::new(),
        Holds::Text(read) => {
            let main = read.paste.main.and_then(|at| read.paste.cards.get(at));
            let count = read.paste.cards.len();
            main.map_or_else(
                || lack(app, read.lack).to_owned(),
                |card| found(app.lang(), &title(app.lang(), card), count),
            )
        }
    }
}

/// Why there is no card.
fn lack(app: App, lack: Lack) -> &'static str {
    let words = takeup::words(app.lang());
    match lack {
        Lack::Nothing => words.nothing,
        Lack::TooLong => words.too_long,
        Lack::Key => words.key_alone,
        Lack::Unknown => words.unknown,
    }
}

/// A card for each thing, and the key that belongs to none of them.
#[component]
fn Cards(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let (count, main) = (read.paste.cards.len(), read.paste.main);
    let shown: Vec<usize> = (0..count).filter(|at| *at < MOST || main == Some(*at)).collect();
    let lead = if count == 0 { lack(app, read.lack) } else { words.lead };
    let more = (shown.len() < count).then(|| view! { <p class="hint">{words.more}</p> });
    let key = read.loose_key().map(|secret| {
        // A key goes where the rest of the text does, never to the gateway that happens to be chosen.
        let key_for = read.key_place().or_else(|| here(app).filter(|_| !read.text.contains("://")));
        view! { <KeyOffer app ids=Ids::MAIN secret key_for /> }
    });
    let apart = read.is_apart.then(|| view! { <Apart app read=read.clone() /> });
    let cards: Vec<_> = shown.into_iter().map(|at| view! { <Section app read=read.clone() at done /> }).collect();
    view! {
        {apart}
        <p class="request-found">{lead}</p>
        {cards}
        {more}
        {key}
    }
}

/// A card, open if it is the main one. What is in another comes when it is opened.
#[component]
fn Section(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The number of the card.
    at: usize,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let is_main = read.paste.main == Some(at);
    let was_open = RwSignal::new(is_main);
    let card = &read.paste.cards[at];
    let name = title(app.lang(), card);
    let kind = match &card.holds {
        Kind::Request(_) => "request",
        Kind::Answer(_) => "answer",
        Kind::Message(_) => "message",
        Kind::Mention(_) => "mention",
        Kind::Page | Kind::Unread(_) => "other",
    };
    view! {
        <details
            class="taken-card"
            data-kind=kind
            open=is_main
            on:toggle:target=move |event| {
                if event.target().open() {
                    was_open.set(true);
                }
            }
        >
            <summary><h3>{name}</h3></summary>
            <Show when=move || was_open.get()>
                <Content app read=read.clone() at done />
            </Show>
        </details>
    }
}

/// What is in a card.
#[component]
fn Content(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The number of the card.
    at: usize,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let ids = Ids::at(at, read.paste.main);
    match &read.paste.cards[at].holds {
        Kind::Request(_) => view! { <RequestCard app read=read.clone() at ids done /> }.into_any(),
        Kind::Answer(answer) => view! { <AnswerCard app answer=(**answer).clone() ids done /> }.into_any(),
        Kind::Message(told) => view! { <MessageCard app told=told.clone() /> }.into_any(),
        Kind::Mention(mention) => view! { <MentionCard app mention=mention.clone() ids done /> }.into_any(),
        Kind::Page => view! { <p>{message::page(app.lang())}</p> }.into_any(),
        Kind::Unread(language) => view! { <p>{message::unread(app.lang(), *language)}</p> }.into_any(),
    }
}
