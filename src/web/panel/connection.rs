//! Where the gateway is called, in one quiet line that opens; and the key for it.

use crate::address::{BaseUrl, Mistaken};
use crate::catalog::{Gateway, Group, Model, Status};
use crate::key::temporary::Left;
use crate::key::{ApiKey, KeyFault};
use crate::lazy;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, effect, el, held, keyed_part, memo, nothing, typed, yes};
use crate::web::component::later::later;
use crate::web::component::parts::{advice, opener, source};
use crate::web::panel::base::BaseMend;
use crate::web::panel::keys;
use crate::web::panel::row::{problem_line, url_input};
use crate::web::state::dialogs::Dialog;
use crate::web::state::slots::slot;
use crate::web::state::{App, Place};
use crate::words;
use crate::words::form;
use leptos::prelude::*;

/// The line, what has to be filled in, and what is to be known of the model.
pub fn connection(app: App, gateway: &'static Gateway) -> El {
    let texts = app.texts();
    let index = app.gateway.get_untracked();
    let place = move || app.seats.with(|seats| seats[index].place.clone());
    let is_typed = move || yes(matches!(place(), Place::Typed(_)));
    let typed_row = move |is_typed: &str| {
        if is_typed.is_empty() {
            return nothing();
        }
        let input = url_input("base-typed", "base-fault")
            .bind("aria-invalid", move || is_wrong(app))
            .value(move || match place() {
                Place::Typed(text) => text,
                _ => String::new(),
            })
            .on("input", move |event| app.choose_place(Place::Typed(typed(&event))));
        class("div", "line").add(el("label").attr("for", "base-typed").text(texts.base_custom_label)).add(input).into()
    };
    let fault = move || {
        let outlook = app.outlook.get();
        match (&outlook.mistaken, outlook.base_fault) {
            (Some(Mistaken::Key), _) => form::words(app.lang()).is_key.to_owned(),
            (Some(Mistaken::Endpoint(base)), _) => form::whole_endpoint(app.lang(), base),
            (None, Some(fault)) => words::address(app.lang(), fault).to_owned(),
            (None, None) if outlook.not_offered => texts.not_offered_here.to_owned(),
            (None, None) => String::new(),
        }
    };
    let is_mistaken = move || yes(app.outlook.with(|outlook| outlook.mistaken.is_some()));
    let mend = move |is: &str| if is.is_empty() { nothing() } else { later(app, move || base_mend(app, gateway)) };
    let advices =
        move || View::from(app.the_model().advice.iter().map(|item| advice(app, gateway, item)).collect::<Vec<_>>());
    class("div", "connection")
        .add(quiet_line(app, gateway, place))
        .add(keyed_part(is_typed, typed_row))
        .add(problem_line("base-fault").words(fault))
        .add(keyed_part(is_mistaken, mend))
        .add(key_row(app, gateway))
        .live(advices)
}

fn is_wrong(app: App) -> String {
    app.outlook.with(|o| o.base_fault.is_some() || o.mistaken.is_some() || o.not_offered).to_string()
}

/// Document, place and key in one line. It opens by itself where the place is wrong.
fn quiet_line(app: App, gateway: &'static Gateway, place: impl Fn() -> Place + Copy + 'static) -> El {
    let texts = app.texts();
    let details = el("details").attr("id", "place");
    let element = details.element().clone();
    effect(move || {
        if app.outlook.with(|outlook| outlook.base_fault.is_some() || outlook.not_offered) {
            let _ = element.set_attribute("open", "");
        }
    });
    let line = move || {
        let place = place();
        let document = gateway.sources.get(app.the_model().source);
        let read = document.map(|source| [texts.docs, " ", &browser::local_day(source.read)].concat());
        let name = match &place {
            Place::Simulator => texts.simulator.to_owned(),
            Place::Listed(number) => app.pick(&gateway.bases[*number].name).to_owned(),
            Place::Typed(_) => app.target().map_or_else(|_| texts.base.to_owned(), |at| at.base.origin().to_owned()),
        };
        let key = (place == Place::Simulator).then(|| texts.key_simulator.to_owned());
        let words = read.into_iter().chain([name]).chain(key).collect::<Vec<_>>().join(" · ");
        standing(app, app.the_model()).and(el("span").text(&words))
    };
    let documents = move || source(app, gateway, app.the_model().source);
    let content = class("div", "place")
        .add(class("p", "hint").text(app.pick(&gateway.about)))
        .add(bases(app, gateway, place))
        .add(class("div", "about").live(documents).add(account_opener(app, gateway)));
    details.add(el("summary").live(line)).add(content)
}

/// What has to be known of a model before it is used.
fn standing(app: App, model: &Model) -> View {
    let texts = app.texts();
    let (look, words) = match (model.status, model.group()) {
        (Status::Verified, _) => ("chip ok", texts.verified),
        (Status::Beta, _) => ("chip beta", texts.beta),
        (Status::Documented, Group::Older) => ("chip", texts.older),
        (Status::Documented, _) => return nothing(),
    };
    class("span", look).text(words).into()
}

