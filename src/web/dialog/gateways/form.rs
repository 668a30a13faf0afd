//! The form of a gateway of one's own. What is typed stays in the inputs until it is saved; each press of Save runs the
//! very checks a catalog file runs through.

use crate::address::BaseUrl;
use crate::catalog::own::{Own, PROTOCOLS, examine, id_for, variable_of};
use crate::catalog::{Catalog, Fault, Gateway, Rule};
use crate::web::browser;
use crate::web::browser::js;
use crate::web::component::button;
use crate::web::component::dom::{View, class, el, nothing, typed};
use crate::web::component::parts::radios;
use crate::web::dialog::gateways::{Page, importer, is_taken, legend, row_of, show, value};
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::{self as all_words, gateways as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const NAME: &str = "own-name";
const BASE: &str = "own-base";
const REGION: &str = "own-region";
const VARIABLE: &str = "own-variable";
const ALL: &str = "own-all";
const MODELS: &str = "own-models";
const ANY: &str = "own-any";

/// The form, empty or with what is edited.
pub(crate) fn view(app: App, edited: Option<Own>) -> View {
    let words = words::words(app.lang());
    let first = || PROTOCOLS[0].1.to_owned();
    let is_new = edited.is_none();
    let taken = move |id: &str| is_taken(app, id);
    let dialect = RwSignal::new(edited.as_ref().map_or_else(first, |own| own.dialect.clone()));
    let start = edited.clone().unwrap_or_else(|| Own {
        id: String::new(),
        name: String::new(),
        base: String::new(),
        dialect: first(),
        region: String::new(),
        key_variable: String::new(),
        models: None,
    });
    let id = start.id.clone();
    let text_input = |value: &str| {
        el("input").attrs(&[("type", "text"), ("autocomplete", "off"), ("spellcheck", "false"), ("value", value)])
    };
    let variable = text_input(&start.key_variable);
    let (field, fixed) = (variable.element().clone(), id.clone());
    let suggest = move || {
        let id = if fixed.is_empty() { id_for(&value(NAME), &taken) } else { fixed.clone() };
        let _ = field.set_attribute("placeholder", &variable_of(&id));
    };
    let variable_id = if id.is_empty() { id_for(&start.name, &taken) } else { id.clone() };
    let variable = variable.attr("placeholder", &variable_of(&variable_id));
    let name = text_input(&start.name).attr("maxlength", "60").on("input", move |_| suggest());
    let base = text_input(&start.base).attrs(&[("inputmode", "url"), ("placeholder", "https://")]);
    let choices = PROTOCOLS.map(|(_, word, _)| (word.to_owned(), words::protocol(app.lang(), word).to_owned()));
    let protocols = radios(
        "own-protocol",
        el("span").text(words.protocol).into(),
        choices.into(),
        move || dialect.get(),
        move |chosen| dialect.set(chosen),
        "own-protocol-hint",
    );
    let hint = class("p", "hint")
        .attr("id", "own-protocol-hint")
        .words(move || words::protocol_hint(app.lang(), &dialect.get()).to_owned());
    let (region_start, models_start) = (start.clone(), start.clone());
    let save = button("primary", words.save, move || save(app, &id, &dialect.get_untracked())).attr("id", "own-save");
    let back = button("", words.cancel, move || {
        if own::stored(app).is_empty() {
            close();
        } else {
            show(app, Page::List(String::new()));
        }
    });
    let import = is_new.then(|| importer(app));
    class("div", "own-form")
        .add(row_of(NAME, words.name, name, ""))
        .add(protocols)
        .add(hint)
        .add(row_of(BASE, words.base, base, words.base_hint))
        .live(move || region(app, &dialect.get(), &region_start))
        .add(row_of(VARIABLE, words.variable, variable, words.variable_hint))
        .live(move || models(app, &dialect.get(), &models_start))
        .add(class("p", "problem").attrs(&[("id", ANY), ("aria-live", "polite")]))
        .add(class("div", "buttons").add(save).add(back).add(import))
        .into()
}

fn close() {
    if let Some(dialog) = browser::document().get_element_by_id(crate::web::dialog::gateways::ID) {
        let _ = js::call(&dialog, "close", &[]);
    }
}

/// The built-in gateway that stands for a protocol.
fn like(app: App, dialect: &str) -> Option<&'static Gateway> {
    let (_, _, id) = PROTOCOLS.into_iter().find(|(_, word, _)| *word == dialect)?;
    app.built_in.gateway(id)
}

/// Where its prices are those of several regions: which one it is.
fn region(app: App, dialect: &str, start: &Own) -> View {
    let Some(like) = like(app, dialect) else { return nothing() };
    let mut regions: Vec<(&str, &str)> = Vec::new();
    for base in &like.bases {
        if !regions.iter().any(|(known, _)| *known == base.region) {
            regions.push((&base.region, app.pick(&base.name)));
        }
    }
    if regions.len() < 2 {
        return nothing();
    }
    let words = words::words(app.lang());
    let options = regions.into_iter().map(|(region, name)| {
        let option = el("option").attr("value", region).text(name);
        if region == start.region { option.attr("selected", "") } else { option }
    });
    row_of(REGION, words.region, el("select").all(options), words.region_hint).into()
}

