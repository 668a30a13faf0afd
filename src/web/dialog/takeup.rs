//! The paste box: one field for whatever people bring, and what the page makes of it.

mod answer;
mod cards;
mod exact;
mod ids;
mod key;
mod link;
mod long;
mod mention;
mod request;
mod task;
mod video;

use crate::import;
use crate::takeup::{ENDINGS, LONGEST};
use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::component::voice;
use crate::web::dialog::takeup::cards::{Outcome, spoken};
use crate::web::drive::takeup as up;
use crate::web::state::App;
use crate::web::state::paste::{Holds, Progress};
use crate::words::takeup::words;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use web_sys::{ClipboardEvent, DragEvent, File, FileList};

const ID: &str = "takeup";

/// Opens the box. What stood in it stands there still.
pub fn open(app: App) {
    app.show(ID, move || view! { <Takeup app /> });
}

/// Opens the box with a text, and takes it.
pub fn open_with(app: App, text: String) {
    open(app);
    // A text that is far too long to stand in the field is only read.
    app.paste.text.set(if text.len() > LONGEST { String::new() } else { text.clone() });
    request_animation_frame(move || take(app, &text));
}

/// Opens the box with a file that was dropped on the page.
pub fn dropped(app: App, files: &FileList) {
    open(app);
    if let Some(file) = files.get(0) {
        // Once the box is there, so that it is said in the box.
        request_animation_frame(move || take_file(app, file));
    }
}

/// The box.
#[component]
fn Takeup(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = words(app.lang());
    let dialog = NodeRef::<html::Dialog>::new();
    let done = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    view! {
        <Dialog app id=ID title=words.title node=dialog>
            <p>{words.lead}</p>
            <Area app />
            <div class="buttons">
                <button
                    type="button"
                    class="primary"
                    id="takeup-take"
                    on:click=move |_| take(app, &app.paste.text.get_untracked())
                >
                    {words.take}
                </button>
                <label class="button file">
                    {words.take_file}
                    <input
                        id="takeup-file"
                        type="file"
                        accept=ENDINGS
                        on:change:target=move |event| {
                            if let Some(file) = event.target().files().and_then(|files| files.get(0)) {
                                take_file(app, file);
                            }
                        }
                    />
                </label>
            </div>
            <div class="taken" id="takeup-result">
                // Made anew with each text, and with none of what was chosen for the one before.
                <For
                    each=move || app.paste.brought(app.edition.get_untracked())
                    key=|brought| brought.turn
                    children=move |brought| view! { <Outcome app holds=brought.holds done /> }
                />
            </div>
        </Dialog>
    }
}

/// The field.
#[component]
fn Area(
    /// The page.
    app: App,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    // What stands there already is not written again: an input method may be in the middle of composing.
    Effect::new(move |_| {
        let text = app.paste.text.get();
        if let Some(area) = node.get().filter(|area| area.value() != text) {
            area.set_value(&text);
        }
    });
    let pasted = move |event: ClipboardEvent| {
        // Five megabytes in a field would make every letter slow: they do not get that far.
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if text.len() > LONGEST {
            event.prevent_default();
            take(app, &text);
        }
    };
    let dropped = move |event: DragEvent| {
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            take_file(app, file);
        }
    };
    view! {
        <textarea
            id="takeup-text"
            rows="6"
            spellcheck="false"
            autocomplete="off"
            aria-label=words(app.lang()).title
            node_ref=node
            on:input:target=move |event| app.paste.text.set(event.target().value())
            on:paste=pasted
            on:dragover=|event| event.prevent_default()
            on:drop=dropped
        ></textarea>
    }
}

/// Takes a text, and leaves no key of it in the box.
fn take(app: App, text: &str) {
    if up::is_long(text) {
        return take_long(app, text.to_owned());
    }
    let holds = untrack(|| up::read(app, text));
    let left = up::left(&holds, text);
    if left != text {
        app.paste.text.set(left);
    }
    show(app, holds);
}

/// Takes a long text in slices, so that the page stays in motion; how far it is stands where the cards will.
fn take_long(app: App, text: String) {
    let progress = Arc::new(Progress { bytes: text.len(), percent: RwSignal::new(0) });
    voice::say(words(app.lang()).reading);
    app.paste.bring(Holds::Reading(progress.clone()), app.edition.get_untracked());
    spawn_local(async move {
        let before = app.paste.text.get_untracked();
        let Some(holds) = up::read_long(app, text, progress).await else { return };
        // What was typed meanwhile stays.
        if app.paste.text.with_untracked(|now| *now == before) && !matches!(holds, Holds::Link(_)) {
            app.paste.text.set(up::left(&holds, ""));
        }
        show(app, holds);
    });
}

/// Reads a file as text, and takes it as if it had been pasted. Longer ones are told by their size alone.
fn take_file(app: App, file: File) {
    #[allow(clippy::cast_precision_loss)] // Eight million is exact.
    if file.size() > import::LONGEST as f64 {
        app.paste.text.set(String::new());
        return show(app, up::too_long());
    }
    spawn_local(async move {
        if let Some(text) = browser::files::text(&file).await {
            take(app, &text);
        }
    });
}

/// Shows what a text holds, and says what it is; the rest is read at one's own pace.
fn show(app: App, holds: Holds) {
    voice::say(&spoken(app, &holds));
    app.paste.bring(holds, app.edition.get_untracked());
}
