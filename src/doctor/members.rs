//! Properties of a body that the model does not accept: names from other models, positions and dialects, and typos.

use super::patient::Patient;
use super::size;
use super::{Effect, Fault};
use crate::catalog::{Capability, Dialect, Endpoint, Field, FieldId, Kind, Model, Shape};
use crate::draft::{Draft, Reference, Value};
use crate::http::{Json, path};
use crate::protocol;
use crate::reading::name::is_near;

/// How many passes are made over a body: a property is moved, then read as what it is there.
const PASSES: usize = 3;

/// Names that other services use for our fields.
const STRANGERS: [(&str, FieldId); 5] = [
    ("aspect_ratio", FieldId::Ratio),
    ("image", FieldId::FirstFrame),
    ("images", FieldId::FirstFrame),
    ("video_length", FieldId::Duration),
    ("webhook_url", FieldId::CallbackUrl),
];

/// Checks every property that the model's fields cannot hold.
pub fn examine(patient: &mut Patient<'_>) {
    constants(patient);
    empties(patient);
    // What was moved to its right position may be of the wrong type there.
    for _ in 0..PASSES {
        if !pass(patient) {
            break;
        }
    }
    for (at, should) in protocol::complete_items(patient.model, patient.dialect(), &mut patient.body) {
        patient.find_at(&at, Fault::Constant { should: should.to_owned() }, Effect::Refused, true);
    }
}

/// Checks all unknown properties once; returns whether there were any.
fn pass(patient: &mut Patient<'_>) -> bool {
    let unknown = protocol::draft_of(patient.model, patient.dialect(), &patient.body).unknown;
    let strange = !unknown.is_empty();
    // List entries are processed from the end, so that the positions of those in front do not change.
    let (entries, members): (Vec<_>, Vec<_>) = unknown.into_iter().partition(|(path, _)| path.ends_with(']'));
    for (path, value) in members {
        member(patient, &path, &value);
    }
    for (path, value) in entries.into_iter().rev() {
        member(patient, &path, &value);
    }
    strange
}

fn constants(patient: &mut Patient<'_>) {
    for (place, should) in &patient.model.fixed {
        if !matches!(patient.body.at(place), Some(Json::Text(text)) if text == should) {
            // AceDataCloud's newer guide omits the action, its reference requires it.
            let given = patient.body.at(place).filter(|value| !is_null(value) && !is_empty(value)).cloned();
            // Its guide and its clients send the other one with reference videos.
            let is_open = given.as_ref().is_none_or(|given| {
                patient.model.capability == Capability::Reference && is_constant(patient, place, given)
            });
            let is_taken = patient.dialect() == Dialect::Acedata && is_open;
            let effect = if is_taken { Effect::Noted } else { Effect::Refused };
            patient.body.put(place, Json::Text((*should).to_owned()));
            patient.find_at(place, Fault::Constant { should: (*should).to_owned() }, effect, true);
        }
    }
}

