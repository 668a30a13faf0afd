//! The dialog of the link that is made.

use crate::link::carry::NotCarried;
use crate::link::{self, Link, file};
use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::component::dialog::Dialog;
use crate::web::component::link::Contents;
use crate::web::drive::share;
use crate::web::state::App;
use crate::words::share::{not_carried, words};
use leptos::either::Either;
use leptos::prelude::*;

const ID: &str = "share";
/// Name of the file.
const FILE: &str = "wan-playground-link.json";
/// Links above this length are better sent as a file.
const LONG: usize = 8 * 1024;

/// Opens the dialog, made anew for what is shown now.
pub fn open(app: App) {
    app.show(ID, move || view! { <Share app /> });
}

/// The dialog: the link, the ways to take it along, what it holds and what it leaves out.
#[component]
fn Share(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = words(app.lang());
    let (link, left) = untrack(|| share::link_shown(app));
    let is_of_task = untrack(|| share::is_of_task(app));
    let address = share::address_of(&link);
    let is_long = address.len() > LONG;
    let has_query = link.media().any(link::MediaLink::has_query);
    let is_on_this_machine = crate::address::is_on_this_machine(&address);
    view! {
        <Dialog app id=ID title=words.title>
            <p>{words.lead}</p>
            {is_of_task.then(|| view! { <p class="hint">{words.of_task}</p> })}
            <textarea id="share-address" rows="3" readonly spellcheck="false" aria-label=words.address>
                {address.clone()}
            </textarea>
            {is_long.then(|| view! { <p class="advice cost" id="share-long">{words.long}</p> })}
            <Ways app link=link.clone() address is_long />
            {has_query.then(|| view! { <p class="advice risk" id="share-signed">{words.signed}</p> })}
            {is_on_this_machine.then(|| view! { <p class="advice note" id="share-own">{words.own_machine}</p> })}
            <h3>{words.holds}</h3>
            <Contents app link id="share-holds" />
            <LeftOut app list=left />
            <p class="hint">{words.never}</p>
        </Dialog>
    }
}

/// The buttons that take the link along. What suits its length best comes first.
#[component]
fn Ways(
    /// The page.
    app: App,
    /// The link.
    link: Link,
    /// Its address.
    address: String,
    /// It is better sent as a file.
    is_long: bool,
) -> impl IntoView {
    let words = words(app.lang());
    let look = |is_first| if is_first { "primary" } else { "" };
    let copy = view! {
        <Copy
            app
            text=move |()| address.clone()
            name=words.copy
            copied=words.copied
            class=look(!is_long)
            attr:id="share-copy"
        />
    };
    let content = file::write(&link);
    let save = view! {
        <button
            type="button"
            class=look(is_long)
            id="share-save"
            on:click=move |_| browser::save_text(FILE, &content)
        >
            {words.save}
        </button>
    };
    let both = if is_long { Either::Left((save, copy)) } else { Either::Right((copy, save)) };
    view! { <div class="buttons">{both}</div> }
}

/// What the link does not carry, and why. Nothing, if it carries all.
#[component]
fn LeftOut(
    /// The page.
    app: App,
    /// What it is.
    list: Vec<NotCarried>,
) -> impl IntoView {
    let lang = app.lang();
    (!list.is_empty()).then(|| {
        let row = |left| {
            let (name, why) = not_carried(lang, left);
            view! { <li><b>{name}</b>" — "{why}</li> }
        };
        let rows: Vec<_> = list.iter().map(row).collect();
        view! {
            <h3>{words(lang).left}</h3>
            <ul class="left-out" id="share-left">{rows}</ul>
        }
    })
}
