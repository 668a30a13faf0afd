//! The rules of one model: its fields, what they depend on, and where they go on the wire.

use super::super::fault::Rule;
use super::super::{
    Advice, Choice, Condition, Field, FieldId, Gateway, Kind, Length, MediaCheck, MediaKind, Model, Safer, Shape, Sound,
};
use super::faults::Faults;
use super::path::is_path;
use super::price;
use crate::money::Money;

/// Properties of the body that the protocols write themselves, and those with a special meaning to a program.
const TAKEN_PLACES: [&str; 4] = ["model", "__proto__", "constructor", "prototype"];
/// Maximum characters of what a model is for: it is shown on one line of a list.
const LONGEST_ABOUT: usize = 60;
/// Maximum depth of a wire path.
const DEEPEST: usize = 5;

pub(super) fn check(gateway: &Gateway, model: &Model, place: &str, found: &mut Faults) {
    let at = |member: &str| [place, member].concat();
    found.unless(is_model_id(model.id), &at("/id"), Rule::BadModelId);
    let endpoint = gateway.endpoints.contains_key(model.endpoint);
    found.known(endpoint, &at("/endpoint"), Rule::UnknownEndpoint, model.endpoint);
    let source = gateway.sources.contains_key(model.source);
    found.known(source, &at("/source"), Rule::UnknownSource, model.source);
    if let Some(about) = &model.about {
        for (member, text) in [("/about/en", about.en), ("/about/zh", about.zh)] {
            found.unless(!text.trim().is_empty(), &at(member), Rule::Empty);
            let fits = text.chars().count() <= LONGEST_ABOUT;
            found.known(fits, &at(member), Rule::TooWide, &LONGEST_ABOUT.to_string());
        }
    }
    for (index, region) in model.regions.iter().enumerate() {
        let known = gateway.bases.iter().any(|base| base.region == *region);
        found.known(known, &[&at("/regions/"), &*index.to_string()].concat(), Rule::UnknownRegion, region);
    }
    price::check(gateway, model, &at("/price"), found);
    if model.sound == Sound::Field {
        found.known(model.field(FieldId::Sound).is_some(), &at("/sound"), Rule::LacksField, "sound");
    }
    let (length, needed) = match model.length {
        Length::Field => ("duration", FieldId::Duration),
        Length::Audio => ("audio", FieldId::Audio),
    };
    // A model without a choice of length makes a fixed length, which its gateway decides.
    let has_length = model.length == Length::Field || model.field(needed).is_some();
    found.known(has_length, &at("/length"), Rule::LacksField, length);
    check_sizes(model, &at("/size"), found);
    for (index, set) in model.media_sets.iter().enumerate() {
        for id in *set {
            let place = [&at("/media_sets/"), &*index.to_string()].concat();
            found.known(model.field(*id).is_some(), &place, Rule::LacksField, id.name());
        }
    }
    found.unless(!model.fields.is_empty(), &at("/fields"), Rule::Empty);
    for (index, field) in model.fields.iter().enumerate() {
        check_field(gateway, model, index, field, &[&at("/fields/"), &*index.to_string()].concat(), found);
    }
    check_places(model, place, found);
    for (index, advice) in model.advice.iter().enumerate() {
        check_advice(gateway, model, advice, &[&at("/advice/"), &*index.to_string()].concat(), found);
    }
}

fn is_model_id(id: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"._:/+-@".contains(&byte);
    let mut parts = id.split('@');
    let named = parts.next().is_some_and(|name| !name.is_empty()) && parts.next().is_none_or(|way| !way.is_empty());
    (1..=100).contains(&id.len()) && id.bytes().all(legal) && named && parts.next().is_none()
}