fn member(patient: &mut Patient<'_>, at: &str, value: &Json) {
    if patient.patience == 0 {
        return patient.find_at("", Fault::UnknownMember, Effect::Refused, false);
    }
    patient.patience -= 1;
    let is_absent = protocol::blank_is_absent(patient.dialect()) && !at.contains(['.', '[']);
    let own = own_field(patient.model, at);
    if is_null(value) {
        // Where there is no prompt, Alibaba's own client sends this, even to a model without a prompt field.
        let fields = patient.gateway.models.iter().filter_map(|model| own_field(model, at));
        let is_prompt = patient.is_own_service() && own.into_iter().chain(fields).any(is_prompt_field);
        let is_idle = (is_absent || is_prompt) && !own.is_some_and(|field| field.required);
        patient.body.take(at);
        patient.find_at(at, Fault::Null, if is_idle { Effect::Noted } else { Effect::Refused }, true);
        return;
    }
    if is_empty(value) && is_absent && own.is_none() {
        patient.body.take(at);
        return patient.find_at(at, Fault::Empty, Effect::Noted, true);
    }
    if let Some(field) = patient.model.fields.iter().find(|field| field.at == at) {
        return other_kind(patient, field, at, value);
    }
    if patient.model.size.as_ref().is_some_and(|table| table.at == at) {
        return size::odd(patient, at, value);
    }
    if patient.is_own_service() && protocol::is_idle(patient.dialect(), at) {
        return patient.find_at(at, Fault::Idle, Effect::Noted, false);
    }
    if is_shared(patient, at, value) {
        return patient.find_at(at, Fault::ForEveryModel, Effect::Noted, false);
    }
    if at.ends_with(']') && is_medium(patient.model, at) {
        return medium(patient, at, value);
    }
    let is_object = matches!(value, Json::Object(_));
    if renamed(patient, at, value)
        || (!is_object && misplaced(patient, at, value))
        || of_another(patient, at, value, true)
    {
        return;
    }
    if let Json::Object(members) = value {
        for (name, inner) in members {
            member(patient, &path::member(at, name), inner);
        }
        return;
    }
    if of_another(patient, at, value, false) || misspelt(patient, at, value) {
        return;
    }
    patient.body.take(at);
    patient.find_at(at, Fault::UnknownMember, Effect::Refused, true);
}

/// Empty strings in optional properties.
fn empties(patient: &mut Patient<'_>) {
    let is_absent = protocol::blank_is_absent(patient.dialect());
    let model = patient.model;
    for field in model.fields.iter().filter(|field| !field.required && is_plain(field)) {
        let is_text = match &field.kind {
            // An empty text is legal in any dialect: it is only a finding where it means absent.
            Kind::Text { .. } => is_absent,
            Kind::Choice { .. } | Kind::Url | Kind::Media { .. } => true,
            Kind::Integer { as_text, .. } => *as_text,
            Kind::Flag | Kind::References { .. } => false,
        };
        if is_text && patient.body.at(field.at).is_some_and(is_empty) {
            patient.body.take(field.at);
            let effect = if is_absent { Effect::Noted } else { Effect::Refused };
            patient.find_at(field.at, Fault::Empty, effect, true);
        }
    }
}

fn is_null(value: &Json) -> bool {
    matches!(value, Json::Raw(written) if written == "null")
}

fn is_empty(value: &Json) -> bool {
    matches!(value, Json::Text(text) if text.is_empty())
}

/// Whether this is a valid value of a property that one of the gateway's documents lists for all its models.
fn is_shared(patient: &Patient<'_>, at: &str, value: &Json) -> bool {
    let fits = |field: &Field| match (&field.kind, value) {
        (Kind::Flag, Json::Flag(_)) => true,
        (Kind::Integer { min, max, .. }, Json::Number(number)) => (min..=max).contains(&number),
        (Kind::Choice { options }, Json::Text(word)) => options.contains(&word.as_str()),
        _ => false,
    };
    let mut fields = patient.gateway.models.iter().filter_map(|model| own_field(model, at));
    protocol::is_shared(patient.dialect(), at) && (fields.any(fits) || is_constant(patient, at, value))
}

/// Whether this is the constant of one of the gateway's models.
fn is_constant(patient: &Patient<'_>, at: &str, value: &Json) -> bool {
    let Json::Text(word) = value else { return false };
    patient.gateway.models.iter().any(|model| model.fixed.get(at).is_some_and(|constant| constant == word))
}

fn is_prompt_field(field: &Field) -> bool {
    field.id == FieldId::Prompt
}

fn own_field<'a>(model: &'a Model, at: &str) -> Option<&'a Field> {
    model.fields.iter().find(|field| field.at == at)
}

/// Whether a path is an entry in one of the model's lists of media.
fn is_medium(model: &Model, at: &str) -> bool {
    model.fields.iter().any(|field| !field.at.is_empty() && at.starts_with(&[field.at, "["].concat()))
}

