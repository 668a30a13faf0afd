//! The button that makes a base of what was typed for one.

use crate::address::{BaseUrl, Mistaken};
use crate::catalog::Gateway;
use crate::web::browser;
use crate::web::drive::keys;
use crate::web::state::{App, Place};
use crate::words::form;
use leptos::prelude::*;

/// The button, named after what it does with the text.
#[component]
pub fn BaseMend(
    /// The page.
    app: App,
    /// The gateway that is called there.
    gateway: &'static Gateway,
) -> impl IntoView {
    let words =
        move || app.outlook.with(|outlook| outlook.mistaken.as_ref().map(|found| form::mend(app.lang(), found)));
    view! {
        <button type="button" class="small" id="base-mend" on:click=move |_| mend(app, gateway)>{words}</button>
    }
}

/// Makes a base of a whole endpoint, and the key of a key.
fn mend(app: App, gateway: &'static Gateway) {
    let (Place::Typed(text), Some(found)) = untrack(|| (app.place(), app.outlook.with(|o| o.mistaken.clone()))) else {
        return;
    };
    match found {
        Mistaken::Endpoint(base) => {
            app.choose_place(Place::Typed(base));
            browser::focus("base-typed");
        }
        Mistaken::Key => {
            let Some(base) = gateway.bases.first().and_then(|base| BaseUrl::parse(base.url).ok()) else { return };
            app.choose_place(Place::Listed(0));
            let key = text.trim().trim_start_matches("Bearer ").trim().to_owned();
            keys::set_key(app, gateway.id, &base, key);
            keys::given(app);
            browser::focus("key");
        }
    }
}
