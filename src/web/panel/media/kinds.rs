//! The kinds of a list of references, and how a prompt names its entries.

use crate::catalog::{FieldId, Kind, MediaKind, MediaRule, Model};
use crate::draft::{Draft, Media, Reference, Value};
use crate::web::state::App;
use crate::words::form;
use leptos::prelude::*;

/// The references of a draft.
pub fn listed(draft: &Draft, id: FieldId) -> Vec<Reference> {
    match draft.get(id) {
        Some(Value::References(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// An entry with nothing in it.
pub fn blank(accepts: &[MediaRule]) -> Reference {
    Reference { media: Media::Url(String::new()), kind: first_kind(accepts), voice: String::new() }
}

/// Puts a medium into an entry, which becomes of its kind where that is taken.
pub fn put_into(entry: &mut Reference, media: Media, accepts: &[MediaRule]) {
    let named = || crate::media::named(media.link()).map(crate::media::Format::kind);
    let kind = media
        .file()
        .map_or_else(named, |file| file.kind())
        .filter(|kind| accepts.iter().any(|rule| rule.media == *kind));
    entry.kind = kind.unwrap_or(entry.kind);
    entry.media = media;
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
