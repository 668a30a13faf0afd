//! What a link holds, and what was not understood of it.

use crate::catalog::MediaKind;
use crate::draft::Value;
use crate::link::{Link, Misread};
use crate::web::state::App;
use crate::words;
use crate::words::share::{misread, words};
use leptos::prelude::*;

/// Characters of a value that are shown.
const SHOWN: usize = 160;

/// What was not understood of a link. Nothing, if all was.
#[component]
pub fn NotUnderstood(
    /// The page.
    app: App,
    /// What it is.
    list: Vec<Misread>,
) -> impl IntoView {
    let lang = app.lang();
    (!list.is_empty()).then(|| {
        let rows: Vec<_> = list.iter().map(|why| view! { <li>{misread(lang, why)}</li> }).collect();
        view! {
            <p>{words(lang).misread}</p>
            <ul id="link-misread">{rows}</ul>
        }
    })
}

/// What a link holds, name by name.
#[component]
pub fn Contents(
    /// The page.
    app: App,
    /// The link.
    link: Link,
    /// Its id.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let words = words(app.lang());
    let rows: Vec<_> = rows(app, &link)
        .into_iter()
        .map(|(name, value)| {
            let shown: String = value.chars().take(SHOWN).collect();
            let more = if shown.len() < value.len() { " …" } else { "" };
            view! {
                <dt>{name}</dt>
                <dd>{shown}{more}</dd>
            }
        })
        .collect();
    let is_bare = link.draft().filled_fields().next().is_none();
    view! {
        <div id=id>
            <dl class="holds">{rows}</dl>
            {is_bare.then(|| view! { <p class="hint">{words.holds_no_fields}</p> })}
        </div>
    }
}

fn rows(app: App, link: &Link) -> Vec<(&'static str, String)> {
    let (lang, texts) = (app.lang(), app.texts());
    let words = words(lang);
    let mut rows = Vec::new();
    if let Some(id) = &link.gateway {
        let known = app.catalog().gateway(id.text());
        rows.push((texts.gateway, known.map_or(id.text(), |gateway| app.pick(&gateway.name)).to_owned()));
    }
    if let Some(id) = &link.model {
        rows.push((texts.model, id.text().to_owned()));
    }
    for (id, value) in link.draft().filled_fields() {
        rows.push((words::field(lang, id), value_words(app, value)));
    }
    if let Some(view) = link.view {
        rows.push((words.view, view.word().to_owned()));
    }
    if let Some(lang) = link.lang {
        rows.push((words.language, lang.word().to_owned()));
    }
    rows
}

fn value_words(app: App, value: &Value) -> String {
    let texts = app.texts();
    match value {
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => (if *flag { texts.yes } else { texts.no }).to_owned(),
        Value::Media(media) => media.name().to_owned(),
        Value::References(list) => {
            let kind = |kind| match kind {
                MediaKind::Image => texts.image,
                MediaKind::Audio => texts.audio,
                MediaKind::Video => texts.video,
            };
            let lines = list.iter().map(|entry| format!("{} {}", kind(entry.kind), entry.media.name()));
            lines.collect::<Vec<_>>().join(" · ")
        }
    }
}
