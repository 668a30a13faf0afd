//! Using a task again: what of the draft would change, before it changes.

use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Reference, Value};
use crate::snapshot::Saved;
use crate::upload::Stale;
use crate::upload::is_over;
use crate::upload::shelf::Again;
use crate::web::browser;
use crate::web::drive::again;
use crate::web::state::App;
use crate::words;
use crate::words::lang::Lang;
use leptos::either::Either;
use leptos::prelude::*;
use std::sync::Arc;

/// Characters shown of a value.
const SHOWN: usize = 160;

/// What would change, with a button that changes it. The button has the focus.
#[component]
pub fn Compare(
    /// The page.
    app: App,
    /// The task.
    saved: Arc<Saved>,
    /// The task's wishes are the draft now.
    taken: Callback<()>,
    /// The draft stays.
    leave: Callback<()>,
) -> impl IntoView {
    let words = app.lang().history();
    let origin = &saved.task.origin;
    let is_known = app.catalog().gateway(&origin.gateway).is_some_and(|gateway| gateway.model(&origin.model).is_some());
    let changes = differences(app, &saved);
    let content = if changes.is_empty() {
        Either::Left(view! { <p>{words.same}</p> })
    } else {
        Either::Right(table(app, changes))
    };
    let take = move |_| {
        again::fill(app, &saved.task, &saved.draft);
        taken.run(());
    };
    browser::focus_first("history-compare-box");
    view! {
        <section class="compare" id="history-compare-box" aria-labelledby="history-compare">
            <h3 id="history-compare">{words.compare}</h3>
            {content}
            {(!is_known).then(|| view! { <p class="hint">{words.model_gone}</p> })}
            <div class="buttons">
                <button type="button" class="primary" id="history-take" on:click=take>{words.take}</button>
                <button type="button" on:click=move |_| leave.run(())>{words.leave}</button>
            </div>
        </section>
    }
}

fn table(app: App, changes: Vec<Difference>) -> impl IntoView {
    let words = app.lang().history();
    let cell = |text: String| {
        let shown: String = text.chars().take(SHOWN).collect();
        view! { <td>{if shown.is_empty() { words.blank.to_owned() } else { shown }}</td> }
    };
    let row = |Difference { name, now, then }: Difference| {
        view! { <tr><th scope="row">{name}</th>{cell(now)}{cell(then)}</tr> }
    };
    let rows: Vec<_> = changes.into_iter().map(row).collect();
    let head = [words.field, words.now, words.then].map(|name| view! { <th scope="col">{name}</th> });
    view! {
        <table>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What differs between the draft and a task.
struct Difference {
    name: &'static str,
    now: String,
    then: String,
}

/// All that differs.
fn differences(app: App, saved: &Saved) -> Vec<Difference> {
    let words = app.lang().history();
    let origin = &saved.task.origin;
    let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
    let name = |id: &str| app.catalog().gateway(id).map_or(id, |gateway| app.pick(&gateway.name)).to_owned();
    let address = untrack(|| app.target()).map(|target| target.base.text().clone()).unwrap_or_default();
    let row = |name, now, then| Difference { name, now, then };
    let mut rows = vec![
        row(words.gateway, name(gateway.id), name(&origin.gateway)),
        row(words.model, model.id.to_owned(), origin.model.clone()),
        row(app.texts().base, address, origin.base.text().clone()),
    ];
    let sent_ms = saved.task.started_ms;
    app.draft.with_untracked(|draft| {
        for id in FieldId::ALL {
            let of = |draft: &Draft| draft.filled(id).map(|value| in_words(app.lang(), id, value)).unwrap_or_default();
            let (now, mut then) = (of(draft), of(&saved.draft));
            if now != then {
                then.push_str(&ended(app.lang(), saved.draft.filled(id), sent_ms));
                rows.push(row(words::field(app.lang(), id), now, then));
            }
        }
    });
    rows.retain(|row| row.now != row.then);
    rows
}

/// What is said of a value that the gateway has deleted since.
fn ended(lang: Lang, value: Option<&Value>, sent_ms: u64) -> String {
    let over = |link: &str| is_over(link, sent_ms, browser::now_ms());
    let is_over = match value {
        Some(Value::Media(media)) => over(media.link()),
        Some(Value::References(list)) => list.iter().any(|entry| over(entry.media.link()) || over(&entry.voice)),
        _ => false,
    };
    if is_over { [" — ", words::files::again(lang, Again::Stale(Stale::Ended))].concat() } else { String::new() }
}

/// A value as a person reads it.
fn in_words(lang: Lang, id: FieldId, value: &Value) -> String {
    match value {
        Value::Text(text) => words::choice(lang, id, text),
        Value::Flag(flag) => (if *flag { lang.texts().yes } else { lang.texts().no }).to_owned(),
        Value::Media(media) => medium_in_words(lang, media),
        Value::References(list) => {
            let line = |entry: &Reference| format!("{} {}", medium_in_words(lang, &entry.media), entry.voice);
            list.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

fn medium_in_words(lang: Lang, media: &Media) -> String {
    match media.file().filter(|file| file.base64.is_empty()) {
        Some(file) => format!("{} — {}", file.name, lang.history().file_again),
        None => media.name().to_owned(),
    }
}
