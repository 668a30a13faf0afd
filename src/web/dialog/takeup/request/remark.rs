//! How a pasted text was read, place by place.

use crate::import::Remark;
use crate::web::dialog::takeup::ids::Ids;
use crate::web::state::App;
use crate::web::state::paste::Read;
use crate::words::import::{line, reading, remark};
use leptos::prelude::*;
use std::sync::Arc;

/// Letters shown around a place of the text.
const AROUND: usize = 24;
/// Characters shown of the place itself.
const SHOWN: usize = 200;

/// The remarks that tell of something else being sent than what is written. Nothing, if there are none.
#[component]
pub fn Repairs(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The remarks about the request.
    remarks: Vec<Remark>,
    /// The ids of the card.
    ids: Ids,
) -> impl IntoView {
    let rows = rows(app, &read, remarks.into_iter().filter(|remark| remark.kind.changes()));
    (!rows.is_empty()).then(|| view! { <ul class="remarks repairs" id=ids.of("import-repairs")>{rows}</ul> })
}

/// The other remarks about how the text was read, folded. Nothing, if there are none.
#[component]
pub fn Reading(
    /// The page.
    app: App,
    /// The text that was read.
    read: Arc<Read>,
    /// The remarks about the request.
    remarks: Vec<Remark>,
    /// The ids of the card.
    ids: Ids,
) -> impl IntoView {
    let rows = rows(app, &read, remarks.into_iter().filter(|remark| !remark.kind.changes()));
    (!rows.is_empty()).then(|| {
        view! {
            <details id=ids.of("import-remarks")>
                <summary>{reading(app.lang(), rows.len())}</summary>
                <ul class="remarks">{rows}</ul>
            </details>
        }
    })
}

fn rows(app: App, read: &Read, remarks: impl Iterator<Item = Remark>) -> Vec<AnyView> {
    let lang = app.lang();
    // The lines before a remark are counted from the one before it: the text may be long.
    let mut counted = (0, 1);
    let row = |one: Remark| {
        let [before, there, after] = around(&read.text, &one);
        counted = line_of(&read.text, one.at.start, counted);
        let line = line(lang, counted.1);
        // What it means first: whoever listens would else hear signs before knowing why.
        view! {
            <li>
                <span>{remark(lang, one.kind)}</span>
                " "
                <span class="hint">{line}</span>
                " "
                <code>{before}<mark>{there}</mark>{after}</code>
            </li>
        }
        .into_any()
    };
    remarks.map(row).collect()
}

/// The place of a remark, with a little of what stands before and after it.
fn around(text: &str, remark: &Remark) -> [String; 3] {
    let (start, end) = (remark.at.start.min(text.len()), remark.at.end.min(text.len()));
    let from = (0..=start.saturating_sub(AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let until = (end + AROUND..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let before = text.get(from..start).unwrap_or("").split('\n').next_back().unwrap_or("");
    let there = text.get(start..end).unwrap_or("").chars().take(SHOWN).collect();
    let after = text.get(end..until).unwrap_or("").split('\n').next().unwrap_or("");
    [before.to_owned(), there, after.to_owned()]
}

/// A place and its line, from those of a place before it.
fn line_of(text: &str, at: usize, (from, line): (usize, usize)) -> (usize, usize) {
    let more = |from: usize| text.get(from..at.min(text.len())).map(|between| between.matches('\n').count());
    more(from).map_or_else(|| (at, 1 + more(0).unwrap_or_default()), |more| (at, line + more))
}
