//! A photo from the camera or a recording from the microphone, for a field that takes one. The device is on only
//! between two presses, and never after the field has gone.

use crate::catalog::MediaKind;
use crate::draft::Media;
use crate::media::capture::{Trouble, longest_ms};
use crate::web::browser::files as disk;
use crate::web::browser::files::capture::{Recorder, Stream, is_offered, is_touched, still};
use crate::web::component::part::Part;
use crate::web::panel::media::arrive;
use crate::web::panel::media::place::Place;
use crate::words::capture::{recording, trouble, words};
use gloo_timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, HtmlInputElement};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It is off.
    Off,
    /// The browser asks the user.
    Asking,
    /// It is on.
    On,
    /// A file is made of it.
    Working,
    /// It came to nothing.
    Over(Trouble),
}

/// What is on.
struct Session {
    stream: Stream,
    recorder: Option<Recorder>,
    /// Stops a recording that is as long as the field takes.
    _longest: Option<Timeout>,
}

/// A device at a place.
#[derive(Clone, Copy)]
struct Device {
    place: Place,
    is_camera: bool,
    stage: RwSignal<Stage>,
    session: StoredValue<Option<Session>, LocalStorage>,
    video: NodeRef<html::Video>,
}

/// Camera or microphone, once asked for.
#[component]
pub fn Capture(
    /// The place.
    place: Place,
) -> impl IntoView {
    // A field that was filled meanwhile has no more use for it.
    Effect::new(move |_| {
        if place.media.with(|media| media.as_ref().is_some_and(|media| !media.is_blank())) {
            place.live.set(false);
        }
    });
    let live = Memo::new(move |_| place.live.get().then(|| place.rule.get().media == MediaKind::Image));
    view! {
        <Part of=live let:live>
            {live.map(|is_camera| if is_camera && is_touched() {
                view! { <Phone place /> }.into_any()
            } else {
                view! { <Live place is_camera /> }.into_any()
            })}
        </Part>
    }
}

/// The camera of a phone, by its own application.
#[component]
fn Phone(
    /// The place.
    place: Place,
) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let taken = move |input: HtmlInputElement| {
        arrive::take(place, input.files());
        input.set_value("");
    };
    // The press for the camera opens it, where it is not too long ago.
    Effect::new(move |_| {
        if let Some(picker) = picker.get() {
            picker.click();
        }
    });
    view! {
        <p class="capture">
            <label class="button small file">
                {words(place.app.lang()).photo}
                <input
                    type="file"
                    accept="image/*"
                    capture="environment"
                    node_ref=picker
                    on:change:target=move |event| taken(event.target())
                />
            </label>
        </p>
    }
}

/// A device that the page itself switches on.
#[component]
fn Live(
    /// The place.
    place: Place,
    /// A camera, or else a microphone.
    is_camera: bool,
) -> impl IntoView {
    let device = Device {
        place,
        is_camera,
        stage: RwSignal::new(Stage::Off),
        // It goes with the view, and what is on is switched off with it.
        session: StoredValue::new_local(None),
        video: NodeRef::new(),
    };
    let stage = Memo::new(move |_| device.stage.get());
    Effect::new(move |_| {
        if let Some(video) = device.video.get() {
            device.session.with_value(|session| {
                if let Some(session) = session {
                    session.stream.show_in(&video);
                }
            });
        }
    });
    // It was asked for by a press.
    device.start();
    view! {
        <div class="capture" role="status">
            <Part of=stage let:stage>{shown(device, stage)}</Part>
        </div>
    }
}

