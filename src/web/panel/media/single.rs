//! A field for one medium, and the limits of a medium in one line.

use crate::catalog::MediaRule;
use crate::draft::{Media, Value};
use crate::web::component::dom::{El, class, typed};
use crate::web::panel::media::place::Place;
use crate::web::panel::row::{Row, url_input};
use crate::words;
use leptos::prelude::*;

/// One image, audio or video.
pub fn one(row: Row, rule: &'static MediaRule) -> El {
    let app = row.app;
    let id = row.id();
    let field = row.field.id;
    let media = move || {
        app.draft.with(|draft| match draft.get(field) {
            Some(Value::Media(media)) => Some(media.clone()),
            _ => None,
        })
    };
    let place = Place {
        app,
        field,
        media: Signal::derive(media),
        rule: Signal::stored(rule),
        put: Callback::new(move |media| app.set(field, Some(Value::Media(media)))),
        remove: Callback::new(move |()| app.set(field, None)),
        live: RwSignal::new(false),
        note: RwSignal::new(""),
    };
    let input = row.tied(url_input(&id, &row.described_by())).on("input", move |event| {
        let text = typed(&event);
        if text.is_empty() { place.remove.run(()) } else { place.put.run(Media::Url(text)) }
    });
    place.takes_drops(class("div", "drop")).add(row.label(&id)).add(place.parts(&id, input, None)).add(
        class("p", "hint limits").attr("aria-live", "polite").words(move || {
            let note = place.note.get();
            if note.is_empty() { limits(rule) } else { note.to_owned() }
        }),
    )
}

/// Formats and limits in one line.
pub fn limits(rule: &MediaRule) -> String {
    let range = |min: u32, max: u32, unit: &str| [&min.to_string(), "–", &max.to_string(), unit].concat();
    let mut parts = vec![rule.formats.join(" ")];
    if rule.max_bytes > 0 {
        parts.push([if rule.below { "< " } else { "≤ " }, &words::bytes(rule.max_bytes)].concat());
    }
    if rule.min_side > 0 {
        parts.push(range(rule.min_side, rule.max_side, " px"));
    }
    if rule.max_seconds > 0 {
        parts.push(if rule.below {
            ["< ", &rule.max_seconds.to_string(), " s"].concat()
        } else {
            range(rule.min_seconds, rule.max_seconds, " s")
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
