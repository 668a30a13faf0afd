//! Camera and microphone, and the files that come of them.

use super::picture::encoded;
use super::{made, sound};
use crate::catalog::MediaKind;
use crate::media::LocalFile;
use crate::media::capture::Trouble;
use crate::media::mend::Sound;
use crate::web::browser::{document, js, window};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement};

/// Samples a second of a recording.
const RATE: u32 = 44_100;
/// How much a photo is compressed.
const QUALITY: f64 = 0.92;

/// Whether the page may ask for a camera (images) or microphone (sounds). A page inside another one may where that one
/// allows it; where the browser does not tell, it is left out there.
pub fn is_offered(kind: MediaKind) -> bool {
    let devices = js::get(&window().navigator(), "mediaDevices");
    if js::get(&devices, "getUserMedia").is_undefined() {
        return false;
    }
    let feature = JsValue::from_str(if kind == MediaKind::Audio { "microphone" } else { "camera" });
    let allows = js::call(&js::get(&document(), "featurePolicy"), "allowsFeature", &[&feature]);
    let is_top = || js::get(&window(), "top") == js::get(&window(), "self");
    allows.ok().and_then(|allows| allows.as_bool()).unwrap_or_else(is_top)
}

/// Whether this is a phone or tablet, which has an application of its own for photos.
pub fn is_touched() -> bool {
    matches!(window().match_media("(pointer: coarse)"), Ok(Some(query)) if query.matches())
}

/// A camera or microphone that is on. It is switched off when this is dropped.
pub struct Stream(JsValue);

impl Stream {
    /// Switches it on. The browser asks the user.
    pub async fn open(kind: MediaKind) -> Result<Self, Trouble> {
        let devices = js::get(&window().navigator(), "mediaDevices");
        let sides = js::record(&[("width", &ideal(1920)), ("height", &ideal(1080))]);
        let wanted = match kind {
            MediaKind::Audio => js::record(&[("audio", &JsValue::TRUE)]),
            MediaKind::Image | MediaKind::Video => js::record(&[("video", &sides)]),
        };
        let trouble = |why: JsValue| Trouble::named(&js::get_text(&why, "name"));
        let asked = js::call(&devices, "getUserMedia", &[&wanted]).map_err(trouble)?;
        js::wait(asked).await.map(Self).map_err(trouble)
    }

    /// Shows what the camera sees.
    pub fn show_in(&self, video: &HtmlVideoElement) {
        js::set(video, "srcObject", &self.0);
    }

    /// Tells once that it ended by itself.
    pub fn on_end(&self, told: impl FnOnce() + 'static) {
        let Some(first) = self.tracks().first().cloned() else { return };
        let told = js::once(move |_| {
            told();
            JsValue::UNDEFINED
        });
        js::set(&first, "onended", &told);
    }

    fn tracks(&self) -> Vec<JsValue> {
        let tracks = js::call(&self.0, "getTracks", &[]).ok().and_then(|tracks| tracks.dyn_into::<Array>().ok());
        tracks.map(|tracks| tracks.to_vec()).unwrap_or_default()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.tracks() {
            let _ = js::call(&track, "stop", &[]);
        }
    }
}

fn ideal(pixels: u32) -> JsValue {
    js::record(&[("ideal", &JsValue::from(pixels))])
}

/// What a camera shows at this moment, as a file. `None` if it shows nothing yet.
pub async fn still(video: &HtmlVideoElement) -> Option<File> {
    let (width, height) = (video.video_width(), video.video_height());
    if width == 0 || height == 0 {
        return None;
    }
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let brush: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    js::call(&brush, "drawImage", &[video, &JsValue::from(0), &JsValue::from(0)]).ok()?;
    let blob = encoded(&canvas, "image/jpeg", QUALITY).await?;
    made(&blob, "photo.jpg", "image/jpeg")
}

/// A recording that is going on.
pub struct Recorder {
    inner: JsValue,
    parts: Array,
    ended: Promise,
}

impl Recorder {
    /// Starts it.
    pub fn start(stream: &Stream) -> Option<Self> {
        let recorder = js::make("MediaRecorder", &[&stream.0]).ok()?;
        let parts = Array::new();
        let kept = parts.clone();
        // All of it comes at once, when it is stopped.
        let came = js::once(move |event| {
            kept.push(&js::get(&event, "data"));
            JsValue::UNDEFINED
        });
        js::set(&recorder, "ondataavailable", &came);
        let ended = js::settled(&recorder, "onstop", &["onerror"]);
        js::call(&recorder, "start", &[]).ok()?;
        Some(Self { inner: recorder, parts, ended })
    }

    /// Stops it, and makes a WAV file of at most this length of it. `None` if the browser cannot.
    pub async fn stop(self, longest_ms: u64) -> Option<File> {
        js::call(&self.inner, "stop", &[]).ok()?;
        JsFuture::from(self.ended).await.ok()?;
        let recorded = made(&self.parts.get(0), "recording.webm", &js::get_text(&self.inner, "mimeType"))?;
        let plan = Sound { max_millis: longest_ms, rate: RATE, channels: 1 };
        sound::cut(&recorded, &LocalFile::default(), plan).await
    }
}
