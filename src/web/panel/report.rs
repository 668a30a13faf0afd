//! What a task's owner hands to support: a report, never with the key.

use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, class, el};
use crate::web::drive::report::{Form, make};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::report::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The row under the calls of a task.
#[inline(never)]
pub fn row(app: App, handle: &TaskHandle) -> El {
    let words = words(app.lang());
    let said = RwSignal::new("");
    let save = |form: Form, id: &str, name: &str| {
        let handle = handle.clone();
        button("small", name, move || {
            let handle = handle.clone();
            spawn_local(async move {
                let (text, name) = make(app, &handle, form).await;
                browser::save_text(&name, &text);
                said.set(words.saved);
            });
        })
        .attr("id", id)
    };
    let copied = handle.clone();
    let copy = button("small", words.copy, move || {
        let handle = copied.clone();
        spawn_local(async move {
            let (text, _) = make(app, &handle, Form::Markdown).await;
            said.set(if browser::copy(&text).await { words.copied } else { app.texts().copy_failed });
        });
    });
    let buttons = class("div", "buttons")
        .add(save(Form::Json, "report-json", words.json))
        .add(copy.attr("id", "report-copy"))
        .add(save(Form::Markdown, "report-markdown", "Markdown"))
        .add(save(Form::Har, "report-har", "HAR"))
        .add(
            class("span", "hint")
                .attrs(&[("id", "report-said"), ("role", "status")])
                .words(move || said.get().to_owned()),
        );
    class("div", "report").add(el("h3").text(words.title)).add(class("p", "hint").text(words.lead)).add(buttons)
}
