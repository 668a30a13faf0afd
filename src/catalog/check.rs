//! Rules a catalog file must keep beyond its shape: a fault names the place and what is wrong.

use super::{Basis, FieldId, Gateway, Kind, Model, Safer, Sound};

/// A broken rule: where, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `gateway/model/field`.
    pub place: String,
    /// What is wrong, in plain words.
    pub what: String,
}

/// Every broken rule of a gateway's data.
pub fn faults(gateway: &Gateway) -> Vec<Fault> {
    let mut found = Faults { list: Vec::new() };
    let place = gateway.id.as_str();
    found.unless(!gateway.bases.is_empty(), place, "a gateway needs a base");
    found.unless(gateway.sources.contains_key(&gateway.document), place, "`document` names no source");
    for base in &gateway.bases {
        let bare = !base.url.ends_with('/') && base.url.starts_with("https://");
        found.unless(bare, place, "a base is https and has no trailing slash");
    }
    for (index, model) in gateway.models.iter().enumerate() {
        let place = format!("{place}/{}", model.id);
        let first = gateway.models.iter().position(|other| other.id == model.id);
        found.unless(first == Some(index), &place, "the model id stands twice");
        check_model(gateway, model, &place, &mut found);
    }
    found.list
}

struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    fn unless(&mut self, holds: bool, place: &str, what: &str) {
        if !holds {
            self.list.push(Fault { place: place.to_owned(), what: what.to_owned() });
        }
    }
}

fn check_model(gateway: &Gateway, model: &Model, place: &str, found: &mut Faults) {
    found.unless(gateway.endpoints.contains_key(&model.endpoint), place, "the endpoint is not in the table");
    found.unless(gateway.sources.contains_key(&model.source), place, "`source` names no source");
    check_price(gateway, model, place, found);
    if model.sound == Sound::Field {
        found.unless(model.field(FieldId::Sound).is_some(), place, "sound is by field, but there is no such field");
    }
    if let Some(size) = &model.size {
        for (tier, ratios) in &size.table {
            found.unless(offers(model, FieldId::Tier, tier), place, "a tier of the size table cannot be chosen");
            for (ratio, _) in ratios {
                found.unless(offers(model, FieldId::Ratio, ratio), place, "a ratio of the size table cannot be chosen");
            }
        }
    }
    for id in model.media_sets.iter().flatten() {
        found.unless(model.field(*id).is_some(), place, "a media set names a field the model lacks");
    }
    for (index, field) in model.fields.iter().enumerate() {
        let place = format!("{place}/{}", field.id.name());
        let first = model.fields.iter().position(|other| other.id == field.id);
        found.unless(first == Some(index), &place, "the field stands twice");
        let by_table = model.size.is_some() && matches!(field.id, FieldId::Tier | FieldId::Ratio);
        found.unless(by_table == field.at.is_empty(), &place, "a field needs a wire place, or a size table has it");
        if let Some(condition) = &field.when {
            let target = model.field(condition.field);
            found.unless(target.is_some(), &place, "it depends on a field the model lacks");
            found.unless(!field.required, &place, "a required field must always be reachable");
            found.unless(target.is_none_or(|t| t.when.is_none()), &place, "conditions do not chain");
        }
        if let (Kind::Choice { options }, Some(default)) = (&field.kind, &field.default) {
            let known = matches!(default, super::Choice::Word(word) if options.contains(word));
            found.unless(known, &place, "the default is not among the options");
        }
        if let Kind::Integer { min, max, one_of, .. } = &field.kind {
            found.unless(min <= max && one_of.iter().all(|n| min <= n && n <= max), &place, "the range is broken");
        }
        for advice in &field.advice {
            check_advice(gateway, model, advice, &place, found);
        }
    }
    for advice in &model.advice {
        check_advice(gateway, model, advice, place, found);
    }
}

fn check_advice(gateway: &Gateway, model: &Model, advice: &super::Advice, place: &str, found: &mut Faults) {
    found.unless(gateway.sources.contains_key(&advice.source), place, "an advice names no source");
    match &advice.safer {
        Some(Safer::Model(id)) => {
            found.unless(gateway.model(id).is_some(), place, "the safer model does not exist");
        }
        Some(Safer::Set(id, _)) => {
            found.unless(model.field(*id).is_some(), place, "the safer choice sets a field the model lacks");
        }
        None => {}
    }
}

fn check_price(gateway: &Gateway, model: &Model, place: &str, found: &mut Faults) {
    let price = &model.price;
    let unpublished = price.basis == Basis::Unpublished;
    found.unless(unpublished == price.rates.is_empty(), place, "a price has rates, or says `unpublished`");
    for (region, rates) in &price.rates {
        found.unless(gateway.sources.contains_key(&rates.source), place, "a price names no source");
        found.unless(gateway.bases.iter().any(|base| &base.region == region), place, "no base has the price's region");
        let figures = rates.per_second.values().chain(rates.silent.values());
        for figure in figures {
            found.unless(crate::money::Money::parse(figure).is_some(), place, "a price is no decimal number");
        }
        let Some(Kind::Choice { options }) = model.field(FieldId::Tier).map(|field| &field.kind) else {
            found.unless(false, place, "a model needs a choice of tier");
            continue;
        };
        if gateway.bases.first().is_some_and(|base| &base.region == region) {
            let priced = options.iter().all(|tier| rates.per_second.contains_key(tier));
            found.unless(priced, place, "a tier has no price in the first region");
        }
    }
}

fn offers(model: &Model, id: FieldId, word: &str) -> bool {
    match model.field(id).map(|field| &field.kind) {
        Some(Kind::Choice { options }) => options.iter().any(|option| option == word),
        _ => false,
    }
}
