//! Channels between the tabs of a browser.

use crate::web::browser;
use crate::web::browser::js::get;
use js_sys::Function;
use wasm_bindgen::JsCast;

/// The class that makes channels; none where the browser has none.
pub fn class() -> Option<Function> {
    get(&browser::window(), "BroadcastChannel").dyn_into().ok()
}
