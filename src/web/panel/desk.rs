//! What the user wants: model, address, key, fields.

use crate::address::{BaseUrl, Mistaken};
use crate::catalog::{Basis, Capability, Field, FieldId, Gateway, Group, Model, Status};
use crate::draft::{Draft, Value};
use crate::key::temporary::Left;
use crate::key::{ApiKey, KeyFault};
use crate::lazy;
use crate::money::Money;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, dynamic, el, held, keyed_part, memo, nothing, piece, typed, yes};
use crate::web::component::later::later;
use crate::web::component::mark;
use crate::web::component::parts::{advice, hidden, opener, radios, source};
use crate::web::panel::base::BaseMend;
use crate::web::panel::field;
use crate::web::panel::keys;
use crate::web::panel::media;
use crate::web::panel::row::{problem_line, url_input};
use crate::web::panel::run;
use crate::web::state::dialogs::Dialog;
use crate::web::state::slots::slot;
use crate::web::state::{App, Place};
use crate::words;
use crate::words::form;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// The desk. The form is made anew when the model changes, never while one types.
pub fn desk(app: App) -> El {
    class("section", "desk")
        .attrs(&[("id", "desk"), ("tabindex", "-1"), ("aria-label", app.texts().inputs)])
        .add(class("h2", "hidden").text(app.texts().inputs))
        .add(piece(move || dynamic(move || model_row(app, app.the_gateway()).into())))
        .add(piece(move || dynamic(move || connection(app, app.the_gateway()).into())))
        .add(piece(move || dynamic(move || fields(app, app.the_gateway(), app.the_model()).into())))
        .add(piece(move || as_pasted(app).and(unsent(app)).and(run::bar(app))))
}

fn model_row(app: App, gateway: &'static Gateway) -> El {
    let texts = app.texts();
    let kinds: Vec<(String, String)> = Capability::ALL
        .iter()
        .zip(texts.capabilities)
        .filter(|(capability, _)| gateway.models.iter().any(|model| model.capability == **capability))
        .map(|(capability, words)| (tag(*capability).to_owned(), words.to_owned()))
        .collect();
    let chosen = move || tag(app.the_model().capability).to_owned();
    let choose = move |kind: String| {
        let capability = Capability::ALL.into_iter().find(|known| tag(*known) == kind);
        if let Some(index) = capability.and_then(|known| gateway.list(known).first().copied()) {
            app.choose_model(index);
        }
    };
    let options = move || {
        let list = gateway.list(app.the_model().capability);
        let chosen = app.seats.with(|seats| seats[app.gateway.get()].model);
        let option = |index: &usize| {
            let words = model_words(app, &gateway.models[*index]);
            let option = el("option").attr("value", &index.to_string()).text(&words);
            if *index == chosen { option.attr("selected", "") } else { option }
        };
        let group = |index: &usize| gateway.models[*index].group();
        let groups = list.chunk_by(|one, next| group(one) == group(next)).map(|indexes| {
            let label = match group(&indexes[0]) {
                Group::Unsaid => return View::from(indexes.iter().map(option).collect::<Vec<El>>()),
                Group::Current => texts.current,
                Group::Beta => texts.beta,
                Group::Older => texts.older,
            };
            el("optgroup").attr("label", label).all(indexes.iter().map(option)).into()
        });
        groups.fold(nothing(), View::and)
    };
    let select = el("select").attr("id", "model");
    let select = if browser::lock() == "model" { select.attr("disabled", "") } else { select };
    let select = select.live(options).on("change", move |event| {
        if let Ok(index) = typed(&event).parse() {
            app.choose_model(index);
        }
    });
    let about = move || {
        let model = app.the_model();
        let status = match model.status {
            Status::Verified => class("span", "chip ok").text(texts.verified).into(),
            Status::Beta => class("span", "chip beta").text(texts.beta).into(),
            Status::Documented => nothing(),
        };
        let age =
            if model.group() == Group::Older { class("span", "chip").text(texts.older).into() } else { nothing() };
        let line = class("div", "about").add(status).add(age).add(source(app, gateway, model.source));
        let advices: Vec<El> = model.advice.iter().map(|item| advice(app, gateway, item)).collect();
        View::from(line).and(advices)
    };
    class("div", "model")
        .add(radios("capability", hidden(texts.capability), kinds, chosen, choose, ""))
        .add(class("label", "hidden").attr("for", "model").text(texts.model))
        .add(select)
        .add(account_opener(app, gateway))
        .live(about)
}

