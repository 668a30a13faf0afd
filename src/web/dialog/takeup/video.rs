//! A link to a video: its host and its end. It is loaded by a press, never by itself.

use crate::web::browser;
use crate::web::browser::dates::Moments;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::state::App;
use crate::words::paste::{answer, words};
use leptos::prelude::*;

/// Host and end of a link, and the button that loads it.
#[component]
pub fn Video(
    /// The page.
    app: App,
    /// The ids of its card.
    ids: Ids,
    /// The link.
    url: String,
    /// Its host.
    host: String,
    /// When it ends, in milliseconds since 1970, if that is known.
    ends_ms: Option<u64>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let moment = ends_ms.map(|end| Moments::new(lang).write(end)).unwrap_or_default();
    let ends = answer::ends(lang, ends_ms, browser::now_ms(), &moment);
    let (is_loaded, has_failed) = (RwSignal::new(false), RwSignal::new(false));
    let src = url.clone();
    let video = move || {
        is_loaded.get().then(|| {
            let src = src.clone();
            view! {
                <video controls playsinline preload="metadata" src=src on:error=move |_| has_failed.set(true)></video>
            }
        })
    };
    view! {
        <p>{words.link}" "<code>{host}</code>" "{ends}</p>
        <div class="buttons">
            <button
                type="button"
                id=ids.of("taken-load")
                title=words.load_why
                disabled=move || is_loaded.get()
                on:click=move |_| is_loaded.set(true)
            >
                {words.load}
            </button>
            <a class="button" href=url target="_blank" rel="noreferrer noopener">{words.open_link}</a>
        </div>
        {video}
        <p class="problem" role="status">{move || if has_failed.get() { words.load_failed } else { "" }}</p>
    }
}
