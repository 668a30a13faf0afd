//! How a request is judged, for each gateway it may be meant for: what it costs, what is wrong, and how it would be right.

use crate::paste::{Asked, Does, Judged, Whose};
use crate::web::component::price::{amount, formula};
use crate::web::component::select::Select;
use crate::web::component::source::SourceLink;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::dialog::takeup::request::finding::{Corrected, Findings};
use crate::web::dialog::takeup::request::meaning::Fill;
use crate::web::state::App;
use crate::words::import;
use crate::words::paste::words;
use leptos::either::Either;
use leptos::prelude::*;

/// The judgement for the gateway it goes to; or for those it may be meant for, one at a time.
#[component]
pub fn Judgements(
    /// The page.
    app: App,
    /// The request.
    asked: Asked,
    /// The ids of the card.
    ids: Ids,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let label = match &asked.whose {
        Whose::Gateway { .. } | Whose::Unsaid | Whose::ByPath(_) => words.meant_for,
        _ => words.judged_as,
    };
    // Of a call that makes nothing only what is wrong is worth a word.
    let is_idle = asked.does != Does::Create && asked.judged.iter().all(|judged| judged.findings.is_empty());
    if is_idle {
        return None;
    }
    let names: Vec<String> = asked.judged.iter().map(|judged| name(app, &asked, judged)).collect();
    let chosen = RwSignal::new(0_usize);
    let which = match &names[..] {
        [] => None,
        [only] => Some(Either::Left(view! { <p>{label}" "<b>{only.clone()}</b></p> })),
        _ => {
            let options: Vec<_> = names.iter().enumerate().map(|(at, name)| (at.to_string(), name.clone())).collect();
            Some(Either::Right(view! { <Select id=ids.of("import-which") label options chosen /> }))
        }
    };
    let count = asked.judged.len();
    Some(view! {
        {which}
        <For
            each=move || (count > 0).then(|| chosen.get())
            key=|at| *at
            children=move |at| view! { <Judgement app asked=asked.clone() at ids done /> }
        />
    })
}

/// Gateway and model.
fn name(app: App, asked: &Asked, judged: &Judged) -> String {
    let gateway = app.catalog().gateway(&judged.gateway);
    let gateway = gateway.map_or(&*judged.gateway, |gateway| app.pick(&gateway.name));
    let model = if judged.model.is_empty() { &asked.model } else { &judged.model };
    if model.is_empty() { gateway.to_owned() } else { [gateway, " · ", model].concat() }
}

/// One judgement.
#[component]
fn Judgement(
    /// The page.
    app: App,
    /// The request.
    asked: Asked,
    /// The number of the judgement.
    at: usize,
    /// The ids of the card.
    ids: Ids,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let lang = app.lang();
    let judged = asked.judged.into_iter().nth(at)?;
    let gateway = app.catalog().gateway(&judged.gateway)?;
    let price = judged.price.as_ref().map(|estimate| {
        let (sum, how) = (amount(estimate, lang), formula(estimate, lang));
        let source = gateway.sources.iter().find(|(name, _)| *name == estimate.source).map(|(name, _)| name);
        let source = source.map(|name| view! { " "<SourceLink app gateway name /> });
        view! { <p class="price-pasted">{words(lang).cost}" "<b>{sum}</b>" "<span class="hint">{how}</span>{source}</p> }
    });
    let guess = judged.wish.as_ref().filter(|wish| !wish.named);
    let guess = guess.map(|_| view! { <p class="hint">{import::words(lang).guessed}</p> });
    let has_place = matches!(asked.whose, Whose::Gateway { .. });
    // What the text proves is not overruled by what the documents tell.
    let is_healthy = judged.is_checked && asked.cause.is_none() && asked.open.is_empty();
    let is_dearer = judged.is_dearer.then(|| view! { <p class="advice cost">{words(lang).dearer}</p> });
    let correction = judged.correction.clone().map(|correction| {
        view! { <Corrected app ids proof=asked.call.proof.clone() gateway=Some(gateway) correction /> }
    });
    Some(view! {
        {price}
        {guess}
        <Findings app ids judged=judged.clone() is_healthy />
        {correction}
        {is_dearer}
        <Fill app ids judged has_place done />
    })
}
