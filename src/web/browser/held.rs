//! The focus stays near where it was when the part of the page that held it is made anew or taken away. Without this a
//! person at the keyboard is thrown to the beginning of the page whenever a task moves on.

use crate::web::browser;
use leptos::prelude::queue_microtask;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, Node};

/// Where the focus was.
pub struct Held {
    id: String,
    /// The part around it that can take the focus: a panel, a group.
    near: Option<Element>,
}

/// The focus, if one of these nodes holds it. To be asked before they go.
pub fn within<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Option<Held> {
    let focused = browser::document().active_element()?;
    let holder = nodes.into_iter().find(|node| node.contains(Some(&focused)))?;
    let near = holder.parent_element()?.closest("[tabindex='-1']").ok().flatten();
    Some(Held { id: focused.id(), near })
}

/// Gives the focus to the element of the same name, or to what stood around it. Nothing scrolls by it.
pub fn give_back(held: Option<Held>) {
    let Some(held) = held else { return };
    let same = browser::document().get_element_by_id(&held.id);
    if let Some(target) = same.or(held.near).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let calmly = FocusOptions::new();
        calmly.set_prevent_scroll(true);
        let _ = target.focus_with_options(&calmly);
    }
}

/// To be called before a part of the page is made anew or taken away in this turn. If that takes the focus with it, the
/// focus is given to the element of the same name, or to the nearest part around it that is left.
pub fn keep() {
    let Some(focused) = browser::document().active_element() else { return };
    let panel = |element: &Element| element.closest("[tabindex='-1']").ok().flatten();
    let around = |inner: &Element| inner.parent_element().as_ref().and_then(panel);
    let panels: Vec<Element> = std::iter::successors(around(&focused), around).collect();
    queue_microtask(move || {
        if !focused.is_connected() && is_free() {
            let near = panels.into_iter().find(|panel| panel.is_connected());
            give_back(Some(Held { id: focused.id(), near }));
        }
    });
}

/// Nobody has taken the focus since.
fn is_free() -> bool {
    let document = browser::document();
    document.active_element().is_none_or(|focused| document.body().is_some_and(|body| *body == focused))
}
