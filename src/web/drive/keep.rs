//! Keys in the browser's storage, where the user chose it: `sessionStorage` for this tab, `localStorage` for this browser.
//! And forgetting, of keys and of all else. An embedded page neither reads nor writes keys.

use crate::engine::word::Word;
use crate::key::kept::{Kept, bare, print, read};
use crate::web::browser;
use crate::web::browser::js::{always, get_text};
use crate::web::drive::journal::follow;
use crate::web::drive::journal::tabs;
use crate::web::drive::kept;
use crate::web::state::App;
use crate::web::state::slots::{at, put};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Storage;

/// Everything the page stores begins with this.
const OURS: &str = "wan.";
/// The keys, in either storage.
const NAME: &str = "wan.kept-keys";

/// The places beside memory.
const PLACES: [&str; 2] = ["tab", "browser"];

/// Why a key is not kept.
enum Fault {
    /// The browser does not allow it, or has no room.
    Refused,
    /// What lies there was written by another version of the page.
    Foreign,
}

fn storage(place: &str) -> Option<Storage> {
    let window = browser::window();
    if place == "tab" { window.session_storage() } else { window.local_storage() }.ok().flatten()
}

/// The keys kept at a place.
fn kept_at(place: &str) -> Result<Vec<Kept>, Fault> {
    let storage = storage(place).ok_or(Fault::Refused)?;
    match storage.get_item(NAME) {
        Ok(None) => Ok(Vec::new()),
        Ok(Some(text)) => read(&text).ok_or(Fault::Foreign),
        Err(_) => Err(Fault::Refused),
    }
}

/// Takes in what is kept, and hears of what other tabs do.
pub fn open(app: App) {
    if app.embedded {
        return;
    }
    let typed: Vec<String> = app.keys.with_untracked(|keys| keys.iter().map(|(slot, _)| slot.clone()).collect());
    for place in PLACES {
        for (slot, key) in kept_at(place).unwrap_or_default() {
            // What was typed while this came is newer.
            if !typed.contains(&slot) {
                put(app.keys, &slot, key);
                put(app.keeps, &slot, place.to_owned());
            }
        }
    }
    for slot in typed {
        write(app, &slot);
    }
    let heard = always(move |event| {
        let name = get_text(&event, "key");
        // No name: everything was cleared.
        if name == NAME || name.is_empty() {
            follow_browser(app);
        }
    });
    let _ = browser::window().add_event_listener_with_callback("storage", heard.unchecked_ref());
}

/// Another tab changed what this browser keeps.
fn follow_browser(app: App) {
    let Ok(list) = kept_at("browser") else { return };
    let is_browser = |slot: &str| untrack(|| at(app.keeps, slot)) == "browser";
    let ours: Vec<String> = app.keeps.with_untracked(|keeps| keeps.iter().map(|(slot, _)| slot.clone()).collect());
    for slot in ours.into_iter().filter(|slot| is_browser(slot)) {
        // A temporary key stands here in the place of one that may be kept, and is none of theirs.
        if list.iter().all(|(known, _)| *known != slot) && untrack(|| app.key_end(&slot)).is_none() {
            put(app.keys, &slot, String::new());
            put(app.keeps, &slot, String::new());
        }
    }
    for (slot, key) in list {
        if is_browser(&slot) || untrack(|| at(app.keys, &slot)).is_empty() {
            put(app.ends, &slot, String::new());
            put(app.keys, &slot, key);
            put(app.keeps, &slot, "browser".to_owned());
        }
    }
    follow::key_given(app);
}

