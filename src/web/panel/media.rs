//! Media: a link, or a local file where the model takes it inside the request.

use crate::catalog::{Field, FieldId, Kind, MediaKind, MediaRule, Model};
use crate::draft::{Draft, Media, Reference, Value};
use crate::lazy;
use crate::media::LocalFile;
use crate::web::browser::files;
use crate::web::component::button;
use crate::web::component::dom::{El, Keyed, View, class, effect, el, keyed, keyed_part, nothing, typed, yes};
use crate::web::component::parts::radios;
use crate::web::panel::row::url_input;
use crate::web::panel::row::{Row, name};
use crate::web::state::App;
use crate::words;
use crate::words::form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

/// A place for one medium: a field of its own, or an entry of a list of references.
#[derive(Clone, Copy)]
struct Place {
    app: App,
    /// What stands there, followed.
    media: Signal<Option<Media>>,
    /// The rule for it, followed: an entry has that of its kind.
    rule: Signal<&'static MediaRule>,
    /// Puts something there.
    put: Callback<Media>,
    /// Takes away what stands there.
    remove: Callback<()>,
    /// What is said of a file while it is looked at.
    note: RwSignal<&'static str>,
}

impl Place {
    fn link(self) -> String {
        self.media.with(|media| media.as_ref().map(|media| media.link().to_owned()).unwrap_or_default())
    }

    fn file(self) -> Option<Arc<LocalFile>> {
        self.media.with(|media| media.as_ref().and_then(Media::file).cloned())
    }

    fn take(self, files: Option<FileList>) {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            read_file(self.app, file, self.note, move |file| self.put.run(Media::File(file)));
        }
    }

    /// Files may be dropped on it.
    fn takes_drops(self, part: El) -> El {
        let over = RwSignal::new(false);
        part.toggle("over", move || over.get())
            .on("dragover", move |event| {
                event.prevent_default();
                over.set(true);
            })
            .on("dragleave", move |_| over.set(false))
            .on("drop", move |event| {
                event.prevent_default();
                over.set(false);
                let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                self.take(data.and_then(|data| data.files()));
            })
    }

    /// The input of its link with what stands beside it, and the file in their place where there is one.
    fn parts(self, id: &str, input: El, beside: Option<El>) -> View {
        let file_id = [id, "-file"].concat();
        let takes_files = move || yes(self.rule.with(|rule| rule.inline));
        let pick = keyed_part(
            takes_files,
            move |takes| {
                if takes.is_empty() { nothing() } else { picker(self, &file_id).into() }
            },
        );
        let fill = move |url: &'static str| self.put.run(Media::Url(url.to_owned()));
        let line = class("div", "with-buttons")
            .toggle("gone", move || self.file().is_some())
            .add(input.value(move || self.link()))
            .add(example(self.app, move || self.rule.with(|rule| rule.media), move || self.link().is_empty(), fill))
            .add(pick)
            .add(beside);
        View::from(line).and(picked(self))
    }
}

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
        media: Signal::derive(media),
        rule: Signal::stored(rule),
        put: Callback::new(move |media| app.set(field, Some(Value::Media(media)))),
        remove: Callback::new(move |()| app.set(field, None)),
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

/// The file that stands in a place, with a small picture of it.
fn picked(place: Place) -> View {
    let texts = place.app.texts();
    let named =
        move || place.file().map(|file| [&file.name, " ", &file.bytes.to_string()].concat()).unwrap_or_default();
    keyed_part(named, move |_| {
        let Some(file) = place.file() else { return nothing() };
        let size = match file.pixels {
            Some((width, height)) => [" · ", &width.to_string(), " × ", &height.to_string()].concat(),
            None => String::new(),
        };
        let facts = [&words::bytes(file.bytes), size.as_str(), " · ", texts.file_sent].concat();
        let picture = files::thumbnail(&file).map(|link| el("img").attrs(&[("src", &link), ("alt", "")]));
        let words = el("div").add(el("b").text(&file.name)).add(el("br")).add(class("span", "hint").text(&facts));
        class("div", "picked")
            .add(picture)
            .add(words)
            .add(flatten(place))
            .add(button("small", texts.remove, move || place.remove.run(())))
            .into()
    })
}

/// The mend for a picture whose transparency the model does not take.
fn flatten(place: Place) -> View {
    let is_transparent = move || {
        let excluded = place.rule.with(|rule| rule.inline && rule.no_alpha);
        yes(excluded && place.file().is_some_and(|file| file.alpha && !file.is_missing()))
    };
    keyed_part(is_transparent, move |is_transparent| {
        if is_transparent.is_empty() {
            return nothing();
        }
        button("small", form::words(place.app.lang()).flatten, move || {
            if let Some(file) = untrack(|| place.file()) {
                flatten_file(place, file);
            }
        })
        .into()
    })
}

