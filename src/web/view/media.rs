//! Media: a link, or a local file where the model takes it inside the request.

use super::super::app::App;
use super::super::dom::{El, Keyed, View, class, el, keyed, keyed_part, nothing, typed, yes};
use super::super::wording::form;
use super::super::{files, wording};
use super::button;
use super::desk::url_input;
use super::field::{Row, name};
use super::parts::radios;
use crate::catalog::{FieldId, Kind, MediaKind, MediaRule, Model};
use crate::checked::{Problem, ProblemKind};
use crate::draft::{Media, Reference, Value};
use crate::media::LocalFile;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

/// One image, audio or video.
pub fn one(row: Row, rule: &'static MediaRule) -> El {
    let app = row.app;
    let texts = app.texts();
    let id = row.id();
    let field = row.field.id;
    let link = move || {
        app.draft.with(|draft| match draft.get(field) {
            Some(Value::Media(Media::Url(url))) => url.clone(),
            _ => String::new(),
        })
    };
    let file = move || {
        app.draft.with(|draft| match draft.get(field) {
            Some(Value::Media(Media::File(file))) => Some(std::sync::Arc::clone(file)),
            _ => None,
        })
    };
    let named = move || file().map(|file| [&file.name, " ", &file.bytes.to_string()].concat()).unwrap_or_default();
    let note = RwSignal::new("");
    let over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take_file(app, field, file, note);
        }
    };
    let picked = keyed_part(named, move |_| {
        let Some(file) = file() else { return nothing() };
        let size = match file.pixels {
            Some((width, height)) => [" · ", &width.to_string(), " × ", &height.to_string()].concat(),
            None => String::new(),
        };
        let facts = [&wording::bytes(file.bytes), size.as_str(), " · ", texts.file_sent].concat();
        let picture = files::thumbnail(&file).map(|link| el("img").attrs(&[("src", &link), ("alt", "")]));
        let words = el("div").add(el("b").text(&file.name)).add(el("br")).add(class("span", "hint").text(&facts));
        class("div", "picked")
            .add(picture)
            .add(words)
            .add(flatten(app, field, note))
            .add(button("small", texts.remove, move || app.set(field, None)))
            .into()
    });
    let input = row.tied(url_input(&id, &row.described_by())).value(link).on("input", move |event| {
        let text = typed(&event);
        app.set(field, (!text.is_empty()).then_some(Value::Media(Media::Url(text))));
    });
    let fill = move |url: &'static str| app.set(field, Some(Value::Media(Media::Url(url.to_owned()))));
    let line = class("div", "with-buttons")
        .toggle("gone", move || file().is_some())
        .add(input)
        .add(example(app, move || rule.media, move || link().is_empty(), fill))
        .add(rule.inline.then(|| picker(row, rule, take)));
    class("div", "drop")
        .toggle("over", move || over.get())
        .on("dragover", move |event| {
            event.prevent_default();
            over.set(true);
        })
        .on("dragleave", move |_| over.set(false))
        .on("drop", move |event| {
            event.prevent_default();
            over.set(false);
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            take(data.and_then(|data| data.files()));
        })
        .add(row.label(&id))
        .add(line)
        .add(picked)
        .add(class("p", "hint limits").attr("aria-live", "polite").words(move || {
            let note = note.get();
            if note.is_empty() { limits(rule) } else { note.to_owned() }
        }))
}

/// The mend for a picture whose transparency the model does not take.
fn flatten(app: App, id: FieldId, note: RwSignal<&'static str>) -> View {
    let is_transparent = move || {
        let found = |problem: &Problem| problem.field == id && problem.kind == ProblemKind::Transparent;
        yes(app.outlook.with(|outlook| outlook.problems.iter().any(found)))
    };
    keyed_part(is_transparent, move |is_transparent| {
        if is_transparent.is_empty() {
            return nothing();
        }
        button("small", form::words(app.lang()).flatten, move || {
            let file = app.draft.with_untracked(|draft| match draft.get(id) {
                Some(Value::Media(Media::File(file))) => Some(std::sync::Arc::clone(file)),
                _ => None,
            });
            if let Some(file) = file {
                flatten_file(app, id, file, note);
            }
        })
        .into()
    })
}

fn flatten_file(app: App, id: FieldId, file: std::sync::Arc<LocalFile>, note: RwSignal<&'static str>) {
    let words = form::words(app.lang());
    note.set(words.flattening);
    spawn_local(async move {
        let flat = files::flatten(&file).await;
        // Unless another one was chosen meanwhile.
        let is_same = app.draft.with_untracked(
            |draft| matches!(draft.get(id), Some(Value::Media(Media::File(now))) if std::sync::Arc::ptr_eq(now, &file)),
        );
        let said = if flat.is_some() { "" } else { words.not_flattened };
        if let Some(flat) = flat.filter(|_| is_same) {
            app.set(id, Some(Value::Media(Media::File(flat))));
        }
        note.try_set(said);
    });
}