/// The list of places to call.
fn bases(app: App, gateway: &'static Gateway, place: impl Fn() -> Place + 'static) -> El {
    let texts = app.texts();
    let mut options: Vec<(String, String)> = Vec::new();
    if app.plays(gateway.id) {
        options.push(("simulator".into(), texts.simulator.to_owned()));
    }
    for (number, base) in gateway.bases.iter().enumerate() {
        let name = [app.pick(&base.name), " · ", base.url.trim_start_matches("https://")].concat();
        options.push((number.to_string(), name));
    }
    options.push(("typed".into(), texts.base_custom.to_owned()));
    let options = options.into_iter().map(|(value, words)| el("option").attr("value", &value).text(&words));
    let chosen = move || match place() {
        Place::Simulator => "simulator".to_owned(),
        Place::Listed(number) => number.to_string(),
        Place::Typed(_) => "typed".to_owned(),
    };
    let choose = move |value: String| {
        app.choose_place(match value.as_str() {
            "simulator" => Place::Simulator,
            "typed" => Place::Typed(String::new()),
            number => {
                let number: usize = number.parse().unwrap_or(0);
                let url = &gateway.bases[number].url;
                // A base with a place to fill in becomes a typed one at once.
                if url.contains('{') { Place::Typed((*url).to_owned()) } else { Place::Listed(number) }
            }
        });
    };
    let select = el("select")
        .attrs(&[("id", "base"), ("aria-describedby", "base-fault")])
        .bind("aria-invalid", move || is_wrong(app))
        .all(options)
        .value(chosen)
        .on("change", move |event| choose(typed(&event)));
    class("div", "line").add(el("label").attr("for", "base").text(texts.base)).add(select)
}

lazy!(tasks:
    fn base_mend(app: App, gateway: &'static Gateway) -> View {
        held(view! { <BaseMend app gateway /> })
    }
);

/// The key of this gateway at this address. Made anew when the origin changes, never while one types.
fn key_row(app: App, gateway: &'static Gateway) -> View {
    let texts = app.texts();
    let origin = move || match app.target() {
        // At a typed address one may want to see what a key does, also where none is needed.
        Ok(target) if target.simulated && !matches!(app.place(), Place::Typed(_)) => "simulated".to_owned(),
        Ok(target) => target.base.origin().to_owned(),
        Err(_) => String::new(),
    };
    keyed_part(origin, move |origin| {
        if origin == "simulated" {
            return nothing();
        }
        let Ok(base) = BaseUrl::parse(origin) else { return nothing() };
        let shown = RwSignal::new(false);
        let read = move |base: &BaseUrl| app.typed_key(gateway.id, base);
        let (read_base, write_base, clear_base) = (base.clone(), base.clone(), base.clone());
        let place = slot(gateway.id, &base);
        let over = place.clone();
        let problem = memo(move || {
            if app.key_left(&over) == Some(Left::Nothing) {
                return words::keys::over(app.lang()).to_owned();
            }
            let words = match ApiKey::new(&read(&base), &base) {
                Err(KeyFault::Empty) if app.tried.get() => words::key_missing(app.lang()),
                Err(KeyFault::Character) => words::key_character(app.lang()),
                Ok(_) | Err(KeyFault::Empty) => "",
            };
            words.to_owned()
        });
        let input = el("input")
            .bind("aria-invalid", move || problem.with(|problem| !problem.is_empty()).to_string())
            .attrs(&[("id", "key"), ("autocomplete", "off"), ("spellcheck", "false")])
            .attr("aria-describedby", "key-hint key-fault key-unkept")
            .bind("type", move || (if shown.get() { "text" } else { "password" }).to_owned())
            .value(move || read(&read_base))
            .on("input", move |event| crate::web::drive::keys::set_key(app, gateway.id, &write_base, typed(&event)))
            // Not while it is typed: half a key would be refused. A pasted one is whole by the next turn.
            .on("change", move |_| crate::web::drive::keys::given(app))
            .on("paste", move |_| {
                gloo_timers::callback::Timeout::new(0, move || crate::web::drive::keys::given(app)).forget();
            });
        let show = button("small", "", move || shown.update(|shown| *shown = !*shown))
            .bind("aria-pressed", move || shown.get().to_string())
            .words(move || (if shown.get() { texts.key_hide } else { texts.key_show }).to_owned());
        let clear = button("small", texts.key_clear, move || {
            crate::web::drive::keys::set_key(app, gateway.id, &clear_base, String::new());
        });
        let label = el("label").attr("for", "key").text(texts.key).text(" ").add(el("code").text(gateway.key_variable));
        let hint = class("p", "hint")
            .attr("id", "key-hint")
            .add(keys::meaning(app, place.clone()))
            .text(texts.key_hint)
            .text(" ")
            .add(el("b").text(origin));
        class("div", "line key")
            .add(label)
            .add(class("div", "with-buttons").add(input).add(show).add(clear))
            .add(if app.embedded { crate::web::panel::embed::site(app) } else { nothing() })
            .add(class("div", "keeping").add(keys::choice(app, place.clone())).add(hint))
            .add(problem_line("key-fault").words(move || problem.get()))
            .add(keys::beside(app, place))
            .into()
    })
}

/// The button that opens the models of the account, where the gateway has such a list.
fn account_opener(app: App, gateway: &Gateway) -> View {
    if gateway.model_list.is_none() {
        return nothing();
    }
    opener(app, "open-account", words::account::words(app.lang()).models, || Dialog::Account).into()
}