fn flatten_file(place: Place, file: Arc<LocalFile>) {
    let words = form::words(place.app.lang());
    place.note.set(words.flattening);
    spawn_local(async move {
        let Ok(flat) = flattened(file.clone()).await else {
            place.note.try_set(place.app.texts().part_missing);
            return;
        };
        let flat = flat.await;
        // Unless another one was chosen meanwhile.
        let is_same = untrack(|| place.file()).is_some_and(|now| Arc::ptr_eq(&now, &file));
        let said = if flat.is_some() { "" } else { words.not_flattened };
        if let Some(flat) = flat.filter(|_| is_same) {
            place.put.run(Media::File(flat));
        }
        place.note.try_set(said);
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
fn picker(place: Place, id: &str) -> El {
    let texts = place.app.texts();
    let endings =
        place.rule.with_untracked(|rule| rule.formats.iter().map(|ending| [".", ending].concat()).collect::<Vec<_>>());
    let input = class("input", "hidden").attrs(&[("type", "file"), ("id", id), ("accept", &endings.join(","))]);
    let input = input.on("change", move |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            place.take(input.files());
            input.set_value("");
        }
    });
    class("span", "pick")
        .add(input)
        .add(class("label", "button small").attr("for", id).text(texts.file))
        .add(class("span", "hint").text(texts.file_hint))
}

/// A file that is still being looked at.
type Looking = Pin<Box<dyn Future<Output = Option<Arc<LocalFile>>>>>;

lazy!(tasks:
    fn file_read(file: web_sys::File) -> Looking {
        Box::pin(files::read(file))
    }
);

lazy!(tasks:
    fn flattened(file: Arc<LocalFile>) -> Looking {
        Box::pin(async move { files::flatten(&file).await })
    }
);

/// Reads a file, then hands it on.
fn read_file(app: App, file: web_sys::File, note: RwSignal<&'static str>, put: impl Fn(Arc<LocalFile>) + 'static) {
    let texts = app.texts();
    note.set(texts.checking_file);
    spawn_local(async move {
        let said = match file_read(file).await {
            Err(_) => texts.part_missing,
            Ok(reading) => match reading.await {
                Some(file) => {
                    put(file);
                    ""
                }
                None => texts.file_unreadable,
            },
        };
        note.try_set(said);
    });
}

/// Reads a file into a field; into a list of references as one more of them.
pub fn take_file(app: App, id: FieldId, file: web_sys::File) {
    read_file(app, file, RwSignal::new(""), move |file| {
        let model = untrack(|| app.the_model());
        let Some(Kind::References { accepts, .. }) = model.field(id).map(|field| &field.kind) else {
            return app.set(id, Some(Value::Media(Media::File(file))));
        };
        let mut list = app.draft.with_untracked(|draft| listed(draft, id));
        let mut entry = blank(accepts);
        put_into(&mut entry, Media::File(file), accepts);
        match list.iter_mut().find(|entry| entry.media.is_blank()) {
            Some(free) => *free = entry,
            None => list.push(entry),
        }
        app.set(id, Some(Value::References(list)));
    });
}

/// Formats and limits in one line.
fn limits(rule: &MediaRule) -> String {
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

/// A row of a list of references: its number, and what is in it.
type Entry = (usize, RwSignal<Reference>);

/// The references of a draft.
fn listed(draft: &Draft, id: FieldId) -> Vec<Reference> {
    match draft.get(id) {
        Some(Value::References(list)) => list.clone(),
        _ => Vec::new(),
    }
}

fn blank(accepts: &[MediaRule]) -> Reference {
    Reference { media: Media::Url(String::new()), kind: first_kind(accepts), voice: String::new() }
}

/// Puts a medium into an entry, which becomes of its kind where that is taken.
fn put_into(entry: &mut Reference, media: Media, accepts: &[MediaRule]) {
    let format = media.file().map_or_else(|| crate::media::named(media.link()), |file| file.format);
    let kind = format.map(crate::media::Format::kind).filter(|kind| accepts.iter().any(|rule| rule.media == *kind));
    entry.kind = kind.unwrap_or(entry.kind);
    entry.media = media;
}

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
            media: Signal::derive(move || Some(entry.with(|entry| entry.media.clone()))),
            rule: Signal::derive(rule),
            put: Callback::new(move |media: Media| change(&|entry| put_into(entry, media.clone(), accepts))),
            remove: Callback::new(move |()| remove()),
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

/// Where a pasted file belongs: a field of the form that takes its kind inside the request. First one that is still
/// blank and has to be there, then any blank one, then the list that takes one more.
pub fn field_for(app: App, file: &web_sys::File) -> Option<FieldId> {
    let kind = match file.type_().split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        Some("video") => MediaKind::Video,
        _ => return None,
    };
    let model = untrack(|| app.the_model());
    let takes = |rule: &MediaRule| rule.inline && rule.media == kind;
    let rank = |field: &&Field| {
        let is_list = match &field.kind {
            Kind::Media { rule, .. } if takes(rule) => false,
            Kind::References { accepts, .. } if accepts.iter().any(takes) => true,
            _ => return None,
        };
        let is_blank = app.draft.with_untracked(|draft| draft.filled(field.id).is_none());
        Some(match (is_blank, field.required, is_list) {
            (true, true, _) => 0,
            (true, false, _) => 1,
            (false, _, true) => 2,
            (false, _, false) => 3,
        })
    };
    let ranked = model.fields.iter().filter_map(|field| Some((rank(&field)?, field.id)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, id)| id)
}

/// The file of a paste.
pub fn pasted(event: &web_sys::Event) -> Option<web_sys::File> {
    let event: &web_sys::ClipboardEvent = event.dyn_ref()?;
    event.clipboard_data()?.files()?.get(0)
}
