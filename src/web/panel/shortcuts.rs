//! Keyboard, paste and drop for the whole page.

use crate::takeup::{ENDINGS, is_brought};
use crate::web::browser;
use crate::web::panel::{media, press};
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::web::state::pressed::{Asked, Sender};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, HtmlElement, KeyboardEvent};

/// Listens for as long as the page lives.
pub fn listen(app: App) {
    browser::recall_single_keys();
    let keys = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| key_pressed(app, &event));
    let paste = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if !media::arrive::dropped(app, &event) {
            brought(app, &event);
        }
    });
    // A file dropped beside a field must not replace the page: the take-up box looks whether it can read it.
    let drop_beside = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        // A text that is dragged into a field is the browser's.
        if is_typing(&event) && !has_files(&event) {
            return;
        }
        media::arrive::over(app, &event);
        if event.type_() == "drop" && !event.default_prevented() && !media::arrive::dropped(app, &event) {
            dropped(app, &event);
        }
        event.prevent_default();
    });
    let document = browser::document();
    for (name, listener) in [
        ("keydown", keys.as_ref()),
        ("paste", paste.as_ref()),
        ("dragover", drop_beside.as_ref()),
        ("dragleave", drop_beside.as_ref()),
        ("drop", drop_beside.as_ref()),
    ] {
        let _ = document.add_event_listener_with_callback(name, listener.unchecked_ref());
    }
    keys.forget();
    paste.forget();
    drop_beside.forget();
}

fn key_pressed(app: App, event: &KeyboardEvent) {
    // 229: the key that ends a composition in Safari, which tells of it when it is over.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    // A key that is held down presses a button once: what pays is among them.
    let on_button = target.as_ref().is_some_and(|element| element.tag_name() == "BUTTON");
    if event.repeat() && on_button && matches!(event.key().as_str(), "Enter" | " ") {
        event.prevent_default();
        return;
    }
    let in_dialog = target.as_ref().is_some_and(|element| matches!(element.closest("dialog"), Ok(Some(_))));
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !in_dialog {
        event.prevent_default();
        if !event.repeat() {
            press::press(app, Sender::Page, Asked::Once);
        }
        return;
    }
    if is_typing(event)
        || in_dialog
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || !browser::single_keys()
    {
        return;
    }
    match event.key().as_str() {
        "/" => {
            event.prevent_default();
            browser::focus("f-prompt");
        }
        "?" => app.open(Dialog::Help),
        _ => {}
    }
}

/// Whether an event is one of a field, in which people type.
fn is_typing(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
    })
}

fn has_files(event: &Event) -> bool {
    data(event).and_then(|data| data.files()).is_some_and(|files| files.length() > 0)
}

fn data(event: &Event) -> Option<DataTransfer> {
    let dragged = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    dragged.or_else(|| event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data))
}

/// Opens the paste box with a text that came from outside, unless a field or a dialog has it, or it is plain prose.
fn brought(app: App, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_dialog = target.is_some_and(|element| matches!(element.closest("dialog"), Ok(Some(_))));
    let text = data(event).and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if !is_typing(event) && !in_dialog && !event.default_prevented() && is_brought(&text) {
        event.prevent_default();
        app.open(Dialog::Brought(text));
    }
}

/// Takes files that were dropped beside every field, if the first is one of those the paste box reads.
fn dropped(app: App, event: &Event) {
    if !has_files(event) {
        return brought(app, event);
    }
    let Some(files) = data(event).and_then(|data| data.files()) else { return };
    let name = files.get(0).map(|file| file.name().to_ascii_lowercase()).unwrap_or_default();
    if ENDINGS.split(',').any(|ending| name.ends_with(ending)) {
        app.open(Dialog::Dropped(files));
    }
}
