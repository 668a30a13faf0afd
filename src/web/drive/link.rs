//! Links that are opened, and the way back and forward. Links that are made are in [`crate::web::drive::share`], the
//! draft between two visits in [`crate::web::drive::saved`].
//!
//! Each entry of the browser's history is marked with the gateway and model it stood at. An entry with a mark only
//! switches between these, and leaves every value as it is; an address without one was typed, pasted or followed, and is
//! a link that is carried out.

use crate::draft::Draft;
use crate::link::{self, Language, Link, Misread, Opened, packed};
use crate::web::browser;
use crate::web::drive::saved;
use crate::web::state::App;
use crate::web::state::link::KEPT;
use crate::words::lang::Lang;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Storage;

/// Takes up the saved draft, and then the link of the address; from then on follows both. Before the view is made.
pub fn start(app: App) {
    if holds_something(app) {
        take_up(app);
        saved::open(app);
    } else {
        set_mark(&untrack(|| standing(app)));
        saved::open(app);
    }
    let moved = Closure::<dyn FnMut()>::new(move || moved(app)).into_js_value();
    for event in ["popstate", "hashchange"] {
        let _ = browser::window().add_event_listener_with_callback(event, moved.unchecked_ref());
    }
    follow(Box::new(move || {
        app.draft.track();
        app.follow_origins();
    }));
    if app.embedded {
        return;
    }
    follow(Box::new(move || {
        let now = standing(app);
        let before = mark();
        if before.is_empty() {
            set_mark(&now);
        } else if before != now {
            // What a link wished for is chosen no more.
            app.with_link(|room| room.pending.clear());
            let url = ["#1/", &now].concat();
            let history = browser::window().history();
            let _ = history.map(|history| history.push_state_with_url(&now.into(), "", Some(&url)));
        }
    }));
    let mut is_start = true;
    follow(Box::new(move || {
        let _ = (app.draft.read(), app.gateway.read(), app.seats.read());
        if !std::mem::take(&mut is_start) {
            saved::changed(app);
        }
    }));
}

/// An effect for as long as the page lives, whoever began it.
fn follow(mut run: Box<dyn FnMut()>) {
    std::mem::forget(RenderEffect::new(move |_| run()));
}

/// Whether something is wished for, or was left here.
fn holds_something(app: App) -> bool {
    let is_left = |store: Result<Option<Storage>, JsValue>| {
        store.ok().flatten().is_some_and(|store| store.get_item(KEPT).is_ok_and(|kept| kept.is_some()))
    };
    let window = browser::window();
    app.embedded || !fragment().is_empty() || is_left(window.session_storage()) || is_left(window.local_storage())
}

/// The saved draft, and the link of the address.
fn take_up(app: App) {
    let is_reload = !app.embedded && recall(app) && !mark().is_empty();
    if !is_reload {
        carry_out(app, link::open(&fragment()), true);
    }
}

/// Carries out the wish of a fragment that comes from elsewhere: a host, or the take-up box.
pub fn wish(app: App, fragment: &str) {
    carry_out(app, link::open(fragment), false);
}

/// Tries once more what an unknown gateway or model stood in the way of: after the catalog has changed.
pub fn again(app: App) {
    let pending = app.with_link(|room| room.pending.clone());
    if !pending.is_empty() && switch(app, &pending).is_empty() {
        app.with_link(|room| {
            room.pending.clear();
            room.misread.retain(|why| !matches!(why, Misread::Gateway(_) | Misread::Model(_)));
        });
        app.link_news.update(|news| *news += 1);
    }
}

