//! Local files: read, recognized, measured, before anything is sent.

use crate::media::LocalFile;
use crate::media::{Format, is_transparent, sniff};
use js_sys::{Promise, Uint8Array};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, FileReader, HtmlCanvasElement, HtmlImageElement};

/// Beyond this a file is not read into memory at all: no gateway takes so much inside a request.
const READ_LIMIT: f64 = 64.0 * 1_048_576.0;

/// Bytes in which the marks of a file are looked for: what stands in front of a PNG's picture is shorter.
const HEAD: i32 = 1 << 16;

/// Reads a file the user picked, dropped or pasted. `None` if the browser cannot read it.
pub async fn read(file: File) -> Option<Arc<LocalFile>> {
    let head = file.slice_with_i32_and_i32(0, HEAD).ok()?;
    let head = Uint8Array::new(&JsFuture::from(head.array_buffer()).await.ok()?).to_vec();
    let format = sniff(&head);
    // A size in bytes is a whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = file.size() as u64;
    let base64 = if file.size() <= READ_LIMIT { read_base64(&file).await? } else { String::new() };
    let is_image = format.is_some_and(|format| format.kind() == crate::catalog::MediaKind::Image);
    let pixels = if is_image { measure(&file).await } else { None };
    Some(Arc::new(LocalFile {
        name: file.name(),
        format,
        bytes,
        pixels,
        alpha: is_transparent(&head),
        base64,
        ..LocalFile::default()
    }))
}

/// Reads a file as text. `None` if the browser cannot read it.
pub async fn text(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// The same picture as a JPEG, with white where it was transparent.
pub async fn flatten(file: &LocalFile) -> Option<Arc<LocalFile>> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&thumbnail(file)?);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (image.natural_width(), image.natural_height());
    let canvas: HtmlCanvasElement = crate::web::browser::document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let brush: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    brush.set_fill_style_str("#fff");
    brush.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    brush.draw_image_with_html_image_element(&image, 0.0, 0.0).ok()?;
    let uri = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(0.95)).ok()?;
    // Too large a canvas gives an empty picture, and some browsers another format than the one asked for.
    let base64 = uri.strip_prefix("data:image/jpeg;base64,").filter(|base64| !base64.is_empty())?;
    let bytes = base64.trim_end_matches('=').len() as u64 * 6 / 8;
    let name = [file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| name), ".jpg"].concat();
    let pixels = Some((width, height));
    Some(Arc::new(LocalFile {
        name,
        format: Some(Format::Jpeg),
        bytes,
        pixels,
        alpha: false,
        base64: base64.to_owned(),
        ..LocalFile::default()
    }))
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

/// Opens an image to learn its size.
async fn measure(file: &File) -> Option<(u32, u32)> {
    let url = web_sys::Url::create_object_url_with_blob(file).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    // Decoding tells what merely loading does not: a picture that breaks off after its header.
    let result = JsFuture::from(image.decode()).await;
    let _ = web_sys::Url::revoke_object_url(&url);
    result.ok().map(|_| (image.natural_width(), image.natural_height()))
}

/// Link for a small picture of a local image.
pub fn thumbnail(file: &LocalFile) -> Option<String> {
    let format =
        file.format.filter(|format| format.kind() == crate::catalog::MediaKind::Image && *format != Format::Bmp)?;
    (!file.base64.is_empty()).then(|| ["data:", format.media_type(), ";base64,", &file.base64].concat())
}