/// A media list entry that no field of the model takes: identified by its role, if it has one.
fn medium(patient: &mut Patient<'_>, at: &str, entry: &Json) {
    if let Some(item) = as_item(patient, at, entry) {
        if let Some(value) = patient.body.at_mut(at) {
            *value = item;
        }
        return patient.find_at(at, Fault::OtherKind, Effect::Refused, true);
    }
    let Json::Object(members) = entry else {
        patient.body.take(at);
        return patient.find_at(at, Fault::NoMedium, Effect::Refused, true);
    };
    let own: Vec<(FieldId, &str)> = roles(patient.model).collect();
    for (name, value) in members {
        let Json::Text(word) = value else { continue };
        if own.iter().any(|(_, role)| role == word) {
            // The second one with its role. One endpoint ignores it, the others reject it.
            let ignored = patient.dialect() == Dialect::Unified;
            patient.body.take(at);
            return patient.find_at(at, Fault::NoMedium, if ignored { Effect::Astray } else { Effect::Refused }, true);
        }
        let mut others = patient.catalog.gateways.iter().flat_map(|gateway| gateway.models).flat_map(roles);
        if let Some((field, _)) = others.find(|(_, role)| role == word) {
            patient.body.take(at);
            return patient.find_at(at, Fault::NotOfThisModel { field }, Effect::Refused, true);
        }
        if let Some((_, role)) = own.iter().find(|(_, role)| is_near(word, role)) {
            let place = path::member(at, name);
            let fault = Fault::Letters { should: (*role).to_owned() };
            if let Some(value) = patient.body.at_mut(&place) {
                *value = Json::Text((*role).to_owned());
            }
            return patient.find_at(&place, fault, Effect::Refused, true);
        }
    }
    patient.body.take(at);
    patient.find_at(at, Fault::NoMedium, Effect::Refused, true);
}

/// A bare link in a list of media, as the entry it was meant as: its ending tells what it is.
fn as_item(patient: &Patient<'_>, at: &str, entry: &Json) -> Option<Json> {
    let Json::Text(link) = entry else { return None };
    if !matches!(patient.dialect(), Dialect::Bailian | Dialect::Acedata) || !link.contains("://") {
        return None;
    }
    let bare = link.split(['?', '#']).next().unwrap_or(link).to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| bare.ends_with(ending));
    let wanted = if ends(&[".mp4", ".mov"]) {
        FieldId::FirstClip
    } else if ends(&[".mp3", ".wav"]) {
        FieldId::Audio
    } else {
        FieldId::FirstFrame
    };
    let is_here = |field: &&Field| at.starts_with(&[field.at, "["].concat());
    let field = patient.model.field(wanted).filter(is_here).filter(|_| patient.draft().filled(wanted).is_none())?;
    let Kind::Media { role, .. } = &field.kind else { return None };
    let mut item = Json::object();
    item.put("type", Json::Text((*role).to_owned()));
    item.put("url", entry.clone());
    (!role.is_empty()).then_some(item)
}

/// The roles that a model knows.
fn roles(model: &Model) -> impl Iterator<Item = (FieldId, &'static str)> {
    model.fields.iter().filter_map(|field| match &field.kind {
        Kind::Media { role, .. } if !role.is_empty() => Some((field.id, *role)),
        _ => None,
    })
}

