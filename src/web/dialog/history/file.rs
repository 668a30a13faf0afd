//! The history as one file, out and in.

use crate::snapshot::{self, Unreadable};
use crate::web::browser;
use crate::web::browser::idb::{Entry, Store};
use crate::web::dialog::history::reading;
use crate::web::dialog::history::removal;
use crate::web::dialog::history::room::Room;
use crate::web::drive::journal;
use crate::web::drive::journal::follow;
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::words::text::history::imported;
use leptos::ev::{Event, Targeted};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// Records written in one transaction.
const AT_ONCE: usize = 200;

/// Export and import.
#[component]
pub fn Files(
    /// The history.
    room: Room,
) -> impl IntoView {
    let words = room.app.lang().history();
    let picker = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    let chosen = move |event: Targeted<Event, HtmlInputElement>| {
        let picker = event.target();
        if let Some(file) = picker.files().and_then(|files| files.get(0)) {
            spawn_local(import(room, file));
        }
        // The same file may be chosen again.
        picker.set_value("");
    };
    view! {
        <button type="button" id="history-export" on:click=move |_| spawn_local(export(room))>{words.export}</button>
        <button type="button" id="history-import" on:click=choose>{words.import}</button>
        <span class="hidden">
            <input
                type="file"
                id="history-file"
                class="hidden"
                accept="application/json,.json"
                tabindex="-1"
                aria-hidden="true"
                node_ref=picker
                on:change:target=chosen
            />
        </span>
    }
}

async fn export(room: Room) {
    let (app, words) = (room.app, room.app.lang().history());
    room.say_words(words.working);
    let Ok(store) = journal::store(app).await else { return room.say_words(words.refused) };
    let mut texts = Vec::new();
    for uid in store.uids().await.unwrap_or_default() {
        if let Ok(Some(text)) = store.text(&uid).await {
            texts.push(text);
        }
    }
    texts.extend(store.aside().await.unwrap_or_default().into_iter().map(|aside| aside.text));
    let file = snapshot::export(texts.iter().map(String::as_str));
    browser::save_text("wan-playground-history.json", &crate::redact::redact(&app.known_keys(), &file));
    room.hush();
}

async fn import(room: Room, file: File) {
    let (app, words) = (room.app, room.app.lang().history());
    room.say_words(words.working);
    // What is on its way out would come back with what is read again.
    removal::settle(room).await;
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    let Some(text) = text else { return room.say_words(words.unreadable_file) };
    let records = match snapshot::entries(&text) {
        Ok(records) => records,
        Err(Unreadable::NotJson) => return room.say_words(words.unreadable_file),
        Err(Unreadable::Future(_)) => return room.say_words(words.newer_file),
        Err(Unreadable::NotARecord | Unreadable::Part(_)) => return room.say_words(words.foreign_file),
    };
    drop(text);
    let Ok(store) = journal::store(app).await else { return room.say_words(words.refused) };
    if let Some((new, known, aside)) = merge(app, &store, records).await {
        reading::read(room).await;
        room.say_words(imported(app.lang(), new, known, aside));
    } else {
        room.say_words(words.refused);
    }
    reading::look_aside(room).await;
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
