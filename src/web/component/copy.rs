//! Copies a text, and says so where the eye is.

use crate::web::browser;
use crate::web::component::voice;
use crate::web::state::App;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long the word stays.
const SAID_MS: u32 = 2000;

/// A button that copies what `text` gives at the moment of the press.
#[component]
pub fn Copy(
    /// The page.
    app: App,
    /// What is copied.
    #[prop(into)]
    text: Callback<(), String>,
    /// Its name; `Copy` unless given.
    #[prop(optional)]
    name: Option<&'static str>,
    /// What it says once the text is copied; `Copied` unless given.
    #[prop(optional)]
    copied: Option<&'static str>,
    /// Its look.
    #[prop(default = "small")]
    class: &'static str,
) -> impl IntoView {
    let texts = app.texts();
    let (name, copied) = (name.unwrap_or(texts.copy), copied.unwrap_or(texts.copied));
    let said = RwSignal::new(name);
    // A second press says its word as long as the first.
    let presses = RwSignal::new(0_u32);
    let press = move |_| {
        presses.update(|presses| *presses += 1);
        let (text, mine) = (text.run(()), presses.get_untracked());
        spawn_local(async move {
            let came = if browser::copy(&text).await { copied } else { texts.copy_failed };
            said.try_set(came);
            voice::say(came);
            gloo_timers::future::TimeoutFuture::new(SAID_MS).await;
            if presses.try_get_untracked() == Some(mine) {
                said.try_set(name);
            }
        });
    };
    view! {
        <button type="button" class=class on:click=press>
            <span>{said}</span>
        </button>
    }
}
