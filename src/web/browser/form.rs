//! A form with a file, sent. Where the key goes along it is sent by `fetch`, which follows no redirect; the file for a
//! store, which takes no key, by the older way, which tells how much has left.

use crate::http::{Form, Response};
use crate::key::ApiKey;
use crate::route::{self, Relayed};
use crate::web::browser::js;
use js_sys::Promise;
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, File};

/// Told how many bytes have left.
pub type Progress = Box<dyn Fn(u64)>;

/// Names and values of a form's own headers.
type Headers<'a> = [(&'a str, &'a str)];

/// Headers of an answer that are read.
const WANTED: [&str; 5] = ["content-type", "retry-after", "x-request-id", route::MARK, route::STATUS];

/// What a form travels with.
pub struct Travel<'a> {
    /// The key, for its own origin only.
    pub key: Option<&'a ApiKey>,
    /// The way by the relay.
    pub relayed: Option<&'a Relayed>,
    /// Stops it.
    pub signal: AbortSignal,
    /// Told how far it is.
    pub progress: Progress,
}

/// Sends a form with its file. `None` if no answer came. Nothing is retried here.
pub async fn send(form: &Form, file: &File, travel: Travel<'_>) -> Option<Response> {
    let body = body(form, file)?;
    let url = travel.relayed.map_or(&*form.url, Relayed::address);
    let key = travel.key.filter(|_| form.keyed).and_then(|key| match travel.relayed {
        Some(relayed) => key.authorization_by_relay(relayed),
        None => key.authorization_for(&form.url),
    });
    let mut headers = Vec::new();
    headers.extend(key.as_deref().map(|key| ("Authorization", key)));
    // A form of another page cannot have a header of its own: the relay takes none without this one.
    headers.extend(travel.relayed.map(|_| (route::FORM, "1")));
    let answer = if key.is_some() {
        with_key(url, &body, &headers, &travel.signal).await?
    } else {
        without_key(url, &body, &headers, travel.signal, travel.progress).await?
    };
    Some(if travel.relayed.is_some() { route::unwrapped(answer) } else { answer })
}

/// The parts in their order, the file last.
fn body(form: &Form, file: &File) -> Option<JsValue> {
    let body = js::make("FormData", &[]).ok()?;
    let text = JsValue::from_str;
    for (name, value) in &form.parts {
        js::call(&body, "append", &[&text(name), &text(value)]).ok()?;
    }
    // A part has the type of what is in it: by content, and not as the browser guessed from the name.
    let typed = js::call(file, "slice", &[&JsValue::from(0), &JsValue::from_f64(file.size()), &text(form.media_type)]);
    js::call(&body, "append", &[&text("file"), &typed.ok()?, &text(&form.file_name)]).ok()?;
    Some(body)
}

async fn with_key(url: &str, body: &JsValue, headers: &Headers<'_>, signal: &AbortSignal) -> Option<Response> {
    let text = JsValue::from_str;
    let own: Vec<(&str, JsValue)> = headers.iter().map(|(name, value)| (*name, text(value))).collect();
    let own: Vec<(&str, &JsValue)> = own.iter().map(|(name, value)| (*name, value)).collect();
    let options = js::record(&[
        ("method", &text("POST")),
        ("credentials", &text("omit")),
        ("cache", &text("no-store")),
        ("referrerPolicy", &text("no-referrer")),
        ("redirect", &text("error")),
        ("headers", &js::record(&own)),
        ("body", body),
        ("signal", signal),
    ]);
    let answer = js::wait(js::call(&js_sys::global(), "fetch", &[&text(url), &options]).ok()?).await.ok()?;
    let headers = js::get(&answer, "headers");
    let found = |name: &&str| {
        let value = js::call(&headers, "get", &[&text(name)]).ok()?.as_string()?;
        Some(((*name).to_owned(), value))
    };
    let headers = WANTED.iter().filter_map(found).collect();
    let body = js::wait(js::call(&answer, "text", &[]).ok()?).await.ok()?.as_string()?;
    Some(Response { status: status(&answer), headers, body, cut: false })
}

async fn without_key(
    url: &str,
    body: &JsValue,
    headers: &Headers<'_>,
    signal: AbortSignal,
    progress: Progress,
) -> Option<Response> {
    let text = JsValue::from_str;
    let call = js::make("XMLHttpRequest", &[]).ok()?;
    js::call(&call, "open", &[&text("POST"), &text(url)]).ok()?;
    for (name, value) in headers {
        js::call(&call, "setRequestHeader", &[&text(name), &text(value)]).ok()?;
    }
    let moved = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        // A number of bytes is whole.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        progress(js::get(&event, "loaded").as_f64().unwrap_or_default() as u64);
    });
    js::set(&js::get(&call, "upload"), "onprogress", moved.as_ref());
    let ended: Promise = js::settled(&call, "onload", &["onerror", "onabort", "ontimeout"]);
    let stopped = {
        let call = call.clone();
        js::once(move |_| js::call(&call, "abort", &[]).unwrap_or_default())
    };
    js::set(&signal, "onabort", &stopped);
    js::call(&call, "send", &[body]).ok()?;
    let came = JsFuture::from(ended).await;
    drop(moved);
    came.ok()?;
    let found = |name: &&str| {
        let value = js::call(&call, "getResponseHeader", &[&text(name)]).ok()?.as_string()?;
        Some(((*name).to_owned(), value))
    };
    let headers = WANTED.iter().filter_map(found).collect();
    Some(Response { status: status(&call), headers, body: js::get_text(&call, "responseText"), cut: false })
}

fn status(answer: &JsValue) -> u16 {
    // A status has three digits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let status = js::get(answer, "status").as_f64().unwrap_or_default() as u16;
    status
}
