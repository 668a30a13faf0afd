//! Values beyond the limits of the model, and fields that are missing or have no effect.

use super::patient::Patient;
use super::{Effect, Fault};
use crate::catalog::{Choice, FieldId, Kind, Sending};
use crate::checked::{ProblemKind, WhyUnsent, check};
use crate::draft::{Draft, Value};
use crate::http::Json;

/// Checks the body's values against the model.
pub fn examine(patient: &mut Patient<'_>) {
    let mut told: Vec<(FieldId, ProblemKind)> = Vec::new();
    let draft = loop {
        // One problem at a time: fixing one may fix another.
        let draft = patient.draft();
        let (problems, _) = held(patient, &draft);
        let next = problems.into_iter().find(|problem| !told.contains(problem));
        let Some((field, kind)) = next else { break draft };
        told.push((field, kind.clone()));
        // Problems with a link have already been reported, more precisely.
        if is_address(&kind) {
            continue;
        }
        let at = patient.place(field).unwrap_or_default();
        let effect = match &kind {
            // The services truncate it silently.
            ProblemKind::TooLong { .. } => Effect::Astray,
            _ => Effect::Refused,
        };
        let mended = mend(patient, &draft, field, &kind);
        patient.find_at(&at, Fault::Value(field, kind), effect, mended);
    };
    for (field, condition) in held(patient, &draft).1 {
        let at = patient.place(field).unwrap_or_default();
        // A value without effect may still be rejected; in that case removing it loses nothing.
        let mut counting = draft.clone();
        counting.set(condition.field, as_wish(&condition.is));
        let problem = held(patient, &counting).0.into_iter().find(|(id, kind)| *id == field && !is_address(kind));
        if let Some((_, kind)) = problem {
            patient.body.take(&at);
            patient.find_at(&at, Fault::Value(field, kind), Effect::Refused, true);
        } else {
            patient.find_at(&at, Fault::NoEffect(field, condition), Effect::Noted, false);
        }
    }
    add_required(patient);
    let waits = patient.model.field(FieldId::Async).filter(|field| field.send == Sending::Always);
    if let Some(field) = waits
        && patient.body.at(field.at).is_none()
        && draft.filled(FieldId::CallbackUrl).is_none()
    {
        let at = field.at;
        patient.body.put(at, Json::Flag(true));
        patient.find_at(at, Fault::HeldOpen, Effect::Noted, true);
    }
}

/// Adds what a gateway requires and the page always sends, with its default.
fn add_required(patient: &mut Patient<'_>) {
    for field in patient.model.fields.iter().filter(|field| field.required && field.send == Sending::Always) {
        let (None, Some(default)) = (patient.body.at(field.at), &field.default) else { continue };
        let (id, at, value) = (field.id, field.at, as_wish(default));
        let mended = patient.write(id, &value);
        patient.find_at(at, Fault::Value(id, ProblemKind::Missing), Effect::Refused, mended);
    }
}

fn is_address(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::Address(_) | ProblemKind::OssLink)
}

fn as_wish(choice: &Choice) -> Value {
    match choice {
        Choice::Flag(flag) => Value::Flag(*flag),
        Choice::Number(number) => Value::Text(number.to_string()),
        Choice::Word(word) => Value::Text((*word).to_owned()),
    }
}

type Held = (Vec<(FieldId, ProblemKind)>, Vec<(FieldId, crate::catalog::Condition)>);

fn held(patient: &Patient<'_>, draft: &Draft) -> Held {
    let checked = check(draft, patient.gateway, patient.model, &patient.base, &patient.region);
    let (problems, without) = checked.into_findings();
    let mut problems: Vec<_> = problems.into_iter().map(|problem| (problem.field, problem.kind)).collect();
    let mut unsent = Vec::new();
    for (id, why) in without {
        match why {
            WhyUnsent::WithoutEffect(condition) => unsent.push((id, condition)),
            // The form leaves it out; in a body it is sent, and rejected.
            WhyUnsent::FileNotTaken => problems.push((id, ProblemKind::LinkOnly)),
            WhyUnsent::NoSuchField => {}
        }
    }
    (problems, unsent)
}

