//! A picture drawn anew by the browser, so that it fits.

use super::{made, opened};
use crate::media::mend::{Picture, renamed};
use crate::web::browser::js;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement};

/// Draws a picture as planned. `None` if the browser cannot, or no attempt fits.
pub async fn draw(file: &File, plan: Picture) -> Option<File> {
    let image = opened(file).await?;
    for number in 0.. {
        let (quality, (width, height)) = plan.attempt(number)?;
        let canvas = drawn(&image, plan, width, height)?;
        let blob = encoded(&canvas, plan.format.media_type(), f64::from(quality) / 100.0).await?;
        // Some browsers give another format than the one asked for.
        if blob.type_() != plan.format.media_type() {
            return None;
        }
        // A size in bytes is a whole number.
        #[allow(clippy::cast_precision_loss)]
        if plan.max_bytes == 0 || blob.size() <= plan.max_bytes as f64 {
            return made(&blob, &renamed(&file.name(), plan.format), plan.format.media_type());
        }
    }
    None
}

fn drawn(image: &HtmlImageElement, plan: Picture, width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = crate::web::browser::document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let brush: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    js::set(&brush, "imageSmoothingQuality", &JsValue::from_str("high"));
    if plan.flat {
        brush.set_fill_style_str("#fff");
        brush.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }
    let (left, top, kept_width, kept_height) = plan.keep;
    brush
        .draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            image,
            f64::from(left),
            f64::from(top),
            f64::from(kept_width),
            f64::from(kept_height),
            0.0,
            0.0,
            f64::from(width),
            f64::from(height),
        )
        .ok()?;
    Some(canvas)
}

/// Too large a canvas gives nothing.
pub(super) async fn encoded(canvas: &HtmlCanvasElement, media_type: &str, quality: f64) -> Option<Blob> {
    let (media_type, quality) = (JsValue::from_str(media_type), JsValue::from_f64(quality));
    let blob = Promise::new(&mut |keep, _| {
        let _ = js::call(canvas, "toBlob", &[&keep, &media_type, &quality]);
    });
    JsFuture::from(blob).await.ok()?.dyn_into().ok()
}