/// Keeps the key of a place where it was chosen, and nowhere else. A temporary key is never kept.
pub fn write(app: App, slot: &str) {
    if app.embedded {
        return;
    }
    let (typed, chosen) = untrack(|| (at(app.keys, slot), at(app.keeps, slot)));
    let key = bare(slot, &typed).filter(|_| untrack(|| app.key_end(slot)).is_none());
    for place in PLACES {
        let wanted = key.as_ref().filter(|_| chosen == place);
        let fault = match put_at(place, slot, wanted) {
            Ok(()) => continue,
            Err(Fault::Refused) => "refused",
            Err(Fault::Foreign) => "foreign",
        };
        if chosen == place {
            put(app.keeps, slot, String::new());
            app.key_unkept.set(fault);
        }
    }
}

fn put_at(place: &str, slot: &str, key: Option<&String>) -> Result<(), Fault> {
    let before = kept_at(place)?;
    let mut after: Vec<Kept> = before.iter().filter(|(known, _)| known != slot).cloned().collect();
    after.extend(key.map(|key| (slot.to_owned(), key.clone())));
    if after == before {
        return Ok(());
    }
    let storage = storage(place).ok_or(Fault::Refused)?;
    let done = match print(&after) {
        Some(text) => storage.set_item(NAME, &text),
        None => storage.remove_item(NAME),
    };
    done.map_err(|_| Fault::Refused)
}

/// How many keys there are in memory only, in this tab, in this browser.
pub fn counts(app: App) -> [usize; 3] {
    let place = |slot: &str| {
        let is_temporary = untrack(|| app.key_end(slot)).is_some();
        if is_temporary { String::new() } else { untrack(|| at(app.keeps, slot)) }
    };
    let keys = app.keys.get_untracked();
    ["", "tab", "browser"].map(|wanted| keys.iter().filter(|(slot, _)| place(slot) == wanted).count())
}

/// Forgets every key, here and in the other tabs.
pub fn forget_keys(app: App) {
    forget_here(app);
    tabs::tell(app, &Word::Forget);
}

/// Forgets every key of this tab, and what is kept of it.
pub fn forget_here(app: App) {
    for list in [app.keys, app.keeps, app.ends] {
        list.set(Vec::new());
    }
    app.key_unkept.set("");
    app.paste.forget_keys();
    // A draft that another tab forgets must not be saved again because its key went.
    crate::web::drive::saved::rest(app);
    for place in PLACES {
        if let Some(storage) = storage(place) {
            let _ = storage.remove_item(NAME);
        }
    }
}

/// What the page stores beside keys and databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What is written in the form.
    Draft,
    /// Gateways of one's own.
    Gateways,
    /// Language, theme and the like.
    Preference,
}

impl Kind {
    /// What a stored name is; keys are another matter.
    fn of(name: &str) -> Option<Self> {
        let rest = name.strip_prefix(OURS)?;
        match rest {
            "kept-keys" => None,
            _ if rest.starts_with("gateways") => Some(Self::Gateways),
            _ if rest.starts_with("draft") => Some(Self::Draft),
            _ => Some(Self::Preference),
        }
    }
}

/// The stored names of a kind at a place.
fn names(place: &str, kind: Kind) -> Vec<String> {
    let Some(storage) = storage(place) else { return Vec::new() };
    let all = 0..storage.length().unwrap_or(0);
    all.filter_map(|index| storage.key(index).ok().flatten()).filter(|name| Kind::of(name) == Some(kind)).collect()
}

/// How many things of a kind are stored.
pub fn count(kind: Kind) -> usize {
    PLACES.iter().map(|place| names(place, kind).len()).sum()
}

/// Takes away all of a kind.
pub fn forget(app: App, kind: Kind) {
    if kind == Kind::Draft {
        // What has not been saved yet is not saved when the page is left.
        crate::web::drive::saved::forget(app);
    }
    for place in PLACES {
        if let Some(storage) = storage(place) {
            for name in names(place, kind) {
                let _ = storage.remove_item(&name);
            }
        }
    }
}

/// Takes away every kept video.
pub async fn forget_videos() -> Result<(), kept::Refusal> {
    for kept in kept::list().await? {
        kept::remove(&kept.key).await?;
    }
    Ok(())
}