fn check_sizes(model: &Model, place: &str, found: &mut Faults) {
    let Some(size) = &model.size else { return };
    let table = [place, "/table"].concat();
    found.unless(!size.table.is_empty(), &table, Rule::Empty);
    for (index, (tier, ratios)) in size.table.iter().enumerate() {
        let place = [&table, "/", &*index.to_string()].concat();
        let first = size.table.iter().position(|(other, _)| other == tier);
        found.known(first == Some(index), &place, Rule::OptionTwice, tier);
        found.known(offers(model, FieldId::Tier, tier), &[&place, "/0"].concat(), Rule::NotOffered, tier);
        found.unless(!ratios.is_empty(), &[&place, "/1"].concat(), Rule::Empty);
        for (index, (ratio, pixels)) in ratios.iter().enumerate() {
            let place = [&place, "/1/", &*index.to_string()].concat();
            let first = ratios.iter().position(|(other, _)| other == ratio);
            found.known(first == Some(index), &place, Rule::OptionTwice, ratio);
            found.known(offers(model, FieldId::Ratio, ratio), &place, Rule::NotOffered, ratio);
            found.unless(is_size(pixels), &[&place, "/1"].concat(), Rule::BadSize);
        }
    }
}

fn is_size(text: &str) -> bool {
    let side = |part: &str| {
        (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()) && !part.starts_with('0')
    };
    text.split_once(['*', 'x']).is_some_and(|(width, height)| side(width) && side(height))
}

fn offers(model: &Model, id: FieldId, word: &str) -> bool {
    match model.field(id).map(|field| &field.kind) {
        Some(Kind::Choice { options }) => options.contains(&word),
        _ => false,
    }
}

fn check_field(gateway: &Gateway, model: &Model, index: usize, field: &Field, place: &str, found: &mut Faults) {
    let at = |member: &str| [place, member].concat();
    let first = model.fields.iter().position(|other| other.id == field.id);
    found.known(first == Some(index), &at("/id"), Rule::FieldTwice, field.id.name());
    found.known(fits(field.id, &field.kind), &at("/kind/type"), Rule::KindMisfit, field.id.name());
    let by_table = model.size.is_some() && matches!(field.id, FieldId::Tier | FieldId::Ratio);
    found.unless(by_table || !field.at.is_empty(), place, Rule::NoPlace);
    found.unless(!by_table || field.at.is_empty(), &at("/at"), Rule::TwoPlaces);
    check_kind(gateway, &field.kind, &at("/kind"), found);
    if let Some(default) = &field.default {
        found.unless(takes(&field.kind, default), &at("/default"), Rule::BadDefault);
    }
    if let Some(condition) = &field.when {
        check_condition(model, field, condition, &at("/when"), found);
    }
    for (index, advice) in field.advice.iter().enumerate() {
        check_advice(gateway, model, advice, &[&at("/advice/"), &*index.to_string()].concat(), found);
    }
    if let Some(check) = &field.check {
        found.known(is_media(&field.kind, MediaKind::Image), &at("/check"), Rule::KindMisfit, field.id.name());
        check_media_check(gateway, check, &at("/check"), found);
    }
}

/// Whether a field may be of this kind: the form, the price and the protocols rely on it.
fn fits(id: FieldId, kind: &Kind) -> bool {
    match id {
        FieldId::Prompt | FieldId::NegativePrompt | FieldId::Template => matches!(kind, Kind::Text { .. }),
        FieldId::FirstFrame | FieldId::LastFrame | FieldId::Portrait => is_media(kind, MediaKind::Image),
        FieldId::FirstClip | FieldId::SourceVideo => is_media(kind, MediaKind::Video),
        FieldId::Audio => is_media(kind, MediaKind::Audio),
        FieldId::References => matches!(kind, Kind::References { .. }),
        FieldId::Tier | FieldId::Ratio | FieldId::ShotType | FieldId::AudioSetting => {
            matches!(kind, Kind::Choice { .. })
        }
        FieldId::Duration | FieldId::Seed => matches!(kind, Kind::Integer { .. }),
        FieldId::Sound | FieldId::PromptExtend | FieldId::CheckImage | FieldId::Watermark | FieldId::Async => {
            matches!(kind, Kind::Flag)
        }
        FieldId::CallbackUrl => matches!(kind, Kind::Url),
    }
}

