//! Media: a link, or a local file where the model takes it inside the request.

use super::super::app::App;
use super::super::{files, wording};
use super::field::{Row, name};
use super::parts::{radios, typed};
use crate::catalog::{FieldId, MediaKind, MediaRule};
use crate::draft::{Media, Reference, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// One image, audio or video.
pub fn one(row: Row, rule: &'static MediaRule) -> AnyView {
    let app = row.app;
    let texts = app.texts();
    let id = row.id();
    let link = move || {
        app.draft.with(|draft| match draft.get(row.field.id) {
            Some(Value::Media(Media::Url(url))) => url.clone(),
            _ => String::new(),
        })
    };
    let file = Memo::new(move |_| {
        app.draft.with(|draft| match draft.get(row.field.id) {
            Some(Value::Media(Media::File(file))) => Some(std::sync::Arc::clone(file)),
            _ => None,
        })
    });
    let note = RwSignal::new("");
    let over = RwSignal::new(false);
    let take = move |files: Option<web_sys::FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take_file(app, row.field.id, file, note);
        }
    };
    let picker = rule.inline.then(|| {
        let accept = rule.formats.iter().map(|ending| [".", ending].concat()).collect::<Vec<_>>().join(",");
        let input_id = [&id, "-file"].concat();
        view! {
            <span class="pick">
                <label class="button small" for=input_id.clone()>{texts.file}</label>
                <input
                    type="file"
                    class="hidden"
                    id=input_id
                    accept=accept
                    on:change=move |event| {
                        let input: web_sys::HtmlInputElement = event_target(&event);
                        take(input.files());
                        input.set_value("");
                    }
                />
                <span class="hint">{texts.file_hint}</span>
            </span>
        }
    });
    let shown = move || match file.get() {
        Some(file) => {
            let size = match file.pixels {
                Some((width, height)) => [" · ", &width.to_string(), " × ", &height.to_string()].concat(),
                None => String::new(),
            };
            let facts = [&wording::bytes(file.bytes), size.as_str(), " · ", texts.file_sent].concat();
            let picture = files::thumbnail(&file).map(|link| view! { <img src=link alt="" /> });
            view! {
                <div class="picked">
                    {picture}
                    <div><b>{file.name.clone()}</b><br/><span class="hint">{facts}</span></div>
                    <button class="small" type="button" on:click=move |_| app.set(row.field.id, None)>{texts.remove}</button>
                </div>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    // In the simulator nobody fetches the link, so a made-up one shows how the model works.
    let example = move || {
        let simulated = app.target().is_ok_and(|target| target.simulated);
        (simulated && link().is_empty()).then(|| {
            let url = match rule.media {
                MediaKind::Image => "https://example.com/first-frame.png",
                MediaKind::Audio => "https://example.com/voice.mp3",
                MediaKind::Video => "https://example.com/clip.mp4",
            };
            let fill = move |_| app.set(row.field.id, Some(Value::Media(Media::Url(url.to_owned()))));
            view! { <button class="small" type="button" on:click=fill>{texts.example}</button> }
        })
    };
    view! {
        <div
            class="drop"
            class:over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                take(event.data_transfer().and_then(|data| data.files()));
            }
        >
            <label for=id.clone()>{name(row)}</label>
            <div class="with-buttons" class:gone=move || file.with(Option::is_some)>
                <input
                    id=id
                    type="url"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="https://"
                    aria-describedby=row.described_by()
                    aria-invalid=move || row.is_wrong().to_string()
                    prop:value=link
                    on:input=move |event| {
                        let text = typed(&event);
                        let value = (!text.is_empty()).then_some(Value::Media(Media::Url(text)));
                        app.set(row.field.id, value);
                    }
                />
                {example}
                {picker}
            </div>
            {shown}
            <p class="hint" aria-live="polite">{move || note.get()} " " {limits(app, rule)}</p>
        </div>
    }
    .into_any()
}

/// Reads a file into a field.
pub fn take_file(app: App, id: FieldId, file: web_sys::File, note: RwSignal<&'static str>) {
    let texts = app.texts();
    note.set(texts.checking_file);
    spawn_local(async move {
        match files::read(file).await {
            Some(file) => {
                app.set(id, Some(Value::Media(Media::File(file))));
                note.try_set("");
            }
            None => {
                note.try_set(texts.file_unreadable);
            }
        }
    });
}

/// Formats and limits in one line.
fn limits(app: App, rule: &MediaRule) -> String {
    let mut parts = vec![rule.formats.join(" ")];
    if rule.max_bytes > 0 {
        parts.push(["≤ ", &wording::bytes(rule.max_bytes)].concat());
    }
    if rule.min_side > 0 {
        parts.push([&rule.min_side.to_string(), "–", &rule.max_side.to_string(), " px"].concat());
    }
    if rule.max_seconds > 0 {
        parts.push([&rule.min_seconds.to_string(), "–", &rule.max_seconds.to_string(), " s"].concat());
    }
    let _ = app;
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Several references. Rows keep their inputs while one types; only adding and removing changes the list.
pub fn several(row: Row, accepts: &'static [MediaRule], voices: bool, max: u32) -> AnyView {
    let app = row.app;
    let texts = app.texts();
    let id = row.field.id;
    let read = move || {
        app.draft.with_untracked(|draft| match draft.get(id) {
            Some(Value::References(list)) => list.clone(),
            _ => Vec::new(),
        })
    };
    let blank = move || Reference { url: String::new(), kind: accepts[accepts.len() - 1].media, voice: String::new() };
    let mut start = read();
    if start.is_empty() {
        start.push(blank());
    }
    let next = StoredValue::new(start.len());
    let entries: RwSignal<Vec<(usize, RwSignal<Reference>)>> =
        RwSignal::new(start.into_iter().map(RwSignal::new).enumerate().collect());
    let write = move || {
        let list: Vec<Reference> = entries.with_untracked(|e| e.iter().map(|(_, r)| r.get_untracked()).collect());
        app.set(id, Some(Value::References(list)));
    };
    let add = move |_| {
        entries.update(|entries| entries.push((next.get_value(), RwSignal::new(blank()))));
        next.update_value(|n| *n += 1);
    };
    let entry_view = move |(number, entry): (usize, RwSignal<Reference>)| {
        let kinds: Vec<(String, String)> = accepts
            .iter()
            .map(|rule| match rule.media {
                MediaKind::Image => ("image".to_owned(), texts.image.to_owned()),
                MediaKind::Video => ("video".to_owned(), texts.video.to_owned()),
                MediaKind::Audio => ("audio".to_owned(), texts.audio.to_owned()),
            })
            .collect();
        let chosen = Signal::derive(move || {
            (if entry.with(|e| e.kind == MediaKind::Image) { "image" } else { "video" }).to_owned()
        });
        let choose = Callback::new(move |kind: String| {
            entry.update(|e| e.kind = if kind == "image" { MediaKind::Image } else { MediaKind::Video });
            write();
        });
        let url_id = if number == 0 { row.id() } else { [&row.id(), "-", &number.to_string()].concat() };
        let kinds_view = (kinds.len() > 1)
            .then(|| radios([&url_id, "-kind"].concat(), texts.kind.into_any(), kinds, chosen, choose, String::new()));
        let example = move || {
            let simulated = app.target().is_ok_and(|target| target.simulated);
            (simulated && entry.with(|e| e.url.is_empty())).then(|| {
                let fill = move |_| {
                    entry.update(|e| {
                        e.url = match e.kind {
                            MediaKind::Image => "https://example.com/character.png",
                            _ => "https://example.com/clip.mp4",
                        }
                        .to_owned();
                    });
                    write();
                };
                view! { <button class="small" type="button" on:click=fill>{texts.example}</button> }
            })
        };
        let voice_view = voices.then(|| {
            let voice_id = [&url_id, "-voice"].concat();
            view! {
                <label for=voice_id.clone()>{texts.voice}</label>
                <input id=voice_id type="url" placeholder="https://" prop:value=move || entry.with(|e| e.voice.clone())
                    on:input=move |event| { entry.update(|e| e.voice = typed(&event)); write(); } />
            }
        });
        view! {
            <div class="reference">
                {kinds_view}
                <label class="hidden" for=url_id.clone()>{texts.link}</label>
                <div class="with-buttons">
                    <input
                        id=url_id
                        type="url"
                        placeholder="https://"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby=row.described_by()
                        prop:value=move || entry.with(|e| e.url.clone())
                        on:input=move |event| {
                            let url = typed(&event);
                            entry.update(|e| {
                                if let Some(format) = crate::media::named(&url)
                                    && accepts.iter().any(|rule| rule.media == format.kind())
                                {
                                    e.kind = format.kind();
                                }
                                e.url = url;
                            });
                            write();
                        }
                    />
                    {example}
                    <button
                        class="small"
                        type="button"
                        on:click=move |_| {
                            entries.update(|entries| entries.retain(|(n, _)| *n != number));
                            write();
                        }
                    >
                        {texts.remove}
                    </button>
                </div>
                {voice_view}
            </div>
        }
    };
    let full = move || entries.with(Vec::len) >= max as usize;
    view! {
        <fieldset class="references">
            <legend>{name(row)}</legend>
            <For each=move || entries.get() key=|(number, _)| *number children=entry_view />
            <button class="small" type="button" disabled=full on:click=add>{texts.add_reference}</button>
            <p class="hint">{accepts.iter().map(|rule| limits(app, rule)).collect::<Vec<_>>().join(" / ")}</p>
        </fieldset>
    }
    .into_any()
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
    let fits = model.fields.iter().filter(
        |field| matches!(&field.kind, crate::catalog::Kind::Media { rule, .. } if rule.inline && rule.media == kind),
    );
    let mut ids = fits.map(|field| field.id).collect::<Vec<_>>().into_iter();
    let blank = ids.clone().find(|id| app.draft.with_untracked(|draft| draft.filled(*id).is_none()));
    blank.or_else(|| ids.next())
}

/// The files of a paste.
pub fn pasted(event: &web_sys::Event) -> Option<web_sys::File> {
    let event: &web_sys::ClipboardEvent = event.dyn_ref()?;
    event.clipboard_data()?.files()?.get(0)
}
