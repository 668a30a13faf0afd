//! The worker that holds the page's own files, so that the page opens without a network; and the word of a newer page.
//!
//! Only the packed page has a worker: its start-up script names it, with the version of the page. It is registered late,
//! when nothing else is under way, and never in an embed.

use crate::web::browser;
use crate::web::browser::js::{always, call, get, get_text, once, record, wait};
use crate::web::state::App;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};

/// How often at most a page that is looked at again asks for a newer one.
const BETWEEN_ASKS_MS: u64 = 15 * 60_000;

/// Registers the worker, where there is one and the browser allows it.
pub fn register(app: App) {
    let boot = browser::document().query_selector("script[data-worker]").ok().flatten();
    let container = get(&browser::window().navigator(), "serviceWorker");
    let (Some(boot), true, false) = (boot, container.is_object(), app.embedded) else { return };
    let worker = boot.get_attribute("data-worker").unwrap_or_default();
    let version = boot.get_attribute("data-version").unwrap_or_default();
    let mine = version.clone();
    let heard = always(move |event| {
        // The worker tells every page which version it brings.
        let told = get_text(&get(&event, "data"), "version");
        if !told.is_empty() && told != mine {
            app.newer.set(true);
        }
    });
    let _ = call(&container, "addEventListener", &[&"message".into(), &heard]);
    let begin = once(move |_| {
        leptos::task::spawn_local(async move {
            // Refused in some private windows; then the page needs the network, as before.
            let _ = attend(container, &worker, &version).await;
        });
        JsValue::UNDEFINED
    });
    let window = browser::window();
    if call(&window, "requestIdleCallback", &[&begin]).is_err() {
        let _ = call(&window, "setTimeout", &[&begin, &1000.into()]);
    }
}

async fn attend(container: JsValue, worker: &str, version: &str) -> Result<(), JsValue> {
    // The worker is looked for on the network at every visit, whatever the host says of keeping it.
    let options = record(&[("updateViaCache", &"none".into())]);
    let registration = wait(call(&container, "register", &[&worker.into(), &options])?).await?;
    let (asks, asked_ms) = (registration.clone(), Cell::new(browser::now_ms()));
    let looked_at = always(move |_| {
        let now = browser::now_ms();
        if !browser::is_hidden() && now.saturating_sub(asked_ms.get()) > BETWEEN_ASKS_MS {
            asked_ms.set(now);
            if let Ok(asked) = call(&asks, "update", &[]) {
                leptos::task::spawn_local(async move { drop(wait(asked).await) });
            }
        }
    });
    let _ = browser::document().add_event_listener_with_callback("visibilitychange", looked_at.unchecked_ref());
    // Files of earlier versions may go once no page needs them: the worker has to know which this one is.
    let ready = wait(get(&container, "ready")).await?;
    let hello = record(&[("version", &version.into())]);
    call(&get(&ready, "active"), "postMessage", &[&hello])?;
    Ok(())
}

/// Loads the newer page.
pub fn reload() {
    let _ = call(&browser::window().location(), "reload", &[]);
}