fn check_media_check(gateway: &Gateway, check: &MediaCheck, place: &str, found: &mut Faults) {
    let at = |member: &str| [place, member].concat();
    found.unless(is_path(check.path), &at("/path"), Rule::BadPath);
    found.unless(is_model_id(check.model), &at("/model"), Rule::BadModelId);
    found.unless(price::is_currency(check.currency), &at("/currency"), Rule::BadCurrency);
    found.unless(Money::parse(check.price).is_some(), &at("/price"), Rule::BadPrice);
    found.unless(!check.regions.is_empty(), &at("/regions"), Rule::Empty);
    for (index, region) in check.regions.iter().enumerate() {
        let known = gateway.bases.iter().any(|base| base.region == *region);
        found.known(known, &[&at("/regions/"), &*index.to_string()].concat(), Rule::UnknownRegion, region);
    }
    let source = gateway.sources.contains_key(check.source);
    found.known(source, &at("/source"), Rule::UnknownSource, check.source);
}

fn is_media(kind: &Kind, media: MediaKind) -> bool {
    matches!(kind, Kind::Media { rule, .. } if rule.media == media)
}

fn check_kind(gateway: &Gateway, kind: &Kind, place: &str, found: &mut Faults) {
    match kind {
        Kind::Integer { min, max, one_of, auto, max_with_video, .. } => {
            let within = |number: &i64| min <= number && number <= max;
            let legal = min <= max && one_of.iter().all(within) && max_with_video.iter().all(within);
            found.unless(legal && !auto.iter().any(within), place, Rule::BadRange);
        }
        Kind::Choice { options } => {
            let place = [place, "/options"].concat();
            found.unless(!options.is_empty(), &place, Rule::Empty);
            for (index, option) in options.iter().enumerate() {
                let place = [&place, "/", &*index.to_string()].concat();
                found.unless(!option.trim().is_empty(), &place, Rule::Empty);
                let first = options.iter().position(|other| other == option);
                found.known(first == Some(index), &place, Rule::OptionTwice, option);
            }
        }
        Kind::Media { rule, .. } => check_rule(gateway, rule, place, found),
        Kind::References { accepts, .. } => {
            found.unless(!accepts.is_empty(), &[place, "/accepts"].concat(), Rule::Empty);
            for rule in *accepts {
                check_rule(gateway, rule, place, found);
            }
        }
        Kind::Text { .. } | Kind::Flag | Kind::Url => {}
    }
}

fn check_rule(gateway: &Gateway, rule: &super::super::MediaRule, place: &str, found: &mut Faults) {
    // Zero means that no limit is given.
    let agree = |least: u32, most: u32| most == 0 || least <= most;
    let limits = agree(rule.min_side, rule.max_side) && agree(rule.min_seconds, rule.max_seconds);
    found.unless(limits, place, Rule::BadRange);
    let plain = |ending: &str| ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    found.unless(rule.formats.iter().all(|ending| !ending.is_empty() && plain(ending)), place, Rule::BadId);
    let has_place = !rule.upload || gateway.upload_for(rule).is_some();
    found.unless(has_place, place, Rule::NoUpload);
}

/// Whether a kind accepts a value.
fn takes(kind: &Kind, value: &Choice) -> bool {
    match (kind, value) {
        (Kind::Integer { min, max, one_of, auto, .. }, Choice::Number(number)) => {
            let legal = min <= number && number <= max && (one_of.is_empty() || one_of.contains(number));
            legal || auto.as_ref() == Some(number)
        }
        (Kind::Choice { options }, Choice::Word(word)) => options.contains(word),
        (Kind::Flag, Choice::Flag(_)) | (Kind::Text { .. }, Choice::Word(_)) => true,
        _ => false,
    }
}