/// A value of a type that the field cannot hold. If its meaning is clear, it is replaced.
fn other_kind(patient: &mut Patient<'_>, field: &Field, at: &str, value: &Json) {
    let (fault, better) = match (&field.kind, value) {
        (Kind::Text { .. } | Kind::Choice { .. }, Json::Number(number)) => {
            (Fault::NumberForText, Some(Json::Text(number.to_string())))
        }
        (Kind::Flag, Json::Number(number @ 0..=1)) => (Fault::NoFlag, Some(Json::Flag(*number == 1))),
        (Kind::Flag, Json::Text(word)) => {
            let flag = match &*word.trim().to_ascii_lowercase() {
                "yes" | "on" | "1" | "enable" => Some(true),
                "no" | "off" | "0" | "disable" => Some(false),
                _ => None,
            };
            (Fault::NoFlag, flag.map(Json::Flag))
        }
        (Kind::Flag, _) => (Fault::NoFlag, None),
        // A one-entry list, or a link wrapped in an object, as other services write it.
        (Kind::Media { .. } | Kind::Text { .. } | Kind::Url, Json::List(list)) => {
            (Fault::OtherKind, list.first().cloned())
        }
        (Kind::Media { .. }, Json::Object(members)) => {
            let text = members.iter().find(|(_, value)| matches!(value, Json::Text(text) if text.contains("://")));
            (Fault::OtherKind, text.map(|(_, value)| value.clone()))
        }
        _ => (Fault::OtherKind, None),
    };
    let better = better.filter(|json| is_plain(field) && protocol::value_of(field, json).is_some());
    // A list of media was given as another type: its shape may still show what is in it.
    if better.is_none() && !is_plain(field) && of_another(patient, at, value, true) {
        return;
    }
    let mended = better.is_some();
    match better {
        Some(json) => patient.body.put(at, json),
        None => drop(patient.body.take(at)),
    }
    // For example a number that is not a boolean: removing it would apply the default, which nobody asked for.
    patient.find_at(at, fault, Effect::Refused, mended);
}

fn is_plain(field: &Field) -> bool {
    match &field.kind {
        Kind::Media { shape, .. } | Kind::References { shape, .. } => *shape == Shape::Plain,
        _ => true,
    }
}

/// An older name in the same dialect.
fn renamed(patient: &mut Patient<'_>, at: &str, value: &Json) -> bool {
    let Some(should) = protocol::renamed(patient.dialect(), at) else { return false };
    if own_field(patient.model, should).is_none() {
        return false;
    }
    // If both names are used, there is one list too many.
    let effect = if patient.body.at(should).is_none() { Effect::Noted } else { Effect::Refused };
    patient.relocate(at, should, value);
    patient.find_at(at, Fault::OlderName { should: should.to_owned() }, effect, true);
    true
}

/// The right name in the wrong object.
fn misplaced(patient: &mut Patient<'_>, at: &str, value: &Json) -> bool {
    let name = path::last_name(at);
    let table = patient.model.size.as_ref().map(|table| table.at);
    let places = patient.model.fields.iter().map(|field| field.at).chain(table);
    let fixed = patient.model.fixed.keys();
    let found = places.chain(fixed).find(|place| !place.is_empty() && path::last_name(place) == name);
    let Some(should) = found.map(str::to_owned).filter(|_| !at.ends_with(']')) else { return false };
    patient.relocate(at, &should, value);
    patient.find_at(at, Fault::Misplaced { should }, Effect::Refused, true);
    true
}

/// A name that is almost one of the model's names.
fn misspelt(patient: &mut Patient<'_>, at: &str, value: &Json) -> bool {
    if at.ends_with(']') {
        return false;
    }
    let name = path::last_name(at);
    let table = patient.model.size.as_ref().map(|table| table.at);
    let places = patient.model.fields.iter().map(|field| field.at).chain(table);
    let found = places.filter(|place| !place.is_empty()).find(|place| is_near(&name, &path::last_name(place)));
    let Some(should) = found.map(str::to_owned) else { return false };
    patient.relocate(at, &should, value);
    patient.find_at(at, Fault::Misspelt { should }, Effect::Refused, true);
    true
}

