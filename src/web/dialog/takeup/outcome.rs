//! What the page makes of a text: a link, requests, a task, a refusal, or the word that it is nothing of these.

use crate::address::BaseUrl;
use crate::takeup::{Found, Taken};
use crate::task::State;
use crate::verdict::{brought, expired};
use crate::web::component::verdict::Answers;
use crate::web::dialog::import::{Import, head};
use crate::web::dialog::takeup::cards::Cards;
use crate::web::dialog::takeup::key::{KeyOffer, here};
use crate::web::dialog::takeup::link::Pasted;
use crate::web::dialog::takeup::task::TakeUp;
use crate::web::state::App;
use crate::web::state::paste::Holds;
use crate::words::failure;
use crate::words::paste::title;
use crate::words::takeup::words;
use leptos::prelude::*;
use std::sync::Arc;

/// What the page makes of a text.
#[component]
pub fn Outcome(
    /// The page.
    app: App,
    /// What the text holds.
    holds: Arc<Holds>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    match &*holds {
        Holds::Link(link) => view! { <Pasted app link=link.clone() done /> }.into_any(),
        Holds::Requests(requests) => view! { <Import app requests=requests.clone() done /> }.into_any(),
        Holds::Other { taken, has_address, cards } => {
            // A key goes where the rest of the text does, never to the gateway that happens to be chosen.
            let key_for = key_place(&taken.found).or_else(|| here(app).filter(|_| !has_address));
            let secret = taken.secret.clone();
            let says_more = !matches!(taken.found, Found::Unknown) || cards.is_empty();
            view! {
                <Cards app cards=cards.clone() />
                {says_more.then(|| view! { <Other app taken=taken.clone() done /> })}
                {secret.map(|secret| view! { <KeyOffer app secret key_for /> })}
            }
            .into_any()
        }
    }
}

/// What is said of it to those who listen: its first words.
pub fn spoken(app: App, holds: &Holds) -> String {
    match holds {
        // The button that takes it says what it is.
        Holds::Link(_) => String::new(),
        Holds::Requests(requests) => head(app, requests),
        Holds::Other { taken, cards, .. } => match &taken.found {
            Found::Unknown if !cards.is_empty() => title(app.lang(), &cards[0]),
            Found::Task { id, .. } => format!("{} {}", words(app.lang()).task, id.0),
            found => lead(app, found).to_owned(),
        },
    }
}

/// Its first words.
fn lead(app: App, found: &Found) -> &'static str {
    let words = words(app.lang());
    match found {
        Found::Nothing => words.nothing,
        Found::TooLong => words.too_long,
        Found::Page => words.page,
        Found::Key => words.key_alone,
        Found::Unknown => words.unknown,
        Found::CreateCall(_) => words.create_call,
        Found::Refusal(_) => words.refusal,
        Found::ExpiredLink => failure::link_expired(app.lang()),
        Found::Link(_) => words.link,
        Found::Task { .. } => words.task,
    }
}

/// The only place a key in such a text can be for, as far as the text tells.
fn key_place(found: &Found) -> Option<(String, BaseUrl)> {
    let place = match found {
        Found::CreateCall(place) => place,
        Found::Task { places, .. } if places.len() == 1 => &places[0],
        _ => return None,
    };
    Some((place.gateway.clone(), place.base.clone()?))
}

/// Something of a task, or nothing that is known.
#[component]
fn Other(
    /// The page.
    app: App,
    /// What it is.
    taken: Taken,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let lang = app.lang();
    let lead = lead(app, &taken.found);
    match taken.found {
        Found::CreateCall(_) => view! { <p class="advice risk">{lead}</p> }.into_any(),
        Found::Refusal(fault) => {
            let said = [&*fault.code, &*fault.message, &*fault.request_id].join(" · ");
            let (happened, billed) = (failure::refused_somewhere(lang), failure::refused_is_free(lang));
            view! {
                <p>{lead}</p>
                <Answers app happened billed found=brought(&fault) />
                <p class="hint">{said}</p>
            }
            .into_any()
        }
        Found::ExpiredLink => {
            let found = expired();
            let billed = failure::billed(lang, &State::Lost(String::new()), found.billed);
            view! { <Answers app happened=lead billed found /> }.into_any()
        }
        Found::Link(url) => {
            let video = url.clone();
            view! {
                <p>{lead}</p>
                <video controls playsinline preload="metadata" src=video></video>
                <a class="button" href=url target="_blank" rel="noreferrer noopener">{app.texts().open}</a>
            }
            .into_any()
        }
        Found::Task { id, places, answer, model } => view! { <TakeUp app id places answer model done /> }.into_any(),
        Found::Nothing | Found::TooLong | Found::Page | Found::Key | Found::Unknown => {
            view! { <p>{lead}</p> }.into_any()
        }
    }
}