/// In the simulator nobody fetches a link, so a made-up one shows how the model works.
fn example(
    app: App,
    kind: impl Fn() -> MediaKind + Send + Sync + 'static,
    blank: impl Fn() -> bool + Send + Sync + 'static,
    fill: impl Fn(&'static str) + Clone + 'static,
) -> View {
    let url = move || {
        if !app.target().is_ok_and(|target| target.simulated) || !blank() {
            return String::new();
        }
        example_of(kind()).to_owned()
    };
    keyed_part(url, move |url| {
        let known = [MediaKind::Image, MediaKind::Audio, MediaKind::Video].map(example_of);
        let Some(url) = known.into_iter().find(|known| *known == url) else { return nothing() };
        let fill = fill.clone();
        button("small", app.texts().example, move || fill(url)).into()
    })
}

fn example_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "https://example.com/first-frame.png",
        MediaKind::Audio => "https://example.com/voice.mp3",
        MediaKind::Video => "https://example.com/clip.mp4",
    }
}

/// The button that opens the browser's file dialog.
fn picker(row: Row, rule: &MediaRule, take: impl Fn(Option<FileList>) + 'static) -> El {
    let texts = row.app.texts();
    let id = [&row.id(), "-file"].concat();
    let accept = rule.formats.iter().map(|ending| [".", ending].concat()).collect::<Vec<_>>().join(",");
    let input = class("input", "hidden").attrs(&[("type", "file"), ("id", &id), ("accept", &accept)]);
    let input = input.on("change", move |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            take(input.files());
            input.set_value("");
        }
    });
    class("span", "pick")
        .add(input)
        .add(class("label", "button small").attr("for", &id).text(texts.file))
        .add(class("span", "hint").text(texts.file_hint))
}

/// Reads a file into a field.
pub fn take_file(app: App, id: FieldId, file: web_sys::File, note: RwSignal<&'static str>) {
    let texts = app.texts();
    note.set(texts.checking_file);
    spawn_local(async move {
        let said = match files::read(file).await {
            Some(file) => {
                app.set(id, Some(Value::Media(Media::File(file))));
                ""
            }
            None => texts.file_unreadable,
        };
        note.try_set(said);
    });
}

