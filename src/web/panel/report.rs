//! What a task's owner hands to support: a report, never with the key.

use crate::web::browser;
use crate::web::drive::report::{Form, make};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::report::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The row under the calls of a task.
#[component]
pub fn Report(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let words = words(app.lang());
    let said = RwSignal::new("");
    let handle = StoredValue::new(handle);
    let save = move |form: Form| {
        let handle = handle.get_value();
        spawn_local(async move {
            let (text, name) = make(app, &handle, form).await;
            browser::save_text(&name, &text);
            said.try_set(words.saved);
        });
    };
    let copy = move |_| {
        let handle = handle.get_value();
        spawn_local(async move {
            let (text, _) = make(app, &handle, Form::Markdown).await;
            let came = browser::copy(&text).await;
            said.try_set(if came { words.copied } else { app.texts().copy_failed });
        });
    };
    view! {
        <div class="report">
            <h3>{words.title}</h3>
            <p class="hint">{words.lead}</p>
            <div class="buttons">
                <button type="button" class="small" id="report-json" on:click=move |_| save(Form::Json)>
                    {words.json}
                </button>
                <button type="button" class="small" id="report-copy" on:click=copy>{words.copy}</button>
                <button type="button" class="small" id="report-markdown" on:click=move |_| save(Form::Markdown)>
                    "Markdown"
                </button>
                <button type="button" class="small" id="report-har" on:click=move |_| save(Form::Har)>"HAR"</button>
                <span class="hint" id="report-said" role="status">{said}</span>
            </div>
        </div>
    }
}
