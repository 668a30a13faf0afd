//! What a report has to ask the browser for: whose key, which clock, which browser.

use crate::key::ApiKey;
use crate::redact::redact;
use crate::report::{About, Fingerprint, file_name, har, json, markdown};
use crate::snapshot::Saved;
use crate::web::browser;
use crate::web::browser::js;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The file that is taken in again.
    Json,
    /// To read.
    Markdown,
    /// For tools that read HAR.
    Har,
}

/// The report of a task, and a name for its file.
pub async fn make(app: App, handle: &TaskHandle, form: Form) -> (String, String) {
    let saved = Saved { task: handle.task.get_untracked(), draft: (*handle.draft).clone() };
    let origin = &saved.task.origin;
    let key = app.key(&origin.gateway, &origin.base);
    let print = match &key {
        Some(key) => Some(fingerprint(key).await),
        None => None,
    };
    let address = browser::address();
    let about = About {
        now_ms: browser::now_ms(),
        page: address.split(['?', '#']).next().unwrap_or_default(),
        browser: &browser::window().navigator().user_agent().unwrap_or_default(),
        language: app.lang().tag(),
        ahead_ms: clock_ahead().await,
        key: print.as_ref(),
        key_variable: app.catalog().gateway(&origin.gateway).map_or("API_KEY", |gateway| gateway.key_variable),
    };
    let (text, ending) = match form {
        Form::Json => (json(&saved, &about), "json"),
        Form::Markdown => (markdown(&saved.task, &about), "md"),
        Form::Har => (har(&saved.task, &about), "har"),
    };
    (redact(&app.known_keys(), &text), file_name(&saved.task, ending))
}

async fn fingerprint(key: &ApiKey) -> Fingerprint {
    let crypto = js::get(&browser::window().into(), "crypto");
    let salt = Uint8Array::new_with_length(16);
    let has_salt = js::call(&crypto, "getRandomValues", &[&salt]).is_ok();
    let hash = if has_salt { hmac(&crypto, &salt, key.bytes()).await.unwrap_or_default() } else { String::new() };
    Fingerprint { ends: key.ends().to_owned(), salt: hex(&salt.to_vec()), hash }
}

/// HMAC-SHA256. Browsers offer it to pages that came over a safe way only.
async fn hmac(crypto: &JsValue, salt: &Uint8Array, message: &[u8]) -> js::Outcome<String> {
    let subtle = js::get(crypto, "subtle");
    let how = js::record(&[("name", &"HMAC".into()), ("hash", &"SHA-256".into())]);
    let uses = js_sys::Array::of1(&"sign".into());
    let made = js::call(&subtle, "importKey", &[&"raw".into(), salt, &how, &JsValue::FALSE, &uses])?;
    let secret = js::wait(made).await?;
    let signed = js::call(&subtle, "sign", &[&"HMAC".into(), &secret, &Uint8Array::from(message)])?;
    Ok(hex(&Uint8Array::new(&js::wait(signed).await?).to_vec()))
}

fn hex(bytes: &[u8]) -> String {
    let digits = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(digits[usize::from(half)])).collect()
}

/// How far the clock here is ahead of that of the page's own server, which is the only one a page may read.
async fn clock_ahead() -> Option<i64> {
    let how = js::record(&[("method", &"HEAD".into()), ("cache", &"no-store".into()), ("credentials", &"omit".into())]);
    let asked = browser::now_ms();
    let answer = js::wait(js::call(&browser::window().into(), "fetch", &[&"./".into(), &how]).ok()?).await.ok()?;
    let came = browser::now_ms();
    let date = js::call(&js::get(&answer, "headers"), "get", &[&"date".into()]).ok()?.as_string()?;
    let there = js_sys::Date::parse(&date);
    // The header tells whole seconds: the middle of that second is nearest to the truth.
    #[allow(clippy::cast_possible_truncation)]
    let there = there.is_finite().then_some(there as i64 + 500)?;
    i64::try_from(asked.midpoint(came)).ok().map(|here| here - there)
}
