//! How it works, and the keys.

use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::state::App;
use crate::words::everyone::single_keys;
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn Help(
    /// The page.
    app: App,
) -> impl IntoView {
    let texts = app.texts();
    let steps: Vec<_> =
        texts.help_steps.iter().map(|(what, why)| view! { <li><b>{*what}</b><p>{*why}</p></li> }).collect();
    let keys: Vec<_> =
        texts.keys.iter().map(|(key, what)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*what}</dd> }).collect();
    view! {
        <Dialog app id="help" title=texts.help_title>
            <ol class="steps">{steps}</ol>
            <h3>{texts.keys_title}</h3>
            <dl class="keys">{keys}</dl>
            <label class="check">
                <input
                    id="single-keys"
                    type="checkbox"
                    prop:checked=browser::single_keys()
                    on:change:target=|event| browser::set_single_keys(event.target().checked())
                />
                {single_keys(app.lang())}
            </label>
        </Dialog>
    }
}
