//! One row of the form: name, control, limits, problems, advice.

use super::super::app::App;
use super::super::wording;
use super::parts::{Choices, advice, radios, typed};
use super::{is_shown_early, media};
use crate::catalog::{AdviceIf, Choice, Field, FieldId, Gateway, Kind, Model, Sending};
use crate::draft::Value;
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
        ["h-", name, " p-", name].concat()
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

    /// Whether something is wrong with it that should be shown now.
    pub fn is_wrong(self) -> bool {
        let tried = self.app.tried.get();
        let id = self.field.id;
        self.app.outlook.with(|outlook| {
            outlook.problems.iter().any(|problem| problem.field == id && (tried || is_shown_early(&problem.kind)))
        })
    }
}

/// The row of a field.
pub fn row(app: App, gateway: &'static Gateway, model: &'static Model, field: &'static Field) -> AnyView {
    let row = Row { app, model, field };
    let lang = app.lang();
    let id = field.id;
    let problems = move || {
        let tried = app.tried.get();
        app.outlook.with(|outlook| {
            outlook
                .problems
                .iter()
                .filter(|problem| problem.field == id && (tried || is_shown_early(&problem.kind)))
                .map(|problem| view! { <span>{wording::problem(lang, &problem.kind)}</span> })
                .collect_view()
        })
    };
    let is_set = move || app.draft.with(|draft| draft.filled(id).is_some());
    let advices = field
        .advice
        .iter()
        .map(|item| {
            let shown = move || match item.shown_if {
                AdviceIf::Always => true,
                AdviceIf::Set => is_set(),
                AdviceIf::Unset => !is_set(),
            };
            view! { <Show when=shown>{advice(app, gateway, item)}</Show> }
        })
        .collect_view();
    let hint = hint(row);
    let class = ["field f-", id.name()].concat();
    view! {
        <div class=class class:wrong=move || row.is_wrong()>
            {control(row)}
            <p class="hint" id=["h-", id.name()].concat()>{hint}</p>
            <p class="problem" id=["p-", id.name()].concat() aria-live="polite">{problems}</p>
            {advices}
        </div>
    }
    .into_any()
}

/// Human name first, the wire name small beside it.
pub fn name(row: Row) -> AnyView {
    let wire = match (&row.model.size, row.field.at.is_empty()) {
        (Some(size), true) => size.at.as_str(),
        _ => row.field.at.as_str(),
    };
    let required = row.field.required.then(|| view! { <span class="must">{row.app.texts().required}</span> });
    view! { <span class="name">{wording::field(row.app.lang(), row.field.id)}</span> <code>{wire}</code> {required} }
        .into_any()
}

fn hint(row: Row) -> String {
    let mut text = wording::field_hint(row.app.lang(), row.field.id).to_owned();
    if let Kind::Integer { min, max, one_of, .. } = &row.field.kind
        && one_of.is_empty()
    {
        text.push_str(if text.is_empty() { "" } else { " · " });
        text.push_str(&[&min.to_string(), "–", &max.to_string()].concat());
    }
    text
}

fn control(row: Row) -> AnyView {
    match &row.field.kind {
        Kind::Text { max_chars } if matches!(row.field.id, FieldId::Prompt | FieldId::NegativePrompt) => {
            long_text(row, *max_chars)
        }
        Kind::Text { .. } => line(row, "text", String::new()),
        Kind::Url => line(row, "url", "https://".into()),
        Kind::Integer { one_of, .. } if !one_of.is_empty() => {
            choice(row, one_of.iter().map(|number| (number.to_string(), number.to_string())).collect())
        }
        Kind::Integer { .. } => {
            let placeholder = match &row.field.default {
                Some(default) => wording::default(row.app.lang(), row.field.id, default),
                None => String::new(),
            };
            line(row, "number", placeholder)
        }
        Kind::Choice { options } => {
            let words = |option: &String| (option.clone(), option_words(row, option));
            choice(row, options.iter().map(words).collect())
        }
        Kind::Flag => flag(row),
        Kind::Media { rule, .. } => media::one(row, rule),
        Kind::References { accepts, voices, max, .. } => media::several(row, accepts, *voices, *max),
    }
}

