//! What stands at a place for one medium: its link, the button for a file, and what is known of them.

use crate::catalog::{MediaKind, MediaRule};
use crate::draft::Media;
use crate::draft::home::takes_files;
use crate::lazy;
use crate::upload::NoPlace;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, held, keyed_part, nothing, yes};
use crate::web::component::later::later;
use crate::web::panel::media::arrive;
use crate::web::panel::media::beside::Beside;
use crate::web::panel::media::place::Place;
use crate::web::state::App;
use crate::words::upload::no_place;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlInputElement};

impl Place {
    /// Files may be dropped on it. It lights up under one, and where one over the page would go here.
    pub fn takes_drops(self, part: El) -> El {
        let over = RwSignal::new(false);
        part.toggle("over", move || over.get() || self.app.files.lit.get() == Some(self.field))
            .on("dragover", move |event| {
                event.prevent_default();
                over.set(true);
            })
            .on("dragleave", move |_| over.set(false))
            .on("drop", move |event| {
                event.prevent_default();
                over.set(false);
                self.app.files.lit.set(None);
                let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                arrive::take(self, data.and_then(|data| data.files()));
            })
    }

    /// The input of its link with what stands beside it, and below what is known of a file or link.
    pub fn parts(self, id: &str, input: El, beside: Option<El>) -> View {
        let file_id = [id, "-file"].concat();
        let accepts = move || self.rule.with(|rule| accepts(rule)).to_owned();
        let pick = keyed_part(accepts, move |accepts| device(self, &file_id, accepts));
        let fill = move |url: &'static str| self.put.run(Media::Url(url.to_owned()));
        let line = class("div", "with-buttons")
            .toggle("gone", move || self.file().is_some())
            .add(input.value(move || self.link()))
            .add(example(self.app, move || self.rule.with(|rule| rule.media), move || self.link().is_empty(), fill))
            .add(pick)
            .add(beside);
        let holds = move || {
            yes(self.live.get() || self.media.with(|media| media.as_ref().is_some_and(|media| !media.is_blank())))
        };
        let known = move |holds: &str| {
            if holds.is_empty() { nothing() } else { later(self.app, move || known_of(self)) }
        };
        View::from(line).and(keyed_part(holds, known))
    }
}

lazy!(files:
    fn known_of(place: Place) -> View {
        held(view! { <Beside place /> })
    }
);

/// What the browser's file dialog shows; nothing where no way leads for a file. All pictures, and not only the formats
/// that are taken: what is not can be converted, and a phone offers its camera.
fn accepts(rule: &MediaRule) -> &'static str {
    match rule.media {
        _ if !takes_files(rule) => "",
        MediaKind::Image => "image/*",
        MediaKind::Audio => "audio/*",
        MediaKind::Video => "video/*",
    }
}

/// The button that opens the browser's file dialog. Where no way leads for a file, it says so.
fn device(place: Place, id: &str, accepts: &str) -> View {
    let texts = place.app.texts();
    if accepts.is_empty() {
        let words = no_place(place.app.lang(), NoPlace::None);
        return button("small", texts.file, move || place.note.set(words)).into();
    }
    let input = class("input", "hidden").attrs(&[("type", "file"), ("id", id), ("accept", accepts)]);
    let input = input.on("change", move |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            arrive::take(place, input.files());
            input.set_value("");
        }
    });
    class("span", "pick")
        .add(input)
        .add(class("label", "button small").attr("for", id).text(texts.file))
        .add(live(place, accepts))
        .add(class("span", "hint").text(texts.file_hint))
        .into()
}

/// The button for camera or microphone. Whether there is one, the press finds out.
fn live(place: Place, accepts: &str) -> Option<El> {
    let texts = place.app.texts();
    let words = match accepts {
        "image/*" => texts.camera,
        "audio/*" => texts.microphone,
        _ => return None,
    };
    Some(button("small", words, move || place.live.set(true)))
}

/// In the simulator nobody fetches a link, so a made-up one shows how the model works.
fn example(
    app: App,
    kind: impl Fn() -> MediaKind + Send + Sync + 'static,
    blank: impl Fn() -> bool + Send + Sync + 'static,
    fill: impl Fn(&'static str) + Clone + 'static,
) -> View {
    let url = move || {
        if !app.target().is_ok_and(|target| target.simulated) || !blank() {
            return String::new();
        }
        example_of(kind()).to_owned()
    };
    keyed_part(url, move |url| {
        let known = [MediaKind::Image, MediaKind::Audio, MediaKind::Video].map(example_of);
        let Some(url) = known.into_iter().find(|known| *known == url) else { return nothing() };
        let fill = fill.clone();
        button("small", app.texts().example, move || fill(url)).into()
    })
}

fn example_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "https://example.com/first-frame.png",
        MediaKind::Audio => "https://example.com/voice.mp3",
        MediaKind::Video => "https://example.com/clip.mp4",
    }
}
