//! What keeps a draft from running.

use crate::checked::ProblemKind;
use crate::web::browser;
use crate::web::state::App;
use leptos::prelude::*;

/// Whether a problem is shown before Run was pressed: what is merely missing waits until then.
pub fn is_shown_early(kind: &ProblemKind) -> bool {
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
