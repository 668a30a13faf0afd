//! How a request is judged: for each gateway it may be meant for, every finding with what comes of it, a correction
//! that was examined again, and a price where one is known.

use super::asked::{Asked, Does, Standing};
use super::hints;
use super::judged::{Bench, Hint, Judged, Verdict, is_medium, verdict};
use super::open::{self, At, Open};
use super::place::placed;
use super::scene::Scene;
use super::whose::Whose;
use crate::catalog::Gateway;
use crate::checked::ProblemKind;
use crate::doctor::{self, Correction, Effect, Examination, Fault, Finding, Part};
use crate::import::{Body, Call, Proof};
use crate::price::{self, Estimate};
use crate::protocol;
use crate::reading::{self, Contents, Reading, Wish};

/// Judges a request, and notes what is worth knowing.
pub fn judge(scene: Scene<'_>, request: &mut Asked, plain: &Call, first: &Reading) {
    hints::of_body(request);
    request.hints.extend(hints::near_host(scene, &request.whose).map(Hint::NearHost));
    if request.does == Does::Foreign {
        let names: Vec<String> = hints::understood(scene, first);
        if !names.is_empty() {
            request.hints.push(Hint::Understood(names));
        }
        return;
    }
    // Without a model there are no rules to judge by: one that a program computes is not guessed.
    if matches!(request.does, Does::NotVideo | Does::Unknown) || is_model_open(request) {
        return;
    }
    for (gateway, call) in candidates(scene, request, plain, first) {
        if let Some(judged) = one(scene, request, gateway, &call, first) {
            request.judged.push(judged);
        }
    }
    let hints: Vec<Hint> = request.judged.iter().flat_map(|judged| hints::of_model(scene, request, judged)).collect();
    for hint in hints {
        if !request.hints.contains(&hint) {
            request.hints.push(hint);
        }
    }
}

/// The gateways to judge for, with the call as it would be made there.
fn candidates<'a>(scene: Scene<'a>, request: &Asked, plain: &Call, first: &Reading) -> Vec<(&'a Gateway, Call)> {
    let knows =
        |gateway: &Gateway| gateway.models.iter().any(|model| model.wire_name() == reading::undated(&request.model));
    let is_ours = matches!(request.whose, Whose::Gateway { .. } | Whose::ByPath(_) | Whose::TokenPlan);
    let like = scene.catalog.gateway(&request.like);
    if is_ours || like.is_some_and(knows) || request.standing == Standing::ByName {
        let call = placed(scene, plain, &request.whose, &request.like);
        return scene.catalog.gateway(&request.like).map(|gateway| (gateway, call)).into_iter().collect();
    }
    let mut found: Vec<(&Gateway, Call)> = Vec::new();
    if request.whose != Whose::Unsaid && !matches!(request.standing, Standing::Listed | Standing::Dated(_)) {
        return found;
    }
    let reading = reading::read(scene.catalog, scene.bases, &Call { url: String::new(), ..plain.clone() });
    let wishes = if reading.wishes.is_empty() { &first.wishes } else { &reading.wishes };
    for wish in wishes {
        let Some((gateway, model)) = wish.find(scene.catalog) else { continue };
        if found.iter().any(|(known, _)| known.id == gateway.id) {
            continue;
        }
        let Some(endpoint) = gateway.endpoint(model) else { continue };
        let url = wish.base.join(endpoint.create);
        let mut headers: Vec<(String, String)> =
            endpoint.headers.iter().map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect();
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let proof = Proof::Variable(gateway.key_variable.to_owned());
        found.push((gateway, Call { method: "POST".to_owned(), url, headers, proof, ..plain.clone() }));
    }
    found
}

