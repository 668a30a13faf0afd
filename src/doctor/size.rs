//! Sizes and resolutions in the wrong position, and sizes that a model does not support.

use super::patient::Patient;
use super::{Effect, Fault};
use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::http::Json;

/// A size that the model does not have: a ratio, or the nearest supported size.
pub fn odd(patient: &mut Patient<'_>, at: &str, value: &Json) {
    let Some(table) = &patient.model.size else { return };
    let Json::Text(text) = value else {
        patient.body.take(at);
        return patient.find_at(at, Fault::OtherKind, Effect::Refused, false);
    };
    let sizes = table.table.iter().flat_map(|(_, ratios)| *ratios);
    let ratio = sizes.clone().find(|(ratio, _)| *ratio == text.trim()).map(|(ratio, _)| *ratio);
    if let Some(ratio) = ratio {
        let mut draft = Draft::default();
        draft.set(FieldId::Ratio, Value::Text(ratio.to_owned()));
        let should = patient.size_of(&draft).unwrap_or_default();
        patient.body.put(at, Json::Text(should.clone()));
        return patient.find_at(at, Fault::SizeUnknown { should }, Effect::Refused, true);
    }
    let wanted = numbers(text);
    let nearest = sizes
        .filter_map(|(_, wire)| {
            let ((width, height), (wide, high)) = (numbers(wire)?, wanted?);
            Some((width.abs_diff(wide) + height.abs_diff(high), (*wire).to_owned()))
        })
        .min();
    let Some((_, should)) = nearest else {
        // `480P` for a model that does not support it: the default would be more expensive, so it is not replaced.
        return patient.find_at(at, Fault::SizeUnknown { should: String::new() }, Effect::Refused, false);
    };
    patient.body.put(at, Json::Text(should.clone()));
    patient.find_at(at, Fault::SizeUnknown { should }, Effect::Refused, true);
}

fn numbers(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['*', 'x', 'X', '×', '＊', ':'])?;
    Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
}

/// A size where a resolution is used, or vice versa.
pub fn resize(patient: &mut Patient<'_>, at: &str, now: &Draft, wishes: &Draft) {
    let mut draft = now.clone();
    let mut anything = false;
    for id in [FieldId::Tier, FieldId::Ratio] {
        if let (Some(value), None, Some(_)) = (wishes.filled(id), now.filled(id), patient.model.field(id)) {
            draft.set(id, value.clone());
            anything = true;
        }
    }
    let mut mended = true;
    let fault = if patient.model.size.is_some() {
        if anything {
            mended = patient.write_size(&draft);
        }
        Fault::TierForSize { should: patient.place(FieldId::Tier).unwrap_or_default() }
    } else {
        for id in [FieldId::Tier, FieldId::Ratio] {
            if let (Some(value), None, Some(_)) = (draft.filled(id), now.filled(id), patient.model.field(id)) {
                let value = value.clone();
                mended &= patient.write(id, &value);
            }
        }
        Fault::SizeForTier { should: patient.place(FieldId::Tier).unwrap_or_default() }
    };
    patient.find_at(at, fault, Effect::Astray, mended);
}
