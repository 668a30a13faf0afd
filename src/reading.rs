//! What a pasted call means: which gateway it goes to, what it does there, with which model, and with which values. The
//! URL says most, then the body; if several meanings are possible, all are returned, most likely first. Nothing is
//! lost: what the form cannot hold is listed with its path, and can be sent unchanged.

use crate::address::BaseUrl;
use crate::catalog::{Catalog, FieldId, Gateway, Model, Sending};
use crate::checked::{Checked, Problem, WhyUnsent, check};
use crate::draft::Draft;
use crate::http::Json;
use crate::import::{Body, Call, Proof};
use crate::protocol::{self, Back};
use crate::takeup::Place;
use json::{Parsed, Spot};
use std::borrow::Cow;

mod address;
pub mod edit;
mod file;
pub use crate::http::lenient as json;
pub(crate) mod name;

pub use address::{Purpose, region_of};
pub(crate) use address::{encrypted, is_listed, owner};

/// Maximum number of properties and entries in a body that is guessed at or examined: the gateways' own have about
/// thirty.
pub(crate) const MOST_MEMBERS: usize = 2000;
/// Maximum number of meanings offered.
const MOST: usize = 8;

/// A call that has been interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it does.
    pub purpose: Purpose,
    /// Where it goes, according to its URL. `None` for a bare body and for a URL that is not a gateway's.
    pub place: Option<Place>,
    /// The intent of the body (its wishes): one meaning, or several if neither URL nor model decides. Empty if there is
    /// no body, or it cannot be read, or it is not available.
    pub wishes: Vec<Wish>,
    /// How it authenticates.
    pub proof: Proof,
    /// How the body was read.
    pub body: Contents,
}

/// The body of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// There is none.
    None,
    /// JSON, with the syntax errors that were tolerated.
    Json(Parsed),
    /// The fields of a form, as the object they represent.
    Form(Json),
    /// Not JSON, from this position on.
    Broken(Spot),
    /// A file of this name, which is not available.
    Elsewhere(String),
}

impl Contents {
    /// The body as a value.
    pub fn value(&self) -> Option<&Json> {
        match self {
            Self::Json(parsed) => Some(&parsed.value),
            Self::Form(value) => Some(value),
            Self::None | Self::Broken(_) | Self::Elsewhere(_) => None,
        }
    }
}

/// One meaning of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Gateway ID.
    pub gateway: String,
    /// Model ID.
    pub model: String,
    /// Where it would be sent: the URL of the call, or else the gateway's first one.
    pub base: BaseUrl,
    /// Price region of the base.
    pub region: String,
    /// The body names this model; otherwise it is a guess by the body's shape.
    pub named: bool,
    /// What the form can hold.
    pub draft: Draft,
    /// What the form cannot hold: path and value, unchanged. [`Draft::keep_extra`] keeps them in the request.
    pub unknown: Vec<(String, Json)>,
    /// Options that are set but have no effect here.
    pub unsent: Vec<(FieldId, WhyUnsent)>,
    /// Values out of range and the like.
    pub problems: Vec<Problem>,
}

impl Wish {
    /// Gateway and model in the catalog.
    pub fn find<'a>(&self, catalog: &'a Catalog) -> Option<(&'a Gateway, &'a Model)> {
        let gateway = catalog.gateway(&self.gateway)?;
        Some((gateway, gateway.model(&self.model)?))
    }

    /// The values checked against their model.
    pub fn check<'a>(&'a self, catalog: &'a Catalog) -> Option<Checked<'a>> {
        let (gateway, model) = self.find(catalog)?;
        Some(check(&self.draft, gateway, model, &self.base, &self.region))
    }
}

/// Reads a call. `bases` are the URLs in use in addition to those of the catalog, by gateway ID.
pub fn read(catalog: &Catalog, bases: &[(String, BaseUrl)], call: &Call) -> Reading {
    let body = contents(call);
    let direct = direct(catalog, call);
    let found = address::find(catalog, bases, &direct, body.value());
    let wishes = match (&found.purpose, body.value()) {
        (Purpose::Create | Purpose::Unknown, Some(value @ Json::Object(_))) => {
            // A known host identifies the gateway, even if its path is unknown.
            let owner = || owner(catalog, bases, &direct.url);
            let host = || owner().map(|(gateway, base)| (gateway.id.to_owned(), String::new(), Some(base)));
            let place = found.place.as_ref().map(|at| (at.gateway.clone(), at.endpoint.clone(), at.base.clone()));
            wishes(catalog, place.or_else(host).as_ref(), value)
        }
        _ => Vec::new(),
    };
    Reading { purpose: found.purpose, place: found.place, wishes, proof: call.proof.clone(), body }
}

/// The same call without a page's relay, if it went through one to a host in the catalog.
pub(crate) fn direct<'a>(catalog: &Catalog, call: &'a Call) -> Cow<'a, Call> {
    let target = crate::route::target_of(&call.url);
    match target.filter(|target| catalog.gateways.iter().any(|gateway| is_listed(gateway, target))) {
        Some(url) => Cow::Owned(Call { url, ..call.clone() }),
        None => Cow::Borrowed(call),
    }
}

fn contents(call: &Call) -> Contents {
    match &call.body {
        None => Contents::None,
        Some(Body::Text(text)) if text.trim().is_empty() => Contents::None,
        Some(Body::Text(text)) => match json::parse(text) {
            Ok(mut parsed) => {
                file::adopt(&mut parsed.value, "");
                Contents::Json(parsed)
            }
            Err(spot) => Contents::Broken(spot),
        },
        Some(Body::File(name)) => Contents::Elsewhere(name.clone()),
        Some(Body::Form(fields)) => {
            let member = |(name, value): &(String, String)| (name.clone(), Json::Text(value.clone()));
            Contents::Form(Json::Object(fields.iter().map(member).collect()))
        }
    }
}

