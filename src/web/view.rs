//! The panels.

use super::app::App;
use super::browser;
use crate::generation::ProblemKind;
use leptos::prelude::*;

mod desk;
mod dialogs;
mod field;
mod header;
mod media;
mod parts;
mod request;
mod run;
pub mod shortcuts;
mod stage;
mod task;
mod tasks;

/// The page, in one language.
pub fn page(app: App) -> impl IntoView {
    let texts = app.texts();
    view! {
        <a class="skip" href="#desk">{texts.skip}</a>
        {header::header(app)}
        <main class="shell">
            {desk::desk(app)}
            <div class="side">
                <div class="pinned">
                    {stage::stage(app)}
                    {request::request(app)}
                </div>
            </div>
            {tasks::strip(app)}
        </main>
        <footer class="foot">{texts.footer}</footer>
        {dialogs::help(app)}
        {dialogs::scenarios(app)}
    }
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
