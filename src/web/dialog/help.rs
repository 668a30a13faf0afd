//! How it works, and the keys.

use crate::web::browser;
use crate::web::component::dialogs::dialog;
use crate::web::component::dom::{El, class, el};
use crate::web::state::App;
use crate::words::everyone::single_keys;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The dialog.
pub fn view(app: App) -> El {
    let texts = app.texts();
    let steps = texts.help_steps.iter().map(|(what, why)| el("li").add(el("b").text(what)).add(el("p").text(why)));
    let mut keys = class("dl", "keys");
    for (key, what) in texts.keys {
        keys = keys.add(el("dt").add(el("kbd").text(key))).add(el("dd").text(what));
    }
    let switch = el("input").attrs(&[("id", "single-keys"), ("type", "checkbox")]).checked(browser::single_keys);
    let switch = switch.on("change", |event| {
        let on = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        browser::set_single_keys(on.is_some_and(|switch| switch.checked()));
    });
    dialog(app, "help", texts.help_title)
        .add(class("ol", "steps").all(steps))
        .add(el("h3").text(texts.keys_title))
        .add(keys)
        .add(class("label", "check").add(switch).text(single_keys(app.lang())))
}