/// How well a model fits a body: the fewer properties are left over, the better.
struct Fit<'a> {
    gateway: &'a Gateway,
    model: &'a Model,
    named: bool,
    back: Back,
    /// Properties left over, plus one for a URL that leads elsewhere, and one for a link that cannot be opened there.
    strain: usize,
}

impl Fit<'_> {
    /// How many fields lack something the model requires.
    fn missing(&self) -> usize {
        let is_missing = |field: &&crate::catalog::Field| field.required && self.back.draft.filled(field.id).is_none();
        self.model.fields.iter().filter(is_missing).count()
    }
}

/// Gateway ID, name of the endpoint, which may be empty, and base.
type At = (String, String, Option<BaseUrl>);

fn wishes(catalog: &Catalog, place: Option<&At>, body: &Json) -> Vec<Wish> {
    let possible = catalog.gateways.iter().filter(|gateway| place.is_none_or(|(id, ..)| *id == gateway.id));
    let models: Vec<(&Gateway, &Model)> =
        possible.flat_map(|gateway| gateway.models.iter().map(move |model| (gateway, model))).collect();
    let name = protocol::model_of(body);
    let is_named = |model: &Model| name.is_some_and(|name| is_called(model, name));
    let any_named = models.iter().any(|(_, model)| is_named(model));
    if !any_named && size(body) > MOST_MEMBERS {
        return Vec::new();
    }
    // A similar name narrows the guess.
    let names = models.iter().map(|(_, model)| model.wire_name());
    let near = name.filter(|_| !any_named).and_then(|name| name::nearest_model(name, names));
    let has_oss = body.links_oss();
    let mut fits: Vec<Fit<'_>> = Vec::new();
    for (gateway, model) in models.iter().copied() {
        let named = is_named(model);
        if named == any_named && near.is_none_or(|near| near == model.wire_name()) {
            let Some(endpoint) = gateway.endpoint(model) else { continue };
            let back = protocol::draft_of(model, endpoint.dialect, body);
            let elsewhere = place.is_some_and(|(_, endpoint, _)| *endpoint != model.endpoint);
            let left: usize = back.unknown.iter().map(|(_, value)| size(value)).sum();
            // A link to Alibaba's storage identifies the gateway if nothing else does.
            let unopened = has_oss && endpoint.oss_headers.is_empty();
            let strain = left + usize::from(elsewhere) + usize::from(unopened);
            fits.push(Fit { gateway, model, named, back, strain });
        }
    }
    // A guess needs something to go by.
    fits.retain(|fit| fit.named || fit.back.draft.filled_fields().next().is_some());
    fits.sort_by_key(|fit| fit.strain);
    // If the URL or the shape of the body decides, models that fit worse are dropped.
    let best = fits.first().map(|fit| fit.strain);
    fits.retain(|fit| Some(fit.strain) == best);
    // Of several ways to call one model, the one that misses least; the others would send the same.
    let mut ways: Vec<Fit<'_>> = Vec::new();
    for fit in fits {
        let is_same = |known: &&mut Fit<'_>| {
            let (one, other) = (known.model, fit.model);
            known.gateway.id == fit.gateway.id && one.wire_name() == other.wire_name() && one.endpoint == other.endpoint
        };
        match ways.iter_mut().find(is_same) {
            Some(known) if fit.missing() < known.missing() => *known = fit,
            Some(_) => {}
            None => ways.push(fit),
        }
    }
    let mut fits = ways;
    fits.truncate(MOST);
    fits.into_iter().filter_map(|fit| wish(fit, place)).collect()
}

/// Whether a model has this name. Case is ignored.
fn is_called(model: &Model, name: &str) -> bool {
    let name = undated(name.trim());
    model.wire_name().eq_ignore_ascii_case(name) || model.id.eq_ignore_ascii_case(name)
}

/// A model name without the date of its snapshot: `wan2.7-i2v-2026-04-25`.
pub(crate) fn undated(name: &str) -> &str {
    let Some((front, date)) = name.len().checked_sub(11).and_then(|at| name.split_at_checked(at)) else { return name };
    let shape = "-dddd-dd-dd".bytes().zip(date.bytes());
    let is_date = shape.into_iter().all(|(sign, byte)| if sign == b'd' { byte.is_ascii_digit() } else { byte == sign });
    if is_date { front } else { name }
}

/// The total number of properties and entries in a value.
pub(crate) fn size(value: &Json) -> usize {
    match value {
        Json::List(list) => list.iter().map(size).sum::<usize>().max(1),
        Json::Object(members) => members.iter().map(|(_, member)| size(member)).sum::<usize>().max(1),
        _ => 1,
    }
}

fn wish(fit: Fit<'_>, place: Option<&At>) -> Option<Wish> {
    let Fit { gateway, model, named, back, .. } = fit;
    let base = place.and_then(|(.., base)| base.clone()).or_else(|| BaseUrl::parse(gateway.home(model)?.url).ok())?;
    let region = region_of(gateway, &base).to_owned();
    let mut back = back;
    // What the body lacks stays unsent. If its gateway requires it, it is missing.
    let sent = model.fields.iter().filter(|field| field.send == Sending::Always);
    sent.for_each(|field| back.draft.withhold(field.id));
    let checked = check(&back.draft, gateway, model, &base, &region);
    let (problems, unsent) = checked.into_findings();
    Some(Wish {
        gateway: gateway.id.to_owned(),
        model: model.id.to_owned(),
        base,
        region,
        named,
        draft: back.draft,
        unknown: back.unknown,
        unsent,
        problems,
    })
}
