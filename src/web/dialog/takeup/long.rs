//! A long text: how far its reading is, and what stands for it in place of the field.

use crate::web::browser;
use crate::web::component::copy::Copy;
use crate::web::state::App;
use crate::web::state::paste::{Progress, Read};
use crate::words::plain::bytes;
use crate::words::takeup::{part_read, words};
use leptos::prelude::*;
use std::sync::Arc;

/// How far the reading of a long text is, and a way to stop it.
#[component]
pub fn Under(
    /// The page.
    app: App,
    /// How far it is.
    progress: Arc<Progress>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let size = bytes(progress.bytes as u64);
    let percent = progress.percent;
    let stop = move |_| {
        app.paste.forget();
        browser::focus("takeup-text");
    };
    view! {
        <div class="long" id="takeup-progress">
            <p>{move || part_read(lang, &size, percent.get())}</p>
            <progress max="100" aria-label=words.reading prop:value=move || percent.get().to_string()></progress>
            <button type="button" class="small" id="takeup-stop" on:click=stop>{words.stop}</button>
        </div>
    }
}

/// What stands for a text that is too long for the field: its size, and the text to copy, without its keys.
#[component]
pub fn Apart(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
) -> impl IntoView {
    let words = words(app.lang());
    let size = bytes(read.text.len() as u64);
    let copied = read.clone();
    let text = Callback::new(move |()| copied.text.clone());
    let remove = move |_| {
        app.paste.forget();
        browser::focus("takeup-text");
    };
    view! {
        <div class="long" id="takeup-apart">
            <p><b>{size}</b>" "{words.apart}</p>
            <Copy app text=text name=words.copy_text />
            <button type="button" class="small" id="takeup-remove" on:click=remove>{words.remove}</button>
        </div>
    }
}
