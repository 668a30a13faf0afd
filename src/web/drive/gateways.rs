//! Gateways beside the built-in ones: a deployer's `catalog.json`, which the start-up script fetched, and those a user
//! keeps in this browser. Both are applied to the catalog the page is built with, whenever one of them changes.

use crate::catalog::overlay::{LONGEST, Whose, apply};
use crate::catalog::own::{Kept, Refusal, Unread};
use crate::catalog::{Catalog, Fault, Gateway, Model};
use crate::lazy;
use crate::web::browser;
use crate::web::browser::js;
use crate::web::state::{App, Place, Seat};
use leptos::prelude::*;
use std::sync::PoisonError;
use web_sys::Storage;

/// Where a user's gateways are kept, and where what could not be read is put aside.
const KEPT: &str = "wan.gateways";
const PUT_ASIDE: &str = "wan.gateways.unread";

/// Hears of what other tabs change.
pub fn follow(app: App) {
    let changed = js::always(move |event| {
        let key = js::get(&event, "key");
        if (key.is_null() || key.as_string().as_deref() == Some(KEPT)) && stored(app) != *app.beside.applied.borrow() {
            app.fetch(rebuild_later(app));
        }
    });
    let _ = js::call(&browser::window(), "addEventListener", &[&"storage".into(), &changed]);
}

lazy!(gateways:
    fn rebuild_later(app: App) {
        rebuild(app);
    }
);

fn storage() -> Option<Storage> {
    browser::window().local_storage().ok().flatten()
}

/// The user's gateways as text; empty if there are none.
pub fn stored(app: App) -> String {
    if let Some(text) = app.beside.memory.borrow().clone() {
        return text;
    }
    storage().and_then(|storage| storage.get_item(KEPT).ok().flatten()).unwrap_or_default()
}

/// Whether they outlive this visit.
pub fn is_stored(app: App) -> bool {
    app.beside.memory.borrow().is_none()
}

/// Built-in gateways and the deployer's: what a user's own stand beside.
pub fn stand() -> Catalog {
    let mut catalog = *Catalog::built_in();
    let _ = deployed(&mut catalog);
    catalog
}

fn deployed(catalog: &mut Catalog) -> Vec<Fault> {
    let text = js::get_text(&browser::window(), "wanCatalog");
    if text.is_empty() { Vec::new() } else { apply(catalog, Catalog::built_in(), Whose::Deployer, &text) }
}

/// Changes the user's gateways, keeps them and applies them.
pub fn change<T>(app: App, change: impl FnOnce(&mut Kept) -> T) -> Result<T, Refusal> {
    let text = stored(app);
    let mut kept = match Kept::read(&text) {
        Ok(kept) => kept,
        Err(Unread::Newer) => return Err(Refusal::Newer),
        Err(Unread::Broken) => {
            // Not deleted: somebody may still want to look at it.
            if let Some(storage) = storage() {
                let _ = storage.set_item(PUT_ASIDE, &text);
            }
            Kept::read("").expect("nothing kept is an empty file")
        }
    };
    let outcome = change(&mut kept);
    // Without any, the next visit starts as if there had never been one.
    let text = if kept.entries().is_empty() { String::new() } else { kept.print() };
    if text.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let write = |storage: Storage| {
        if text.is_empty() { storage.remove_item(KEPT) } else { storage.set_item(KEPT, &text) }.is_ok()
    };
    let is_kept = is_stored(app) && storage().is_some_and(write);
    if !is_kept {
        app.beside.memory.replace(Some(text));
    }
    rebuild(app);
    Ok(outcome)
}

/// Makes the catalog anew from all there is.
pub fn rebuild(app: App) {
    let mut catalog = *Catalog::built_in();
    let mut told: Vec<(Whose, Fault)> = deployed(&mut catalog).into_iter().map(|one| (Whose::Deployer, one)).collect();
    let own = stored(app);
    if !own.is_empty() {
        let faults = apply(&mut catalog, Catalog::built_in(), Whose::User, &own);
        told.extend(faults.into_iter().map(|one| (Whose::User, one)));
    }
    for (whose, fault) in &told {
        let line = fault.line.map(|line| [" line ", &line.to_string()].concat()).unwrap_or_default();
        let file = if *whose == Whose::Deployer { "catalog.json" } else { KEPT };
        let words = [file, &line, " ", &fault.place, ": ", &fault.message(|words| words.en)].concat();
        let _ = js::call(&js::get(&browser::window(), "console"), "error", &[&words.into()]);
    }
    app.beside.told.replace(told);
    app.beside.applied.replace(own);
    swap(app, catalog);
}

/// What is wrong with the files that were applied.
pub fn told(app: App) -> Vec<(Whose, Fault)> {
    app.beside.told.borrow().clone()
}

/// The user has seen it.
pub fn seen(app: App) {
    app.beside.told.borrow_mut().clear();
}

/// Puts another catalog in the place of the one that stands. Gateway, model and address stay chosen where they are still
/// there; who points at the old catalog goes on with it.
fn swap(app: App, catalog: Catalog) {
    let old = app.catalog();
    let new: &'static Catalog = Box::leak(Box::new(catalog));
    let seats = app.seats.get_untracked();
    let known = |gateway: &Gateway| {
        let index = old.gateways.iter().position(|known| known.id == gateway.id)?;
        Some(moved(app, &old.gateways[index], &seats[index], gateway))
    };
    let mut next: Vec<Seat> =
        new.gateways.iter().map(|one| known(one).unwrap_or_else(|| fresh_seat(app, one))).collect();
    let chosen = &old.gateways[app.gateway.get_untracked()].id;
    let place = |id: &str| new.gateways.iter().position(|gateway| gateway.id == id);
    let index = place(chosen).or_else(|| place("dashscope")).unwrap_or(0);
    // A view that is about to be made anew may still look at its old seat.
    while next.len() < seats.len() {
        next.push(Seat { model: 0, place: Place::Listed(0) });
    }
    *app.catalog.write().unwrap_or_else(PoisonError::into_inner) = new;
    app.gateway.set(index);
    app.seats.set(next);
    app.edition.update(|edition| *edition += 1);
    // A link may have asked for a gateway that is only there now.
    crate::web::drive::link::again(app);
}

fn fresh_seat(app: App, gateway: &Gateway) -> Seat {
    let place = if app.plays(gateway.id) { Place::Simulator } else { Place::Listed(0) };
    Seat { model: gateway.opens_with(), place }
}

/// A seat at the new state of its gateway.
fn moved(app: App, old: &Gateway, seat: &Seat, new: &Gateway) -> Seat {
    // Before the first change nobody has chosen: what a deployer lets the gateway open with counts.
    let is_chosen = app.edition.get_untracked() > 0 || seat.model != old.opens_with();
    let chosen = |model: &Model| is_chosen && model.id == old.models[seat.model].id;
    let model = new.models.iter().position(chosen).unwrap_or_else(|| new.opens_with());
    let place = match &seat.place {
        Place::Listed(index) => {
            let url = &old.bases[*index].url;
            let listed = new.bases.iter().position(|base| base.url == *url);
            listed.map_or_else(|| fresh_seat(app, new).place, Place::Listed)
        }
        place => place.clone(),
    };
    Seat { model, place }
}

/// Goes to a gateway.
pub fn choose(app: App, id: &str) {
    if let Some(index) = app.catalog().gateways.iter().position(|gateway| gateway.id == id) {
        app.choose_gateway(index);
        app.tried.set(false);
        app.selected.set(None);
    }
}
