//! The tab as it looks among others: its title and its icon, and whether anybody looks at it.

use crate::web::browser::{document, window};
use web_sys::Element;

/// Title and icon of the tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The title.
    pub title: String,
    /// The address of the icon: a `data:` URL of an SVG.
    pub icon: String,
}

fn icon() -> Option<Element> {
    document().query_selector("link[rel='icon']").ok().flatten()
}

/// How the tab looks now.
pub fn look() -> Look {
    let icon = icon().and_then(|icon| icon.get_attribute("href")).unwrap_or_default();
    Look { title: document().title(), icon }
}

/// Makes the tab look so.
pub fn show(look: &Look) {
    document().set_title(&look.title);
    if let Some(icon) = icon().filter(|_| !look.icon.is_empty()) {
        let _ = icon.set_attribute("href", &look.icon);
    }
}

/// The icon with a dot in its corner, of this color as six hexadecimal digits.
pub fn dotted(icon: &str, color: &str) -> String {
    let dot =
        format!("%3Ccircle cx='18' cy='6' r='5.5' fill='%23{color}' stroke='%23fff' stroke-width='1.5'/%3E%3C/svg%3E");
    icon.replace("%3C/svg%3E", &dot)
}

/// Whether the tab is in front, and its window has the focus.
pub fn is_looked_at() -> bool {
    !document().hidden() && document().has_focus().unwrap_or(true)
}

/// Calls this whenever somebody comes back to the tab.
pub fn when_looked_at(run: impl Fn() + 'static) {
    let run = crate::web::browser::js::always(move |_| {
        if is_looked_at() {
            run();
        }
    });
    let run = run.as_ref();
    let _ = document().add_event_listener_with_callback("visibilitychange", wasm_bindgen::JsCast::unchecked_ref(run));
    let _ = window().add_event_listener_with_callback("focus", wasm_bindgen::JsCast::unchecked_ref(run));
}
