//! Notifications of the system. Leave is asked for only at a press that wants one.

use crate::web::browser::js::{call, get, get_text, make, once, record, set, wait};
use crate::web::browser::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Whether the browser has them here.
pub fn is_there() -> bool {
    !get(&window(), "Notification").is_undefined()
}

/// Asks for leave, where it was neither given nor denied. Whether it is given.
pub async fn ask() -> bool {
    let class = get(&window(), "Notification");
    if get_text(&class, "permission") == "default" {
        let answer = match call(&class, "requestPermission", &[]) {
            Ok(asked) => wait(asked).await,
            Err(error) => Err(error),
        };
        return answer.is_ok_and(|answer| answer == JsValue::from_str("granted"));
    }
    get_text(&class, "permission") == "granted"
}

/// Shows one. A later one of the same name takes its place; `pressed` runs when somebody presses it.
pub fn show(name: &str, title: &str, body: &str, pressed: impl FnOnce() + 'static) {
    let options = record(&[("body", &JsValue::from_str(body)), ("tag", &JsValue::from_str(name))]);
    let title = JsValue::from_str(title);
    if let Ok(shown) = make("Notification", &[&title, &options]) {
        let pressed = once(move |event| {
            let _ = window().focus();
            let _ = call(&get(&event, "target"), "close", &[]);
            pressed();
            JsValue::UNDEFINED
        });
        return set(&shown, "onclick", &pressed);
    }
    // Phones leave it to the page's worker.
    spawn_local(async move {
        let workers = get(&window().navigator(), "serviceWorker");
        let Ok(asked) = call(&workers, "getRegistration", &[]) else { return };
        if let Ok(worker) = wait(asked).await {
            let _ = call(&worker, "showNotification", &[&title, &options]);
        }
    });
}
