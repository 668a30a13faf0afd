//! Values of the right field in the wrong type: `"5"` for 5, `"true"` for true, `720P` for 1280*720.

use super::patient::Patient;
use super::{Effect, Fault};
use crate::catalog::{Dialect, FieldId, Kind};
use crate::http::Json;
use crate::protocol;

/// Checks the type of every value that a field of the model holds.
pub fn examine(patient: &mut Patient<'_>) {
    size(patient);
    let model = patient.model;
    for field in model.fields.iter().filter(|field| !field.at.is_empty()) {
        let Some(value) = patient.body.at(field.at).cloned() else { continue };
        let at = field.at;
        match (&field.kind, &value) {
            (Kind::Integer { as_text: false, .. }, Json::Text(text)) => {
                let number = whole(text);
                mend(patient, at, number.map(Json::Number), Fault::TextForNumber, Effect::Refused);
            }
            (Kind::Integer { as_text, .. }, Json::Raw(written)) => {
                let number = whole(written);
                let number = number.map(|n| if *as_text { Json::Text(n.to_string()) } else { Json::Number(n) });
                mend(patient, at, number, Fault::FractionForNumber, Effect::Refused);
            }
            (Kind::Integer { as_text: true, .. }, Json::Number(number)) => {
                let text = Json::Text(number.to_string());
                // The unified endpoint's own general page uses a number too.
                let tolerated = patient.dialect() == Dialect::Unified;
                let effect = if tolerated { Effect::Noted } else { Effect::Refused };
                mend(patient, at, Some(text), Fault::NumberForText, effect);
            }
            (Kind::Integer { as_text: true, .. }, Json::Text(text)) => {
                let should = whole(text).map(|number| number.to_string()).filter(|should| should != text);
                if let Some(should) = should {
                    let fault = Fault::Letters { should: should.clone() };
                    mend(patient, at, Some(Json::Text(should)), fault, Effect::Refused);
                }
            }
            (Kind::Flag, Json::Text(word)) => {
                let flag = Json::Flag(word.eq_ignore_ascii_case("true"));
                mend(patient, at, Some(flag), Fault::NoFlag, Effect::Refused);
            }
            (Kind::Choice { options }, Json::Text(word)) => {
                let same = options.iter().find(|option| option.eq_ignore_ascii_case(word) && *option != word);
                if let Some(should) = same {
                    // One gateway's own client writes its tiers in lower case.
                    let tolerated = patient.dialect() == Dialect::Acedata && field.id == FieldId::Tier;
                    let effect = if tolerated { Effect::Noted } else { Effect::Refused };
                    let fault = Fault::Letters { should: (*should).to_owned() };
                    mend(patient, at, Some(Json::Text((*should).to_owned())), fault, effect);
                } else if field.id == FieldId::Tier && !options.contains(&word.as_str()) {
                    tier(patient, at, word);
                }
            }
            (Kind::References { .. }, Json::Text(_)) => {
                let list = Json::List(vec![value.clone()]);
                mend(patient, at, Some(list), Fault::OtherKind, Effect::Refused);
            }
            _ => {}
        }
    }
}

fn mend(patient: &mut Patient<'_>, at: &str, better: Option<Json>, fault: Fault, effect: Effect) {
    let mended = better.is_some();
    if let Some(json) = better {
        patient.body.put(at, json);
    }
    patient.find_at(at, fault, effect, mended);
}

/// A whole number in a string: `5`, ` 5 `, `5.0`, `5s`.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['s', 'S', '秒']).trim_end();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    part.bytes().all(|byte| byte == b'0').then(|| whole.parse().ok())?
}

/// A size with the wrong separator, or a tier instead of a size.
fn size(patient: &mut Patient<'_>) {
    let Some(table) = &patient.model.size else { return };
    let at = table.at;
    let Some(Json::Text(text)) = patient.body.at(at).cloned() else { return };
    let Some((tier, ratio)) = protocol::read_size(table, &text) else { return };
    let tier = tier.to_owned();
    let Some(should) = patient.size_of(&patient.draft()).filter(|should| *should != text) else { return };
    let is_tier = ratio.is_none();
    // The documents of this dialect also accept the name of a tier.
    if is_tier && patient.dialect() == Dialect::Generations {
        if tier != text {
            let fault = Fault::Letters { should: tier.clone() };
            mend(patient, at, Some(Json::Text(tier)), fault, Effect::Refused);
        }
        return;
    }
    let fault =
        if is_tier { Fault::TierInSize { should: should.clone() } } else { Fault::SizeSign { should: should.clone() } };
    mend(patient, at, Some(Json::Text(should)), fault, Effect::Refused);
}

/// A size in pixels where the name of a tier is required.
fn tier(patient: &mut Patient<'_>, at: &str, word: &str) {
    let tables =
        patient.catalog.gateways.iter().flat_map(|gateway| gateway.models).filter_map(|model| model.size.as_ref());
    let found = tables.into_iter().find_map(|table| protocol::read_size(table, word)).map(|(tier, _)| tier.to_owned());
    let with_p = [word.trim(), "P"].concat();
    let Some(field) = patient.model.field(FieldId::Tier) else { return };
    let Kind::Choice { options } = &field.kind else { return };
    let should = [found, Some(with_p)].into_iter().flatten().find(|tier| options.contains(&tier.as_str()));
    if let Some(should) = should {
        let fault = Fault::Letters { should: should.clone() };
        mend(patient, at, Some(Json::Text(should)), fault, Effect::Refused);
    }
}
