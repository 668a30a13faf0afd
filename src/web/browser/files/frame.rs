//! One picture of a video, drawn by the browser, where the video's host lets a page read it.

use super::made;
use super::picture::encoded;
use crate::web::browser::{document, js};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement};

/// Longest wait for a video to show a picture.
const PATIENCE_MS: u32 = 60_000;
/// So much before its end lies within a video's last picture, at any usual rate.
const BEFORE_END_S: f64 = 0.02;
/// Good enough to go on from, and a fraction of a PNG.
const QUALITY: f64 = 0.95;
/// Width of a small picture, in pixels: twice what a list shows.
const SMALL: u32 = 128;
const JPEG: &str = "image/jpeg";

/// Which picture of a video.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// A picture of the video behind a link, as a JPEG file of this name. `None` if the browser may not read the video, or
/// cannot.
pub async fn file(link: &str, at: At, name: &str) -> Option<File> {
    let video = opened(link, at).await?;
    let canvas = drawn(&video, video.video_width())?;
    let blob: Blob = encoded(&canvas, JPEG, QUALITY).await?;
    made(&blob, name, JPEG)
}

/// A small picture of the beginning of the video behind a link, as a `data:` URL.
pub async fn small(link: &str) -> Option<String> {
    small_of(&opened(link, At::First).await?)
}

/// A small picture of what a player shows, as a `data:` URL. `None` if its video may not be read.
pub fn small_of(player: &HtmlVideoElement) -> Option<String> {
    drawn(player, SMALL)?.to_data_url_with_type(JPEG).ok()
}

/// A player of its own, at this picture. It asks the host for leave to be read: without that a canvas gives nothing.
async fn opened(link: &str, at: At) -> Option<HtmlVideoElement> {
    let video: HtmlVideoElement = document().create_element("video").ok()?.unchecked_into();
    video.set_cross_origin(Some("anonymous"));
    video.set_muted(true);
    video.set_preload("auto");
    let _ = video.set_attribute("playsinline", "");
    let loaded = js::settled(&video, "onloadeddata", &["onerror"]);
    video.set_src(link);
    soon(loaded).await?;
    let end = video.duration();
    let moment = if at == At::Last && end.is_finite() { (end - BEFORE_END_S).max(0.0) } else { 0.0 };
    let sought = js::settled(&video, "onseeked", &["onerror"]);
    video.set_current_time(moment);
    soon(sought).await?;
    Some(video)
}

/// Waits, but not for ever.
async fn soon(promise: Promise) -> Option<()> {
    let late = Promise::new(&mut |_, reject| {
        let reject = js::once(move |_| {
            let _ = reject.call0(&JsValue::NULL);
            JsValue::UNDEFINED
        });
        let _ = js::call(&js_sys::global(), "setTimeout", &[&reject, &PATIENCE_MS.into()]);
    });
    js::wait(Promise::race(&Array::of2(&promise, &late)).into()).await.ok().map(drop)
}

fn drawn(video: &HtmlVideoElement, width: u32) -> Option<HtmlCanvasElement> {
    let (from_width, from_height) = (video.video_width(), video.video_height());
    if from_width == 0 || from_height == 0 {
        return None;
    }
    let height = (from_height * width / from_width).max(1);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let brush: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let (width, height) = (f64::from(width), f64::from(height));
    brush.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}
