//! Samples on the empty stage: one of them plays, and a form may start from any.

use crate::catalog::{Capability, FieldId, Kind};
use crate::draft::{Draft, Media, Reference, Value};
use crate::samples::{self, SAMPLES, Sample};
use crate::web::browser;
use crate::web::panel::media::arrive;
use crate::web::panel::media::kinds::{blank, put_into};
use crate::web::state::App;
use crate::web::state::before::Before;
use crate::words::samples as words;
use gloo_net::http::Request;
use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// What is said below the strip.
#[derive(Clone)]
enum Said {
    Filled(&'static Sample),
    Missing,
}

/// The sample that plays, and the strip of all.
#[component]
pub fn Samples(
    /// The page.
    app: App,
) -> impl IntoView {
    let played = RwSignal::new(&SAMPLES[0]);
    let before = StoredValue::new(None::<Before>);
    let said = RwSignal::new(None::<Said>);
    let broken = RwSignal::new(false);
    let choose = Callback::new(move |sample: &'static Sample| {
        broken.set(false);
        played.set(sample);
        before.set_value(Some(app.noted(Draft::default())));
        said.set(Some(Said::Filled(sample)));
        spawn_local(async move {
            if fill(app, sample).await.is_none() {
                said.try_set(Some(Said::Missing));
            }
        });
    });
    let back = move |_| {
        if let Some(before) = before.get_value() {
            app.put_back(before);
            said.set(None);
            browser::focus("f-prompt");
        }
    };
    let words = move || {
        said.get().map(|said| match said {
            Said::Filled(sample) => words::filled(app.lang(), app.pick(&sample.title)),
            Said::Missing => words::missing(app.lang()).to_owned(),
        })
    };
    // Until there is a task, or a shape was chosen: then the frame behind it shows that.
    let has_ratio = move || app.draft.with(|draft| draft.filled(FieldId::Ratio).is_some());
    let is_first = move || !broken.get() && app.tasks.with(Vec::is_empty) && !has_ratio();
    view! {
        <Show when=is_first>
            <Player app played broken />
        </Show>
        <h3>{words::lead(app.lang())} " " <span class="hint">{words::start(app.lang())}</span></h3>
        <Strip app choose />
        <p class="hint" role="status">
            {words} " "
            <Show when=move || said.with(Option::is_some)>
                <button type="button" class="small" id="sample-undo" on:click=back>{words::undo(app.lang())}</button>
            </Show>
        </p>
    }
}

/// A sample, muted and looped. It stands still where less motion or less data is asked for, until it is pressed.
#[component]
fn Player(
    /// The page.
    app: App,
    /// The sample.
    played: RwSignal<&'static Sample>,
    /// Its video did not come: the frame behind it stands alone then.
    broken: RwSignal<bool>,
) -> impl IntoView {
    let video = NodeRef::<Video>::new();
    let plays = RwSignal::new(!browser::wants_stillness());
    Effect::new(move |_| {
        played.track();
        let Some(video) = video.get() else { return };
        // A player takes its sound from the property, and plays by itself only without any.
        video.set_muted(true);
        if plays.get() {
            // What cannot be played is told by its own event; the promise has nothing to add.
            if let Ok(playing) = video.play() {
                spawn_local(async move { drop(JsFuture::from(playing).await) });
            }
        } else {
            let _ = video.pause();
        }
    });
    let name = move || if plays.get() { words::pause(app.lang()) } else { words::play(app.lang()) };
    let sign = move || if plays.get() { "❚❚" } else { "►" };
    view! {
        <figure class="sample">
            <video
                node_ref=video
                id="sample"
                src=move || played.get().video()
                poster=move || played.get().poster()
                width=move || played.get().size.0
                height=move || played.get().size.1
                preload=if browser::wants_stillness() { "none" } else { "auto" }
                loop
                muted
                playsinline
                aria-label=move || app.pick(&played.get().title)
                on:error=move |_| broken.set(true)
            ></video>
            <button type="button" class="sample-play" aria-label=name on:click=move |_| plays.update(|plays| *plays = !*plays)>
                <span aria-hidden="true">{sign}</span>
            </button>
            <figcaption>
                <b>{words::sample(app.lang())}</b> " " {move || app.pick(&played.get().prompt)}
            </figcaption>
        </figure>
    }
}