fn one(scene: Scene<'_>, request: &Asked, gateway: &Gateway, call: &Call, first: &Reading) -> Option<Judged> {
    let is_placed = matches!(request.whose, Whose::Gateway { .. });
    let reading = reading::read(scene.catalog, scene.bases, call);
    let seen = doctor::examine_read(scene.catalog, scene.bases, call, &reading, scene.now_ms);
    let is_unlisted = matches!(request.standing, Standing::Unlisted(_) | Standing::ByName | Standing::NotVideo);
    let wish = reading.wishes.iter().find(|wish| wish.gateway == gateway.id).filter(|_| !is_unlisted).cloned();
    let mut findings: Vec<Finding> = seen.findings.clone();
    if let Contents::Json(parsed) = &first.body
        && request.open.iter().any(|open| matches!(open.at, At::Body(_)))
    {
        // The body was printed without what is open: its slips stand in the text as pasted.
        let mut told = Vec::new();
        for (slip, spot) in &parsed.slips {
            if told.contains(slip) {
                continue;
            }
            told.push(*slip);
            let part = Part::Text(*spot);
            findings.push(Finding { part, fault: Fault::Slip(*slip), effect: Effect::Refused, mended: true });
        }
    }
    if request.is_form && findings.iter().all(|finding| finding.fault != Fault::Form) {
        let part = Part::Body(String::new());
        findings.push(Finding { part, fault: Fault::Form, effect: Effect::Refused, mended: true });
    }
    findings.retain(|finding| counts(request, finding, is_placed, is_unlisted));
    let lacks = lacking(gateway, call, &reading, &first.body);
    let bench = Bench { gateway, model: &request.model, lacks };
    let findings: Vec<(Finding, Verdict)> = findings
        .into_iter()
        .map(|finding| {
            let verdict = verdict(&finding, bench);
            (finding, verdict)
        })
        .collect();
    let estimate = |wish: &Wish| wish.check(scene.catalog).and_then(|checked| price::estimate(&checked).ok());
    let price = wish.as_ref().filter(|_| is_placed || request.whose == Whose::Unsaid).and_then(estimate);
    let (correction, is_dearer) = correction(scene, request, seen, price.as_ref(), is_unlisted, &call.proof);
    let removed = correction.iter().flat_map(|_| findings.iter().filter_map(removed)).collect();
    let model = wish.as_ref().map(|wish| wish.model.clone()).unwrap_or_default();
    let is_nothing = wish.is_none() && findings.is_empty() && !is_placed;
    let is_checked = wish.is_some() && !is_unlisted;
    let gateway = gateway.id.to_owned();
    let judged = Judged { gateway, model, findings, correction, removed, is_dearer, is_checked, price, wish };
    (!is_nothing || is_unlisted).then_some(judged)
}

/// The object that the protocol of the call's endpoint requires and the body lacks.
fn lacking(gateway: &Gateway, call: &Call, reading: &Reading, body: &Contents) -> Option<&'static str> {
    let Contents::Json(parsed) = body else { return None };
    let at_path = gateway.endpoints.values().find(|endpoint| call.url.contains(endpoint.create));
    let of_place = reading.place.as_ref().and_then(|place| gateway.endpoints.get(&place.endpoint));
    let object = protocol::needed(of_place.or(at_path)?.dialect)?;
    parsed.value.at(object).is_none().then_some(object)
}

