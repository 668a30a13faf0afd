//! The one dialog: a title, a way out, and what is in it.

use crate::web::browser;
use crate::web::browser::js::{get, set};
use crate::web::state::App;
use crate::web::state::dialogs::Shown;
use crate::words::lang::Lang;
use leptos::children::ViewFn;
use leptos::html;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::HtmlDialogElement;

/// How far above the pressed button a dialog of an embedded page begins, and how far from the frame's edge at least.
const ABOVE_FOCUS_PX: f64 = 160.0;
const MARGIN_PX: f64 = 12.0;

/// A modal dialog. It opens as soon as it is on the page, and leaves the page when it is closed.
#[component]
pub fn Dialog(
    /// The page.
    app: App,
    /// Its id; that of its title is the same with `-title` behind it.
    id: &'static str,
    /// The title.
    #[prop(into)]
    title: String,
    /// A class for its looks.
    #[prop(optional)]
    class: &'static str,
    /// Its element, for whoever closes it: the browser gives the focus back then.
    #[prop(default = NodeRef::new())]
    node: NodeRef<html::Dialog>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let title_id = [id, "-title"].concat();
    let named_by = title_id.clone();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            open(&dialog);
        }
    });
    view! {
        <dialog id=id class=class aria-labelledby=named_by node_ref=node on:close=move |_| app.hide(id)>
            <form method="dialog">
                <button class="small">{app.texts().close}</button>
            </form>
            <h2 id=title_id tabindex="-1">{title}</h2>
            {children()}
        </dialog>
    }
}

/// The place of the dialogs that are open.
#[component]
fn Dialogs(
    /// The page.
    app: App,
) -> impl IntoView {
    // In another language, or with other gateways, what is open is drawn anew like the rest of the page.
    let shown = move || {
        let (lang, edition) = (app.lang.get(), app.edition.get());
        app.shown.get().into_iter().map(move |shown| (shown, lang, edition)).collect::<Vec<_>>()
    };
    let draw = |(shown, ..): (Shown, Lang, u32)| shown.view.run();
    view! {
        <For each=shown key=|(shown, lang, edition)| (shown.id, shown.turn, lang.tag(), *edition) children=draw />
    }
}

impl App {
    /// Shows a dialog of this id, in the place of an earlier one.
    pub fn show(self, id: &'static str, view: impl Into<ViewFn>) {
        // The place comes with the first dialog: no code that is loaded at the start needs it.
        if !self.has_dialogs.replace(true)
            && let Some(body) = browser::document().body()
        {
            let app = self;
            mount_to(body, move || view! { <Dialogs app /> }).forget();
        }
        let view = view.into();
        self.shown.update(|all| {
            let turn = all.iter().map(|shown| shown.turn).max().unwrap_or(0) + 1;
            all.retain(|shown| shown.id != id);
            all.push(Shown { id, turn, view });
        });
    }

    /// Takes a dialog off the page. Closing it does that as well.
    pub fn hide(self, id: &'static str) {
        self.shown.update(|all| all.retain(|shown| shown.id != id));
    }
}

fn open(dialog: &HtmlDialogElement) {
    if dialog.open() {
        return;
    }
    if browser::is_embedded() {
        bring_near(dialog);
    }
    let _ = dialog.show_modal();
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
