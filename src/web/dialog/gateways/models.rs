//! The models of a gateway that a user adds: all of its protocol, or those that are ticked.

use crate::catalog::Dialect;
use crate::web::dialog::gateways::fields::{Fields, Input};
use crate::web::dialog::gateways::line::Problem;
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::prelude::*;

/// All models, or those that are ticked.
#[component]
pub(super) fn Models(
    /// The page.
    app: App,
    /// The form.
    fields: Fields,
    /// The protocol.
    protocol: Dialect,
) -> impl IntoView {
    let words = words::words(app.lang());
    let models = fields.models(protocol);
    let count = format!("{} ({})", words.all, models.len());
    let sought = RwSignal::new(String::new());
    let boxes: Vec<_> = models.into_iter().map(|id| view! { <Tick fields id sought /> }).collect();
    view! {
        <fieldset
            class="own-models"
            id=Input::Models.id()
            tabindex="-1"
            aria-describedby="own-models-fault"
            aria-invalid=move || fields.is_wrong(Input::Models)
        >
            <legend>
                <span class="hidden">{words.models}</span>
            </legend>
            <label class="tick">
                <input
                    type="checkbox"
                    id="own-all"
                    prop:checked=fields.has_all
                    on:change:target=move |event| fields.has_all.set(event.target().checked())
                />
                <span>{count}</span>
            </label>
            <div class="ticks" class:gone=fields.has_all>
                <input
                    type="search"
                    id="own-search"
                    aria-label=words.search
                    placeholder=words.search
                    on:input:target=move |event| sought.set(event.target().value().to_lowercase())
                />
                {boxes}
            </div>
            <Problem id="own-models-fault" wrong=fields.wrong(Input::Models) />
        </fieldset>
    }
}

/// A model to tick. It is there where it is sought.
#[component]
fn Tick(
    /// The form.
    fields: Fields,
    /// The model.
    id: &'static str,
    /// What is sought.
    sought: RwSignal<String>,
) -> impl IntoView {
    view! {
        <label class="tick" class:gone=move || !id.contains(sought.read().trim())>
            <input
                type="checkbox"
                value=id
                prop:checked=move || fields.ticked.read().contains(&id)
                on:change:target=move |event| fields.tick(id, event.target().checked())
            />
            <span>{id}</span>
        </label>
    }
}
