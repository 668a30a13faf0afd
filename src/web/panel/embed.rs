//! What an embedded page shows of its own: the site it sits in, and the way out of the frame. It waits for the second
//! part of the page, where this is.

use crate::web::browser;
use crate::web::component::dom::{View, class, el, keyed_part, nothing, yes};
use crate::web::drive::share;
use crate::web::state::App;
use crate::words::embed::words;
use leptos::prelude::*;

/// Names the site the page sits in, before a key is typed.
#[inline(never)]
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
#[inline(never)]
pub fn way_out(app: App) -> View {
    let open = move |whole: &str| if whole.is_empty() { nothing() } else { way_out_link(app) };
    keyed_part(move || yes(app.whole.get()), open)
}

fn way_out_link(app: App) -> View {
    let link = class("a", "way-out").attrs(&[("id", "way-out"), ("target", "_blank"), ("rel", "noopener")]);
    link.text(words(app.lang()).open).bind("href", move || share::address(app)).into()
}
