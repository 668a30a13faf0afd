//! The same request in a tab of its own.

use crate::link;
use crate::web::app::App;
use crate::web::browser;
use leptos::prelude::*;

/// The address of the page with the wish of now, outside of any frame.
pub fn address(app: App) -> String {
    let (gateway, model) = (app.the_gateway(), app.the_model());
    let standing = link::carry::Standing { gateway: &gateway.id, model: &model.id, lang: None, view: None };
    let (wish, _) = app.draft.with(|draft| link::carry::link_of(draft, standing, &app.known_keys()));
    let place = browser::address();
    let place = place.split('#').next().unwrap_or_default();
    [place, "#", &link::packed::fragment(&wish)].concat()
}
