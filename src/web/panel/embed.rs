//! What an embedded page shows of its own: the site it sits in, and the way out of the frame. It waits for the second
//! part of the page, where this is.

use crate::lazy;
use crate::web::browser;
use crate::web::component::dom::{View, class, el};
use crate::web::component::later::when_whole;
use crate::web::drive::share;
use crate::web::state::App;
use crate::words::embed::words;
use leptos::prelude::*;

/// Names the site the page sits in, before a key is typed.
pub fn site(app: App) -> View {
    let words = words(app.lang());
    let name = move || {
        let name = browser::site_around(&app.host.read());
        if name.is_empty() { words.unnamed.to_owned() } else { name }
    };
    let line = class("p", "hint").attr("id", "site").text(words.within).add(el("b").words(name)).text(words.told);
    line.into()
}

/// A link to the same request in a tab of its own. It holds what links hold.
pub fn way_out(app: App) -> View {
    when_whole(app, move || way_out_link(app))
}

lazy!(share:
    fn way_out_link(app: App) -> View {
        let link = class("a", "way-out").attrs(&[("id", "way-out"), ("target", "_blank"), ("rel", "noopener")]);
        link.text(words(app.lang()).open).bind("href", move || share::address(app)).into()
    }
);
