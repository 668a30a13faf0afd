//! The draft between two visits: in the tab's store, so that each tab finds its own again, and in the browser's for the
//! next new one. A link's line first, then what no link says. Never a key: as long as the code that finds keys is on its
//! way, only a draft that certainly holds none is saved ([`crate::web::drive::desk`] writes the others).

use crate::catalog::Gateway;
use crate::draft::Draft;
use crate::link::carry::{Standing, plain_link};
use crate::link::print;
use crate::snapshot::desk::Desk;
use crate::web::browser;
use crate::web::state::link::KEPT;
use crate::web::state::{App, Place};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Storage;

/// How long the draft has to stand still before it is saved.
const PAUSE_MS: u32 = 400;
/// Stands before a rest that is older than the line before it.
const OLDER: &str = "\t";
/// The word for the simulator's address.
pub const SIMULATOR: &str = "simulator";

fn stores() -> (Option<Storage>, Option<Storage>) {
    let window = browser::window();
    (window.session_storage().ok().flatten(), window.local_storage().ok().flatten())
}

fn is_foreign(store: Option<&Storage>) -> bool {
    let text = store.and_then(|store| store.get_item(KEPT).ok().flatten()).unwrap_or_default();
    let (line, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let opened = crate::link::open(line);
    let is_line = opened.wish.is_some() && opened.misread.is_empty();
    !(text.is_empty() || is_line && Desk::read(rest.trim_start_matches(OLDER)).is_ok())
}

/// Completes the draft that was taken up at the start, and saves from now on.
pub fn open(app: App) {
    if app.embedded {
        return;
    }
    let (tab, browser) = stores();
    app.copies.foreign.set((is_foreign(tab.as_ref()), is_foreign(browser.as_ref())));
    take_up(app);
    let leave = Closure::<dyn FnMut()>::new(move || {
        if app.copies.due.get() {
            save(app);
        }
    });
    let _ = browser::window().add_event_listener_with_callback("pagehide", leave.into_js_value().unchecked_ref());
}

fn take_up(app: App) {
    let (first, standing, rest) = app.with_link(|room| std::mem::take(&mut room.kept));
    let is_older = rest.starts_with(OLDER);
    let read = Desk::read(rest.trim_start_matches(OLDER));
    app.copies.rest.replace(rest);
    let Ok(desk) = read else { return };
    let complete = |draft: &mut Draft| {
        for (id, value) in desk.rest.filled_fields() {
            // What a link holds in part is there in full; but the line may be newer than the rest.
            if !is_older || first.get(id).is_none() {
                draft.set(id, value.clone());
            }
        }
        if draft.extra().is_empty() {
            draft.keep_extra(desk.rest.extra().to_vec());
        }
    };
    if desk.rest.holds_something() {
        if app.with_link(|room| room.opened.is_some()) {
            // A link has taken its place: then it is the earlier draft that is completed.
            app.with_link(|room| complete(&mut room.before.get_or_insert((first.clone(), standing)).0));
            app.link_news.update(|news| *news += 1);
        } else {
            app.draft.update(complete);
        }
    }
    if app.with_link(|room| room.opened.is_none()) {
        app.follow_origins();
        let is_as_kept =
            |id| app.draft.with_untracked(|draft| draft.get(id) == first.get(id) || draft.get(id) == desk.rest.get(id));
        let kept = desk.origins.iter().filter(|(id, _)| is_as_kept(*id)).cloned().collect();
        app.origins.update(|origins| origins.restore(kept));
    }
    let now = app.gateway.get_untracked();
    app.seats.update(|seats| {
        for (index, (gateway, seat)) in app.catalog().gateways.iter().zip(seats).enumerate() {
            let Some(kept) = desk.seats.iter().find(|kept| kept.gateway == gateway.id) else { continue };
            if let Some(model) = gateway.models.iter().position(|model| model.id == kept.model).filter(|_| index != now)
            {
                seat.model = model;
            }
            seat.place = place(app, gateway, &kept.place).unwrap_or(seat.place.clone());
        }
    });
}

fn place(app: App, gateway: &Gateway, word: &str) -> Option<Place> {
    if word == SIMULATOR {
        return app.plays(gateway.id).then_some(Place::Simulator);
    }
    let listed = gateway.bases.iter().position(|base| base.url == word && !word.contains('{'));
    Some(listed.map_or_else(|| Place::Typed(word.to_owned()), Place::Listed))
}

/// Something of the draft has changed: it is saved when it has stood still for a moment.
pub fn changed(app: App) {
    if app.embedded {
        return;
    }
    // Followed, because a text that was no key before is one when it stands in the field for it.
    if let Ok(target) = app.target() {
        let _ = app.typed_key(app.the_gateway().id, &target.base);
    }
    app.copies.due.set(true);
    app.copies.changed.set(true);
    app.copies.pause.replace(Some(gloo_timers::callback::Timeout::new(PAUSE_MS, move || save(app))));
}

fn save(app: App) {
    let (tab, browser) = stores();
    let (tab_is_foreign, browser_is_foreign) = app.copies.foreign.get();
    let Some(text) = untrack(|| text(app)) else { return app.copies.due.set(true) };
    app.copies.due.set(false);
    // A link that was only looked at, or a tab that was only opened again, is not the user's last draft; and what was
    // forgotten comes back only with a change.
    let is_first = *app.copies.first.borrow() == text;
    let is_opened =
        app.with_link(|room| room.opened.as_ref().is_some_and(|opened| app.draft.with_untracked(|now| now == opened)));
    // A store that is full or refused keeps what it has; the page works without.
    if let Some(store) = tab.filter(|store| !(tab_is_foreign || is_first && is_empty(store))) {
        let _ = store.set_item(KEPT, &text);
    }
    if let Some(store) = browser.filter(|_| !browser_is_foreign && !is_opened && !is_first) {
        let _ = store.set_item(KEPT, &text);
    }
}

fn is_empty(store: &Storage) -> bool {
    matches!(store.get_item(KEPT), Ok(None))
}

/// The form as it is kept; `None` while it may hold a key and the code that finds keys is still on its way: it is saved
/// then.
fn text(app: App) -> Option<String> {
    match app.code.get() {
        Some(code) => Some((code.desk)(app)),
        None => plain(app),
    }
}

/// A form that certainly holds no key, with what was kept beside the line of the last visit.
fn plain(app: App) -> Option<String> {
    if !app.keys.read().is_empty() {
        return None;
    }
    let (gateway, model) = (&app.the_gateway().id, &app.the_model().id);
    let standing = Standing { gateway, model, lang: None, view: None };
    let link = app.draft.with(|draft| plain_link(draft, standing))?;
    let rest = app.copies.rest.borrow();
    Some([&print::readable(&link), "\n", OLDER, rest.trim_start_matches(OLDER)].concat())
}

/// The code that writes the whole form is here: what has changed since the start is saved now.
pub fn complete(app: App) {
    if app.embedded {
        return;
    }
    if app.copies.changed.get() {
        save(app);
    } else {
        keep_first(app);
    }
}

fn keep_first(app: App) {
    app.copies.first.replace(untrack(|| text(app)).unwrap_or_default());
}

/// What stands on the desk now is saved again when it changes, and not before.
pub fn rest(app: App) {
    app.copies.pause.replace(None);
    app.copies.due.set(false);
    keep_first(app);
}

/// Forgets the draft, in this tab and in the browser.
pub fn forget(app: App) {
    rest(app);
    let (tab, browser) = stores();
    for store in [tab, browser].into_iter().flatten() {
        let _ = store.remove_item(KEPT);
    }
}