/// Replaces an illegal value with the nearest legal one. A cheaper one counts as nearer.
fn mend(patient: &mut Patient<'_>, draft: &Draft, field: FieldId, kind: &ProblemKind) -> bool {
    let written = match draft.filled(field) {
        Some(Value::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    match kind {
        // Elsewhere -1 requests a random seed; here leaving it out does.
        ProblemKind::OutOfRange { .. } if field == FieldId::Seed => {
            let at = patient.place(field).unwrap_or_default();
            patient.body.take(&at).is_some()
        }
        ProblemKind::OutOfRange { min, max } => {
            let Ok(number) = written.parse::<i64>() else { return false };
            patient.write(field, &Value::Text(number.clamp(*min, *max).to_string()))
        }
        ProblemKind::NotOneOf(legal) => {
            let Ok(number) = written.parse::<i64>() else { return false };
            let below = legal.iter().filter(|known| **known <= number).max();
            let Some(nearest) = below.or_else(|| legal.iter().min()) else { return false };
            patient.write(field, &Value::Text(nearest.to_string()))
        }
        ProblemKind::NotOffered { options, .. } => {
            let height = |word: &str| word.trim_end_matches(['p', 'P']).parse::<u32>().ok();
            let Some(wanted) = height(&written).filter(|_| field == FieldId::Tier) else {
                return default(patient, field);
            };
            let below = options.iter().filter(|option| height(option).is_some_and(|known| known <= wanted));
            let nearest = below.max_by_key(|option| height(option)).or_else(|| options.first());
            nearest.copied().is_some_and(|word| patient.write(field, &Value::Text(word.to_owned())))
        }
        ProblemKind::MediaSet(sets) => reduce(patient, draft, sets),
        ProblemKind::TooMany { kind: None, max } => {
            let Some(Value::References(list)) = draft.get(field) else { return false };
            let few = list.iter().take(*max as usize).cloned().collect();
            let at = patient.place(field).unwrap_or_default();
            let plain = matches!(patient.body.at(&at), Some(Json::List(all)) if all.len() == list.len());
            plain && patient.body.take(&at).is_some() && patient.write(field, &Value::References(few))
        }
        ProblemKind::Missing
        | ProblemKind::TooLong { .. }
        | ProblemKind::ControlCharacter { .. }
        | ProblemKind::NotANumber
        | ProblemKind::NoSuchSize { .. }
        | ProblemKind::Address(_)
        | ProblemKind::Format { .. }
        | ProblemKind::LinkOnly
        | ProblemKind::NotUploaded
        | ProblemKind::OssLink
        | ProblemKind::File(_)
        | ProblemKind::TooMany { kind: Some(_), .. }
        | ProblemKind::KindNotTaken(_) => false,
    }
}

fn default(patient: &mut Patient<'_>, field: FieldId) -> bool {
    let default = patient.model.field(field).and_then(|field| field.default);
    let Some(Choice::Word(word)) = default else { return false };
    patient.write(field, &Value::Text(word.to_owned()))
}

/// Of media that cannot be combined, keeps the most that can.
fn reduce(patient: &mut Patient<'_>, draft: &Draft, sets: &[&[FieldId]]) -> bool {
    let possible = |set: &&&[FieldId]| set.iter().all(|id| draft.filled(*id).is_some());
    // Of several that are equally large, the first in the catalog's list.
    let best = sets.iter().filter(possible).rev().max_by_key(|set| set.len());
    let Some(set) = best else { return false };
    let of_sets: Vec<FieldId> = sets.iter().copied().flatten().copied().collect();
    let media: Vec<(FieldId, Value)> = draft
        .filled_fields()
        .filter(|(id, _)| of_sets.contains(id) && set.contains(id))
        .map(|(id, value)| (id, value.clone()))
        .collect();
    for id in of_sets {
        let field = patient.model.field(id).filter(|field| matches!(field.kind, Kind::Media { .. }));
        if let Some(list) = field.and_then(|field| patient.body.at_mut(field.at)) {
            *list = Json::List(Vec::new());
        }
    }
    media.iter().all(|(id, value)| patient.write(*id, value))
}