/// The button that opens the models of the account, where the gateway has such a list.
fn account_opener(app: App, gateway: &Gateway) -> View {
    if gateway.model_list.is_none() {
        return nothing();
    }
    let open = opener(app, "open-account", crate::words::account::words(app.lang()).models, || Dialog::Account);
    class("div", "account-opener").add(open).into()
}

fn tag(capability: Capability) -> &'static str {
    match capability {
        Capability::Text => "t2v",
        Capability::Image => "i2v",
        Capability::Frames => "kf2v",
        Capability::Speech => "s2v",
        Capability::Reference => "r2v",
        Capability::Edit => "edit",
        Capability::Motion => "motion",
    }
}

/// Name, what it is for, and price per second. The price comes last: what is too long for a phone is cut there, and the
/// price stands beside Run.
fn model_words(app: App, model: &Model) -> String {
    let about = model.about.as_ref().map_or("", |about| app.lang().pick(about));
    [model.id, if about.is_empty() { "" } else { " · " }, about, &*price_words(app, model)].concat()
}

/// Price per second, from the cheapest tier to the dearest; empty where none is known.
fn price_words(app: App, model: &Model) -> String {
    let mut words = String::new();
    let gateway = app.gateway.get();
    let region = app.catalog().gateways[gateway].home(model).map_or("", |base| base.region);
    let Some(rates) = crate::price::rates(model, region) else { return words };
    let figures = rates.per_second.values().chain(rates.silent.values());
    let mut range: Option<(Money, Money)> = None;
    for figure in figures.filter_map(|figure| Money::parse(figure)) {
        let (least, most) = range.unwrap_or((figure, figure));
        range = Some((least.min(figure), most.max(figure)));
    }
    let Some((least, most)) = range else { return words };
    words.push_str(if model.price.basis == Basis::Reference { " · ≈ " } else { " · " });
    words.push_str(&words::everyone::money(app.lang(), least, rates.currency));
    if least != most {
        words.push('–');
        words.push_str(&most.decimal());
    }
    words.push_str(if app.lang() == Lang::Zh { "/秒" } else { "/s" });
    words
}