/// The draft of the last visit of this tab, or of the last tab. Whether it was this tab's.
fn recall(app: App) -> bool {
    for (is_own, store) in [(true, browser::window().session_storage()), (false, browser::window().local_storage())] {
        let Some(text) = store.ok().flatten().and_then(|store| store.get_item(KEPT).ok().flatten()) else { continue };
        let (line, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let opened = link::open(line);
        // What cannot be read is left alone, and nothing older takes its place.
        if let Some(link) = opened.wish.filter(|_| opened.misread.is_empty()) {
            let draft = link.draft();
            let place = place(&link);
            if !switch(app, &place).is_empty() {
                app.with_link(|room| room.pending.clone_from(&place));
            }
            app.draft.set(draft.clone());
            app.with_link(|room| room.kept = (draft, place, rest.to_owned()));
            return is_own;
        }
        return false;
    }
    false
}

/// Back, forward, or an address that was changed by hand.
pub fn moved(app: App) {
    let mark = mark();
    if mark.is_empty() || app.embedded {
        carry_out(app, link::open(&fragment()), true);
    } else {
        switch(app, &mark);
    }
}

/// Carries out what a link wishes. `arrived`: it is the address of the page now.
pub fn carry_out(app: App, opened: Opened, arrived: bool) {
    if let Some(packed) = &opened.packed {
        return carry_out(app, unpacked(packed), arrived);
    }
    let Opened { wish, misread, .. } = opened;
    let told = !misread.is_empty();
    app.with_link(|room| {
        if wish.is_some() || told {
            room.misread = misread;
            room.pending.clear();
        }
    });
    if told {
        app.link_news.update(|news| *news += 1);
    }
    if let Some(link) = wish {
        apply(app, &link);
    }
    if arrived && !app.embedded {
        set_mark(&untrack(|| standing(app)));
    }
}

/// Makes a link's wish the page's own. One without values is about gateway and model only.
fn apply(app: App, link: &Link) {
    let before = untrack(|| standing(app));
    let place = place(link);
    let unknown = switch(app, &place);
    if let Some(lang) = link.lang {
        app.lang.set(if lang == Language::Zh { Lang::Zh } else { Lang::En });
    }
    if let Some(view) = link.view {
        app.written.set(view.id().to_owned());
    }
    let draft = link.draft();
    let holds = draft != Draft::default();
    app.with_link(|room| {
        if !unknown.is_empty() {
            room.pending = place;
        }
        for why in unknown {
            link::note(&mut room.misread, why);
        }
        if holds {
            let old = app.draft.get_untracked();
            // A link after a link does not hide what the user had.
            if old != draft && room.opened.as_ref() != Some(&old) {
                room.before = Some((old, before)).filter(|(old, _)| old.holds_something());
            }
            room.opened = Some(draft.clone());
        }
    });
    if holds {
        app.draft.set(draft);
        app.tried.set(false);
        app.selected.set(None);
    }
    // In a frame it is the host that wishes, and its reader has nothing to take back.
    if (holds && !app.embedded) || app.with_link(|room| !room.misread.is_empty()) {
        app.link_news.update(|news| *news += 1);
    }
}

/// Gateway and model of a link, as entries are marked with them.
fn place(link: &Link) -> String {
    let id = |id: &Option<link::Id>| id.as_ref().map_or_else(String::new, |id| id.text().to_owned());
    [id(&link.gateway), id(&link.model)].join("/")
}

/// Gateway and model of the page, followed.
pub fn standing(app: App) -> String {
    [app.the_gateway().id, "/", app.the_model().id].concat()
}

/// Goes to a gateway and a model, and says which of them there is not. An empty name means the one of now.
pub fn switch(app: App, place: &str) -> Vec<Misread> {
    let (gateway, model) = place.split_once('/').unwrap_or_default();
    let catalog = app.catalog();
    let mut at = app.gateway.get_untracked();
    if !gateway.is_empty() {
        match catalog.gateways.iter().position(|known| known.id == gateway) {
            Some(index) => at = index,
            None => return vec![Misread::Gateway(gateway.to_owned())],
        }
    }
    let now = app.seats.with_untracked(|seats| seats[at].model);
    let index = catalog.gateways[at].models.iter().position(|known| known.id == model);
    let unknown = index.is_none() && !model.is_empty();
    if at != app.gateway.get_untracked() || index.is_some_and(|index| index != now) {
        app.gateway.set(at);
        app.choose_model(index.unwrap_or(now));
    }
    if unknown { vec![Misread::Model(model.to_owned())] } else { Vec::new() }
}

fn fragment() -> String {
    let hash = browser::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The mark of the browser's entry, empty for none.
fn mark() -> String {
    let state = browser::window().history().and_then(|history| history.state());
    state.ok().and_then(|state| state.as_string()).unwrap_or_default()
}

fn set_mark(place: &str) {
    let history = browser::window().history();
    let _ = history.map(|history| history.replace_state_with_url(&JsValue::from_str(place), "", None));
}

/// A packed link, read.
pub fn unpacked(packed: &str) -> Opened {
    let mut opened = Opened::default();
    match packed::unpack(packed) {
        Ok(text) => opened.wish = Some(link::read(&text, &mut opened.misread)),
        Err(why) => opened.misread.push(why),
    }
    opened
}

/// Takes back what stood here before a link was opened.
pub fn take_back(app: App) {
    if let Some((draft, standing)) = app.with_link(|room| room.before.take()) {
        app.with_link(|room| room.opened = None);
        switch(app, &standing);
        app.draft.set(draft);
        app.selected.set(None);
    }
    app.link_news.set(0);
}