/// A tier shows its real size where the ratio is known.
fn option_words(row: Row, option: &str) -> String {
    wording::choice(row.app.lang(), row.field.id, option)
}

/// A text area that grows. What an input method is still composing is not written to the draft.
fn long_text(row: Row, max: Option<u32>) -> AnyView {
    let id = row.id();
    let count = move || {
        let chars = row.text().chars().count();
        match max {
            Some(max) => [&chars.to_string(), " / ", &max.to_string()].concat(),
            None => chars.to_string(),
        }
    };
    let rows = if row.field.id == FieldId::Prompt { "4" } else { "2" };
    view! {
        <label for=id.clone()>{name(row)}</label>
        <textarea
            id=id
            rows=rows
            aria-describedby=row.described_by()
            aria-invalid=move || row.is_wrong().to_string()
            prop:value=move || row.text()
            on:input=move |event| {
                let composing = event
                    .dyn_ref::<web_sys::InputEvent>()
                    .is_some_and(web_sys::InputEvent::is_composing);
                if !composing {
                    row.set_text(typed(&event));
                }
            }
            on:compositionend=move |event| row.set_text(event_target_value(&event))
        ></textarea>
        <span class="count" aria-hidden="true">{count}</span>
    }
    .into_any()
}

/// A single line.
fn line(row: Row, kind: &'static str, placeholder: String) -> AnyView {
    let id = row.id();
    // `type=number` hides what it cannot read, and then it could not be explained.
    let numeric = (kind == "number").then_some("numeric");
    view! {
        <label for=id.clone()>{name(row)}</label>
        <input
            id=id
            type=if kind == "number" { "text" } else { kind }
            inputmode=numeric
            autocomplete="off"
            spellcheck="false"
            placeholder=placeholder
            aria-describedby=row.described_by()
            aria-invalid=move || row.is_wrong().to_string()
            prop:value=move || row.text()
            on:input=move |event| row.set_text(typed(&event))
        />
    }
    .into_any()
}

/// The choice "as the gateway has it", for a field that travels only when set.
fn automatic(row: Row) -> Option<(String, String)> {
    let optional = row.field.send == Sending::WhenSet && !row.field.required;
    let app = row.app;
    optional.then(|| {
        let words = match &row.field.default {
            Some(default) => {
                let default = match default {
                    Choice::Word(word) => option_words(row, word),
                    other => wording::default(app.lang(), row.field.id, other),
                };
                [app.texts().auto, " · ", &default].concat()
            }
            None => app.texts().auto.to_owned(),
        };
        (String::new(), words)
    })
}

fn choice(row: Row, options: Choices) -> AnyView {
    let mut choices: Choices = automatic(row).into_iter().collect();
    choices.extend(options);
    let chosen = Signal::derive(move || {
        let text = row.text();
        match &row.field.default {
            Some(default) if text.is_empty() && row.field.send == Sending::Always => match default {
                Choice::Word(word) => word.clone(),
                Choice::Number(number) => number.to_string(),
                Choice::Flag(_) => text,
            },
            _ => text,
        }
    });
    let choose = Callback::new(move |value: String| row.set_text(value));
    radios(row.id(), name(row), choices, chosen, choose, row.described_by())
}

fn flag(row: Row) -> AnyView {
    let texts = row.app.texts();
    let mut choices: Choices = automatic(row).into_iter().collect();
    choices.push(("true".into(), texts.yes.to_owned()));
    choices.push(("false".into(), texts.no.to_owned()));
    let chosen = Signal::derive(move || {
        row.app.draft.with(|draft| match (draft.get(row.field.id), &row.field.default) {
            (Some(Value::Flag(flag)), _) => flag.to_string(),
            (_, Some(Choice::Flag(flag))) if row.field.send == Sending::Always => flag.to_string(),
            _ => String::new(),
        })
    });
    let choose = Callback::new(move |value: String| {
        let value = (!value.is_empty()).then(|| Value::Flag(value == "true"));
        row.app.set(row.field.id, value);
    });
    radios(row.id(), name(row), choices, chosen, choose, row.described_by())
}

use wasm_bindgen::JsCast;
