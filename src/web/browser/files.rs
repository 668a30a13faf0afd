//! Local files: recognized, measured, and read where a request could hold them, before anything is sent.
//!
//! - here: looking at a file; [`picture`], [`sound`]: making one anew so that it fits; [`frame`]: a picture of a video;
//!   [`capture`]: camera and microphone

pub mod capture;
pub mod frame;
pub mod picture;
pub mod sound;

use crate::catalog::MediaKind;
use crate::media::looked::INLINE_BYTES;
use crate::media::{Format, LocalFile, Seen, foreign, is_transparent, sniff};
use crate::web::browser::js;
use js_sys::{Array, Promise, Uint8Array};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, FileReader, HtmlImageElement, HtmlMediaElement, HtmlVideoElement};

/// Beyond this a picture is not opened: it would fill the memory of a phone.
const OPEN_LIMIT: f64 = 256.0 * 1_048_576.0;

/// Bytes in which the marks of a file are looked for: what stands in front of a PNG's picture is shorter.
const HEAD: i32 = 1 << 16;

/// Longest wait for a player to tell how long a sound or video is.
const PLAYER_MS: u32 = 5_000;

/// Looks at a file the user picked, dropped or pasted. `held` is the number under which the page keeps it. `None` if the
/// browser cannot read it.
pub async fn read(file: &File, held: u32) -> Option<Arc<LocalFile>> {
    let head = file.slice_with_i32_and_i32(0, HEAD).ok()?;
    let head = Uint8Array::new(&JsFuture::from(head.array_buffer()).await.ok()?).to_vec();
    let format = sniff(&head);
    let other = if format.is_none() { foreign(&head) } else { None };
    // A size in bytes is a whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = file.size() as u64;
    let kind = format.map(Format::kind).or_else(|| other.and_then(crate::media::Foreign::kind));
    let mut looked = LocalFile {
        name: file.name(),
        format,
        bytes,
        alpha: is_transparent(&head),
        seen: Seen { held, foreign: other, ..Seen::default() },
        ..LocalFile::default()
    };
    match kind {
        Some(MediaKind::Image) if file.size() <= OPEN_LIMIT => {
            looked.pixels = measure(file).await;
            // Only pictures travel inside a request, and none that is larger.
            if format.is_some() && bytes <= INLINE_BYTES {
                looked.base64 = read_base64(file).await?;
            }
        }
        Some(kind @ (MediaKind::Audio | MediaKind::Video)) => {
            (looked.seen.millis, looked.pixels) = played(file, kind).await;
        }
        _ => {}
    }
    Some(Arc::new(looked))
}

/// Whether a file can still be read: it may have been moved, renamed or changed since it was chosen.
pub async fn is_there(file: &File) -> bool {
    let Ok(start) = file.slice_with_i32_and_i32(0, 1) else { return false };
    JsFuture::from(start.array_buffer()).await.is_ok()
}

/// Reads a file as text. `None` if the browser cannot read it.
pub async fn text(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// The file's kind as the browser names it, which goes by its name.
pub fn kind_of(media_type: &str) -> Option<MediaKind> {
    match media_type.split('/').next() {
        Some("image") => Some(MediaKind::Image),
        Some("audio") => Some(MediaKind::Audio),
        Some("video") => Some(MediaKind::Video),
        _ => None,
    }
}

/// A new file of these parts.
fn made(part: &JsValue, name: &str, media_type: &str) -> Option<File> {
    let options = js::record(&[("type", &JsValue::from_str(media_type))]);
    js::make("File", &[&Array::of1(part), &JsValue::from_str(name), &options]).ok()?.dyn_into().ok()
}

/// The file whose bytes a request would hold: one that came with a pasted request, and not from a disk.
pub fn of_base64(file: &LocalFile) -> Option<File> {
    let bytes = Uint8Array::from(&*crate::media::data_uri::decode(file.base64.trim_end_matches('=')));
    (!file.base64.is_empty()).then(|| made(&bytes, &file.name, file.format.map_or("", Format::media_type))).flatten()
}

/// The browser encodes faster than we could, and off the main path.
async fn read_base64(file: &File) -> Option<String> {
    let reader = FileReader::new().ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        reader.set_onload(Some(&resolve));
        reader.set_onerror(Some(&reject));
    });
    reader.read_as_data_url(file).ok()?;
    JsFuture::from(loaded).await.ok()?;
    let text = reader.result().ok()?.as_string()?;
    Some(text.split_once(',').map(|(_, data)| data.to_owned()).unwrap_or_default())
}

/// An image of a file, decoded. Decoding tells what merely loading does not: a picture that breaks off after its header.
async fn opened(file: &Blob) -> Option<HtmlImageElement> {
    let url = web_sys::Url::create_object_url_with_blob(file).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    let _ = web_sys::Url::revoke_object_url(&url);
    decoded.ok().map(|_| image)
}

/// Opens an image to learn its size.
async fn measure(file: &File) -> Option<(u32, u32)> {
    opened(file).await.map(|image| (image.natural_width(), image.natural_height()))
}

/// Length in milliseconds, and sides of a video, as the browser's player tells them.
async fn played(file: &File, kind: MediaKind) -> (Option<u64>, Option<(u32, u32)>) {
    let tag = if kind == MediaKind::Audio { "audio" } else { "video" };
    let Ok(player) = crate::web::browser::document().create_element(tag) else { return (None, None) };
    let player: HtmlMediaElement = player.unchecked_into();
    let Ok(url) = web_sys::Url::create_object_url_with_blob(file) else { return (None, None) };
    let loaded = js::settled(&player, "onloadedmetadata", &["onerror"]);
    player.set_preload("metadata");
    player.set_src(&url);
    let given_up = player.clone();
    let timer = gloo_timers::callback::Timeout::new(PLAYER_MS, move || {
        if let Ok(event) = Event::new("error") {
            let _ = given_up.dispatch_event(&event);
        }
    });
    let is_loaded = JsFuture::from(loaded).await.is_ok();
    drop(timer);
    let seconds = player.duration();
    // A length is positive and far below what a u64 holds.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let millis = (is_loaded && seconds.is_finite() && seconds > 0.0).then(|| (seconds * 1000.0).round() as u64);
    let video: Option<&HtmlVideoElement> = player.dyn_ref();
    let sides = video.map(|video| (video.video_width(), video.video_height())).filter(|(width, _)| *width > 0);
    player.set_src("");
    let _ = web_sys::Url::revoke_object_url(&url);
    (millis, sides)
}

/// Link for a small picture of a local image.
pub fn thumbnail(file: &LocalFile) -> Option<String> {
    let format = file.format.filter(|format| format.kind() == MediaKind::Image && *format != Format::Bmp)?;
    (!file.base64.is_empty()).then(|| ["data:", format.media_type(), ";base64,", &file.base64].concat())
}
