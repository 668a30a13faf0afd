//! Turns a body back into a draft. The inverse of [`create`](super::create), by the same wire paths and shapes; what the
//! fields of a model cannot hold is returned with its path.

use super::bailian;
use super::body::put;
use super::item::Item;
use crate::catalog::{Dialect, Field, FieldId, Kind, MediaKind, MediaRule, Model, Shape, SizeTable};
use crate::checked::Sent;
use crate::draft::{Draft, Media, Reference, Value};
use crate::http::{Json, path};
use crate::media::data_uri;
use std::sync::Arc;

/// The property that names the model, the same in every dialect.
pub const MODEL: &str = "model";

/// What a body says, read for one model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Back {
    /// The values its fields can hold.
    pub draft: Draft,
    /// What they cannot hold, unchanged, by path.
    pub unknown: Vec<(String, Json)>,
}

/// The model that a body names.
pub fn model_of(body: &Json) -> Option<&str> {
    match body.at(MODEL)? {
        Json::Text(name) => Some(name),
        _ => None,
    }
}

/// Reads a body for a model.
pub fn draft_of(model: &Model, dialect: Dialect, body: &Json) -> Back {
    let mut rest = body.clone();
    let mut back = Back::default();
    if model_of(&rest).is_some() {
        rest.take(MODEL);
    }
    for (place, value) in &model.fixed {
        if matches!(rest.at(place), Some(Json::Text(text)) if text == value) {
            rest.take(place);
        }
    }
    if let Some(table) = &model.size
        && let Some(Json::Text(text)) = rest.at(table.at)
        && let Some((tier, ratio)) = read_size(table, text)
    {
        back.draft.set(FieldId::Tier, Value::Text(tier.to_owned()));
        if let Some(ratio) = ratio {
            back.draft.set(FieldId::Ratio, Value::Text(ratio.to_owned()));
        }
        rest.take(table.at);
    }
    for field in model.fields.iter().filter(|field| !field.at.is_empty()) {
        if shape(field) == Shape::Plain {
            read_plain(field, &mut rest, &mut back);
        } else if matches!(rest.at(field.at), Some(Json::List(_))) {
            read_items(model, dialect, field.at, &mut rest, &mut back);
        }
    }
    collect(model, &rest, "", &mut back.unknown);
    back
}

/// Writes one value of a draft into a body, at the path and in the shape of the model's field. Returns whether the
/// model has such a field.
pub fn write(body: &mut Json, model: &Model, dialect: Dialect, id: FieldId, value: &Value) -> bool {
    let Some(field) = model.field(id) else { return false };
    let sent = match (&field.kind, value) {
        (Kind::Integer { .. }, Value::Text(text)) => match text.trim().parse() {
            Ok(number) => Sent::Number(number),
            Err(_) => return false,
        },
        (Kind::Flag, Value::Flag(flag)) => Sent::Flag(*flag),
        (Kind::Text { .. } | Kind::Choice { .. } | Kind::Url, Value::Text(text)) => Sent::Text(text.clone()),
        (Kind::Media { .. }, Value::Media(media)) => Sent::Media(media.clone()),
        (Kind::References { .. }, Value::References(list)) => Sent::References(list.clone()),
        _ => return false,
    };
    if field.at.is_empty() {
        return false;
    }
    put(body, field.at, &field.kind, &sent, dialect);
    true
}

/// A JSON value as the draft value of a field; `None` if the field cannot hold it.
pub fn value_of(field: &Field, json: &Json) -> Option<Value> {
    match (&field.kind, json) {
        (Kind::Text { .. } | Kind::Url | Kind::Integer { .. }, Json::Text(text)) => Some(Value::Text(text.clone())),
        (Kind::Integer { .. }, Json::Number(number)) => Some(Value::Text(number.to_string())),
        (Kind::Integer { .. }, Json::Raw(written)) if written != "null" => Some(Value::Text(written.clone())),
        (Kind::Flag, Json::Flag(flag)) => Some(Value::Flag(*flag)),
        (Kind::Flag, Json::Text(word)) => match &*word.to_ascii_lowercase() {
            "true" => Some(Value::Flag(true)),
            "false" => Some(Value::Flag(false)),
            _ => None,
        },
        (Kind::Choice { options }, Json::Text(word)) => {
            let same = options.iter().find(|option| option.eq_ignore_ascii_case(word));
            Some(Value::Text(same.copied().unwrap_or(word).to_owned()))
        }
        (Kind::Media { .. }, _) => media(json, field.id.name()).map(Value::Media),
        (Kind::References { accepts, .. }, Json::Text(_)) => {
            Some(Value::References(vec![reference(accepts, json, field.id.name())?]))
        }
        _ => None,
    }
}

