//! The key of a task whose gateway is not in the list any more: the task goes on all the same.

use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, el};
use crate::web::dialog::gateways::{PLACE, row_of, value};
use crate::web::drive::journal::follow;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::gateways as words;
use leptos::prelude::*;

const ID: &str = "orphan-key";

/// Asks for it, and says where it goes.
#[inline(never)]
pub fn ask(app: App, handle: &TaskHandle) {
    let Some(place) = browser::document().get_element_by_id(PLACE) else { return };
    place.set_text_content(None);
    let words = words::words(app.lang());
    let (gateway, base) = handle.task.with_untracked(|task| (task.origin.gateway.clone(), task.origin.base.clone()));
    let origin = base.origin().to_owned();
    let input = el("input").attrs(&[("type", "password"), ("autocomplete", "off"), ("spellcheck", "false")]);
    let use_it = button("primary", words.use_key, move || {
        let typed = value("orphan-key-input");
        if !typed.trim().is_empty() {
            crate::web::drive::keys::set_key(app, &gateway, &base, typed);
            follow::key_given(app);
            if let Some(dialog) = browser::document().get_element_by_id(ID) {
                dialog.remove();
            }
        }
    });
    let dialog = dialogs::dialog(app, ID, app.texts().key)
        .add(el("p").text(words.orphan).text(" ").add(el("b").text(&origin)))
        .add(row_of("orphan-key-input", app.texts().key, input, ""))
        .add(use_it.attr("id", "orphan-key-use"));
    let _ = El::from(place).add(dialog);
    dialogs::show(ID);
    browser::focus("orphan-key-input");
}
