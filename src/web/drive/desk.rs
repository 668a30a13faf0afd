//! The form as text, to be kept between two visits. Never a key.

use crate::link::print;
use crate::snapshot::desk::{Desk, Seat};
use crate::web::drive::saved::SIMULATOR;
use crate::web::drive::share;
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
    desk.origins = app.origins.with(|origins| origins.all().to_vec());
    [&print::readable(&link), "\n", &desk.write()].concat()
}