fn check_condition(model: &Model, field: &Field, condition: &Condition, place: &str, found: &mut Faults) {
    let at = [place, "/field"].concat();
    found.unless(!field.required, place, Rule::RequiredCondition);
    if condition.field == field.id {
        return found.unless(false, &at, Rule::OwnCondition);
    }
    let Some(target) = model.field(condition.field) else {
        return found.known(false, &at, Rule::LacksField, condition.field.name());
    };
    found.known(takes(&target.kind, &condition.is), &[place, "/is"].concat(), Rule::NeverTrue, target.id.name());
    if target.when.is_none() {
        return;
    }
    match circle(model, field) {
        Some(names) => found.known(false, &at, Rule::Cycle, &names),
        None => found.unless(false, &at, Rule::Chain),
    }
}

/// The path from a field along its conditions back to itself.
fn circle(model: &Model, start: &Field) -> Option<String> {
    let mut names = vec![start.id.name()];
    let mut field = start;
    for _ in 0..model.fields.len() {
        field = model.field(field.when.as_ref()?.field)?;
        names.push(field.id.name());
        if field.id == start.id {
            return Some(names.join(" → "));
        }
    }
    None
}

fn check_advice(gateway: &Gateway, model: &Model, advice: &Advice, place: &str, found: &mut Faults) {
    let known = gateway.sources.contains_key(advice.source);
    found.known(known, &[place, "/source"].concat(), Rule::UnknownSource, advice.source);
    let place = [place, "/safer"].concat();
    match &advice.safer {
        Some(Safer::Model(id)) => found.known(gateway.model(id).is_some(), &place, Rule::UnknownModel, id),
        Some(Safer::Set(id, choice)) => match model.field(*id) {
            Some(field) => found.known(takes(&field.kind, choice), &place, Rule::NeverTrue, id.name()),
            None => found.known(false, &place, Rule::LacksField, id.name()),
        },
        None => {}
    }
}

/// What is written to a position in the body, and whether several may share it, as entries of a list do.
struct Written<'a> {
    at: &'a str,
    entry: bool,
    stands: String,
}

fn check_places(model: &Model, place: &str, found: &mut Faults) {
    let mut all: Vec<Written<'_>> = Vec::new();
    for (at, _) in &model.fixed {
        all.push(Written { at, entry: false, stands: [place, "/fixed/", &super::super::lines::step(at)].concat() });
    }
    if let Some(size) = &model.size {
        all.push(Written { at: size.at, entry: false, stands: [place, "/size/at"].concat() });
    }
    for (index, field) in model.fields.iter().enumerate().filter(|(_, field)| !field.at.is_empty()) {
        let shape = match &field.kind {
            Kind::Media { shape, .. } | Kind::References { shape, .. } => *shape,
            _ => Shape::Plain,
        };
        let stands = [place, "/fields/", &index.to_string(), "/at"].concat();
        all.push(Written { at: field.at, entry: shape != Shape::Plain, stands });
    }
    for (index, one) in all.iter().enumerate() {
        found.unless(is_place(one.at), &one.stands, Rule::BadPlace);
        let first = one.at.split('.').next().unwrap_or_default();
        let of_page = TAKEN_PLACES.contains(&first) || one.at.split('.').any(|name| TAKEN_PLACES[1..].contains(&name));
        found.known(!of_page, &one.stands, Rule::PlaceTaken, one.at);
        let clash = all[..index].iter().find(|other| overlaps(one, other));
        found.known(clash.is_none(), &one.stands, Rule::PlaceTaken, one.at);
    }
}

/// Whether one would overwrite the other: the same path, or one within the other.
fn overlaps(one: &Written<'_>, other: &Written<'_>) -> bool {
    let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    (one.at == other.at && !(one.entry && other.entry)) || within(one.at, other.at) || within(other.at, one.at)
}

fn is_place(at: &str) -> bool {
    let name = |name: &str| {
        (1..=60).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    at.split('.').count() <= DEEPEST && at.split('.').all(name)
}
