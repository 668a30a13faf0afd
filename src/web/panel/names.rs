//! The switch for the API's own names of the fields.

use crate::web::browser;
use crate::web::state::App;
use crate::words::anew as words;
use leptos::prelude::*;

/// Shows or hides where each field stands in the request. Remembered.
#[component]
pub fn Names(
    /// The page.
    app: App,
) -> impl IntoView {
    let switch = move |_| {
        app.names.update(|names| *names = !*names);
        browser::show_names(app.names.get_untracked());
    };
    view! {
        <label class="names" title=words::names_why(app.lang())>
            <input type="checkbox" id="names" prop:checked=move || app.names.get() on:change=switch />
            {words::names(app.lang())}
        </label>
    }
}
