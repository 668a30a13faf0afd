//! Small capabilities of the browser: clock, preferences, clipboard, document.

pub mod channel;
pub mod dates;
pub mod fetch;
pub mod files;
pub mod form;
pub mod held;
pub mod idb;
pub mod js;
pub mod notice;
pub mod paint;
pub mod part;
pub mod tab;

use crate::words::lang::Lang;
use wasm_bindgen::JsCast;
use web_sys::{Document, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Window};

/// The window. A page always has one.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    // A date of this era is a whole number far below 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let now = js_sys::Date::now() as u64;
    now
}

/// When the press happened that is handled now; the moment itself where nothing was pressed. A page that is busy
/// handles a press later than it was made.
pub fn pressed_ms() -> u64 {
    let waited = || -> Option<f64> {
        let event: web_sys::Event = window().event().dyn_into().ok()?;
        let clock = js_sys::Reflect::get(&window(), &"performance".into()).ok()?;
        let clock: web_sys::Performance = clock.dyn_into().ok()?;
        Some(clock.now() - event.time_stamp())
    };
    // Below a day and not below zero: exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let waited = waited().unwrap_or(0.0).clamp(0.0, 86_400_000.0) as u64;
    now_ms().saturating_sub(waited)
}

/// A time as the reader's language and time zone write it.
pub fn local_time(at_ms: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // A time of this era is far below 2^53.
    let date = js_sys::Date::new(&(at_ms as f64).into());
    date.to_locale_string(language().tag(), &wasm_bindgen::JsValue::UNDEFINED).into()
}

/// A day, given as `2026-11-21`, as the reader's language writes it.
pub fn local_day(iso: &str) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeZone", "UTC")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let date = js_sys::Date::new(&iso.into());
    if date.get_time().is_nan() {
        iso.to_owned()
    } else {
        date.to_locale_date_string(language().tag(), &options).into()
    }
}

/// Takes the static start-up text away.
pub fn clear_boot() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Whether there are gateways beside the built-in ones, which the start-up script saw.
pub fn has_more_gateways() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-catalog"))
}

/// Runs once the browser has nothing else to do; after a second at the latest.
pub fn when_idle(run: impl FnOnce() + 'static) {
    let run = js::once(move |_| {
        run();
        wasm_bindgen::JsValue::UNDEFINED
    });
    let options = js::record(&[("timeout", &1000.into())]);
    if js::call(&window(), "requestIdleCallback", &[&run, &options]).is_err() {
        let _ = js::call(&window(), "setTimeout", &[&run, &200.into()]);
    }
}

/// Tells the start-up script something.
pub fn tell(event: &str) {
    if let Ok(event) = web_sys::Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// The language of the document, which the start-up script chose.
pub fn language() -> Lang {
    Lang::of(&root("lang").unwrap_or_default())
}

/// Whether the page is shown within another one; the start-up script looked.
pub fn is_embedded() -> bool {
    root("data-embed").is_some()
}

/// What an embedded page was asked to show when it was opened: the wish of its address, without the options before it.
pub fn first_wish() -> String {
    root("data-embed").and_then(|hash| Some(hash.split_once('/')?.1.to_owned())).unwrap_or_default()
}

/// What the reader of an embedded page cannot change: `gateway`, `model`, or nothing.
pub fn lock() -> String {
    root("data-lock").unwrap_or_default()
}

/// Locks, or lets go of, what the reader cannot change. For what is shown already.
pub fn set_lock(lock: &str) {
    set_root("data-lock", lock);
    if let Some(model) = document().get_element_by_id("model") {
        let _ = if lock == "model" { model.set_attribute("disabled", "") } else { model.remove_attribute("disabled") };
    }
}

/// Shows only a part of an embedded page; `all` is everything.
pub fn set_show(show: &str) {
    set_root("data-show", show);
}

/// The site around an embedded page: as the browser tells it, else the one that spoke, else the one that referred here.
/// Empty if nobody says.
pub fn site_around(spoken: &str) -> String {
    let ancestors = crate::web::browser::js::get(&window().location(), "ancestorOrigins");
    let parent = crate::web::browser::js::get_text(&ancestors, "0");
    if !parent.is_empty() && parent != "null" {
        return parent;
    }
    if !spoken.is_empty() {
        return spoken.to_owned();
    }
    let referrer = web_sys::Url::new(&document().referrer()).map(|url| url.origin()).unwrap_or_default();
    if referrer == origin() { String::new() } else { referrer }
}

/// Sets the language of the document. What a link asked for is not remembered.
pub fn show_language(lang: Lang) {
    set_root("lang", lang.tag());
}

/// Remembers the language that was chosen.
pub fn remember_language(lang: Lang) {
    remember("wan.lang", lang.tag());
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    match root("data-theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => matches!(window().match_media("(prefers-color-scheme: dark)"), Ok(Some(query)) if query.matches()),
    }
}

/// Whether less motion or less data is asked for: nothing plays by itself then.
pub fn wants_stillness() -> bool {
    let is_still =
        matches!(window().match_media("(prefers-reduced-motion: reduce)"), Ok(Some(query)) if query.matches());
    // Chromium alone tells it, and `web-sys` does not know it.
    let connection = js::get(&window().navigator(), "connection");
    is_still || js::get(&connection, "saveData").is_truthy()
}

/// An address relative to the page, in full.
pub fn absolute(relative: &str) -> String {
    web_sys::Url::new_with_base(relative, &address()).map(|url| url.href()).unwrap_or_default()
}

/// Changes from light to dark or back, and remembers it.
pub fn toggle_theme() {
    let theme = if is_dark() { "light" } else { "dark" };
    set_theme(theme);
    remember("wan.theme", theme);
}

/// Sets the theme. Any word but `light` and `dark` is the system's.
pub fn set_theme(theme: &str) {
    set_root("data-theme", theme);
}

fn root(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

fn set_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // The name is a constant of ours: it cannot be refused.
        let _ = root.set_attribute(name, value);
    }
}

