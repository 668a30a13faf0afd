//! What all dialogs have in common.

use crate::web::browser;
use crate::web::browser::js::{get, set};
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// How far above the pressed button a dialog begins, and how far from the frame's edge at least.
const ABOVE_FOCUS_PX: f64 = 160.0;
const MARGIN_PX: f64 = 12.0;

/// A dialog with its title and a way out.
pub fn dialog(app: App, id: &str, title: &str) -> El {
    let title_id = [id, "-title"].concat();
    let close = el("form").attr("method", "dialog").add(class("button", "small").text(app.texts().close));
    el("dialog")
        .attrs(&[("id", id), ("aria-labelledby", &title_id)])
        .add(close)
        .add(el("h2").attr("id", &title_id).text(title))
}

/// Opens a dialog, made anew in its place. It is made by a press, outside of any effect: what tracks signals in it
/// belongs to an owner of its own, until the next.
pub fn open(app: App, id: &'static str, make: impl FnOnce() -> El + 'static) {
    open_boxed(app, id, Box::new(make));
}

fn open_boxed(app: App, id: &'static str, make: Box<dyn FnOnce() -> El>) {
    let place = place(&["place-of-", id].concat());
    place.set_text_content(None);
    let owner = Owner::new();
    let dialog = owner.with(|| untrack(make));
    let earlier = app.dialogs.borrow_mut().insert(id, owner);
    if let Some(earlier) = earlier {
        earlier.cleanup();
    }
    let _ = El::from(place).add(dialog);
    show(id);
}

/// Shows a dialog that is in the document.
pub fn show(id: &str) {
    let dialog = browser::document().get_element_by_id(id);
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        if browser::is_embedded() {
            bring_near(&dialog);
        }
        let _ = dialog.show_modal();
    }
}

/// Puts a dialog where its reader is: the frame may be far higher than what is seen of it, and nobody scrolls to the
/// middle of it.
fn bring_near(dialog: &web_sys::Element) {
    let focused = browser::document().active_element();
    let top = focused.map_or(0.0, |element| element.get_bounding_client_rect().top());
    // A height in pixels is a small whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixels = |margin: f64| JsValue::from([&(margin.max(MARGIN_PX) as u32).to_string(), "px"].concat());
    let style = get(dialog, "style");
    set(&style, "marginTop", &pixels(top - ABOVE_FOCUS_PX));
    // How high it is shows once it is open: then it moves up as far as it must to be seen whole.
    let dialog = dialog.clone();
    request_animation_frame(move || {
        let place = dialog.get_bounding_client_rect();
        let room = browser::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0) - MARGIN_PX;
        if place.bottom() > room {
            set(&style, "marginTop", &pixels(room - place.height()));
        }
    });
}

/// The element of this id at the end of the page; made where there is none yet.
pub fn place(id: &str) -> web_sys::Element {
    let document = browser::document();
    document.get_element_by_id(id).unwrap_or_else(|| {
        let place = el("div").attr("id", id).element().clone();
        let _ = document.get_element_by_id("places").map(|all| all.append_child(&place));
        place
    })
}

/// Puts a dialog at the end of the page, unless it is there.
pub fn put(id: &str, make: impl FnOnce() -> El) {
    if browser::document().get_element_by_id(id).is_none() {
        let _ = El::from(place("places")).add(make());
    }
}
