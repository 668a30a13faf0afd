//! An answer that was pasted: what it says, what to do, what is billed, and the video; following the task comes second.

use crate::http::Response;
use crate::paste::{Answer, AnswerRemark, Cost};
use crate::price::seconds;
use crate::web::component::source::SourceLink;
use crate::web::component::task::unit;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::dialog::takeup::task::TakeUp;
use crate::web::dialog::takeup::video::Video;
use crate::web::state::App;
use crate::words::failure;
use crate::words::paste::{answer as said, words};
use leptos::prelude::*;

/// An answer.
#[component]
pub fn AnswerCard(
    /// The page.
    app: App,
    /// What it says.
    answer: Answer,
    /// The ids of the card.
    ids: Ids,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let lang = app.lang();
    // The title of the card has the code.
    let message = answer.fault.as_ref().map(|fault| fault.message.clone()).filter(|message| !message.is_empty());
    let error = message.map(|text| view! { <p class="gateway-said"><code>{text}</code></p> });
    let odd: Vec<_> =
        answer.remarks.iter().map(|remark| view! { <p class="hint">{said::odd(lang, *remark)}</p> }).collect();
    let has_code = answer.fault.as_ref().is_some_and(|fault| !fault.code.is_empty());
    let is_template = answer.remarks.contains(&AnswerRemark::Template);
    let video = answer.link.clone().map(|link| {
        view! { <Video app ids url=link.url host=link.host ends_ms=link.ends_ms /> }
    });
    let follow = answer.id.clone().filter(|_| !is_template && !answer.places.is_empty()).map(|id| {
        let (places, model) = (answer.places.clone(), answer.model.clone());
        view! { <TakeUp app ids id places answer=Some(response(&answer)) model is_named=!has_code done /> }
    });
    view! {
        {error}
        {(!is_template).then(|| view! { <Verdict app answer=answer.clone() /> })}
        {odd}
        <Facts app answer />
        {video}
        {follow}
    }
}

/// The answer, as the gateway would give it.
fn response(answer: &Answer) -> Response {
    let status = answer.fault.as_ref().map_or(200, |fault| fault.status);
    Response { status, headers: Vec::new(), body: answer.proper.clone(), cut: false }
}

/// Whose fault it is, whether it was billed, and what to do.
#[component]
fn Verdict(
    /// The page.
    app: App,
    /// The answer.
    answer: Answer,
) -> impl IntoView {
    let (lang, texts) = (app.lang(), app.texts());
    let blame = answer.remedy.map(|remedy| failure::blame(lang, remedy.blame()));
    let billed = said::billing(lang, answer.billing);
    let advice = answer.advice.map(|advice| failure::advice(lang, advice)).filter(|advice| !advice.is_empty());
    let complaints = said::complaints(lang, &answer);
    let advised = (advice.is_some() || !complaints.is_empty()).then(|| {
        let rows: Vec<_> = complaints.into_iter().map(|line| view! { <p>{line}</p> }).collect();
        view! {
            <div class="answer"><dt>{texts.what_to_do}</dt><dd class="advised">{advice.map(|line| view! { <p>{line}</p> })}{rows}</dd></div>
        }
    });
    let is_empty = blame.is_none() && billed.is_none() && advised.is_none();
    (!is_empty).then(|| view! {
        <dl class="answers">
            {blame.map(|words| view! { <div class="answer"><dt>{failure::labels(lang).blame}</dt><dd>{words}</dd></div> })}
            {billed.map(|words| view! { <div class="answer"><dt>{texts.was_it_billed}</dt><dd>{words}</dd></div> })}
            {advised}
        </dl>
    })
}

/// What else it says. What it does not say has no row.
#[component]
fn Facts(
    /// The page.
    app: App,
    /// The answer.
    answer: Answer,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let row = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd class="figure">{value}</dd> })
    };
    let took = answer.took_ms.map(|ms| [&*seconds(ms), unit(app)].concat()).unwrap_or_default();
    let length = said::length(lang, &answer).unwrap_or_default();
    let cost = answer.cost.as_ref().map(|known| {
        let source = match known {
            Cost::Listed(listed) => app.catalog().gateway(&listed.gateway).map(|gateway| (gateway, listed.source)),
            Cost::Unknown(_) => None,
        };
        let source = source.map(|(gateway, name)| view! { " "<SourceLink app gateway name /> });
        view! { <dt>{words.cost}</dt><dd class="figure">{said::cost(lang, known)}{source}</dd> }
    });
    let (length, took) = (row(words.length, length), row(words.took, took));
    let (lay_at, request_id) = (row(words.lay_at, answer.lay_at), row(words.request_id, answer.request_id));
    let is_empty = cost.is_none() && [&length, &took, &lay_at, &request_id].iter().all(|row| row.is_none());
    (!is_empty).then(|| view! { <dl class="facts">{length}{cost}{took}{lay_at}{request_id}</dl> })
}
