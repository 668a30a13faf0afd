//! What every row of the form has: the field's state, its label, and the line that says what is wrong.

use crate::catalog::{Field, FieldId, Kind, Model};
use crate::draft::Value;
use crate::web::component::dom::{El, View, class, el};
use crate::web::component::mark;
use crate::web::component::problems::is_shown_early;
use crate::web::state::App;
use crate::words;
use leptos::prelude::*;

/// What every control of a row needs.
#[derive(Clone, Copy)]
pub struct Row {
    /// The page.
    pub app: App,
    /// The model the row belongs to.
    pub model: &'static Model,
    /// The field.
    pub field: &'static Field,
}

impl Row {
    /// Id of the control.
    pub fn id(self) -> String {
        ["f-", self.field.id.name()].concat()
    }

    /// Ids of what describes the control.
    pub fn described_by(self) -> String {
        let name = self.field.id.name();
        ["p-", name, " h-", name, " w-", name].concat()
    }

    /// The text in the draft, followed.
    pub fn text(self) -> String {
        self.app.draft.with(|draft| match draft.get(self.field.id) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        })
    }

    /// Puts a text into the draft; nothing for a blank one.
    pub fn set_text(self, text: String) {
        let value = (!text.is_empty()).then_some(Value::Text(text));
        self.app.set(self.field.id, value);
    }

    /// What the number means by which something else decides.
    pub fn auto_words(self) -> &'static str {
        let has_source = self.model.field(FieldId::SourceVideo).is_some();
        words::auto(self.app.lang(), self.field.id, has_source)
    }

    /// What is wrong with it that should be shown now, worded.
    pub fn problems(self) -> Vec<String> {
        let tried = self.app.tried.get();
        let lang = self.app.lang();
        self.app.outlook.with(|outlook| {
            let mine = outlook.problems.iter().filter(|problem| problem.field == self.field.id);
            let shown = mine.filter(|problem| tried || is_shown_early(&problem.kind));
            shown.map(|problem| words::problem_here(lang, &problem.kind)).collect()
        })
    }

    /// Whether something is wrong with it that should be shown now.
    pub fn is_wrong(self) -> bool {
        !self.problems().is_empty() || !self.mark().is_empty()
    }

    /// What the gateway complained about here.
    pub fn mark(self) -> String {
        mark::told(self.app, self.model, self.field.id)
    }

    /// Ties a control to its hint and problems.
    pub fn tied(self, control: El) -> El {
        let control = if self.field.required { control.attr("aria-required", "true") } else { control };
        control.attr("aria-describedby", &self.described_by()).bind("aria-invalid", move || self.is_wrong().to_string())
    }

    /// The label of the control with this id.
    pub fn label(self, id: &str) -> El {
        el("label").attr("for", id).add(name(self))
    }
}

/// Human name first; where one asked for it, the wire name small beside it.
pub fn name(row: Row) -> View {
    let wire = match (&row.model.size, row.field.at.is_empty()) {
        (Some(size), true) => size.at,
        _ => row.field.at,
    };
    let named = match &row.field.kind {
        Kind::Choice { options } if row.field.id == FieldId::Tier => words::tier(row.app.lang(), options),
        _ => words::field(row.app.lang(), row.field.id),
    };
    // To those who listen, the control says it itself.
    let required =
        row.field.required.then(|| class("span", "must").attr("aria-hidden", "true").text(row.app.texts().required));
    View::from(class("span", "name").text(named))
        .and(crate::web::component::dom::text(" "))
        // To those who listen it describes the control, and is no part of its name.
        .and(
            el("code")
                .attrs(&[("id", &["w-", row.field.id.name()].concat()), ("aria-hidden", "true")])
                .words(move || if row.app.names.get() { wire.to_owned() } else { String::new() }),
        )
        .and(required)
}

/// An input for an address.
pub fn url_input(id: &str, described_by: &str) -> El {
    el("input").attrs(&[
        ("id", id),
        ("type", "url"),
        ("spellcheck", "false"),
        ("autocomplete", "off"),
        ("placeholder", "https://"),
        ("aria-describedby", described_by),
    ])
}

/// A line that says what is wrong.
pub fn problem_line(id: &str) -> El {
    class("p", "problem").attrs(&[("id", id), ("aria-live", "polite")])
}