fn shown(device: Device, stage: Stage) -> AnyView {
    let (lang, is_camera) = (device.place.app.lang(), device.is_camera);
    let words = words(lang);
    let start = || {
        let name = if is_camera { words.photo } else { words.record };
        view! { <button type="button" class="small capture-start" on:click=move |_| device.start()>{name}</button> }
    };
    let cancel =
        || view! { <button type="button" class="small" on:click=move |_| device.close()>{words.cancel}</button> };
    match stage {
        Stage::Off => start().into_any(),
        Stage::Over(why) => view! { <p class="problem">{trouble(lang, is_camera, why)}</p> {start()} }.into_any(),
        Stage::Working => view! { <p class="hint">{words.working}</p> }.into_any(),
        Stage::Asking => {
            let asking = if is_camera { words.asking_camera } else { words.asking_microphone };
            view! { <p class="hint">{asking}</p> {cancel()} }.into_any()
        }
        Stage::On => {
            let name = if is_camera { words.shoot } else { words.use_recording };
            let longest = longest_ms(device.place.rule.get_untracked());
            let said = (!is_camera).then(|| view! { <p class="hint">{recording(lang, longest)}</p> });
            let seen = is_camera.then(|| {
                view! { <video node_ref=device.video autoplay playsinline prop:muted=true aria-label=words.preview></video> }
            });
            view! {
                {said}
                {seen}
                <div class="buttons">
                    <button type="button" class="small primary capture-use" on:click=move |_| device.finish()>{name}</button>
                    {cancel()}
                </div>
            }
            .into_any()
        }
    }
}

impl Device {
    /// Asks for the device, and switches it on.
    fn start(self) {
        let kind = if self.is_camera { MediaKind::Image } else { MediaKind::Audio };
        if !is_offered(kind) {
            return self.stage.set(Stage::Over(Trouble::Denied));
        }
        self.stage.set(Stage::Asking);
        spawn_local(async move {
            let opened = Stream::open(kind).await;
            // Who has left or cancelled meanwhile does not want it: dropped, it is off again.
            if self.stage.try_get_untracked() != Some(Stage::Asking) {
                return;
            }
            match opened.and_then(|stream| self.session(stream)) {
                Ok(session) => {
                    self.session.set_value(Some(session));
                    self.stage.set(Stage::On);
                }
                Err(why) => self.stage.set(Stage::Over(why)),
            }
        });
    }

    fn session(self, stream: Stream) -> Result<Session, Trouble> {
        stream.on_end(move || {
            if self.stage.try_get_untracked() == Some(Stage::On) {
                self.leave(Stage::Over(Trouble::Ended));
            }
        });
        if self.is_camera {
            return Ok(Session { stream, recorder: None, _longest: None });
        }
        let recorder = Recorder::start(&stream).ok_or(Trouble::Failed)?;
        let longest = u32::try_from(longest_ms(self.place.rule.get_untracked())).unwrap_or(u32::MAX);
        let longest = Timeout::new(longest, move || self.finish());
        Ok(Session { stream, recorder: Some(recorder), _longest: Some(longest) })
    }

    /// Switches it off, and takes it away from the field.
    fn close(self) {
        self.leave(Stage::Off);
        self.place.live.set(false);
    }

    /// Switches it off, and keeps nothing.
    fn leave(self, stage: Stage) {
        self.session.set_value(None);
        self.stage.set(stage);
    }

    /// Makes a file of it, and puts that into the field.
    fn finish(self) {
        let Some(session) = self.session.try_update_value(Option::take).flatten() else { return };
        let (video, longest) = (self.video.get_untracked(), longest_ms(self.place.rule.get_untracked()));
        if !self.is_camera {
            self.stage.set(Stage::Working);
        }
        spawn_local(async move {
            let made = match (session.recorder, video) {
                (Some(recorder), _) => recorder.stop(longest).await,
                (None, Some(video)) => still(&video).await,
                (None, None) => None,
            };
            drop(session.stream);
            if !self.give(made).await {
                self.stage.try_set(Stage::Over(Trouble::Failed));
            }
        });
    }

    async fn give(self, made: Option<File>) -> bool {
        let Some(made) = made else { return false };
        let held = self.place.app.files.hold(made.clone());
        let Some(looked) = disk::read(&made, held).await else { return false };
        // Unless the field has gone meanwhile.
        if self.stage.try_get_untracked().is_some() {
            self.place.put.run(Media::File(looked));
        }
        true
    }
}
