//! A task in what was pasted: where it was created is asked where the text does not tell, and then it is followed.

use crate::http::Response;
use crate::protocol::TaskId;
use crate::takeup::Place;
use crate::web::component::choice::Choice;
use crate::web::component::select::Select;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::drive::takeup::{self as up, Wish};
use crate::web::state::App;
use crate::words::takeup::words;
use leptos::either::Either;
use leptos::prelude::*;

/// A task that was found.
#[component]
pub fn TakeUp(
    /// The page.
    app: App,
    /// The ids of its card.
    ids: Ids,
    /// Its id.
    id: TaskId,
    /// Where it may have been created.
    places: Vec<Place>,
    /// An answer about it that is there already.
    answer: Option<Response>,
    /// Its model, empty if unknown.
    model: String,
    /// Whether the title of the card says the id.
    is_named: bool,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let shown = (!is_named).then(|| view! { <p>{words.task}" "<code>{id.0.clone()}</code></p> });
    let row = move |place: Place| {
        let (id, answer, model) = (id.clone(), answer.clone(), model.clone());
        view! { <Follow app ids place id answer model done /> }
    };
    let rest = if let [place] = &places[..] {
        Either::Left(row(place.clone()))
    } else {
        let names: Vec<_> = places.iter().enumerate().map(|(at, place)| (at.to_string(), name(app, place))).collect();
        let chosen = RwSignal::new(None::<usize>);
        let value = Signal::derive(move || chosen.get().map_or_else(String::new, |at| at.to_string()));
        let choose = move |value: String| chosen.set(value.parse().ok());
        let label = view! { <span>{words.which}</span> }.into_any();
        Either::Right(view! {
            <Choice name=ids.of("takeup-place") label options=names chosen=value choose />
            <For each=move || chosen.get() key=|at| *at children=move |at| row(places[at].clone()) />
        })
    };
    view! {
        <div class="follow">
            {shown}
            {rest}
        </div>
    }
}

/// Gateway, and its way to ask where it has several.
fn name(app: App, place: &Place) -> String {
    let gateway = app.catalog().gateway(&place.gateway);
    let name = gateway.map_or("", |gateway| app.pick(&gateway.name));
    if gateway.is_some_and(|gateway| gateway.endpoints.keys().count() > 1 && gateway.id != "dashscope") {
        return format!("{name} /{}", place.endpoint);
    }
    name.to_owned()
}

/// The address it was created at, and the button that follows it there.
#[component]
fn Follow(
    /// The page.
    app: App,
    /// The ids of its card.
    ids: Ids,
    /// Where it was created.
    place: Place,
    /// Its id.
    id: TaskId,
    /// An answer about it that is there already.
    answer: Option<Response>,
    /// Its model, empty if unknown.
    model: String,
    /// Closes the box.
    done: Callback<()>,
) -> impl IntoView {
    let words = words(app.lang());
    let bases = match &place.base {
        Some(base) => vec![base.clone()],
        None => app.catalog().gateway(&place.gateway).map(|gateway| up::choices(app, gateway)).unwrap_or_default(),
    };
    let is_known = app.catalog().gateway(&place.gateway).is_some() && !bases.is_empty();
    let chosen = RwSignal::new(0_usize);
    let options: Vec<_> = bases.iter().map(|base| (base.text(), base.text())).collect();
    let label = format!("{} {}", words.where_created, name(app, &place));
    let follow = move |_| {
        let Some(base) = bases.get(chosen.get_untracked()).cloned() else { return };
        let (place, id, model, answer) = (place.clone(), id.clone(), model.clone(), answer.clone());
        if up::attach(app, Wish { place, base, id, model, answer }).is_some() {
            done.run(());
        }
    };
    is_known.then(|| {
        view! {
            <Select id=ids.of("takeup-base") label options chosen />
            <div class="buttons">
                <button type="button" id=ids.of("takeup-follow") on:click=follow>{words.follow}</button>
            </div>
        }
    })
}
