//! Records that could not be read: shown as what they are, saved as files, deleted only by their owner.

use crate::web::browser;
use crate::web::browser::idb::Aside;
use crate::web::state::App;
use crate::words::text::history::aside as title;
use leptos::prelude::*;

/// Characters shown of a record.
const SHOWN: usize = 300;

/// The records.
#[component]
pub fn Records(
    /// The page.
    app: App,
    /// What lies aside.
    #[prop(into)]
    list: Signal<Vec<Aside>>,
    /// Deletes the one of this key.
    remove: Callback<String>,
) -> impl IntoView {
    let words = app.lang().history();
    view! {
        <details class="aside">
            <summary>{move || title(app.lang(), list.read().len())}</summary>
            <p class="hint">{words.aside_why}</p>
            <ul>
                <For each=move || list.get() key=|item| item.key.clone() let:item>
                    <Record app item remove />
                </For>
            </ul>
        </details>
    }
}

/// One of them.
#[component]
fn Record(
    /// The page.
    app: App,
    /// The record.
    item: Aside,
    /// Deletes the one of this key.
    remove: Callback<String>,
) -> impl IntoView {
    let words = app.lang().history();
    let Aside { key, uid, text } = item;
    let beginning: String = text.chars().take(SHOWN).collect();
    let name = format!("wan-record-{uid}.txt");
    let save = move |_| browser::save_text(&name, &text);
    let remove = move |_| remove.run(key.clone());
    view! {
        <li>
            <code>{uid}</code>
            <pre tabindex="0">{beginning}</pre>
            <div class="buttons">
                <button type="button" class="small" on:click=save>{words.save_file}</button>
                <button type="button" class="small" on:click=remove>{words.delete}</button>
            </div>
        </li>
    }
}
