//! What is worth knowing about a request besides what is wrong with it.

use super::asked::Asked;
use super::judged::{Hint, Judged, is_medium};
use super::open::{self, At};
use super::scene::Scene;
use super::whose::Whose;
use crate::catalog::{Capability, Field, FieldId, Gateway, Kind, Model};
use crate::checked::ProblemKind;
use crate::doctor::Fault;
use crate::draft::Value;
use crate::http::Json;
use crate::price::Estimate;
use crate::protocol::loose;
use crate::reading::{self, Reading};

/// What the body itself shows.
pub fn of_body(request: &mut Asked) {
    let body = request.body.clone().unwrap_or_else(Json::object);
    let mut hints = Vec::new();
    for at in ["parameters.seed", "seed"] {
        if body.at(at) == Some(&Json::Number(0)) {
            hints.push(Hint::SeedZero(at.to_owned()));
        }
    }
    for at in ["input.negative_prompt", "input.prompt", "prompt"] {
        let is_broken =
            |text: &str| text.contains('\u{fffd}') || text.contains("????") || text.trim().chars().all(|c| c == '?');
        if matches!(body.at(at), Some(Json::Text(text)) if !text.trim().is_empty() && is_broken(text)) {
            hints.push(Hint::BrokenText(at.to_owned()));
        }
    }
    let is_fixed = ["wanx2.1-", "wan2.1-", "wan2.2-"].iter().any(|start| request.model.starts_with(start))
        && !request.model.contains("i2v-turbo");
    if is_fixed && body.at("parameters.duration").is_some() {
        hints.push(Hint::FixedLength("parameters.duration".to_owned()));
    }
    if let Some(rest) = request.model.strip_prefix("wan2.1-") {
        hints.push(Hint::RegionalName(["wanx2.1-", rest].concat()));
    }
    if let Some(Json::Text(url)) = body.at("callback_url")
        && let Some((_, rest)) = url.split_once("://")
        && rest.split(['/', '?']).next().is_some_and(|host| host.contains('@'))
    {
        hints.push(Hint::LoginInLink("callback_url".to_owned()));
    }
    let is_tasks = request.call.url.contains("/wan/tasks");
    if is_tasks && loose::lacks_action(&body) {
        hints.push(Hint::NoAction);
    }
    for open in &request.open {
        if let (At::Body(path), open::Why::LocalFile) = (&open.at, open.why) {
            hints.push(Hint::LocalFile(path.clone()));
        }
    }
    let is_token =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&*+-.^_`|~".contains(&byte));
    hints.extend(
        request.call.headers.iter().filter(|(name, _)| !is_token(name)).map(|(name, _)| Hint::OddHeader(name.clone())),
    );
    if matches!(request.whose, Whose::ThisMachine(_)) {
        hints.push(Hint::PrivateHost);
    }
    request.hints = hints;
}

/// The host of a gateway that a foreign host is much like.
pub fn near_host(scene: Scene<'_>, whose: &Whose) -> Option<String> {
    /// Signs that may differ.
    const SIGNS: usize = 2;
    let Whose::Nobody(host) = whose else { return None };
    let bases = scene.catalog.gateways.iter().flat_map(|gateway| gateway.bases.iter());
    let mut hosts = bases.filter_map(|base| base.url.split_once("://")).map(|(_, known)| known);
    hosts.find(|known| reading::name::distance(host, known) <= SIGNS).map(str::to_owned)
}

/// What the model's rules show.
pub fn of_model(scene: Scene<'_>, request: &Asked, judged: &Judged) -> Vec<Hint> {
    let mut hints = Vec::new();
    let Some(wish) = &judged.wish else { return hints };
    let (Some((gateway, model)), Some(checked)) = (wish.find(scene.catalog), wish.check(scene.catalog)) else {
        return hints;
    };
    hints.extend(checked.traps().into_iter().map(Hint::Trap));
    let is_open = |field: FieldId| model.field(field).is_some_and(|field| open::touches(&request.open, field.at));
    if let Some(price) = &judged.price
        && price.tier_by_default
        && is_dearest(model, price)
        && !is_open(FieldId::Tier)
    {
        hints.push(Hint::DearDefault(price.tier.clone()));
    }
    let names_none = |prompt: &str| !prompt.to_ascii_lowercase().contains("character");
    if model.wire_name().starts_with("wan2.6-r2v")
        && let Some(Value::Text(prompt)) = wish.draft.filled(FieldId::Prompt)
        && names_none(prompt)
    {
        hints.push(Hint::NoCharacter);
    }
    let lacking = judged.findings.iter().filter_map(|(finding, _)| match &finding.fault {
        Fault::NotOfThisModel { field } if is_medium(*field) => Some(*field),
        Fault::Value(FieldId::References, ProblemKind::Missing) if wish.draft.filled(FieldId::FirstFrame).is_some() => {
            Some(FieldId::FirstFrame)
        }
        _ => None,
    });
    for field in lacking {
        if let Some(other) = sibling(gateway, model, field) {
            hints.push(Hint::OtherModel(other));
        }
    }
    hints
}

/// Whether the default tier costs more than another one.
fn is_dearest(model: &Model, price: &Estimate) -> bool {
    let Some(Field { kind: Kind::Choice { options }, .. }) = model.field(FieldId::Tier) else { return false };
    let height = |word: &str| word.trim_end_matches('P').parse::<u32>().unwrap_or(0);
    options.iter().any(|option| height(option) < height(&price.tier))
}

/// The model of the same generation that takes a medium.
fn sibling(gateway: &Gateway, model: &Model, field: FieldId) -> Option<String> {
    let generation = |name: &str| name.split('-').next().unwrap_or(name).to_owned();
    let wanted = generation(model.wire_name());
    let takes = |known: &&Model| {
        let is_other = known.wire_name() != model.wire_name() && known.capability != model.capability;
        generation(known.wire_name()) == wanted && is_other && known.field(field).is_some()
    };
    // A model that is made for this medium before one that also takes it.
    let rank = |known: &&Model| (known.capability != Capability::Image, known.wire_name().len());
    gateway.models.iter().filter(takes).min_by_key(rank).map(|known| known.wire_name().to_owned())
}

/// The fields of any gateway that a foreign body's members have the names of.
pub fn understood(scene: Scene<'_>, first: &Reading) -> Vec<String> {
    let Some(body) = first.body.value() else { return Vec::new() };
    let known: Vec<String> = scene
        .catalog
        .gateways
        .iter()
        .flat_map(|gateway| gateway.models.iter())
        .flat_map(|model| model.fields.iter())
        .map(|field| crate::http::path::last_name(field.at))
        .collect();
    let mut names = Vec::new();
    collect(body, "", &known, &mut names);
    names.truncate(20);
    names
}

fn collect(value: &Json, at: &str, known: &[String], names: &mut Vec<String>) {
    let Json::Object(members) = value else { return };
    for (name, member) in members.iter().take(200) {
        let path = crate::http::path::member(at, name);
        if known.contains(name) {
            names.push(path.clone());
        }
        collect(member, &path, known, names);
    }
}
