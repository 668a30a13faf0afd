//! A key in a pasted text.

use crate::address::BaseUrl;
use crate::key::Secret;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::journal::follow::key_given;
use crate::web::drive::keys::set_key;
use crate::web::state::App;
use crate::words::takeup::words;
use leptos::prelude::*;

/// A key was pasted: it may be used, for one origin, if the user says so.
#[component]
pub fn KeyOffer(
    /// The page.
    app: App,
    /// The ids of its card.
    ids: Ids,
    /// The key.
    secret: Secret,
    /// The gateway and address it is for, if that is known.
    key_for: Option<(String, BaseUrl)>,
) -> impl IntoView {
    let words = words(app.lang());
    let is_taken = RwSignal::new(false);
    let offer = key_for.map(|(gateway, base)| {
        let name = format!("{} {}", words.use_key, base.origin());
        let take = move |_| {
            set_key(app, &gateway, &base, secret.reveal().to_owned());
            key_given(app);
            is_taken.set(true);
        };
        view! {
            " "
            <button type="button" class="small" id=ids.of("takeup-use-key") on:click=take>{name}</button>
            " "
            <span role="status">{move || if is_taken.get() { words.key_taken } else { "" }}</span>
        }
    });
    view! { <p class="advice note" id=ids.of("takeup-key")>{words.key_inside}{offer}</p> }
}

/// The gateway and address of the form.
pub fn here(app: App) -> Option<(String, BaseUrl)> {
    untrack(|| Some((app.the_gateway().id.to_owned(), app.target().ok()?.base)))
}