/// The samples to start from: those for which the gateway has a model.
#[component]
fn Strip(
    /// The page.
    app: App,
    /// What a press does.
    choose: Callback<&'static Sample>,
) -> impl IntoView {
    let offered = move || {
        let gateway = app.the_gateway();
        SAMPLES.iter().filter(|sample| sample.model(gateway).is_some()).collect::<Vec<_>>()
    };
    view! {
        <ul class="strip">
            <For each=offered key=|sample| sample.id let:sample>
                <li>
                    <button type="button" id=format!("sample-{}", sample.id) title=app.pick(&sample.title) on:click=move |_| choose.run(sample)>
                        <img src=sample.poster() alt="" width="96" height="54" loading="lazy" />
                        <span>{kind(app, sample)}</span>
                    </button>
                </li>
            </For>
        </ul>
    }
}

/// The kind of input, in the words of the form.
fn kind(app: App, sample: &Sample) -> &'static str {
    let mut known = Capability::ALL.iter().zip(app.texts().capabilities);
    known.find(|(capability, _)| **capability == sample.capability).map_or("", |(_, words)| words)
}

/// Fills the form from a sample. `None` where one of its files did not come: the rest stands.
async fn fill(app: App, sample: &'static Sample) -> Option<()> {
    let gateway = untrack(|| app.the_gateway());
    if browser::lock() != "model" {
        app.choose_model(sample.model(gateway)?);
    }
    let mut draft = Draft::default();
    draft.set(FieldId::Prompt, Value::Text(app.pick(&sample.prompt).to_owned()));
    app.draft.set(draft);
    browser::focus("f-prompt");
    for (field, file) in sample.media {
        let address = samples::at(file);
        if takes_files(app, *field) {
            let held = app.files.hold(fetched(&address, file).await?);
            arrive::put(app, *field, held).await;
        } else {
            link(app, *field, Media::Url(browser::absolute(&address)));
        }
    }
    Some(())
}

/// Whether the field takes a file, in the request or by an upload.
fn takes_files(app: App, field: FieldId) -> bool {
    let model = untrack(|| app.the_model());
    match model.field(field).map(|field| &field.kind) {
        Some(Kind::Media { rule, .. }) => rule.inline || rule.upload,
        Some(Kind::References { accepts, .. }) => accepts.iter().any(|rule| rule.inline || rule.upload),
        _ => false,
    }
}

/// Puts a link into a field; into a list of references as one more of them.
fn link(app: App, id: FieldId, media: Media) {
    let model = untrack(|| app.the_model());
    let Some(Kind::References { accepts, .. }) = model.field(id).map(|field| &field.kind) else {
        return app.set(id, Some(Value::Media(media)));
    };
    let mut list: Vec<Reference> = app.draft.with_untracked(|draft| match draft.get(id) {
        Some(Value::References(list)) => list.clone(),
        _ => Vec::new(),
    });
    let mut entry = blank(accepts);
    put_into(&mut entry, media, accepts);
    list.push(entry);
    app.set(id, Some(Value::References(list)));
}

/// A file of the page, as if it had been picked.
async fn fetched(address: &str, name: &str) -> Option<File> {
    let response = Request::get(address).send().await.ok().filter(gloo_net::http::Response::ok)?;
    let bytes = js_sys::Uint8Array::from(&*response.binary().await.ok()?);
    let kind = response.headers().get("content-type").unwrap_or_default();
    let options = web_sys::FilePropertyBag::new();
    options.set_type(&kind);
    File::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&bytes), name, &options).ok()
}
