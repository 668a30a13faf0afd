//! One row of the form: name, control, limits, problems, advice.

use crate::catalog::{AdviceIf, Choice, Field, FieldId, Gateway, Kind, Model, Sending};
use crate::draft::Value;
use crate::lazy;
use crate::takeup::is_command;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, held, keyed_part, memo, nothing, typed, yes};
use crate::web::component::later::later;
use crate::web::component::mark;
use crate::web::component::parts::{Choices, advice, hidden, radios};
use crate::web::panel::check::PortraitCheck;
use crate::web::panel::media;
use crate::web::panel::row::{Row, name, problem_line};
use crate::web::state::App;
use crate::words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The row of a field.
pub fn row(app: App, gateway: &'static Gateway, model: &'static Model, field: &'static Field) -> El {
    let row = Row { app, model, field };
    let id = field.id;
    let problems = memo(move || row.problems().join("\n"));
    let marked = memo(move || row.mark());
    let lines = move || {
        let problems = problems.get();
        let lines = problems.lines().map(|line| el("span").text(line));
        View::from(lines.chain(mark::line(app, &marked.get())).collect::<Vec<El>>())
    };
    let mut out = class("div", &["field f-", id.name()].concat())
        .toggle("wrong", move || !problems.with(String::is_empty) || !marked.with(String::is_empty))
        .add(control(row))
        .add(class("p", "hint").attr("id", &["h-", id.name()].concat()).text(&hint(row)).add(unseen(row)))
        .add(problem_line(&["p-", id.name()].concat()).live(lines))
        .add(portrait_check(row, gateway));
    if id == FieldId::Prompt {
        out = out.add(traps(app)).add(import_offer(row));
    }
    for item in field.advice {
        let shown = move || {
            let is_set = app.draft.with(|draft| draft.filled(id).is_some());
            yes(match item.shown_if {
                AdviceIf::Always => true,
                AdviceIf::Set => is_set,
                AdviceIf::Unset => !is_set,
            })
        };
        let part = move |shown: &str| if shown.is_empty() { nothing() } else { advice(app, gateway, item).into() };
        out = out.add(keyed_part(shown, part));
    }
    out
}

/// What those who do not see the count have to know.
fn unseen(row: Row) -> View {
    match row.field.kind {
        Kind::Text { max_chars: Some(max) } => hidden(&words::everyone::at_most(row.app.lang(), max)),
        _ => nothing(),
    }
}

fn hint(row: Row) -> String {
    let mut text = match &row.field.kind {
        kind @ Kind::References { .. } => words::references(row.app.lang(), kind.names_by_kind()),
        _ => words::field_hint(row.app.lang(), row.field.id),
    }
    .to_owned();
    if let Kind::Integer { min, max, one_of, .. } = &row.field.kind
        && one_of.is_empty()
    {
        text.push_str(if text.is_empty() { "" } else { " · " });
        text.push_str(&[&min.to_string(), "–", &max.to_string()].concat());
    }
    if let Some(number) = row.field.auto() {
        text.push_str(&[" · ", &number.to_string(), ": ", row.auto_words()].concat());
    }
    text
}

fn control(row: Row) -> View {
    let words = |option: &&str| ((*option).to_owned(), words::choice(row.app.lang(), row.field.id, option));
    match &row.field.kind {
        Kind::Text { max_chars } if matches!(row.field.id, FieldId::Prompt | FieldId::NegativePrompt) => {
            long_text(row, *max_chars)
        }
        Kind::Text { .. } => line(row, "text", ""),
        Kind::Url => line(row, "url", "https://"),
        Kind::Integer { one_of, .. } if !one_of.is_empty() => {
            choice(row, one_of.iter().map(|number| (number.to_string(), number.to_string())).collect())
        }
        Kind::Integer { .. } => {
            let default = row.field.default.as_ref();
            let shown = default.map(|default| words::default(row.app.lang(), row.field.id, default));
            // `type=number` hides what it cannot read, and then it could not be explained.
            line(row, "text", &shown.unwrap_or_default()).and(open(row))
        }
        Kind::Choice { options } => choice(row, options.iter().map(words).collect()),
        Kind::Flag => choice(
            row,
            vec![("true".into(), row.app.texts().yes.to_owned()), ("false".into(), row.app.texts().no.to_owned())],
        ),
        Kind::Media { rule, .. } => media::one(row, rule).into(),
        Kind::References { accepts, voices, max, .. } => media::several(row, accepts, *voices, *max).into(),
    }
}

/// A text area that grows. What an input method is still composing is not written to the draft.
fn long_text(row: Row, max: Option<u32>) -> View {
    let id = row.id();
    let count = move || {
        let chars = row.text().chars().count();
        match max {
            Some(max) => [&chars.to_string(), " / ", &max.to_string()].concat(),
            None => chars.to_string(),
        }
    };
    let rows = if row.field.id == FieldId::Prompt { "4" } else { "2" };
    let area = row
        .tied(el("textarea").attrs(&[("id", &id), ("rows", rows)]))
        .value(move || row.text())
        .on("input", move |event| {
            let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
            if !composing {
                row.set_text(typed(&event));
            }
        })
        .on("compositionend", move |event| row.set_text(typed(&event)));
    View::from(row.label(&id)).and(area).and(class("span", "count").attr("aria-hidden", "true").words(count))
}

