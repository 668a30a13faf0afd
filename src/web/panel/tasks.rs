//! The strip of tasks.

use crate::lazy;
use crate::web::component::button;
use crate::web::component::dom::{El, Keyed, View, class, el, keyed, keyed_part, nothing, yes};
use crate::web::component::later::later;
use crate::web::component::later::when_whole;
use crate::web::component::parts;
use crate::web::panel::card::Card;
use crate::web::panel::result;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::web::state::tasks::TaskHandle;
use leptos::prelude::*;

/// Cards in the strip; hundreds would only keep the browser busy. The others are in the history.
const SHOWN: usize = 24;

/// All tasks of this visit, newest first.
pub fn strip(app: App) -> El {
    let texts = app.texts();
    let first = move |none: &str| {
        if !none.is_empty() {
            return class("p", "hint").text(texts.tasks_empty).into();
        }
        button("card new", "", move || app.selected.set(None))
            .bind("aria-pressed", move || app.selected.get().is_none().to_string())
            .add(el("b").text(texts.new_draft))
            .into()
    };
    let row = move |handle: TaskHandle| -> Keyed {
        (handle.number.to_string(), Box::new(move || el("li").add(later(app, move || lazy_card(app, handle.clone())))))
    };
    let list = keyed(el("ul"), move || app.tasks.get().into_iter().take(SHOWN).map(row).collect());
    let rest = move || match app.tasks.with(Vec::len) {
        many if many > SHOWN => (many - SHOWN).to_string(),
        _ => String::new(),
    };
    let rest = keyed_part(rest, move |number| {
        if number.is_empty() {
            return nothing();
        }
        button("card new", "", move || app.open(Dialog::History)).add(el("b").text("+").text(number)).into()
    });
    class("section", "tasks")
        .attr("aria-label", texts.tasks)
        .add(
            class("div", "tasks-head")
                .add(el("h2").text(texts.tasks))
                .add(parts::opener(app, "history-button", app.lang().history().title, || Dialog::History))
                .add(parts::opener(app, "open-takeup", texts.paste, || Dialog::Paste))
                .add(parts::opener(app, "kept-button", app.lang().kept().list, || Dialog::Kept)),
        )
        .add(when_whole(app, move || reminder(app)))
        .add(
            class("div", "cards")
                .add(keyed_part(move || yes(app.tasks.with(Vec::is_empty)), first))
                .add(list)
                .add(rest),
        )
}

lazy!(tasks:
    fn reminder(app: App) -> View {
        View::of(result::reminder(app))
    }
);

lazy!(tasks:
    fn lazy_card(app: App, handle: TaskHandle) -> View {
        View::of(view! { <Card app handle /> })
    }
);
