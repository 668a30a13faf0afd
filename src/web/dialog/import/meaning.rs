//! What a pasted request is meant for, the members the form has no field for, and the buttons that fill the form.

use crate::doctor::Correction;
use crate::http::{Files, Json};
use crate::import::{Body, Call, Proof};
use crate::reading::{self, Reading, Wish};
use crate::web::browser;
use crate::web::component::select::Select;
use crate::web::drive::takeup as up;
use crate::web::state::App;
use crate::words::import::words;
use leptos::either::Either;
use leptos::prelude::*;

/// Characters of a choice.
const LABEL: usize = 60;
/// Characters shown of a value.
const SHOWN: usize = 200;

/// What a request is meant for, and the buttons that fill the form from it.
#[component]
pub fn Meanings(
    /// The page.
    app: App,
    /// How the request was read.
    reading: Reading,
    /// What the corrected request means, if there is one.
    corrected: Option<Wish>,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let Some(first) = reading.wishes.first() else {
        return Either::Left(view! { <p class="advice risk">{words.no_wish}</p> });
    };
    let (chosen, keeps) = (RwSignal::new(0_usize), RwSignal::new(true));
    let guess = (!first.named).then(|| view! { <p class="hint">{words.guessed}</p> });
    let (names, unknown) = (reading.wishes.iter().map(|wish| name(app, wish)).collect(), first.unknown.clone());
    let has_address = reading.place.is_some();
    let fill = move |wish: &Wish| {
        take(app, wish, has_address, keeps.get_untracked());
        done.run(());
    };
    let look = if corrected.is_some() { "" } else { "primary" };
    let first_choice = corrected.map(|wish| {
        view! {
            <button type="button" class="primary" id="import-fill-corrected" on:click=move |_| fill(&wish)>
                {words.fill_corrected}
            </button>
        }
    });
    let as_read = move |_| {
        if let Some(wish) = reading.wishes.get(chosen.get_untracked()) {
            fill(wish);
        }
    };
    Either::Right(view! {
        <Which app names chosen />
        {guess}
        <div class="buttons">
            {first_choice}
            <button type="button" class=look id="import-fill" on:click=as_read>{words.fill}</button>
        </div>
        <Unknown app list=unknown keeps />
    })
}

/// The one meaning, or the list to choose it from.
#[component]
fn Which(
    /// The page.
    app: App,
    /// Their names.
    names: Vec<String>,
    /// Which one is chosen.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let words = words(app.lang());
    if let [only] = &names[..] {
        return Either::Left(view! { <p>{words.which}" "<b>{only.clone()}</b></p> });
    }
    let short = |name: &String| name.chars().take(LABEL).collect();
    let options: Vec<_> = names.iter().enumerate().map(|(at, name)| (at.to_string(), short(name))).collect();
    Either::Right(view! { <Select id="import-which" label=words.which options chosen /> })
}

fn name(app: App, wish: &Wish) -> String {
    let gateway = app.catalog().gateway(&wish.gateway).map_or(&*wish.gateway, |gateway| app.pick(&gateway.name));
    format!("{gateway} · {}", wish.model)
}

/// Members the form has no field for, and whether they are to travel on. Nothing, if there are none.
#[component]
fn Unknown(
    /// The page.
    app: App,
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
            <div class="unknown" id="import-unknown">
                <h3>{words.unknown}</h3>
                <ul>{rows}</ul>
                <label>
                    <input
                        type="checkbox"
                        id="import-keep"
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
pub fn corrected_wish(app: App, correction: &Correction) -> Option<Wish> {
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
