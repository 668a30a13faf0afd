//! A pasted request: why it failed, if the text proves that; what it means, what is wrong with it, and the form filled
//! from it. Nothing is sent from here.

mod cause;
mod finding;
mod judged;
mod meaning;
mod remark;

use crate::address::BaseUrl;
use crate::import::RemarkKind;
use crate::paste::{Asked, Card, Does, Holds, Trouble, Whose};
use crate::protocol::TaskId;
use crate::web::dialog::takeup::exact::SendExactly;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::dialog::takeup::key::{KeyOffer, here};
use crate::web::dialog::takeup::request::cause::Cause;
use crate::web::dialog::takeup::request::judged::Judgements;
use crate::web::dialog::takeup::request::remark::{Reading, Repairs};
use crate::web::dialog::takeup::task::TakeUp;
use crate::web::state::App;
use crate::web::state::paste::{Read, key_home};
use crate::words::import;
use crate::words::paste::{request as said, words};
use leptos::prelude::*;
use std::sync::Arc;

/// A request: its cause, its meaning, its faults, its correction, and its key.
#[component]
pub fn RequestCard(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The number of the card.
    at: usize,
    /// The ids of the card.
    ids: Ids,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let asked = read.request(at)?.clone();
    let notes: Vec<_> =
        said::notes(lang, &asked).into_iter().map(|note| view! { <p class="advice note">{note}</p> }).collect();
    let unfilled = said::unfilled(lang, &asked).map(|text| view! { <p class="advice risk">{text}</p> });
    let is_lost = asked.does == Does::Create && asked.judged.is_empty() && matches!(asked.whose, Whose::Gateway { .. });
    let lost = is_lost.then(|| view! { <p class="advice risk">{import::words(lang).no_wish}</p> });
    let hints: Vec<_> = asked.hints.iter().map(|hint| view! { <li>{said::hint(lang, hint)}</li> }).collect();
    let hints = (!hints.is_empty()).then(|| view! { <h4>{words.hints}</h4><ul class="remarks">{hints}</ul> });
    let runs = asked.may_have_run().then(|| view! { <p class="hint">{words.runs}</p> });
    let follow = follow(app, ids, &asked, done);
    let key = read.key(at).map(|secret| {
        // A key goes where the request does, never to the gateway that happens to be chosen.
        let has_home = matches!(asked.whose, Whose::Unsaid | Whose::ByPath(_));
        let key_for =
            key_home(&asked).or_else(|| here(app).filter(|home| has_home && !names_another(app, &read.text, home)));
        view! { <KeyOffer app ids secret key_for /> }
    });
    let mut remarks = read.remarks(at);
    let proves_quotes =
        |card: &Card| matches!(&card.holds, Holds::Message(told) if told.trouble == Trouble::SingleQuotes);
    if asked.cause.and_then(|at| read.paste.cards.get(at)).is_some_and(proves_quotes) {
        remarks.retain(|remark| remark.kind != RemarkKind::SingleQuotes);
    }
    Some(view! {
        <Cause app read=read.clone() at ids />
        {notes}
        {unfilled}
        {lost}
        <Repairs app read=read.clone() remarks=remarks.clone() ids />
        {follow}
        <Judgements app asked=asked.clone() ids done />
        {hints}
        <SendExactly app exact=asked.exact.clone() ids verdict=asked.verdict() done />
        {runs}
        {key}
        <Reading app read remarks ids />
    })
}

/// Whether a text has an address of another gateway than this: the key in it may be that one's.
fn names_another(app: App, text: &str, (gateway, _): &(String, BaseUrl)) -> bool {
    let others = app.catalog().gateways.iter().filter(|other| other.id != gateway);
    others.flat_map(|other| other.bases).any(|base| !base.url.contains('{') && text.contains(base.url))
}

/// The task that a request is about, to be followed.
fn follow(app: App, ids: Ids, asked: &Asked, done: Callback<()>) -> Option<impl IntoView + use<>> {
    let id = TaskId(asked.does.first_id()?.to_owned());
    let places = asked.places.clone();
    (!places.is_empty()).then(
        || view! { <TakeUp app ids id places answer=None model=String::new() is_named=asked.model.is_empty() done /> },
    )
}
