//! A link in what was pasted, or a file of one: what it holds, and the button that takes it.

use crate::catalog::FieldId;
use crate::link::Opened;
use crate::web::browser;
use crate::web::component::link::{Contents, NotUnderstood};
use crate::web::drive::link::carry_out;
use crate::web::state::App;
use crate::web::state::paste::PastedLink;
use crate::words::share::words;
use leptos::prelude::*;

/// What was found, what of it was not understood, and what it holds.
#[component]
pub fn Pasted(
    /// The page.
    app: App,
    /// The link.
    link: PastedLink,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let PastedLink { is_file, elsewhere, opened: Opened { wish, misread, .. } } = link;
    let elsewhere = elsewhere.map(|place| {
        view! { <p class="advice note" id="taken-elsewhere">{words.elsewhere}" "<code>{place}</code></p> }
    });
    let told = misread.clone();
    let rest = wish.map(|wish| {
        let link = wish.clone();
        let fill = move |_| {
            let opened = Opened { wish: Some(wish.clone()), misread: misread.clone(), ..Opened::default() };
            carry_out(app, opened, false);
            done.run(());
            browser::focus(&format!("f-{}", FieldId::Prompt.name()));
        };
        view! {
            <div class="buttons">
                <button type="button" class="primary" id="taken-fill" on:click=fill>{words.fill}</button>
            </div>
            <Contents app link />
        }
    });
    view! {
        <p class="request-found" id="taken-link">{if is_file { words.pasted_file } else { words.pasted }}</p>
        {elsewhere}
        <NotUnderstood app list=told />
        {rest}
    }
}