/// A single line.
fn line(row: Row, kind: &str, placeholder: &str) -> View {
    let id = row.id();
    let input = row
        .tied(el("input").attrs(&[
            ("id", &id),
            ("type", kind),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("placeholder", placeholder),
        ]))
        .value(move || row.text())
        .on("input", move |event| row.set_text(typed(&event)));
    let input = if matches!(row.field.kind, Kind::Integer { .. }) { input.attr("inputmode", "numeric") } else { input };
    View::from(row.label(&id)).and(input)
}

/// The button that leaves a number to the model, or to the source.
fn open(row: Row) -> Option<El> {
    let number = row.field.auto()?.to_string();
    let is_on = {
        let number = number.clone();
        move || row.text().trim() == number
    };
    let press = {
        let is_on = is_on.clone();
        move || row.set_text(if is_on() { String::new() } else { number.clone() })
    };
    Some(button("small open", row.auto_words(), press).bind("aria-pressed", move || is_on().to_string()))
}

/// One of a few words, numbers, or yes and no. What applies unless something is set is one of them, and says so; where
/// nobody knows what that is, it is a choice of its own.
fn choice(row: Row, mut options: Choices) -> View {
    let texts = row.app.texts();
    let usual = row.field.default.as_ref().map(written).unwrap_or_default();
    // Always sent, or to be chosen in any case: nothing else applies.
    let is_optional = row.field.send == Sending::WhenSet && !row.field.required;
    if let (true, Some((_, words))) = (is_optional, options.iter_mut().find(|(value, _)| *value == usual)) {
        *words = [words.as_str(), " · ", texts.by_default].concat();
    } else if is_optional {
        options.insert(0, (String::new(), texts.auto.to_owned()));
    }
    let applies = if is_optional || row.field.send == Sending::Always { usual.clone() } else { String::new() };
    let chosen = move || chosen(row).unwrap_or_else(|| applies.clone());
    let (mine, sent) = (usual.clone(), usual);
    let choose = move |value: String| {
        // What applies anyway need not be sent.
        if value.is_empty() || is_optional && value == mine {
            row.app.set(row.field.id, None);
        } else if is_flag(row) {
            row.app.set(row.field.id, Some(Value::Flag(value == "true")));
        } else {
            row.set_text(value);
        }
    };
    let group = row.tied(radios(&row.id(), name(row), options, chosen, choose, ""));
    if !is_optional || sent.is_empty() {
        return group.into();
    }
    // Both look the same; to those who want to know, it is told which of them it is.
    let id = ["s-", row.field.id.name()].concat();
    let said = move || if self::chosen(row).as_ref() == Some(&sent) { texts.is_sent } else { "" }.to_owned();
    let group = group.attr("aria-describedby", &[&row.described_by(), " ", &id].concat());
    View::from(group).and(class("span", "hidden").attr("id", &id).words(said))
}

fn is_flag(row: Row) -> bool {
    matches!(row.field.kind, Kind::Flag)
}

/// The choice that was made, followed; nothing where none was. Empty where a pasted request leaves out what the form
/// would send by itself.
fn chosen(row: Row) -> Option<String> {
    row.app.draft.with(|draft| match draft.get(row.field.id) {
        Some(Value::Text(text)) if !is_flag(row) => Some(text.clone()),
        Some(Value::Flag(flag)) if is_flag(row) => Some(flag.to_string()),
        None if draft.is_withheld(row.field.id) => Some(String::new()),
        _ => None,
    })
}

/// A choice of the catalog as the draft keeps it.
fn written(choice: &Choice) -> String {
    match choice {
        Choice::Word(word) => (*word).to_owned(),
        Choice::Number(number) => number.to_string(),
        Choice::Flag(flag) => flag.to_string(),
    }
}

/// The check of a portrait, where the field has one.
fn portrait_check(row: Row, gateway: &'static Gateway) -> View {
    if row.field.check.is_none() { nothing() } else { later(row.app, move || check_part(row, gateway)) }
}

lazy!(tasks:
    fn check_part(row: Row, gateway: &'static Gateway) -> View {
        row.field.check.as_ref().map(|check| held(view! { <PortraitCheck row gateway check /> })).unwrap_or_default()
    }
);

/// The offer to read a prompt that begins like a command as what it is.
fn import_offer(row: Row) -> View {
    let is_command = move || yes(is_command(&row.text()));
    keyed_part(is_command, move |is| if is.is_empty() { nothing() } else { later(row.app, move || offer(row)) })
}

lazy!(tasks:
    fn offer(row: Row) -> View {
        crate::web::panel::along::import_offer(row)
    }
);

/// What the prompt says in vain, where it does.
fn traps(app: App) -> View {
    let is_any = move || yes(app.outlook.with(|outlook| !outlook.traps.is_empty()));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || trap_lines(app)) })
}

lazy!(tasks:
    fn trap_lines(app: App) -> View {
        crate::web::panel::along::traps(app)
    }
);
