//! Where a call goes and what it does there, by method and URL; or by the body, if one path serves several purposes.

use crate::address::{BaseUrl, origin_of};
use crate::catalog::{Catalog, Endpoint, Gateway};
use crate::http::{Files, Json};
use crate::import::Call;
use crate::protocol::{self, TaskId};
use crate::takeup::{Place, place};

/// What a call does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Creates a task and costs money.
    Create,
    /// Queries the status of this task.
    Query(TaskId),
    /// Cancels it.
    Cancel(TaskId),
    /// Downloads its video.
    Content(TaskId),
    /// Lists tasks.
    List,
    /// None of these, or it cannot be determined: a bare body, a URL that is not a gateway's.
    Unknown,
}

/// What a URL says.
pub struct Found {
    /// What the call does.
    pub purpose: Purpose,
    /// Where it goes.
    pub place: Option<Place>,
}

/// The price region of a base: that of the catalog's base at the same host, or else of the gateway's first.
pub fn region_of<'a>(gateway: &'a Gateway, base: &BaseUrl) -> &'a str {
    let known = gateway.bases.iter().find(|known| fits_base(known.url, Some(base.origin())));
    known.or(gateway.bases.first()).map_or("", |base| base.region)
}

/// Whether a URL belongs to a gateway in the catalog.
pub fn is_listed(gateway: &Gateway, url: &str) -> bool {
    let origin = origin_of(url);
    gateway.bases.iter().any(|base| fits_base(base.url, origin.as_deref()))
}

/// Whether an origin matches a base in the catalog, which may contain a placeholder for a workspace.
pub fn fits_base(base: &str, origin: Option<&str>) -> bool {
    let Some(origin) = origin else { return false };
    match base.split_once('{') {
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            let inner = origin.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(['.', '/']))
        }
        None => origin_of(base).as_deref() == Some(origin),
    }
}

/// Finds gateway, endpoint and purpose of a call.
pub fn find(catalog: &Catalog, bases: &[(String, BaseUrl)], call: &Call, body: Option<&Json>) -> Found {
    let nowhere = Found { purpose: Purpose::Unknown, place: None };
    if call.url.is_empty() {
        return nowhere;
    }
    let mut best: Option<(Rank, Found)> = None;
    for gateway in catalog.gateways {
        let mut endpoints: Vec<(&str, &Endpoint)> = gateway.endpoints.iter().collect();
        // Two of them may have the same query path; the order in the file has no meaning.
        endpoints.sort_by_key(|(name, _)| *name);
        for (name, endpoint) in endpoints {
            for (path, end) in ends(endpoint) {
                let Some((base, id)) = place::asked(&call.url, path) else { continue };
                if !place::is_possible(catalog, bases, gateway.id, &base) {
                    continue;
                }
                let Some(purpose) = purpose(endpoint, end, call, body, id) else { continue };
                let fits = fits_model(gateway, name, body);
                let rank = Rank { length: path.len(), listed: is_listed(gateway, &call.url), fits };
                if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                    let place = Place { gateway: gateway.id.to_owned(), endpoint: name.to_owned(), base: Some(base) };
                    best = Some((rank, Found { purpose, place: Some(place) }));
                }
            }
        }
    }
    best.map_or(nowhere, |(_, found)| found)
}

/// What makes one of several places more likely: first a longer path, which is more specific, then a host that belongs
/// to the gateway, then an endpoint that has the model.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    length: usize,
    listed: bool,
    fits: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Create,
    Query,
    Cancel,
    Content,
    List,
}

fn ends(endpoint: &Endpoint) -> impl Iterator<Item = (&str, End)> {
    let optional = [(endpoint.cancel, End::Cancel), (endpoint.content, End::Content), (endpoint.list, End::List)];
    let must = [(endpoint.create, End::Create), (endpoint.query, End::Query)];
    must.into_iter().chain(optional.into_iter().filter_map(|(path, end)| Some((path?.trim_end_matches('/'), end))))
}

fn purpose(endpoint: &Endpoint, end: End, call: &Call, body: Option<&Json>, id: Option<TaskId>) -> Option<Purpose> {
    // A body that names a model is meant to create something, whatever URL it was sent to.
    let creates = body.is_some_and(|body| protocol::model_of(body).is_some());
    let asked = || protocol::asked_task(endpoint.dialect, &body?.print(Files::Marked));
    match end {
        // A CORS preflight.
        _ if call.method == "OPTIONS" && body.is_none() => None,
        _ if creates => Some(Purpose::Create),
        End::Create if call.method == "GET" && body.is_none() => Some(Purpose::List),
        End::Create => Some(Purpose::Create),
        End::Query => id.or_else(asked).map(Purpose::Query),
        End::Cancel => id.map(Purpose::Cancel),
        End::Content => id.map(Purpose::Content),
        End::List => Some(Purpose::List),
    }
}

fn fits_model(gateway: &Gateway, endpoint: &str, body: Option<&Json>) -> bool {
    let name = body.and_then(protocol::model_of);
    name.is_some_and(|name| gateway.models.iter().any(|model| model.endpoint == endpoint && model.wire_name() == name))
}

/// The `https` version of a URL that was called without encryption.
pub fn encrypted(url: &str) -> Option<String> {
    let rest = url.strip_prefix("http://")?;
    (!crate::address::is_on_this_machine(url)).then(|| ["https://", rest].concat())
}

/// The gateway whose known host a URL has, with or without encryption.
pub fn owner<'a>(catalog: &'a Catalog, bases: &[(String, BaseUrl)], url: &str) -> Option<(&'a Gateway, BaseUrl)> {
    let url = encrypted(url).unwrap_or_else(|| url.to_owned());
    let origin = origin_of(&url)?;
    if let Some(gateway) = catalog.gateways.iter().find(|gateway| is_listed(gateway, &url)) {
        return Some((gateway, BaseUrl::parse(&origin).ok()?));
    }
    let known = bases.iter().find(|(_, base)| base.origin() == origin && url.starts_with(&base.text()))?;
    Some((catalog.gateway(&known.0)?, known.1.clone()))
}
