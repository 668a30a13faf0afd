//! A pasted request: what it is, what is wrong with it, and the form filled from it. Nothing is sent from here.

mod finding;
mod meaning;
mod remark;

use crate::catalog::FieldId;
use crate::doctor::examine_read;
use crate::draft::Value;
use crate::import::Call;
use crate::reading::Reading;
use crate::web::browser;
use crate::web::component::select::Select;
use crate::web::dialog::import::finding::{Corrected, Findings};
use crate::web::dialog::import::meaning::{Meanings, corrected_wish};
use crate::web::dialog::import::remark::Remarks;
use crate::web::dialog::takeup::key::{KeyOffer, here};
use crate::web::drive::takeup as up;
use crate::web::state::App;
use crate::web::state::paste::Requests;
use crate::words::import::words;
use crate::words::takeup;
use leptos::prelude::*;
use std::sync::Arc;

/// Characters of a choice.
const LABEL: usize = 60;

/// What was found, and of several requests which one is shown.
#[component]
pub fn Import(
    /// The page.
    app: App,
    /// The requests.
    requests: Arc<Requests>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let chosen = RwSignal::new(0_usize);
    let names = (1_usize..).zip(&requests.list).map(|(number, request)| format!("{number} · {}", label(request)));
    let options: Vec<_> = names.enumerate().map(|(at, name)| (at.to_string(), short(&name))).collect();
    let which =
        (options.len() > 1).then(|| view! { <Select id="import-request" label=words.which_request options chosen /> });
    view! {
        <p class="request-found">{head(app, &requests)}</p>
        {which}
        <For
            each=move || [chosen.get()]
            key=|at| *at
            children=move |at| view! { <Request app requests=requests.clone() at done /> }
        />
    }
}

/// How many requests there are.
pub fn head(app: App, requests: &Requests) -> String {
    let words = words(app.lang());
    match requests.list.len() {
        1 => words.request.to_owned(),
        several => format!("{several}{}", words.requests),
    }
}

/// Model and beginning of the prompt of a request, or its address.
fn label((call, reading): &(Call, Reading)) -> String {
    let Some(wish) = reading.wishes.first() else { return format!("{} {}", call.method, call.url) };
    let prompt = match wish.draft.get(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    format!("{} · {prompt}", wish.model)
}

fn short(name: &str) -> String {
    name.chars().take(LABEL).collect()
}

/// A request: its meaning, its faults, its correction, and its key.
#[component]
fn Request(
    /// The page.
    app: App,
    /// All of them.
    requests: Arc<Requests>,
    /// Which one.
    at: usize,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let (call, reading) = &requests.list[at];
    let bases = untrack(|| up::bases(app));
    let examination = examine_read(app.catalog(), &bases, call, reading, browser::now_ms());
    let corrected = examination.correction.as_ref().and_then(|correction| corrected_wish(app, correction));
    let correction = examination.correction.map(|correction| {
        let (proof, wish) = (call.proof.clone(), reading.wishes.first());
        let gateway = wish.and_then(|wish| app.catalog().gateway(&wish.gateway));
        view! { <Corrected app proof gateway correction /> }
    });
    let key = requests.key(at).map(|secret| {
        // A key goes where the request does, never to the gateway that happens to be chosen.
        let key_for = requests.place(at).or_else(|| here(app).filter(|_| !requests.has_address(at)));
        view! { <KeyOffer app secret key_for /> }
    });
    view! {
        <Meanings app reading=reading.clone() corrected done />
        <Findings app list=examination.findings />
        {correction}
        <Remarks app requests=requests.clone() />
        <p class="advice risk">{takeup::words(app.lang()).create_call}</p>
        {key}
    }
}
