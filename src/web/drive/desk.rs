//! The form as text, to be kept between two visits. Never a key.

use crate::link::print;
use crate::snapshot::desk::{Desk, Seat};
use crate::snapshot::stored;
use crate::upload::Uploaded;
use crate::web::browser;
use crate::web::drive::saved::SIMULATOR;
use crate::web::drive::{share, upload};
use crate::web::state::{App, Place};
use leptos::prelude::*;

/// A link's line, and what no link says.
pub fn text(app: App) -> String {
    let keys = app.known_keys();
    let (mut link, _) = share::link(app);
    (link.lang, link.view) = (None, None);
    let seats = app.seats.get().into_iter().zip(app.catalog().gateways).map(|(seat, gateway)| Seat {
        gateway: gateway.id.to_owned(),
        model: gateway.models[seat.model].id.to_owned(),
        place: match seat.place {
            Place::Simulator => SIMULATOR.to_owned(),
            Place::Listed(index) => gateway.bases[index].url.to_owned(),
            Place::Typed(text) => text,
        },
    });
    let mut desk = app.draft.with(|draft| Desk::of(draft, &link, seats.collect(), &keys));
    let gateway = app.the_gateway().id;
    note_links(app, gateway);
    let known = |link: &str| {
        let noted = app.files.shelf.with_untracked(|shelf| shelf.noted(link).cloned());
        let since_ms = noted.as_ref().and_then(Uploaded::known_ms).unwrap_or_else(browser::now_ms);
        (since_ms, noted.and_then(|noted| noted.model).unwrap_or_default())
    };
    desk.stored = stored::apart(&mut desk.rest, known);
    desk.origins = app.origins.with(|origins| origins.all().to_vec());
    [&print::readable(&link), "\n", &desk.write()].concat()
}

/// Notes the links into Alibaba's store that stand in the form and are not known yet: they end in two days.
fn note_links(app: App, gateway: &str) {
    let links =
        app.draft.with_untracked(|draft| stored::links(draft).into_iter().map(str::to_owned).collect::<Vec<_>>());
    for link in links {
        let is_known = app.files.shelf.with_untracked(|shelf| shelf.noted(&link).is_some());
        if !is_known {
            upload::note(app, Uploaded::of_link(&link, gateway, None, browser::now_ms()));
        }
    }
}

/// Puts the links of the last visit back that may still be good. The others have to be uploaded again.
pub fn restore(app: App) {
    let kept = app.copies.rest.borrow().trim_start().to_owned();
    let stored = stored::read(&kept);
    if stored.is_empty() || app.with_link(|room| room.opened.is_some()) {
        return;
    }
    let mut draft = app.draft.get_untracked();
    let put = stored::back(&mut draft, stored, browser::now_ms());
    if put.is_empty() {
        return;
    }
    let gateway = untrack(|| app.the_gateway().id);
    for one in put {
        let model = Some(one.model).filter(|model| !model.is_empty());
        upload::note(app, Uploaded::of_link(&one.link, gateway, model, one.since_ms));
    }
    app.draft.set(draft);
}
