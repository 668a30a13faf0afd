//! Where a call goes: gateway, endpoint and task, by its URL.

use super::finding::Place;
use crate::address::{BaseUrl, origin_of};
use crate::catalog::{Catalog, Endpoint};
use crate::percent;
use crate::protocol::{self, TaskId};

/// All places whose endpoint matches, one per query path.
pub fn all(catalog: &Catalog, fits: impl Fn(&Endpoint) -> bool) -> Vec<Place> {
    let mut places = Vec::new();
    for gateway in catalog.gateways {
        let mut endpoints: Vec<(&str, &Endpoint)> = gateway.endpoints.iter().filter(|(_, known)| fits(known)).collect();
        // Two endpoints with the same query path are one place for a task; the order in the file has no meaning.
        endpoints.sort_by_key(|(name, _)| *name);
        let mut asked: Vec<&str> = Vec::new();
        for (name, endpoint) in endpoints {
            if !asked.contains(&endpoint.query) {
                asked.push(endpoint.query);
                places.push(Place { gateway: gateway.id.to_owned(), endpoint: name.to_owned(), base: None });
            }
        }
    }
    places
}

/// The task that a call is about, and where it may have been created. `None` for a call that creates one, and for a call
/// to somebody else.
pub fn of_call(catalog: &Catalog, bases: &[(String, BaseUrl)], url: &str, body: &str) -> Option<(TaskId, Vec<Place>)> {
    let mut tasks: Vec<(usize, Place, TaskId)> = Vec::new();
    let mut creates: Vec<usize> = Vec::new();
    for place in all(catalog, |_| true) {
        let Some(gateway) = catalog.gateway(&place.gateway) else { continue };
        let Some(found) = gateway.endpoints.get(&place.endpoint) else { continue };
        for pattern in [Some(&found.query), found.content.as_ref(), found.cancel.as_ref()].into_iter().flatten() {
            let Some((base, id)) = asked(url, pattern) else { continue };
            let id = id.or_else(|| protocol::asked_task(found.dialect, body));
            let (Some(id), true) = (id, is_possible(catalog, bases, &place.gateway, &base)) else { continue };
            tasks.push((pattern.len(), Place { base: Some(base), ..place.clone() }, id));
        }
        // Create calls can have different paths even where queries have the same one.
        let same = gateway.endpoints.values().filter(|other| other.query == found.query);
        for create in same.map(|other| &other.create) {
            if let Some((base, _)) = asked(url, create)
                && is_possible(catalog, bases, &place.gateway, &base)
            {
                creates.push(create.len());
            }
        }
    }
    // The longest pattern is the most specific: `/alibailian/api/v1/tasks/` is not `/api/v1/tasks/` at an odd base.
    let most = tasks.iter().map(|(length, ..)| *length).chain(creates).max();
    tasks.retain(|(length, ..)| Some(*length) == most);
    let id = tasks.first()?.2.clone();
    Some((id, tasks.into_iter().map(|(_, place, _)| place).collect()))
}

/// A host that is known to be another gateway's cannot be this one's.
pub fn is_possible(catalog: &Catalog, bases: &[(String, BaseUrl)], gateway: &str, base: &BaseUrl) -> bool {
    let listed = catalog.gateways.iter().flat_map(|known| known.bases.iter().map(move |base| (known.id, base.url)));
    let mut owners: Vec<&str> =
        listed.filter(|(_, url)| origin_of(url).as_deref() == Some(base.origin())).map(|(id, _)| id).collect();
    if owners.is_empty() {
        owners = bases.iter().filter(|(_, known)| known == base).map(|(id, _)| id.as_str()).collect();
    }
    owners.is_empty() || owners.contains(&gateway)
}

/// The base and the task ID of a URL that matches a pattern.
pub fn asked(url: &str, pattern: &str) -> Option<(BaseUrl, Option<TaskId>)> {
    let bare = url.split(['?', '#']).next()?.trim_end_matches('/');
    let origin = origin_of(bare)?;
    let path_start = bare.find("://").map(|at| at + 3)?;
    let path_start = bare[path_start..].find('/').map_or(bare.len(), |at| at + path_start);
    let path = &bare[path_start..];
    let (before, after) = pattern.split_once("{task_id}").unwrap_or((pattern, ""));
    let (prefix, id) = if before == pattern {
        (path.strip_suffix(pattern)?, None)
    } else {
        let at = path.rfind(before)?;
        let id = path[at + before.len()..].strip_suffix(after)?;
        if id.is_empty() || id.contains('/') {
            return None;
        }
        (&path[..at], Some(TaskId(percent::decoded(id)?)))
    };
    Some((BaseUrl::parse(&[&origin, prefix].concat()).ok()?, id))
}
