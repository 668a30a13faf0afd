//! Files that are picked, dropped or pasted: looked at, then put where they belong.

use crate::catalog::{FieldId, Kind, MediaKind};
use crate::draft::home::{elsewhere, home};
use crate::draft::{Media, Value};
use crate::lazy;
use crate::media::LocalFile;
use crate::web::browser::{self, files};
use crate::web::panel::media::kinds::{blank, listed, put_into};
use crate::web::panel::media::place::Place;
use crate::web::state::App;
use crate::web::state::files::Homeless;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList};

/// A file that is still being looked at.
type Looking = Pin<Box<dyn Future<Output = Option<Arc<LocalFile>>>>>;

lazy!(files:
    fn looked(app: App, file: File) -> Looking {
        Box::pin(async move {
            let held = app.files.hold(file.clone());
            files::read(&file, held).await
        })
    }
);

lazy!(files:
    fn arrived(app: App, files: Vec<(File, MediaKind)>) {
        spawn_local(async move {
            // One after the other: where the second belongs depends on where the first went.
            for (file, kind) in files {
                bring(app, file, kind).await;
            }
        });
    }
);

lazy!(files:
    fn placed(app: App, id: FieldId, file: File) {
        let held = app.files.hold(file);
        spawn_local(put(app, id, held));
    }
);

/// Puts a file that the page made into a field.
pub fn place(app: App, id: FieldId, file: File) {
    app.fetch(placed(app, id, file));
}

/// Takes the first of these files into a place.
pub fn take(place: Place, files: Option<FileList>) {
    let Some(file) = files.and_then(|files| files.get(0)) else { return };
    let (app, note) = (place.app, place.note);
    let texts = app.texts();
    note.set(texts.checking_file);
    spawn_local(async move {
        let said = match looked(app, file).await {
            Err(_) => texts.part_missing,
            Ok(looking) => match looking.await {
                Some(file) => {
                    place.put.run(Media::File(file));
                    ""
                }
                None => texts.file_unreadable,
            },
        };
        note.try_set(said);
    });
}

/// Something is dragged over the page, or leaves it: the field that it would go to lights up.
pub fn over(app: App, event: &Event) {
    // From one element to the next it stays over the page.
    let goes_on = |event: &DragEvent| event.related_target().is_some();
    if event.type_() == "dragleave" && event.dyn_ref::<DragEvent>().is_some_and(goes_on) {
        return;
    }
    let stays = event.type_() == "dragover" && !event.default_prevented();
    let kind = || {
        let transfer = transfer(event)?;
        let items = browser::js::get(&transfer, "items");
        // Its kind is all that is told before it is dropped.
        files::kind_of(&browser::js::get_text(&browser::js::get(&items, "0"), "type"))
    };
    let lit = stays.then(kind).flatten().and_then(|kind| home_of(app, kind));
    if app.files.lit.get_untracked() != lit {
        app.files.lit.set(lit);
    }
}

/// Takes the media files of a drop or paste. Whether there are any.
pub fn dropped(app: App, event: &Event) -> bool {
    app.files.lit.set(None);
    let clipboard = || event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let Some(data) = transfer(event).or_else(clipboard) else { return false };
    // What is copied from a document or a sheet is a text, and a picture of it beside.
    let is_text = event.type_() == "paste" && data.get_data("text/plain").is_ok_and(|text| !text.is_empty());
    let Some(list) = data.files().filter(|_| !is_text) else { return false };
    let known = |file: File| files::kind_of(&file.type_()).map(|kind| (file, kind));
    let media: Vec<(File, MediaKind)> = (0..list.length()).filter_map(|at| list.get(at).and_then(known)).collect();
    if media.is_empty() {
        return false;
    }
    event.prevent_default();
    app.fetch(arrived(app, media));
    true
}

fn transfer(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

fn home_of(app: App, kind: MediaKind) -> Option<FieldId> {
    let model = untrack(|| app.the_model());
    app.draft.with_untracked(|draft| home(model, draft, kind))
}

/// Puts a file where it belongs, or says that it belongs nowhere.
async fn bring(app: App, file: File, kind: MediaKind) {
    let field = home_of(app, kind);
    let held = app.files.hold(file.clone());
    let Some(field) = field else {
        let region = untrack(|| app.target()).map(|target| target.region).unwrap_or_default();
        let gateway = untrack(|| app.the_gateway());
        let elsewhere = elsewhere(gateway, kind, &region).filter(|_| browser::lock() != "model");
        app.files.homeless.set(Some(Homeless { name: file.name(), kind, held, elsewhere }));
        return;
    };
    app.files.homeless.set(None);
    put(app, field, held).await;
}

/// Looks at a file the page holds, then puts it into a field; into a list of references as one more of them.
pub async fn put(app: App, id: FieldId, held: u32) {
    let Some(file) = app.files.held(held) else { return };
    let Some(file) = files::read(&file, held).await else { return };
    let model = untrack(|| app.the_model());
    browser::open_more(id.name());
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
}
