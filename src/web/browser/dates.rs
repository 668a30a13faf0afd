//! Days and times as people write them.

use crate::words::lang::Lang;
use js_sys::Array;
use js_sys::Intl::{DateTimeFormat, DateTimeFormatOptions, DateTimeStyle};
use wasm_bindgen::JsValue;

/// Writes moments as day and time, in one language. Costly to make, cheap to use: for lists.
#[derive(Debug, Clone)]
pub struct Moments(DateTimeFormat);

impl Moments {
    /// As this language writes them.
    pub fn new(lang: Lang) -> Self {
        let options = DateTimeFormatOptions::new();
        options.set_date_style(DateTimeStyle::Medium);
        options.set_time_style(DateTimeStyle::Short);
        Self(DateTimeFormat::new(&Array::of1(&lang.tag().into()), &options))
    }

    /// Day and time.
    pub fn write(&self, at_ms: u64) -> String {
        #[allow(clippy::cast_precision_loss)] // A date of this era is far below 2^53.
        let at = JsValue::from(at_ms as f64);
        self.0.format().call1(&JsValue::UNDEFINED, &at).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}