/// Tier and ratio of a size on the wire, whatever separator is between its numbers; for a bare tier, only the tier.
pub fn read_size(table: &SizeTable, text: &str) -> Option<(&'static str, Option<&'static str>)> {
    let wanted = plain_size(text);
    table.table.iter().find_map(|&(tier, ratios)| {
        if tier.eq_ignore_ascii_case(text.trim()) {
            return Some((tier, None));
        }
        let &(ratio, _) = ratios.iter().find(|(_, wire)| plain_size(wire) == wanted)?;
        Some((tier, Some(ratio)))
    })
}

fn plain_size(text: &str) -> String {
    let sign = |c: char| if matches!(c, '*' | 'x' | 'X' | '×' | '＊') { 'x' } else { c };
    text.chars().filter(|c| !c.is_whitespace()).map(sign).collect()
}

fn shape(field: &Field) -> Shape {
    match &field.kind {
        Kind::Media { shape, .. } | Kind::References { shape, .. } => *shape,
        _ => Shape::Plain,
    }
}

fn read_plain(field: &Field, rest: &mut Json, back: &mut Back) {
    if let (Kind::References { accepts, .. }, Some(Json::List(list))) = (&field.kind, rest.at(field.at)) {
        let mut found = Vec::new();
        for (index, entry) in list.iter().enumerate() {
            match reference(accepts, entry, field.id.name()) {
                Some(reference) => found.push(reference),
                None => back.unknown.push((path::item(field.at, index), entry.clone())),
            }
        }
        back.draft.set(field.id, Value::References(found));
        rest.take(field.at);
        return;
    }
    if let Some(value) = rest.at(field.at).and_then(|json| value_of(field, json)) {
        back.draft.set(field.id, value);
        rest.take(field.at);
    }
}

/// The entries of a list of media: each goes to the field of its role.
fn read_items(model: &Model, dialect: Dialect, at: &str, rest: &mut Json, back: &mut Back) {
    let Some(Json::List(list)) = rest.take(at) else { return };
    let mut references: Vec<Reference> = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        let place = path::item(at, index);
        let item = (dialect.wire().read_item)(entry);
        let taken = item.as_ref().and_then(|item| take_item(model, at, item, &mut references, &mut back.draft));
        let (Some(item), Some(took_voice)) = (item, taken) else {
            back.unknown.push((place, entry.clone()));
            continue;
        };
        for (inner, value) in item.rest {
            back.unknown.push((path::join(&place, &inner), value));
        }
        if let Some(voice) = item.voice.filter(|_| !took_voice) {
            back.unknown.push((path::member(&place, bailian::VOICE), Json::Text(voice.to_owned())));
        }
    }
    if !references.is_empty() {
        back.draft.set(FieldId::References, Value::References(references));
    }
}

/// Stores an entry in its field; returns whether its voice was stored too. `None` if there is no field for it.
fn take_item(
    model: &Model,
    at: &str,
    item: &Item<'_>,
    references: &mut Vec<Reference>,
    draft: &mut Draft,
) -> Option<bool> {
    for field in model.fields.iter().filter(|field| field.at == at) {
        match &field.kind {
            Kind::Media { role, .. } if item.role.is_none_or(|word| word == *role) => {
                if draft.get(field.id).is_some() {
                    return None;
                }
                draft.set(field.id, Value::Media(media(item.link, field.id.name())?));
                return Some(false);
            }
            Kind::References { voices, .. } => {
                let kind = bailian::reference_kind(item.role?);
                if let (Some(kind), Some(media)) = (kind, media(item.link, field.id.name())) {
                    let voice = item.voice.filter(|_| *voices).unwrap_or_default().to_owned();
                    references.push(Reference { media, kind, voice });
                    return Some(*voices);
                }
            }
            _ => {}
        }
    }
    None
}

