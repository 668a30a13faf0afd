//! A form without anything in it, and back to what was in it.

use crate::draft::Draft;
use crate::web::browser;
use crate::web::component::voice;
use crate::web::state::App;
use crate::words::anew as words;
use leptos::prelude::*;

/// Empties the form, and brings back what a press has replaced, until something else is changed.
#[component]
pub fn Anew(
    /// The page.
    app: App,
) -> impl IntoView {
    let holds = Memo::new(move |_| app.draft.with(Draft::holds_something));
    let may_return = Memo::new(move |_| {
        app.draft.with(|draft| app.before.with(|before| before.as_ref().is_some_and(|before| before.left == *draft)))
    });
    let empty = move |_| {
        app.replace(Draft::default());
        app.tried.set(false);
        app.selected.set(None);
        voice::say(words::emptied(app.lang()));
        browser::focus("f-prompt");
    };
    let back = move |_| {
        if let Some(before) = app.before.try_update(Option::take).flatten() {
            app.put_back(before);
            voice::say(words::brought_back(app.lang()));
            browser::focus("f-prompt");
        }
    };
    view! {
        <div class="anew">
            <Show when=move || may_return.get()>
                <button type="button" class="small" id="undo" on:click=back>{words::undo(app.lang())}</button>
            </Show>
            <Show when=move || holds.get()>
                <button type="button" class="small" id="anew" title=words::anew_why(app.lang()) on:click=empty>
                    {words::anew(app.lang())}
                </button>
            </Show>
        </div>
    }
}