/// Formats and limits in one line.
fn limits(rule: &MediaRule) -> String {
    let range = |min: u32, max: u32, unit: &str| [&min.to_string(), "–", &max.to_string(), unit].concat();
    let mut parts = vec![rule.formats.join(" ")];
    if rule.max_bytes > 0 {
        parts.push([if rule.below { "< " } else { "≤ " }, &wording::bytes(rule.max_bytes)].concat());
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

/// A row of a list of references: its number, and what is in it.
type Entry = (usize, RwSignal<Reference>);

/// Several references. Rows keep their inputs while one types; only adding and removing changes the list.
pub fn several(row: Row, accepts: &'static [MediaRule], voices: bool, max: u32) -> El {
    let app = row.app;
    let texts = app.texts();
    let id = row.field.id;
    let blank = move || Reference { url: String::new(), kind: first_kind(accepts), voice: String::new() };
    let mut start = app.draft.with_untracked(|draft| match draft.get(id) {
        Some(Value::References(list)) => list.clone(),
        _ => Vec::new(),
    });
    if start.is_empty() {
        start.push(blank());
    }
    let entries: RwSignal<Vec<Entry>> = RwSignal::new(start.into_iter().map(RwSignal::new).enumerate().collect());
    let next = StoredValue::new(entries.with_untracked(Vec::len));
    let write = move || {
        let list = entries.with_untracked(|e| e.iter().map(|(_, entry)| entry.get_untracked()).collect());
        app.set(id, Some(Value::References(list)));
    };
    let change = move |entry: RwSignal<Reference>, change: &dyn Fn(&mut Reference)| {
        entry.update(|entry| change(entry));
        write();
    };
    let add = button("small", texts.add_reference, move || {
        if entries.with_untracked(Vec::len) < max as usize {
            entries.update(|entries| entries.push((next.get_value(), RwSignal::new(blank()))));
            next.update_value(|next| *next += 1);
        }
    })
    .bind("aria-disabled", move || entries.with(|entries| entries.len() >= max as usize).to_string());
    let entry_row = move |(number, entry): Entry| {
        let url_id = if number == 0 { row.id() } else { [&row.id(), "-", &number.to_string()].concat() };
        let url = row.tied(url_input(&url_id, &row.described_by())).value(move || entry.with(|e| e.url.clone()));
        let url = url.on("input", move |event| {
            let url = typed(&event);
            let kind = crate::media::named(&url).map(crate::media::Format::kind);
            let kind = kind.filter(|kind| accepts.iter().any(|rule| rule.media == *kind));
            change(entry, &|entry| {
                entry.url.clone_from(&url);
                entry.kind = kind.unwrap_or(entry.kind);
            });
        });
        let remove = button("small", texts.remove, move || {
            entries.update(|entries| entries.retain(|(known, _)| *known != number));
            write();
        });
        let fill = move |url: &'static str| change(entry, &|entry| url.clone_into(&mut entry.url));
        let line = class("div", "with-buttons")
            .add(url)
            .add(example(app, move || entry.with(|e| e.kind), move || entry.with(|e| e.url.is_empty()), fill))
            .add(remove);
        class("div", "reference")
            .add((accepts.len() > 1).then(|| kinds(app, &url_id, accepts, entry, change)))
            .add(class("label", "hidden").attr("for", &url_id).text(texts.link))
            .add(line)
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

/// The kind a new reference has: an image where the model takes one. It costs nothing beside the video, and the
/// example prompts name one.
fn first_kind(accepts: &[MediaRule]) -> MediaKind {
    let image = accepts.iter().find(|rule| rule.media == MediaKind::Image);
    image.or(accepts.first()).map_or(MediaKind::Image, |rule| rule.media)
}

/// How a prompt names the first two references of the draft, followed.
pub fn names(app: App, model: &'static Model) -> [String; 2] {
    let Some(field) = model.field(FieldId::References) else { return Default::default() };
    let Kind::References { accepts, .. } = &field.kind else { return Default::default() };
    let mut kinds = app.draft.with(|draft| match draft.get(FieldId::References) {
        Some(Value::References(list)) => list.iter().map(|entry| entry.kind).collect(),
        _ => Vec::new(),
    });
    kinds.resize(kinds.len().max(2), first_kind(accepts));
    let lang = app.lang();
    [0, 1].map(|index| {
        let kind = kinds[index];
        let number = kinds[..=index].iter().filter(|known| **known == kind).count();
        if field.kind.names_by_kind() {
            form::reference_name(lang, Some(kind), number)
        } else {
            form::reference_name(lang, None, index + 1)
        }
    })
}

fn kinds(
    app: App,
    id: &str,
    accepts: &[MediaRule],
    entry: RwSignal<Reference>,
    change: impl Fn(RwSignal<Reference>, &dyn Fn(&mut Reference)) + Clone + 'static,
) -> El {
    let texts = app.texts();
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
        change(entry, &|entry| entry.kind = kind);
    };
    radios(&[id, "-kind"].concat(), super::super::dom::text(texts.kind), choices.collect(), chosen, choose, "")
}

fn voice(
    app: App,
    id: &str,
    entry: RwSignal<Reference>,
    change: impl Fn(RwSignal<Reference>, &dyn Fn(&mut Reference)) + 'static,
) -> View {
    let id = [id, "-voice"].concat();
    let input = url_input(&id, "").value(move || entry.with(|e| e.voice.clone())).on("input", move |event| {
        let voice = typed(&event);
        change(entry, &|entry| entry.voice.clone_from(&voice));
    });
    View::from(el("label").attr("for", &id).text(app.texts().voice)).and(input)
}

/// Where a pasted or dropped file belongs: the first field of the form that takes its kind inside the request, a blank
/// one if there is one.
pub fn field_for(app: App, file: &web_sys::File) -> Option<FieldId> {
    let kind = match file.type_().split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => return None,
    };
    let model = untrack(|| app.the_model());
    let takes = |field: &&crate::catalog::Field| matches!(&field.kind, Kind::Media { rule, .. } if rule.inline && rule.media == kind);
    let ids: Vec<FieldId> = model.fields.iter().filter(takes).map(|field| field.id).collect();
    let blank = |id: &&FieldId| app.draft.with_untracked(|draft| draft.filled(**id).is_none());
    ids.iter().find(blank).or(ids.first()).copied()
}

/// The file of a paste.
pub fn pasted(event: &web_sys::Event) -> Option<web_sys::File> {
    let event: &web_sys::ClipboardEvent = event.dyn_ref()?;
    event.clipboard_data()?.files()?.get(0)
}
