//! How a pasted text was read, place by place.

use crate::import::Remark;
use crate::web::state::App;
use crate::web::state::paste::Requests;
use crate::words::import::{remark, words};
use leptos::prelude::*;
use std::sync::Arc;

/// Letters shown around a place of the text.
const AROUND: usize = 24;
/// Characters shown of the place itself.
const SHOWN: usize = 200;

/// How the text was read. Nothing, if there is nothing to be said of it.
#[component]
pub fn Remarks(
    /// The page.
    app: App,
    /// The requests in the text.
    requests: Arc<Requests>,
) -> impl IntoView {
    let (lang, words) = (app.lang(), words(app.lang()));
    let list = &requests.pasted.remarks;
    (!list.is_empty()).then(|| {
        let row = |one: &Remark| {
            let [before, there, after] = around(&requests.text, one);
            let line = format!("{}: ", line_of(&requests.text, one.at.start));
            view! {
                <li>
                    <span class="hint">{line}</span>
                    <code>{before}<mark>{there}</mark>{after}</code>
                    " "
                    <span>{remark(lang, one.kind)}</span>
                </li>
            }
        };
        let rows: Vec<_> = list.iter().map(row).collect();
        view! {
            <details id="import-remarks">
                <summary>{words.reading}" "{list.len().to_string()}</summary>
                <ul class="remarks">{rows}</ul>
            </details>
        }
    })
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

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at.min(text.len())).map_or(1, |before| before.matches('\n').count() + 1)
}