/// Address and key.
fn connection(app: App, gateway: &'static Gateway) -> El {
    let texts = app.texts();
    let index = app.gateway.get_untracked();
    let place = move || app.seats.with(|seats| seats[index].place.clone());
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
    let is_wrong =
        move || app.outlook.with(|o| o.base_fault.is_some() || o.mistaken.is_some() || o.not_offered).to_string();
    let select = el("select")
        .attrs(&[("id", "base"), ("aria-describedby", "base-fault")])
        .bind("aria-invalid", is_wrong)
        .all(options)
        .value(chosen)
        .on("change", move |event| {
            app.choose_place(match typed(&event).as_str() {
                "simulator" => Place::Simulator,
                "typed" => Place::Typed(String::new()),
                number => {
                    let number: usize = number.parse().unwrap_or(0);
                    let url = &gateway.bases[number].url;
                    // A base with a place to fill in becomes a typed one at once.
                    if url.contains('{') { Place::Typed((*url).to_owned()) } else { Place::Listed(number) }
                }
            });
        });
    let is_typed = move || yes(matches!(place(), Place::Typed(_)));
    let typed_row = move |is_typed: &str| {
        if is_typed.is_empty() {
            return nothing();
        }
        let input = url_input("base-typed", "base-fault")
            .bind("aria-invalid", is_wrong)
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
    class("div", "connection")
        .add(class("div", "line").add(el("label").attr("for", "base").text(texts.base)).add(select))
        .add(keyed_part(is_typed, typed_row))
        .add(problem_line("base-fault").words(fault))
        .add(keyed_part(is_mistaken, mend))
        .add(key_row(app, gateway))
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
            return class("p", "hint no-key").text(texts.key_simulator).into();
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

/// The form of a model: what matters first, the rest one step away and counted.
fn fields(app: App, gateway: &'static Gateway, model: &'static Model) -> El {
    let (mut main, more): (Vec<&'static Field>, Vec<&'static Field>) =
        model.fields.iter().partition(|field| field.is_main());
    // Tier and seconds make the price together, and share a line.
    let place = |main: &[&Field], id| main.iter().position(|field| field.id == id);
    if let (Some(tier), Some(duration)) = (place(&main, FieldId::Tier), place(&main, FieldId::Duration))
        && duration > tier
    {
        main[tier + 1..=duration].rotate_right(1);
    }
    let mut form = class("div", "fields");
    for item in main {
        form = form.add(field::row(app, gateway, model, item));
        if item.id == FieldId::Prompt {
            form = form.add(examples(app, model));
        }
    }
    if more.is_empty() { form } else { form.add(more_fields(app, gateway, model, more)) }
}

fn examples(app: App, model: &'static Model) -> El {
    let blank = move || app.draft.with(|draft| draft.filled(FieldId::Prompt).is_none());
    // Made anew when a reference becomes another kind: the names have to fit.
    let names = move || media::names(app, model).join("\n");
    let buttons = move |names: &str| {
        let (first, second) = names.split_once('\n').unwrap_or_default();
        let names = [first.to_owned(), second.to_owned()];
        let one = |example: String| {
            let text = example.clone();
            let fill = move || app.set(FieldId::Prompt, Some(Value::Text(text.clone())));
            button("example", &example, fill).attr("title", &example)
        };
        View::from(words::examples(app.lang(), model.capability, &names).map(one).into_iter().collect::<Vec<El>>())
    };
    class("div", "examples")
        .toggle("gone", move || !blank())
        .add(class("span", "hint").text(app.texts().examples))
        .add(keyed_part(names, buttons))
}

fn more_fields(app: App, gateway: &'static Gateway, model: &'static Model, more: Vec<&'static Field>) -> El {
    let ids: Vec<FieldId> = more.iter().map(|field| field.id).collect();
    let wrong_ids = ids.clone();
    let summary = move || {
        let mut words = app.texts().more.to_owned();
        let set = app.draft.with(|draft| ids.iter().filter(|id| draft.filled(**id).is_some()).count());
        if set > 0 {
            words.push_str(" · ");
            words.push_str(&set.to_string());
        }
        words
    };
    let details = el("details").attr("id", "more");
    let element = details.element().clone();
    // Opens when something within is wrong; it is never closed over the user's head.
    crate::web::component::dom::effect(move || {
        let wrong = app.outlook.with(|outlook| outlook.problems.iter().any(|p| wrong_ids.contains(&p.field)));
        if wrong || wrong_ids.iter().any(|id| mark::at(app, model, *id).is_some()) {
            let _ = element.set_attribute("open", "");
        }
    });
    let rows = more.into_iter().map(|item| field::row(app, gateway, model, item));
    details.add(el("summary").words(summary)).add(class("div", "fields").all(rows))
}

/// What is sent or left out as a pasted request has it, where anything is.
fn as_pasted(app: App) -> View {
    let is_any = move || yes(app.draft.with(Draft::is_as_pasted));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || as_pasted_box(app)) })
}

lazy!(tasks:
    fn as_pasted_box(app: App) -> View {
        crate::web::panel::pasted::as_pasted(app)
    }
);

/// What is kept but not sent, where anything is.
fn unsent(app: App) -> View {
    let is_any = move || yes(app.outlook.with(|outlook| !outlook.unsent.is_empty()));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || unsent_box(app)) })
}

lazy!(tasks:
    fn unsent_box(app: App) -> View {
        crate::web::panel::pasted::unsent(app)
    }
);
