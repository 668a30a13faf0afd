//! The panels.

use crate::checked::ProblemKind;
use crate::web::app::App;
use crate::web::browser;
use crate::web::dom::{View, class, el, piece};
use leptos::prelude::*;

mod account;
mod along;
mod byhand;
pub mod check;
mod desk;
mod diagnosis;
mod dialogs;
mod doubt;
mod embed;
mod ending;
mod field;
mod forget;
mod gateways;
mod header;
mod history;
mod import;
mod kept;
mod keys;
mod mark;
mod media;
mod notice;
mod parts;
mod report;
mod request;
mod run;
mod share;
pub mod shortcuts;
mod stage;
mod takeup;
mod task;
mod tasks;
mod twin;

/// The page, in one language.
pub fn page(app: App) -> View {
    let texts = app.texts();
    // From above to below, so that nothing that is seen already moves.
    let side = move || {
        class("div", "side").add(class("div", "pinned").add(stage::stage(app)).add(request::request(app))).into()
    };
    let rest = move || {
        View::from(class("footer", "foot").text(texts.footer).text(" ").add(forget::opener(app)))
            .and(dialogs::help(app))
            .and(dialogs::scenarios(app))
            .and(takeup::place())
            .and(gateways::place())
            .and(kept::dialog(app))
            .and(history::place(app))
            .and(forget::place())
            .and(account::place())
    };
    View::from(class("a", "skip").attr("href", "#desk").text(texts.skip))
        .and(header::header(app))
        .and(notice::notice(app))
        .and(share::place(app))
        .and(gateways::told(app))
        .and(class("main", "shell").add(desk::desk(app)).add(piece(side)).add(piece(move || tasks::strip(app).into())))
        .and(piece(rest))
}

/// A button.
fn button(look: &str, words: &str, press: impl FnMut() + 'static) -> crate::web::dom::El {
    button_boxed(look, words, Box::new(press))
}

fn button_boxed(look: &str, words: &str, mut press: Box<dyn FnMut()>) -> crate::web::dom::El {
    el("button").attrs(&[("type", "button"), ("class", look)]).text(words).on("click", move |_| press())
}

/// A part that is only needed once tasks run, and comes with the second part of the page.
fn when_whole(app: App, make: fn(App) -> View) -> View {
    let key = move || crate::web::dom::yes(app.whole.get());
    crate::web::dom::keyed_part(key, move |whole| if whole.is_empty() { crate::web::dom::nothing() } else { make(app) })
}

/// Whether a problem is shown before Run was pressed: what is merely missing waits until then.
fn is_shown_early(kind: &ProblemKind) -> bool {
    !matches!(kind, ProblemKind::Missing)
}

/// Goes to the first thing that keeps a draft from running.
pub fn focus_first_problem(app: App) {
    app.selected.set(None);
    let outlook = app.outlook.get_untracked();
    let id = if outlook.base_fault.is_some() || outlook.not_offered {
        "base".to_owned()
    } else if let Some(problem) = outlook.problems.first() {
        let id = problem.field.name();
        if let Some(more) = browser::document().get_element_by_id("more")
            && more.query_selector(&["#f-", id].concat()).ok().flatten().is_some()
        {
            let _ = more.set_attribute("open", "");
        }
        ["f-", id].concat()
    } else {
        "key".to_owned()
    };
    browser::focus(&id);
}
