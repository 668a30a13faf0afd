//! Videos kept in this browser: the files in a database of their own, what a list shows of them beside it.

use crate::web::browser;
use crate::web::browser::js::{Outcome, call, get, get_text, once, record, set, settled, wait};
use crate::words::lang::Lang;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

const NAME: &str = "wan-playground-videos";
/// Files by key.
const FILES: &str = "files";
/// What a list shows of them, by the same key.
const ABOUT: &str = "about";

/// A kept video, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Gateway and task id.
    pub key: String,
    /// Name of the file when it is saved.
    pub name: String,
    /// Model id.
    pub model: String,
    /// The beginning of its prompt.
    pub prompt: String,
    /// Size of the file.
    pub bytes: u64,
    /// When it was kept.
    pub at_ms: u64,
}

/// Why a video was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no room.
    Full,
    /// The browser does not allow it here.
    Refused,
}

impl Refusal {
    /// The sentence for it.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Full => lang.kept().full,
            Self::Refused => lang.kept().not_allowed,
        }
    }
}

fn refusal(error: &JsValue) -> Refusal {
    // A handler gets an event; its target holds the error.
    let inner = get(&get(error, "target"), "error");
    let error = if inner.is_object() { &inner } else { error };
    if get_text(error, "name") == "QuotaExceededError" { Refusal::Full } else { Refusal::Refused }
}

async fn open() -> Outcome<JsValue> {
    let request = call(&get(&browser::window(), "indexedDB"), "open", &[&NAME.into(), &1.into()])?;
    let opened = settled(&request, "onsuccess", &["onerror", "onblocked"]);
    let upgrade = once(|event| {
        let database = get(&get(&event, "target"), "result");
        for store in [FILES, ABOUT] {
            let _ = call(&database, "createObjectStore", &[&store.into()]);
        }
        JsValue::UNDEFINED
    });
    set(&request, "onupgradeneeded", &upgrade);
    wait(opened.into()).await?;
    Ok(get(&request, "result"))
}

/// Asks one store one question. The database is closed again: this is done at a press, not all the time.
async fn ask(store: &str, method: &str, arguments: &[&JsValue]) -> Outcome<JsValue> {
    let database = open().await?;
    let transaction = call(&database, "transaction", &[&store.into(), &"readonly".into()])?;
    let request = call(&call(&transaction, "objectStore", &[&store.into()])?, method, arguments)?;
    let outcome = wait(settled(&request, "onsuccess", &["onerror"]).into()).await;
    call(&database, "close", &[])?;
    outcome.map(|_| get(&request, "result"))
}

/// Changes both stores together, or neither.
async fn change(method: &str, arguments: [&[&JsValue]; 2]) -> Outcome<()> {
    let database = open().await?;
    let stores = Array::of2(&FILES.into(), &ABOUT.into());
    let options = record(&[("durability", &"strict".into())]);
    let transaction = call(&database, "transaction", &[&stores, &"readwrite".into(), &options])?;
    let ended = settled(&transaction, "oncomplete", &["onabort", "onerror"]);
    for (store, arguments) in [FILES, ABOUT].into_iter().zip(arguments) {
        call(&call(&transaction, "objectStore", &[&store.into()])?, method, arguments)?;
    }
    let outcome = wait(ended.into()).await;
    call(&database, "close", &[])?;
    outcome.map(drop)
}

/// Keeps the video behind a link in memory.
pub async fn keep(kept: &Kept, memory: &str) -> Result<(), Refusal> {
    let work = async {
        let answer = wait(call(&browser::window(), "fetch", &[&memory.into()])?).await?;
        let file = wait(call(&answer, "blob", &[])?).await?;
        // The user asked to keep it: the browser may be asked not to clear it away. Whatever it answers is fine.
        let _ = call(&get(&browser::window().navigator(), "storage"), "persist", &[]);
        #[allow(clippy::cast_precision_loss)] // Sizes and times are far below 2^53.
        let [bytes, at_ms] = [kept.bytes as f64, kept.at_ms as f64].map(JsValue::from);
        let [name, model, prompt] = [&kept.name, &kept.model, &kept.prompt].map(JsValue::from);
        let about = record(&[
            ("name", &name),
            ("model", &model),
            ("prompt", &prompt),
            ("bytes", &bytes),
            ("at", &at_ms),
            ("key", &JsValue::from(&kept.key)),
        ]);
        let key = JsValue::from(&kept.key);
        change("put", [&[&file, &key], &[&about, &key]]).await
    };
    work.await.map_err(|error| refusal(&error))
}

/// Bytes behind a link in memory.
pub async fn size(memory: &str) -> Option<u64> {
    let answer = wait(call(&browser::window(), "fetch", &[&memory.into()]).ok()?).await.ok()?;
    Some(number(&wait(call(&answer, "blob", &[]).ok()?).await.ok()?, "size"))
}

/// A link in memory to a kept video.
pub async fn link(key: &str) -> Option<String> {
    let file: web_sys::Blob = ask(FILES, "get", &[&key.into()]).await.ok()?.dyn_into().ok()?;
    web_sys::Url::create_object_url_with_blob(&file).ok()
}

/// Takes a kept video away.
pub async fn remove(key: &str) -> Result<(), Refusal> {
    let key = JsValue::from(key);
    change("delete", [&[&key], &[&key]]).await.map_err(|error| refusal(&error))
}

/// Everything that is kept, newest first.
pub async fn list() -> Result<Vec<Kept>, Refusal> {
    let all: Array = ask(ABOUT, "getAll", &[]).await.map_err(|error| refusal(&error))?.unchecked_into();
    let mut kept: Vec<Kept> = all.iter().map(|value| read(&value)).collect();
    kept.sort_by_key(|kept| std::cmp::Reverse(kept.at_ms));
    Ok(kept)
}

fn read(value: &JsValue) -> Kept {
    let [key, name, model, prompt] = ["key", "name", "model", "prompt"].map(|name| get_text(value, name));
    Kept { key, name, model, prompt, bytes: number(value, "bytes"), at_ms: number(value, "at") }
}

fn number(value: &JsValue, name: &str) -> u64 {
    // What is no number, or below nothing, counts as nothing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = get(value, name).as_f64().unwrap_or(0.0) as u64;
    number
}

/// Bytes that this page may still keep, as the browser estimates.
pub async fn room() -> Option<u64> {
    let storage = get(&browser::window().navigator(), "storage");
    let estimate = wait(call(&storage, "estimate", &[]).ok()?).await.ok()?;
    number(&estimate, "quota").checked_sub(number(&estimate, "usage"))
}
