//! Carries out what a link wishes, and writes one.

use crate::link::{self, Link};
use crate::web::app::App;
use crate::web::browser;
use leptos::prelude::*;

/// Carries out the wish of a fragment.
pub fn apply(app: App, fragment: &str) {
    if let Some(wish) = link::open(fragment).wish {
        carry_out(app, &wish);
    }
}

fn carry_out(app: App, wish: &Link) {
    let catalog = app.catalog();
    let named = wish.gateway.as_ref().and_then(|id| catalog.gateways.iter().position(|known| known.id == id.text()));
    if let Some(index) = named {
        app.gateway.set(index);
    }
    let gateway = &catalog.gateways[app.gateway.get_untracked()];
    let model = wish.model.as_ref().and_then(|id| gateway.models.iter().position(|known| known.id == id.text()));
    if let Some(index) = model {
        app.choose_model(index);
    }
    app.draft.set(wish.draft());
}

/// The address of the page with the wish of now, outside of any frame.
pub fn address(app: App) -> String {
    let (gateway, model) = (app.the_gateway(), app.the_model());
    let standing = link::carry::Standing { gateway: &gateway.id, model: &model.id, lang: None, view: None };
    let (wish, _) = app.draft.with(|draft| link::carry::link_of(draft, standing, &app.known_keys()));
    let place = browser::address();
    let place = place.split('#').next().unwrap_or_default();
    [place, "#", &link::packed::fragment(&wish)].concat()
}
