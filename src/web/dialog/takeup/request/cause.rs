//! Why a request failed, as the rest of the text proves it.

use crate::paste::{Holds, Trouble};
use crate::snippet::{self, Curl, Shell};
use crate::web::component::copy::Copy;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::web::state::paste::Read;
use crate::words::failure;
use crate::words::paste::{answer, message, words};
use leptos::prelude::*;
use std::sync::Arc;

/// What the answer or a program's message proves. Nothing, if nothing does.
#[component]
pub fn Cause(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The number of the request's card.
    at: usize,
    /// The ids of the card.
    ids: Ids,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let proof = read.request(at)?.cause?;
    let (said, meaning) = match &read.paste.cards.get(proof)?.holds {
        Holds::Answer(told) => {
            let advice = told.advice.map(|advice| failure::advice(lang, advice)).unwrap_or_default();
            (answer::said(told).unwrap_or_default(), advice)
        }
        Holds::Message(told) => (told.said.clone(), message::trouble(lang, told).to_owned()),
        _ => return None,
    };
    let copy = for_cmd(app, &read, at, proof).map(|text| {
        let (text, name) = (Callback::new(move |()| text.clone()), words.for_cmd);
        view! { <p><Copy app text name attr:id=ids.of("taken-cmd") /></p> }
    });
    Some(view! {
        <div class="cause" id=ids.of("taken-cause")>
            <p><b>{words.cause}</b></p>
            <p>{meaning}</p>
            <p class="gateway-said"><code>{said}</code></p>
            {copy}
        </div>
    })
}

/// The command for the Windows prompt, where its quotes were the fault.
fn for_cmd(app: App, read: &Read, at: usize, proof: usize) -> Option<String> {
    let Holds::Message(told) = &read.paste.cards[proof].holds else { return None };
    if told.trouble != Trouble::SingleQuotes {
        return None;
    }
    let asked = read.request(at)?;
    let corrected = asked.judged.iter().find_map(|judged| judged.correction.as_ref());
    let request = corrected.map(|found| found.request.clone()).or_else(|| asked.printable())?;
    let gateway = app.catalog().gateway(&asked.like);
    let key_variable = gateway.map_or("API_KEY", |gateway| gateway.key_variable);
    Some(snippet::print(Shell::Cmd, &request, Curl { key_variable, output: None, body_file: BODY_FILE }).text)
}
