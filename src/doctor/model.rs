//! Which model a body means: by its name, by a similar name, or by its shape.

use super::{Effect, Fault, Finding, Part};
use crate::catalog::{Catalog, Dialect, Endpoint, Gateway, Model};
use crate::http::{Json, path};
use crate::protocol::{self, MODEL};
use crate::reading::{self, Reading, name};

/// The model that is meant, and the body with its correct name.
pub fn meant<'a>(
    catalog: &'a Catalog,
    reading: &Reading,
    gateway: &'a Gateway,
    at: Option<&Endpoint>,
    mut body: Json,
    findings: &mut Vec<Finding>,
) -> Option<(&'a Model, Json)> {
    if body.at(MODEL).is_none()
        && let Json::Object(members) = &body
        && let Some(near) = members.iter().map(|(name, _)| name).find(|name| name::is_near(name, MODEL)).cloned()
    {
        body.rename(&path::member("", &near), MODEL);
        let (part, fault) = (Part::Body(near), Fault::Misspelt { should: MODEL.to_owned() });
        findings.push(Finding { part, fault, effect: Effect::Refused, mended: true });
    }
    let part = Part::Body(MODEL.to_owned());
    let add = |findings: &mut Vec<Finding>, fault, mended| {
        findings.push(Finding { part: part.clone(), fault, effect: Effect::Refused, mended });
    };
    let Some(written) = protocol::model_of(&body).map(str::to_owned).filter(|name| !name.trim().is_empty()) else {
        let mut guesses = reading.wishes.iter().filter(|wish| wish.gateway == gateway.id);
        let only = guesses.next().filter(|_| guesses.next().is_none());
        let model = only.and_then(|wish| gateway.model(&wish.model));
        add(findings, Fault::ModelMissing, model.is_some());
        let model = model?;
        body.put(MODEL, Json::Text(model.wire_name().to_owned()));
        return Some((model, body));
    };
    let named = |name: &str| gateway.models.iter().filter(|model| model.wire_name() == name).collect::<Vec<_>>();
    let mut models = named(&written);
    let undated = reading::undated(&written);
    if models.is_empty() && is_own_service(gateway) && !named(undated).is_empty() {
        models = named(undated);
        let fault = Fault::ModelDated { model: undated.to_owned() };
        findings.push(Finding { part, fault, effect: Effect::Noted, mended: false });
    } else if models.is_empty() {
        if name::is_beyond(gateway.id, &written) {
            findings.push(Finding { part, fault: Fault::ModelBeyond, effect: Effect::Noted, mended: false });
            return None;
        }
        let others: Vec<&Gateway> = catalog
            .gateways
            .iter()
            .filter(|other| other.models.iter().any(|model| model.wire_name() == written))
            .collect();
        if !others.is_empty() {
            let gateways = others.into_iter().map(|other| other.id.to_owned()).collect();
            add(findings, Fault::ModelElsewhere { gateways }, false);
            return None;
        }
        let near = name::nearest_model(&written, gateway.models.iter().map(Model::wire_name)).map(str::to_owned);
        add(findings, Fault::ModelUnknown { name: written, near: near.clone() }, near.is_some());
        let near = near?;
        body.put(MODEL, Json::Text(near.clone()));
        models = named(&near);
    }
    // One name may be served in two ways: the shape of the body decides, or else the URL.
    let strain = |model: &Model| {
        let Some(endpoint) = gateway.endpoint(model) else { return (usize::MAX, true) };
        let elsewhere = at.is_some_and(|known| known.create != endpoint.create);
        let left = protocol::draft_of(model, endpoint.dialect, &body).unknown.len();
        (left + usize::from(elsewhere), elsewhere)
    };
    let model = models.into_iter().min_by_key(|model| strain(model))?;
    Some((model, body))
}

/// Whether a gateway is Alibaba's own.
fn is_own_service(gateway: &Gateway) -> bool {
    gateway.endpoints.values().any(|endpoint| endpoint.dialect == Dialect::Bailian && !endpoint.headers.is_empty())
}
