//! A customer's request, sent exactly as it was pasted: everything that one has to know before the press, and the press.

use crate::address::BaseUrl;
use crate::generation::{Exact, NotExact, Same};
use crate::lazy;
use crate::paste::Verdict;
use crate::price::Estimate;
use crate::web::component::part::Part;
use crate::web::component::price::{amount, formula};
use crate::web::component::select::Select;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::route::relayed;
use crate::web::drive::{open, runner, takeup as up};
use crate::web::state::pressed::Pressed;
use crate::web::state::{App, Target};
use crate::words::exact::{self, words};
use leptos::prelude::*;
use std::sync::Arc;

lazy!(tasks:
    fn run(app: App, pressed: Pressed) {
        open::tasks(app);
        runner::run(app, pressed);
    }
);

/// The request as it was pasted, or why it cannot be sent so. Nothing, if it creates no task.
#[component]
pub fn SendExactly(
    /// The page.
    app: App,
    /// The request.
    exact: Result<Exact, NotExact>,
    /// The ids of the card.
    ids: Ids,
    /// What comes of it, by the documents.
    verdict: Option<Verdict>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    match exact {
        Ok(exact) => view! { <Offer app exact ids verdict done /> }.into_any(),
        Err(why) => {
            let why = exact::why_not(app.lang(), &why);
            (!why.is_empty()).then(|| view! { <p class="hint" id=ids.of("exact-not")>{why}</p> }).into_any()
        }
    }
}

/// What is sent, where to, what it may cost, and the press.
#[component]
fn Offer(
    /// The page.
    app: App,
    /// The request.
    exact: Exact,
    /// The ids of the card.
    ids: Ids,
    /// What comes of it, by the documents.
    verdict: Option<Verdict>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let bases = Arc::new(bases(app, &exact));
    let options: Vec<_> = bases.iter().map(|base| (base.text(), name(app, base))).collect();
    let chosen = RwSignal::new(0_usize);
    let exact = Arc::new(exact);
    let target = {
        let (bases, exact) = (bases.clone(), exact.clone());
        Memo::new(move |_| Some(up::target_of(app, &exact, bases.get(chosen.get())?)))
    };
    let problem = RwSignal::new(String::new());
    let sent = exact.clone();
    let press = move |_| match target.get_untracked().map(|target| app.pressed_exactly(&sent, target)) {
        Some(Ok(pressed)) => {
            app.fetch(run(app, pressed));
            done.run(());
        }
        Some(Err(why)) => problem.set(why.map_or(words.no_key.to_owned(), |why| exact::why_not(app.lang(), &why))),
        None => {}
    };
    let same = (exact.same() == Same::Values).then(|| view! { <p class="hint">{words.same_values}</p> });
    let warning = exact::warning(app.lang(), verdict);
    let warning = (!warning.is_empty()).then(|| view! { <p class="advice risk">{warning}</p> });
    view! {
        <details class="exact" id=ids.of("exact")>
            <summary>{words.open}</summary>
            <p>{words.lead}</p>
            {same}
            <Select id=ids.of("exact-base") label=words.to options chosen />
            <Part of=target let:target>
                {target.map(|target| view! { <Shown app exact=exact.clone() ids target /> })}
            </Part>
            {warning}
            <p class="problem" id=ids.of("exact-problem") role="status">{problem}</p>
            <div class="buttons">
                <button type="button" id=ids.of("exact-send") on:click=press>{words.press}</button>
            </div>
        </details>
    }
}

/// The addresses it may be sent to: the one it was sent to, if that is the gateway's, then those in use and listed.
fn bases(app: App, exact: &Exact) -> Vec<BaseUrl> {
    let mut bases: Vec<BaseUrl> = exact.base().cloned().into_iter().collect();
    let others = app.catalog().gateway(exact.gateway()).map(|gateway| up::choices(app, gateway)).unwrap_or_default();
    for base in others {
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
    bases
}

fn name(app: App, base: &BaseUrl) -> String {
    if app.is_simulator(base) { words(app.lang()).simulator.to_owned() } else { base.text() }
}

/// What is sent to an address, and its price there.
#[component]
fn Shown(
    /// The page.
    app: App,
    /// The request.
    exact: Arc<Exact>,
    /// The ids of the card.
    ids: Ids,
    /// Where it goes.
    target: Target,
) -> impl IntoView {
    let words = words(app.lang());
    let estimate = exact.estimate(app.catalog(), &target.base, &target.region);
    let price = price(app, estimate.as_ref());
    let bills = if target.simulated { words.free } else { words.bills };
    let is_relayed = relayed(app, exact.gateway(), &target.base.text()).is_some();
    let not_relayed = if is_relayed { exact.not_relayed().join(", ") } else { String::new() };
    let not_relayed = (!not_relayed.is_empty()).then(|| {
        view! { <p class="advice risk" id=ids.of("exact-relay")>{words.not_relayed}{not_relayed}</p> }
    });
    let left_out = exact.left_out().join(", ");
    let left_out = (!left_out.is_empty()).then(|| view! { <p class="hint">{words.left_out}{left_out}</p> });
    view! {
        <p id=ids.of("exact-price")><b>{price}</b>" "{bills}</p>
        <pre id=ids.of("exact-request") tabindex="0" role="group" aria-label=words.body>{exact.written(&target.base, is_relayed)}</pre>
        {not_relayed}
        {left_out}
    }
}

fn price(app: App, estimate: Option<&Estimate>) -> String {
    let (lang, words) = (app.lang(), words(app.lang()));
    let Some(estimate) = estimate else { return words.no_price.to_owned() };
    let formula = formula(estimate, lang);
    let sum = [words.price, &amount(estimate, lang)].concat();
    if formula.is_empty() { sum } else { [&sum, " · ", &formula].concat() }
}
