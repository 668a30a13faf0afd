//! What one does after a video: the same again, with another seed, in the form, on from one of its pictures.

use crate::catalog::FieldId;
use crate::draft::home::from_frame;
use crate::web::browser;
use crate::web::browser::files::frame::{self, At};
use crate::web::component::price::amount;
use crate::web::component::voice;
use crate::web::drive::again;
use crate::web::panel::media::arrive;
use crate::web::panel::result::file_stem;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::stage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// The row of next steps. What came of a step is said below it.
#[component]
pub fn Steps(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// Where the video is.
    link: String,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let said = RwSignal::new("");
    let again = handle.clone();
    let frame = move |id, name, at| {
        let (handle, link) = (handle.clone(), link.clone());
        let press = move |_| spawn_local(take_frame(app, handle.clone(), link.clone(), at, said));
        view! { <button type="button" id=id title=words.frame_why on:click=press>{name}</button> }
    };
    view! {
        <div class="steps" role="group" aria-label=words.next>
            <div class="buttons">
                <RunAgain app handle=again.clone() />
                <Refill app handle=again />
                {frame("use-first", words.first, At::First)}
                {frame("use-last", words.last, At::Last)}
            </div>
            <p class="hint" id="step-said" role="status">{said}</p>
        </div>
    }
}

/// Sends the same request once more, with the price on the button. Nothing where it cannot be sent unchanged.
#[component]
pub fn RunAgain(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// It is what one should do now.
    #[prop(optional)]
    is_advised: bool,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let is_possible = handle.task.with_untracked(again::is_possible);
    let price = handle.task.with_untracked(|task| task.estimate.as_ref().map(|price| amount(price, app.lang())));
    let price = price.map(|price| view! { <span class="figure">" · "{price}</span> });
    let press = move |_| {
        again::run(app, &handle);
        // A key that is held down must find nothing to press.
        browser::focus("stage");
    };
    is_possible.then(|| {
        view! {
            <button type="button" id="run-again" class:primary=is_advised title=words.again_why on:click=press>
                {words.again}{price}
            </button>
        }
    })
}

/// Fills the form with the request, as it was or with another seed. Nothing where the page does not know what was wanted.
#[component]
pub fn Refill(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// It is what one should do now.
    #[prop(optional)]
    is_advised: bool,
    /// Another seed makes no sense: there was no video.
    #[prop(optional)]
    only_as_it_was: bool,
) -> impl IntoView {
    let words = stage::words(app.lang());
    let origin = handle.task.with_untracked(|task| task.origin.clone());
    let model = app.catalog().gateway(&origin.gateway).and_then(|gateway| gateway.model(&origin.model));
    let takes_seed = model.is_some_and(|model| model.field(FieldId::Seed).is_some()) && !only_as_it_was;
    let wanted = handle.clone();
    let fill = move |_| {
        again::fill(app, &wanted.task.get_untracked(), &wanted.draft);
        browser::focus("f-prompt");
    };
    let wanted = handle.clone();
    let vary = move |_| {
        again::vary(app, &wanted);
        // Where the form is another one now, it is there by the next frame.
        request_animation_frame(|| browser::open_more("seed"));
        browser::focus("f-seed");
        voice::say(words.varied);
    };
    handle.draft.holds_something().then(|| {
        view! {
            {takes_seed.then(|| view! {
                <button type="button" id="vary-seed" title=words.vary_why on:click=vary>{words.vary}</button>
            })}
            <button type="button" id="use-again" class:primary=is_advised title=words.form_why on:click=fill>
                {words.form}
            </button>
        }
    })
}

/// Draws a picture of the video and puts it into the form, as the first frame of what comes next.
async fn take_frame(app: App, handle: TaskHandle, link: String, at: At, said: RwSignal<&'static str>) {
    let words = stage::words(app.lang());
    said.set(words.drawing);
    let link = handle.memory.get_untracked().unwrap_or(link);
    let which = if at == At::First { "first" } else { "last" };
    let name = format!("{}_{which}.jpg", file_stem(&handle));
    let Some(file) = frame::file(&link, at, &name).await else {
        said.try_set(words.frame_blocked);
        return;
    };
    said.try_set("");
    if let Err(file) = go_on_from(app, &handle, file) {
        if let Ok(link) = web_sys::Url::create_object_url_with_blob(&file) {
            browser::save_link(&name, &link);
        }
        said.try_set(words.frame_nowhere);
    }
}

/// Puts a picture into the form, with a model that goes on from one. The picture comes back where there is none.
fn go_on_from(app: App, handle: &TaskHandle, file: File) -> Result<(), File> {
    let origin = handle.task.with_untracked(|task| task.origin.clone());
    let Some(gateway) = app.catalog().gateway(&origin.gateway) else { return Err(file) };
    let own = gateway.models.iter().position(|model| model.id == origin.model);
    let found = from_frame(gateway, &origin.region, &origin.model);
    let Some(model) = found.filter(|found| browser::lock() != "model" || Some(*found) == own) else { return Err(file) };
    again::seat(app, &origin);
    app.choose_model(model);
    arrive::place(app, FieldId::FirstFrame, file);
    voice::say(&stage::framed(app.lang(), gateway.models[model].id));
    browser::focus("f-prompt");
    Ok(())
}
