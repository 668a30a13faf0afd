//! A file that was dropped or pasted and that no field of the model takes: why, and which model would.

use crate::lazy;
use crate::upload::NoPlace;
use crate::web::component::dom::{View, held, keyed_part, nothing, yes};
use crate::web::component::later::later;
use crate::web::panel::media::arrive;
use crate::web::state::App;
use crate::words;
use crate::words::files;
use crate::words::upload::no_place;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The notice, while there is such a file.
pub fn notice(app: App) -> View {
    let is_there = move || yes(app.files.homeless.with(Option::is_some));
    keyed_part(is_there, move |is| if is.is_empty() { nothing() } else { later(app, move || told(app)) })
}

lazy!(files:
    fn told(app: App) -> View {
        held(view! { <Homeless app /> })
    }
);

/// What is said, with a button for the model that takes it.
#[component]
fn Homeless(
    /// The page.
    app: App,
) -> impl IntoView {
    let lang = app.lang();
    let said = move || app.files.homeless.get().map(|file| files::homeless(lang, &file.name, file.kind));
    let model = move || {
        let (index, field) = app.files.homeless.get()?.elsewhere?;
        let gateway = app.the_gateway();
        Some(files::elsewhere(lang, gateway.models.get(index)?.id, words::field(lang, field)))
    };
    let go = move |_| {
        if let Some(file) = app.files.homeless.get_untracked()
            && let Some((index, field)) = file.elsewhere
        {
            app.files.homeless.set(None);
            app.choose_model(index);
            spawn_local(arrive::put(app, field, file.held));
        }
    };
    let why = move || model().is_none().then(|| no_place(lang, NoPlace::None));
    view! {
        <div class="notice news" id="homeless">
            <p>{said} " " {why}</p>
            <div class="buttons">
                <Show when=move || model().is_some()>
                    <button type="button" class="small primary" on:click=go>
                        {model}
                    </button>
                </Show>
                <button type="button" class="small" on:click=move |_| app.files.homeless.set(None)>
                    {files::words(lang).close}
                </button>
            </div>
        </div>
    }
}