fn media(json: &Json, name: &str) -> Option<Media> {
    match json {
        Json::File(file) => Some(Media::File(Arc::clone(file))),
        Json::Text(text) if text.trim_start().starts_with("data:") => {
            data_uri::of_uri(text, name).map(|file| Media::File(Arc::new(file)))
        }
        Json::Text(url) => Some(Media::Url(url.clone())),
        _ => None,
    }
}

/// The reference for a bare link or file: of the kind its extension or bytes indicate, else an image if images are
/// accepted.
fn reference(accepts: &[MediaRule], json: &Json, name: &str) -> Option<Reference> {
    let media = media(json, name)?;
    let taken = |kind: MediaKind| accepts.iter().any(|rule| rule.media == kind);
    let format = media.file().map_or_else(|| crate::media::named(media.link()), |file| file.format);
    let named = format.map(crate::media::Format::kind).filter(|kind| taken(*kind));
    let otherwise = if taken(MediaKind::Image) { MediaKind::Image } else { MediaKind::Video };
    Some(Reference { media, kind: named.unwrap_or(otherwise), voice: String::new() })
}

/// What is left of a body: properties as a whole, except for the objects that contain the model's fields.
fn collect(model: &Model, value: &Json, at: &str, unknown: &mut Vec<(String, Json)>) {
    let Json::Object(members) = value else {
        unknown.push((at.to_owned(), value.clone()));
        return;
    };
    let mut places = model.fields.iter().map(|field| field.at);
    let inner = at.is_empty() || places.any(|place| place.strip_prefix(at).is_some_and(|rest| rest.starts_with('.')));
    if !inner {
        unknown.push((at.to_owned(), value.clone()));
        return;
    }
    for (name, member) in members {
        collect(model, member, &path::member(at, name), unknown);
    }
}

/// Completes entries of lists of media that lack a constant property; returns the path and value of each.
pub fn complete_items(model: &Model, dialect: Dialect, body: &mut Json) -> Vec<(String, &'static str)> {
    let mut added = Vec::new();
    for field in model.fields.iter().filter(|field| shape(field) != Shape::Plain) {
        let Some(Json::List(list)) = body.at_mut(field.at) else { continue };
        for (index, entry) in list.iter_mut().enumerate() {
            if let Some((name, value)) = (dialect.wire().complete_item)(entry) {
                added.push((path::member(&path::item(field.at, index), name), value));
            }
        }
    }
    added
}

/// A position at which a body links a medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAt {
    /// The field it belongs to, if the model has one for it.
    pub field: Option<FieldId>,
    /// Its path.
    pub path: String,
}

/// Where a body, as a model accepts it, links media and URLs.
pub fn links(model: &Model, dialect: Dialect, body: &Json) -> Vec<LinkAt> {
    let within = dialect.wire().links;
    let mut found: Vec<LinkAt> = Vec::new();
    for field in model.fields.iter().filter(|field| !field.at.is_empty()) {
        if !matches!(field.kind, Kind::Media { .. } | Kind::References { .. } | Kind::Url) {
            continue;
        }
        let mut add = |path: String| {
            let is_text = matches!(body.at(&path), Some(Json::Text(_)));
            if is_text && !found.iter().any(|known| known.path == path) {
                found.push(LinkAt { field: Some(field.id), path });
            }
        };
        match body.at(field.at) {
            Some(Json::List(list)) if shape(field) == Shape::Plain => {
                (0..list.len()).for_each(|index| add(path::item(field.at, index)));
            }
            Some(Json::List(list)) => {
                let places = |index| within.iter().map(move |name| path::join(&path::item(field.at, index), name));
                (0..list.len()).flat_map(places).for_each(add);
            }
            _ => add(field.at.to_owned()),
        }
    }
    found
}
