//! A model of the list beside the catalog's: where it stands, and what it costs.

use crate::account::{Match, Quote, Row, Standing};
use crate::money::Money;
use crate::web::state::App;
use crate::words::{account as words, everyone};
use leptos::either::Either;
use leptos::prelude::*;

/// A model.
#[component]
pub(super) fn ModelRow(
    /// The page.
    app: App,
    /// The model.
    row: Row,
) -> impl IntoView {
    let lang = app.lang();
    let (word, look) = match row.standing {
        Standing::Both => ("both", "chip ok"),
        Standing::NotListed => ("not-listed", "chip beta"),
        Standing::NotInCatalog => ("not-in-catalog", "chip"),
    };
    let has_name = !row.name.is_empty() && !row.name.eq_ignore_ascii_case(&row.id);
    let retires = (!row.retires.is_empty()).then(|| words::retires(lang, &row.retires));
    // Where neither says a price, a table of two dashes says nothing.
    let has_prices = !row.quotes.is_empty() || !row.ours.is_empty();
    view! {
        <li data-standing=word>
            <div class="account-head">
                <code>{row.id}</code>
                {has_name.then(|| view! { <span class="hint">{row.name}</span> })}
                <span class=look>{words::standing(lang, row.standing)}</span>
                {retires.map(|retires| view! { <span class="chip beta">{retires}</span> })}
            </div>
            {has_prices.then(|| view! { <Prices app theirs=row.quotes ours=row.ours /> })}
        </li>
    }
}

/// The gateway's prices, and the catalog's.
#[component]
fn Prices(
    /// The page.
    app: App,
    /// The gateway's, each with how it stands to the catalog's.
    theirs: Vec<(Quote, Match)>,
    /// The catalog's: tier, price, currency.
    ours: Vec<(String, Money, String)>,
) -> impl IntoView {
    let lang = app.lang();
    let words = words::words(lang);
    let theirs = theirs.into_iter().map(|(quote, judged)| {
        let price = format!("{} {}", quote.written, quote.unit).trim().to_owned();
        let look = if judged == Match::Differs { "differs" } else { "hint" };
        view! {
            <li>
                <b>{price}</b>
                " "
                <span class="hint">{quote.what}</span>
                " "
                <span class=look>{words::judged(lang, judged)}</span>
            </li>
        }
        .into_any()
    });
    let ours = ours.into_iter().map(|(tier, figure, currency)| {
        let price = format!("{}{}", everyone::money(lang, figure, &currency), words::per_second(lang));
        view! { <li><b>{price}</b>" "<span class="hint">{tier}</span></li> }.into_any()
    });
    let part = |name: &'static str, list: Vec<AnyView>| {
        let list = if list.is_empty() {
            Either::Left(view! { <span class="hint">{words.no_price}</span> })
        } else {
            Either::Right(view! { <ul>{list}</ul> })
        };
        view! { <div><dt>{name}</dt><dd>{list}</dd></div> }
    };
    view! {
        <dl class="account-prices">
            {part(words.gateway_price, theirs.collect())}
            {part(words.catalog_price, ours.collect())}
        </dl>
    }
}
