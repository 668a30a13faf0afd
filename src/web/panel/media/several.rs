//! A field for several media.

use crate::catalog::{MediaKind, MediaRule};
use crate::draft::{Media, Reference, Value};
use crate::web::component::button;
use crate::web::component::dom::{El, Keyed, View, class, effect, el, keyed, nothing, typed};
use crate::web::component::parts::radios;
use crate::web::panel::media::kinds::{blank, listed, put_into};
use crate::web::panel::media::place::Place;
use crate::web::panel::media::single::limits;
use crate::web::panel::row::{Row, name, url_input};
use crate::web::state::App;
use leptos::prelude::*;

/// A row of a list of references: its number, and what is in it.
type Entry = (usize, RwSignal<Reference>);

/// Several references. Rows keep their inputs while one types; only adding and removing changes the list.
pub fn several(row: Row, accepts: &'static [MediaRule], voices: bool, max: u32) -> El {
    let app = row.app;
    let texts = app.texts();
    let id = row.field.id;
    let next = StoredValue::new(0);
    // What is in a row lives as long as the list, and not only until what made the row runs again.
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let numbered = move |list: Vec<Reference>| -> Vec<Entry> {
        let first = next.get_value();
        next.set_value(first + list.len());
        let kept = |entry| owner.with_value(|owner| owner.with(|| RwSignal::new(entry)));
        list.into_iter().enumerate().map(|(at, entry)| (first + at, kept(entry))).collect()
    };
    let mut start = app.draft.with_untracked(|draft| listed(draft, id));
    if start.is_empty() {
        start.push(blank(accepts));
    }
    let entries: RwSignal<Vec<Entry>> = RwSignal::new(numbered(start));
    let shown =
        move || entries.with_untracked(|e| e.iter().map(|(_, entry)| entry.get_untracked()).collect::<Vec<_>>());
    let write = move || app.set(id, Some(Value::References(shown())));
    let reseat = move |mut wanted: Vec<Reference>| {
        if wanted.is_empty() {
            wanted.push(blank(accepts));
        }
        let mut rows = entries.get_untracked();
        rows.truncate(wanted.len());
        for ((_, entry), now) in rows.iter().zip(&wanted) {
            entry.set(now.clone());
        }
        rows.append(&mut numbered(wanted.split_off(rows.len())));
        entries.set(rows);
    };
    // What comes into the draft from elsewhere, a pasted picture or the wishes of a task, has its rows too.
    effect(move || {
        let is_filled = |entry: &&Reference| !entry.media.is_blank();
        let (wanted, now) = (app.draft.with(|draft| listed(draft, id)), shown());
        if wanted.iter().filter(is_filled).ne(now.iter().filter(is_filled)) {
            reseat(wanted);
        }
    });
    let add = button("small", texts.add_reference, move || {
        if entries.with_untracked(Vec::len) < max as usize {
            entries.update(|entries| entries.append(&mut numbered(vec![blank(accepts)])));
        }
    })
    .bind("aria-disabled", move || entries.with(|entries| entries.len() >= max as usize).to_string());
    let entry_row = move |(number, entry): Entry| {
        let url_id = if number == 0 { row.id() } else { [&row.id(), "-", &number.to_string()].concat() };
        let change = move |change: &dyn Fn(&mut Reference)| {
            entry.update(|entry| change(entry));
            write();
        };
        let remove = move || {
            entries.update(|entries| entries.retain(|(known, _)| *known != number));
            write();
        };
        let rule = move || {
            let kind = entry.with(|entry| entry.kind);
            accepts.iter().find(|rule| rule.media == kind).unwrap_or(&accepts[0])
        };
        let place = Place {
            app,
            field: id,
            media: Signal::derive(move || Some(entry.with(|entry| entry.media.clone()))),
            rule: Signal::derive(rule),
            put: Callback::new(move |media: Media| change(&|entry| put_into(entry, media.clone(), accepts))),
            remove: Callback::new(move |()| remove()),
            live: RwSignal::new(false),
            note: RwSignal::new(""),
        };
        let url = row.tied(url_input(&url_id, &row.described_by()));
        let url = url.on("input", move |event| place.put.run(Media::Url(typed(&event))));
        place
            .takes_drops(class("div", "reference drop"))
            .add((accepts.len() > 1).then(|| kinds(place, &url_id, accepts, entry, change)))
            .add(class("label", "hidden").attr("for", &url_id).text(texts.link))
            .add(place.parts(&url_id, url, Some(button("small", texts.remove, remove))))
            .add(class("p", "hint").attr("aria-live", "polite").words(move || place.note.get().to_owned()))
            .add(if voices { voice(app, &url_id, entry, change) } else { nothing() })
    };
    let keyed_row = move |entry: Entry| -> Keyed { (entry.0.to_string(), Box::new(move || entry_row(entry))) };
    let list = keyed(class("div", "rows"), move || entries.get().into_iter().map(keyed_row).collect());
    class("fieldset", "references")
        .attr("tabindex", "-1")
        .add(el("legend").add(name(row)))
        .add(list)
        .add(add)
        .add(class("p", "hint").text(&accepts.iter().map(limits).collect::<Vec<_>>().join(" / ")))
}

/// The kinds to choose from. A file says itself what it is.
fn kinds(
    place: Place,
    id: &str,
    accepts: &[MediaRule],
    entry: RwSignal<Reference>,
    change: impl Fn(&dyn Fn(&mut Reference)) + Clone + 'static,
) -> El {
    let texts = place.app.texts();
    let words = |kind: MediaKind| match kind {
        MediaKind::Image => ("image", texts.image),
        MediaKind::Audio => ("audio", texts.audio),
        MediaKind::Video => ("video", texts.video),
    };
    let choices = accepts.iter().map(|rule| words(rule.media)).map(|(tag, word)| (tag.to_owned(), word.to_owned()));
    let chosen = move || words(entry.with(|entry| entry.kind)).0.to_owned();
    let choose = move |chosen: String| {
        let known = [MediaKind::Image, MediaKind::Audio, MediaKind::Video];
        let kind = known.into_iter().find(|kind| words(*kind).0 == chosen).unwrap_or(MediaKind::Image);
        change(&|entry| entry.kind = kind);
    };
    radios(&[id, "-kind"].concat(), crate::web::component::dom::text(texts.kind), choices.collect(), chosen, choose, "")
        .toggle("gone", move || place.file().is_some())
}

fn voice(app: App, id: &str, entry: RwSignal<Reference>, change: impl Fn(&dyn Fn(&mut Reference)) + 'static) -> View {
    let id = [id, "-voice"].concat();
    let input = url_input(&id, "").value(move || entry.with(|e| e.voice.clone())).on("input", move |event| {
        let voice = typed(&event);
        change(&|entry| entry.voice.clone_from(&voice));
    });
    View::from(el("label").attr("for", &id).text(app.texts().voice)).and(input)
}