/// Whether a finding holds for this request: what is open is not judged, nor the address of a host that is none of the
/// gateway's, nor the body of a model that is not in the catalog.
fn counts(request: &Asked, finding: &Finding, is_placed: bool, is_unlisted: bool) -> bool {
    let is_bare = request.whose == Whose::Unsaid;
    match &finding.part {
        Part::Url => {
            is_placed
                || matches!(request.whose, Whose::Open(_) | Whose::ByPath(_) | Whose::TokenPlan)
                    && matches!(finding.fault, Fault::PathOfAnother { .. })
        }
        Part::Key => {
            let is_missing = matches!(finding.fault, Fault::KeyMissing | Fault::KeyPlaceholder);
            !is_bare
                && (is_placed || is_missing)
                && !(is_missing && request.open.iter().any(|open| open.at == At::Header("Authorization".to_owned())))
        }
        Part::Header(name) => {
            let is_open = request
                .open
                .iter()
                .any(|open| matches!(&open.at, At::Header(known) if known.eq_ignore_ascii_case(name)));
            // The program may add headers elsewhere.
            !is_bare && !is_open && !request.call.headers.is_empty()
        }
        Part::Method => !is_bare,
        Part::Text(_) => true,
        Part::Body(path) => {
            let is_about_model = path == protocol::MODEL;
            let is_near = matches!(&finding.fault, Fault::ModelUnknown { near, .. } if near.is_none());
            if is_unlisted {
                return matches!(finding.fault, Fault::Form | Fault::NotJson | Fault::Slip(_));
            }
            let is_model_open = is_about_model && open::touches(&request.open, protocol::MODEL);
            let is_missing = matches!(finding.fault, Fault::Value(_, ProblemKind::Missing)) && has_file(request);
            let is_left_out = open::touches(&request.open, path) || is_model_open || is_missing;
            let is_name_only = is_about_model && is_near;
            !is_left_out && !is_name_only
        }
    }
}

fn is_model_open(request: &Asked) -> bool {
    request.open.iter().any(|open| matches!(&open.at, At::Body(path) if path.is_empty() || path == protocol::MODEL))
}

/// Whether the whole body is open.
fn has_file(request: &Asked) -> bool {
    request.open.iter().any(|open| matches!(&open.at, At::Body(path) if path.is_empty()))
}

/// What a mended finding took out of the body.
fn removed((finding, _): &(Finding, Verdict)) -> Option<String> {
    let Part::Body(path) = &finding.part else { return None };
    let is_gone = matches!(
        finding.fault,
        Fault::UnknownMember | Fault::NotOfThisModel { .. } | Fault::NoMedium | Fault::Null | Fault::Empty
    );
    (is_gone && finding.mended).then(|| path.clone())
}

/// The correction, examined again: offered only if nothing is left that would be refused or go astray.
fn correction(
    scene: Scene<'_>,
    request: &Asked,
    seen: Examination,
    price: Option<&Estimate>,
    is_unlisted: bool,
    proof: &Proof,
) -> (Option<Correction>, bool) {
    let is_held = |open: &Open| !matches!(open.at, At::Header(_));
    // Without the picture it would be another video: another model is the mend.
    let is_medium_lost =
        |finding: &Finding| matches!(finding.fault, Fault::NotOfThisModel { field } if is_medium(field));
    if seen.findings.iter().any(is_medium_lost) {
        return (None, false);
    }
    let Some(correction) = seen.correction.filter(|found| found.complete && !is_unlisted) else { return (None, false) };
    if request.open.iter().any(is_held)
        || matches!(request.whose, Whose::Nobody(_) | Whose::ThisMachine(_) | Whose::Open(_))
    {
        return (None, false);
    }
    let again = Call {
        method: correction.request.method.name().to_owned(),
        url: correction.request.url.clone(),
        headers: correction.request.headers.clone(),
        body: correction.request.body_text().map(Body::Text),
        proof: if request.whose == Whose::Unsaid { proof.clone() } else { request.call.proof.clone() },
        at: 0..0,
    };
    let reading = reading::read(scene.catalog, scene.bases, &again);
    let seen = doctor::examine_read(scene.catalog, scene.bases, &again, &reading, scene.now_ms);
    let is_about_key = |finding: &Finding| finding.part == Part::Key;
    let is_clean = seen.findings.iter().all(|finding| finding.effect == Effect::Noted || is_about_key(finding));
    if !is_clean {
        return (None, false);
    }
    let after = reading.wishes.first().and_then(|wish| {
        let checked = wish.check(scene.catalog)?;
        price::estimate(&checked).ok()
    });
    let total = |estimate: &Estimate| estimate.at_most.or(estimate.total);
    let is_dearer =
        price.and_then(total).zip(after.as_ref().and_then(total)).is_some_and(|(before, after)| after > before);
    (Some(correction), is_dearer)
}
