//! The history as one file, out and in.

use crate::snapshot::{self, Unreadable};
use crate::web::browser;
use crate::web::browser::idb::{Entry, Store};
use crate::web::browser::js;
use crate::web::component::button;
use crate::web::component::dom::{View, class, el};
use crate::web::dialog::history::say;
use crate::web::drive::journal;
use crate::web::drive::journal::follow;
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::words::text::history::imported;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Records written in one transaction.
const AT_ONCE: usize = 200;

/// Export and import.
pub fn buttons(app: App) -> View {
    let words = app.lang().history();
    let export = button("", words.export, move || spawn_local(export(app))).attr("id", "history-export");
    let input = el("input")
        .attrs(&[("type", "file"), ("id", "history-file"), ("class", "hidden"), ("accept", "application/json,.json")])
        .attrs(&[("tabindex", "-1"), ("aria-hidden", "true")])
        .on("change", move |event| {
            let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                spawn_local(import(app, file));
            }
            // The same file may be chosen again.
            input.set_value("");
        });
    let file = input.element().clone();
    let import = button("", words.import, move || {
        let _ = js::call(file.as_ref(), "click", &[]);
    });
    View::from(export).and(import.attr("id", "history-import")).and(class("span", "hidden").add(input))
}

async fn export(app: App) {
    let words = app.lang().history();
    say(words.working);
    let Ok(store) = journal::store(app).await else { return say(words.refused) };
    let mut texts = Vec::new();
    for uid in store.uids().await.unwrap_or_default() {
        if let Ok(Some(text)) = store.text(&uid).await {
            texts.push(text);
        }
    }
    texts.extend(store.aside().await.unwrap_or_default().into_iter().map(|aside| aside.text));
    let file = snapshot::export(texts.iter().map(String::as_str));
    browser::save_text("wan-playground-history.json", &crate::redact::redact(&app.known_keys(), &file));
    say("");
}

async fn import(app: App, file: web_sys::File) {
    let words = app.lang().history();
    say(words.working);
    let text = match js::call(file.as_ref(), "text", &[]) {
        Ok(promise) => js::wait(promise).await.ok().and_then(|text| text.as_string()),
        Err(_) => None,
    };
    let Some(text) = text else { return say(words.unreadable_file) };
    let records = match snapshot::entries(&text) {
        Ok(records) => records,
        Err(Unreadable::NotJson) => return say(words.unreadable_file),
        Err(Unreadable::Future(_)) => return say(words.newer_file),
        Err(Unreadable::NotARecord | Unreadable::Part(_)) => return say(words.foreign_file),
    };
    drop(text);
    let Ok(store) = journal::store(app).await else { return say(words.refused) };
    match merge(app, &store, records).await {
        Some((new, known, aside)) => {
            crate::web::dialog::history::read_again(app).await;
            say(&imported(app.lang(), new, known, aside));
        }
        None => say(words.refused),
    }
    crate::web::dialog::history::aside::show(app).await;
}

/// Writes what is new. How many were, were not, and could not be read; `None` if the browser refuses.
async fn merge(app: App, store: &Store, records: Vec<String>) -> Option<(usize, usize, usize)> {
    let (mut new, mut known, mut broken) = (0, 0, 0);
    let mut entries: Vec<Entry> = Vec::new();
    let mut records = records.into_iter();
    loop {
        let mut next = None;
        let record = records.next();
        let end = record.is_none();
        match record.map(|text| (snapshot::read(&text), text)) {
            Some((Ok(saved), text)) => {
                next = Some(record::entry_of(&saved, snapshot::cleaned(&text).unwrap_or(text)));
            }
            Some((Err(_), text)) => {
                store.set_aside("", &text).await.ok()?;
                broken += 1;
            }
            None => {}
        }
        // One task twice in a file: the second is held against the first.
        let twice = next.as_ref().is_some_and(|next| entries.iter().any(|entry| entry.uid == next.uid));
        if entries.len() == AT_ONCE || ((end || twice) && !entries.is_empty()) {
            let written = store.put(&entries).await.ok()?;
            new += written;
            known += entries.len() - written;
            for entry in entries.drain(..).filter(|entry| entry.unfinished) {
                if let Some(saved) = record::load(app, &entry.uid).await {
                    follow::take_in(app, saved);
                }
            }
        }
        entries.extend(next);
        if end {
            return Some((new, known, broken));
        }
    }
}