/// Preferences only: never a key, never a draft. Storage may be refused; the page works without. What a host wants of an
/// embedded page is no preference of the reader's.
fn remember(name: &str, value: &str) {
    if is_embedded() {
        return;
    }
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

fn recalled(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// How requests were written last: the id of a shell, or another form's. At first, the shell of the system.
pub fn written() -> String {
    recalled(WRITTEN).unwrap_or_else(|| {
        let agent = window().navigator().user_agent().unwrap_or_default();
        (if agent.contains("Windows") { "powershell" } else { "bash" }).to_owned()
    })
}

/// Remembers how requests are written.
pub fn set_written(form: &str) {
    remember(WRITTEN, form);
}

/// Whether fields bear the names that the API has for them: in another page, which is of the API, and where one asked
/// for it.
pub fn has_names() -> bool {
    is_embedded() || recalled(NAMES).as_deref() == Some("on")
}

/// Remembers whether they do.
pub fn show_names(on: bool) {
    remember(NAMES, if on { "on" } else { "" });
}

/// Whether keys that work alone do. Who speaks to the computer says them by accident.
pub fn single_keys() -> bool {
    document().document_element().is_none_or(|root| !root.has_attribute(KEYS_OFF))
}

/// Switches the keys that work alone on or off, and remembers it.
pub fn set_single_keys(on: bool) {
    if on {
        let _ = document().document_element().map(|root| root.remove_attribute(KEYS_OFF));
    } else {
        set_root(KEYS_OFF, "");
    }
    remember(KEYS, if on { "" } else { "off" });
}

/// Switches them off if they were when the page was last open.
pub fn recall_single_keys() {
    if recalled(KEYS).as_deref() == Some("off") {
        set_root(KEYS_OFF, "");
    }
}

const KEYS: &str = "wan.keys";
const KEYS_OFF: &str = "data-keys-off";
const NAMES: &str = "wan.names";
const WRITTEN: &str = "wan.written";

/// Where the local server serves the simulator, and how fast its clock runs: from the meta element it fills in.
pub fn simulator_speed() -> Option<f64> {
    let meta = document().query_selector("meta[name=wan-server]").ok().flatten()?;
    let content = meta.get_attribute("content")?;
    let rest = content.strip_prefix("simulator")?;
    let speed = js_sys::Number::parse_float(rest.trim().strip_prefix("speed=").unwrap_or_default());
    Some(if speed > 0.0 { speed } else { 1.0 })
}

/// Origin of the page.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Address of the page.
pub fn address() -> String {
    window().location().href().unwrap_or_default()
}

/// A moment as people and machines write it, in UTC.
pub fn iso(milliseconds: u64) -> String {
    // Moments of this era are exact in a float.
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&(milliseconds as f64).into());
    String::from(date.to_iso_string())
}

/// Whether nobody looks at the tab.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Whether the browser says it is offline. `false` says nothing.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Opens the rarely used fields, if this one is among them.
pub fn open_more(field: &str) {
    if let Some(more) = document().get_element_by_id("more")
        && more.query_selector(&[".f-", field].concat()).ok().flatten().is_some()
    {
        let _ = more.set_attribute("open", "");
    }
}

/// Puts the focus on an element, after the current changes have reached the document.
pub fn focus(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let target: &HtmlElement = element.unchecked_ref();
            // The browser scrolls as far as is needed, and past what sticks to the edges.
            let _ = target.focus();
        }
    });
}

/// Puts the focus on the first button of a part of the page, after the current changes have reached the document. The
/// part is brought into view, from its beginning.
pub fn focus_first(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        let Some(part) = document().get_element_by_id(&id) else { return };
        let Ok(Some(button)) = part.query_selector("button") else { return };
        let calmly = FocusOptions::new();
        calmly.set_prevent_scroll(true);
        let _ = button.unchecked_into::<HtmlElement>().focus_with_options(&calmly);
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        part.scroll_into_view_with_scroll_into_view_options(&nearest);
    });
}

/// Scrolls as little as shows the beginning of an element, once it is there. On a wide screen it is in view already.
pub fn reveal(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(id)
            && (element.get_bounding_client_rect().top() < 0.0
                || element.get_bounding_client_rect().top()
                    > window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0) - 240.0)
        {
            element.scroll_into_view();
        }
    });
}

/// Copies a text. `false` if the browser refuses.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Over plain http from another host there is no clipboard at all.
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Offers a text as a file to save.
pub fn save_text(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else { return };
    if let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) {
        save_link(name, &url);
        forget_later(url);
    }
}

/// Lets go of a blob's link: a download of it has its own reference by the next turn of the event loop.
pub fn forget_later(url: String) {
    let forget = move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    };
    gloo_timers::callback::Timeout::new(10_000, forget).forget();
}

/// Starts a download of a link of this origin or of a blob.
pub fn save_link(name: &str, url: &str) {
    if let Ok(anchor) = document().create_element("a") {
        let anchor: web_sys::HtmlAnchorElement = anchor.unchecked_into();
        anchor.set_href(url);
        anchor.set_download(name);
        anchor.click();
    }
}