/// All models, or those that are ticked.
fn models(app: App, dialect: &str, start: &Own) -> View {
    let words = words::words(app.lang());
    let Some(like) = like(app, dialect) else { return nothing() };
    let spoken = PROTOCOLS.iter().find(|(_, word, _)| *word == dialect).map(|(dialect, _, _)| *dialect);
    let ids: Vec<&'static str> = like
        .models
        .iter()
        .filter(|model| like.endpoint(model).map(|endpoint| endpoint.dialect) == spoken)
        .map(|model| model.id.as_str())
        .collect();
    let chosen = if start.dialect == dialect { start.models.clone() } else { None };
    let all = RwSignal::new(chosen.is_none());
    let every =
        el("input").attrs(&[("type", "checkbox"), ("id", ALL)]).checked(move || all.get()).on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            all.set(input.is_some_and(|input| input.checked()));
        });
    let sought = RwSignal::new(String::new());
    let rows = ids.iter().map(|id| {
        let input = el("input").attrs(&[("type", "checkbox"), ("value", id)]);
        let ticked = chosen.as_ref().is_none_or(|chosen| chosen.iter().any(|one| one == id));
        let input = if ticked { input.attr("checked", "") } else { input };
        let id = *id;
        class("label", "tick")
            .toggle("gone", move || !id.contains(sought.read().trim()))
            .add(input)
            .add(el("span").text(id))
    });
    let search = el("input")
        .attrs(&[("type", "search"), ("id", "own-search"), ("aria-label", words.search), ("placeholder", words.search)])
        .on("input", move |event| sought.set(typed(&event).to_lowercase()));
    let list = class("div", "ticks").toggle("gone", move || all.get()).add(search).all(rows);
    let count = [words.all, " (", &ids.len().to_string(), ")"].concat();
    class("fieldset", "own-models")
        .attrs(&[("id", MODELS), ("tabindex", "-1"), ("aria-describedby", "own-models-fault")])
        .add(legend(words.models))
        .add(class("label", "tick").add(every).add(el("span").text(&count)))
        .add(list)
        .add(class("p", "problem").attrs(&[("id", "own-models-fault"), ("aria-live", "polite")]))
        .into()
}

/// The models that are ticked; none for all.
fn ticked() -> Option<Vec<String>> {
    let document = browser::document();
    let is_all = document.get_element_by_id(ALL).is_some_and(|all| js::get(&all, "checked").is_truthy());
    if is_all {
        return None;
    }
    let list = document.query_selector_all(&["#", MODELS, " .ticks input:checked"].concat()).ok()?;
    let nodes = (0..list.length()).filter_map(|index| list.get(index));
    Some(nodes.map(|node| js::get_text(&node, "value")).filter(|value| !value.is_empty()).collect())
}

fn save(app: App, id: &str, dialect: &str) {
    let name = value(NAME);
    let own = Own {
        id: if id.is_empty() { id_for(&name, &|id| is_taken(app, id)) } else { id.to_owned() },
        name,
        base: value(BASE),
        dialect: dialect.to_owned(),
        region: value(REGION),
        key_variable: value(VARIABLE),
        models: ticked(),
    };
    let faults = told(app, &own);
    let mut first = None;
    for input in [NAME, BASE, VARIABLE, MODELS, ANY] {
        let words = faults.iter().find(|(at, _)| *at == input).map_or("", |(_, words)| words);
        let line = if input == ANY { ANY.to_owned() } else { [input, "-fault"].concat() };
        let document = browser::document();
        if let Some(line) = document.get_element_by_id(&line) {
            line.set_text_content(Some(words));
        }
        if let Some(input) = document.get_element_by_id(input) {
            let _ = input.set_attribute("aria-invalid", if words.is_empty() { "false" } else { "true" });
        }
        if !words.is_empty() && first.is_none() {
            first = Some(input);
        }
    }
    if let Some(first) = first {
        return browser::focus(first);
    }
    match own::change(app, |kept| kept.put(own.entry())) {
        Ok(_) => {
            own::choose(app, &own.id);
            browser::focus(&["gateway-", &own.id].concat());
        }
        Err(refusal) => {
            if let Some(line) = browser::document().get_element_by_id(ANY) {
                line.set_text_content(Some(words::refusal(app.lang(), refusal)));
            }
        }
    }
}

/// What is wrong, by the input it is about.
fn told(app: App, own: &Own) -> Vec<(&'static str, String)> {
    let words = words::words(app.lang());
    let of = |fault: &Fault| {
        let place = fault.place.as_str();
        let lacks = |name: &str| fault.rule == Rule::Missing && fault.detail == name;
        if lacks("name") || place.starts_with("/name") {
            (NAME, words.name_missing.to_owned())
        } else if lacks("bases") || place.starts_with("/base") {
            let why = BaseUrl::parse(&own.base).err().map(|fault| all_words::address(app.lang(), fault));
            (BASE, why.map_or_else(|| app.lang().pick(&fault.words()).to_owned(), str::to_owned))
        } else {
            let at = match place {
                "/key_variable" => VARIABLE,
                place if place.starts_with("/models") => MODELS,
                _ => ANY,
            };
            let said = if fault.rule == Rule::NoModel {
                words.no_model.to_owned()
            } else {
                app.lang().pick(&fault.words()).to_owned()
            };
            (at, said)
        }
    };
    // A name is missing before its key variable or id is: each input is told once.
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let mut add = |one: (&'static str, String)| {
        if !told.iter().any(|(at, _)| *at == one.0) {
            told.push(one);
        }
    };
    if own.name.trim().is_empty() {
        add((NAME, words.name_missing.to_owned()));
    }
    if let Err(fault) = BaseUrl::parse(&own.base) {
        let missing = own.base.trim().is_empty();
        add((BASE, if missing { words.base_missing } else { all_words::address(app.lang(), fault) }.to_owned()));
    }
    examine(&own::stand, &Catalog::built_in, &own.entry()).iter().map(of).for_each(add);
    told
}
