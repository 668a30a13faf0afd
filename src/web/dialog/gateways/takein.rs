//! Taking in a file of gateways.

use crate::catalog::Catalog;
use crate::catalog::overlay::LONGEST;
use crate::catalog::own::{Refusal, TakenIn, take_in};
use crate::web::browser::files;
use crate::web::dialog::gateways::faults::fault_line;
use crate::web::dialog::gateways::page::{Go, list_after};
use crate::web::drive::gateways as own;
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// The button that takes in a file.
#[component]
pub(super) fn TakeIn(
    /// The page.
    app: App,
    /// Goes to the list.
    go: Go,
) -> impl IntoView {
    view! {
        <label class="button file">
            {words::words(app.lang()).import}
            <input
                type="file"
                id="gateways-file"
                accept=".json,application/json"
                on:change:target=move |event| {
                    if let Some(file) = event.target().files().and_then(|files| files.get(0)) {
                        spawn_local(read(app, file, go));
                    }
                }
            />
        </label>
    }
}

/// Takes in what obeys the rules, and says what that was.
async fn read(app: App, file: File, go: Go) {
    #[allow(clippy::cast_precision_loss)] // The limit is exact in a float.
    let done = if file.size() > LONGEST as f64 {
        Err(Refusal::TooLong)
    } else {
        let text = files::text(&file).await.unwrap_or_default();
        own::change(app, |kept| take_in(kept, &own::stand(), Catalog::built_in(), &text))
    };
    go(app, list_after(app, done.map(|taken| told(app, &taken))));
}

/// What taking in a file came to, a line each.
fn told(app: App, taken: &TakenIn) -> Vec<String> {
    let words = words::words(app.lang());
    let mut lines = Vec::new();
    for (word, ids) in [(words.added, &taken.added), (words.replaced, &taken.replaced)] {
        if !ids.is_empty() {
            lines.push(format!("{word}{}", ids.join(", ")));
        }
    }
    lines.extend(taken.faults.iter().map(|fault| fault_line(app, fault)));
    if lines.is_empty() {
        lines.push(words.nothing_new.to_owned());
    }
    lines
}
