//! The buttons that fill the form from a pasted request, and the members the form has no field for.

use crate::doctor::{Correction, Effect};
use crate::http::{Files, Json};
use crate::import::{Body, Call, Proof};
use crate::paste::Judged;
use crate::reading::{self, Wish};
use crate::web::browser;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::takeup as up;
use crate::web::state::App;
use crate::words::import::words;
use leptos::prelude::*;

/// Characters shown of a value.
const SHOWN: usize = 200;

/// The buttons that fill the form from a request. Nothing, where no model tells which fields it has.
#[component]
pub fn Fill(
    /// The page.
    app: App,
    /// The ids of the card.
    ids: Ids,
    /// How it is judged.
    judged: Judged,
    /// It says at which address of the gateway it is sent.
    has_place: bool,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let corrected = judged.correction.as_ref().and_then(|correction| corrected_wish(app, correction));
    let wish = judged.wish?;
    // What is refused is not sent along without a wish of one's own.
    let is_refused = judged.findings.iter().any(|(finding, _)| finding.effect == Effect::Refused);
    let keeps = RwSignal::new(!is_refused);
    let fill = move |wish: &Wish| {
        take(app, wish, has_place, keeps.get_untracked());
        done.run(());
    };
    let look = if corrected.is_some() { "" } else { "primary" };
    let first_choice = corrected.map(|wish| {
        view! {
            <button type="button" class="primary" id=ids.of("import-fill-corrected") on:click=move |_| fill(&wish)>
                {words.fill_corrected}
            </button>
        }
    });
    let unknown = wish.unknown.clone();
    Some(view! {
        <div class="buttons">
            {first_choice}
            <button type="button" class=look id=ids.of("import-fill") on:click=move |_| fill(&wish)>{words.fill}</button>
        </div>
        <Unknown app ids list=unknown keeps />
    })
}

/// Members the form has no field for, and whether they are to travel on. Nothing, if there are none.
#[component]
fn Unknown(
    /// The page.
    app: App,
    /// The ids of the card.
    ids: Ids,
    /// Path and value of each.
    list: Vec<(String, Json)>,
    /// Whether they are to travel on.
    keeps: RwSignal<bool>,
) -> impl IntoView {
    let words = words(app.lang());
    (!list.is_empty()).then(|| {
        let row = |(path, value): (String, Json)| {
            let shown: String = value.print(Files::Marked).chars().take(SHOWN).collect();
            view! { <li><code>{path}</code>" "<code>{shown}</code></li> }
        };
        let rows: Vec<_> = list.into_iter().map(row).collect();
        view! {
            <div class="unknown" id=ids.of("import-unknown")>
                <h4>{words.unknown}</h4>
                <ul>{rows}</ul>
                <label>
                    <input
                        type="checkbox"
                        id=ids.of("import-keep")
                        prop:checked=keeps
                        on:change:target=move |event| keeps.set(event.target().checked())
                    />
                    " "
                    {words.unknown_keep}
                </label>
            </div>
        }
    })
}

/// The wish of the corrected request.
fn corrected_wish(app: App, correction: &Correction) -> Option<Wish> {
    let request = &correction.request;
    let call = Call {
        method: request.method.name().to_owned(),
        url: request.url.clone(),
        headers: request.headers.clone(),
        body: request.body_text().map(Body::Text),
        proof: Proof::None,
        at: 0..0,
    };
    let bases = untrack(|| up::bases(app));
    reading::read(app.catalog(), &bases, &call).wishes.into_iter().next()
}

/// Makes the wish the draft: gateway, model, address and fields.
fn take(app: App, wish: &Wish, has_address: bool, keeps_unknown: bool) {
    let Some(index) = app.catalog().gateways.iter().position(|gateway| gateway.id == wish.gateway) else { return };
    let gateway = &app.catalog().gateways[index];
    app.gateway.set(index);
    if let Some(model) = gateway.models.iter().position(|model| model.id == wish.model) {
        app.choose_model(model);
    }
    if has_address {
        app.choose_place(app.place_of(gateway, &wish.base));
    }
    let mut draft = wish.draft.clone();
    if keeps_unknown {
        draft.keep_extra(wish.unknown.clone());
    }
    app.draft.set(draft);
    app.tried.set(true);
    app.selected.set(None);
    browser::focus("f-prompt");
}