/// A field of another model: by its exact position, or by its name in any position.
fn of_another(patient: &mut Patient<'_>, at: &str, value: &Json, exact: bool) -> bool {
    let name = path::last_name(at);
    let mut models: Vec<(&Model, &Endpoint)> = Vec::new();
    let own = patient.gateway.id;
    for gateway in patient.catalog.gateways {
        for model in gateway.models {
            let Some(endpoint) = gateway.endpoint(model) else { continue };
            let near = gateway.id == own && endpoint.dialect == patient.dialect();
            if near { models.insert(0, (model, endpoint)) } else { models.push((model, endpoint)) }
        }
    }
    for (model, endpoint) in models {
        let fields = model.fields.iter().filter(|field| !field.at.is_empty());
        let table = model.size.as_ref().map(|table| (table.at, true));
        let mut places = fields.map(|field| (field.at, is_plain(field))).chain(table);
        let is_it = |place: &str, plain: bool| {
            // A list of media may be in an object of its own.
            let below = || !plain && place.strip_prefix(at).is_some_and(|rest| rest.starts_with('.'));
            if exact { place == at || below() } else { path::last_name(place) == name }
        };
        let Some((place, _)) = places.find(|(place, plain)| is_it(place, *plain)) else { continue };
        let mut alone = Json::object();
        alone.add(if exact { at } else { place }, value.clone());
        let back = protocol::draft_of(model, endpoint.dialect, &alone);
        // A meaning that leaves a remainder is not accepted.
        if back.draft.filled_fields().next().is_none() || !back.unknown.is_empty() {
            continue;
        }
        move_over(patient, at, &back.draft);
        return true;
    }
    let stranger = STRANGERS.iter().find(|(word, _)| !exact && is_near(&name, word));
    let (Some((_, id)), Json::Text(_) | Json::Number(_)) = (stranger, value) else { return false };
    let Some(field) = patient.model.field(*id) else { return false };
    let Some(wish) = protocol::value_of(field, value) else { return false };
    let mut draft = Draft::default();
    draft.set(*id, wish);
    move_over(patient, at, &draft);
    true
}

/// Writes the values of a property where this model has them.
fn move_over(patient: &mut Patient<'_>, at: &str, wishes: &Draft) {
    let has_size = patient.model.size.is_some();
    let is_size = wishes.filled(FieldId::Tier).is_some() || (has_size && wishes.filled(FieldId::Ratio).is_some());
    if is_size && (has_size || patient.model.field(FieldId::Tier).is_some()) {
        patient.body.take(at);
        let now = patient.draft();
        return size::resize(patient, at, &now, wishes);
    }
    // If only the name changes, the position among the other properties is kept.
    let target = wishes.filled_fields().next().and_then(|(id, value)| counterpart(patient.model, id, value));
    let place = target.and_then(|(id, _)| patient.place(id)).unwrap_or_default();
    let renamed = !place.is_empty() && patient.body.at(&place).is_none() && patient.rename(at, &place);
    if !renamed {
        patient.body.take(at);
    }
    let mut now = patient.draft();
    if renamed && let Some((id, _)) = wishes.filled_fields().next() {
        now.clear(id);
        if let Some((id, _)) = counterpart(patient.model, id, &Value::Flag(true)) {
            now.clear(id);
        }
    }
    let mut reported = false;
    for (id, value) in wishes.filled_fields() {
        let Some((target, value)) = counterpart(patient.model, id, value) else {
            patient.find_at(at, Fault::NotOfThisModel { field: id }, Effect::Refused, true);
            reported = true;
            continue;
        };
        let should = patient.place(target).unwrap_or_default();
        let mended = now.filled(target).is_some() || patient.write(target, &value);
        patient.find_at(at, Fault::NameOfAnother { field: target, should }, Effect::Refused, mended);
        reported = true;
    }
    if !reported {
        patient.find_at(at, Fault::UnknownMember, Effect::Refused, true);
    }
}

/// The equivalent field here: the image a video is made from is a first frame, a portrait or a reference.
fn counterpart(model: &Model, id: FieldId, value: &Value) -> Option<(FieldId, Value)> {
    if model.field(id).is_some() {
        return Some((id, value.clone()));
    }
    let kin = match id {
        FieldId::FirstFrame => FieldId::Portrait,
        FieldId::Portrait => FieldId::FirstFrame,
        FieldId::References => {
            let Value::References(list) = value else { return None };
            let [Reference { media, kind: crate::catalog::MediaKind::Image, .. }] = &list[..] else { return None };
            return model.field(FieldId::FirstFrame).map(|_| (FieldId::FirstFrame, Value::Media(media.clone())));
        }
        _ => return None,
    };
    model.field(kin).map(|_| (kin, value.clone()))
}
