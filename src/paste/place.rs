//! A call at the host of the gateway whose protocol it speaks.

use super::open;
use super::scene::Scene;
use super::whose::Whose;
use crate::import::Call;

/// The call at the host of the gateway whose protocol it speaks, so that its path can be read.
pub fn placed(scene: Scene<'_>, call: &Call, whose: &Whose, like: &str) -> Call {
    let mut call = call.clone();
    if matches!(whose, Whose::Gateway { .. } | Whose::Unsaid) || like.is_empty() {
        return call;
    }
    let path = open::host(&call.url).map_or_else(
        || {
            let rest = call.url.split_once("://").map_or(call.url.as_str(), |(_, rest)| rest);
            rest[rest.find('/').unwrap_or(rest.len())..].to_owned()
        },
        |(_, rest)| rest,
    );
    let Some(gateway) = scene.catalog.gateway(like) else { return call };
    let base = gateway.bases.first().map(|base| base.url).unwrap_or_default();
    // From where the gateway's own path begins.
    let paths = gateway.endpoints.values().flat_map(|endpoint| [&endpoint.create, &endpoint.query]);
    let tails = paths.filter_map(|known| {
        let front = known.split("{task_id}").next().unwrap_or_default().trim_end_matches('/');
        let tail = front.rsplit_once("/v1/").map_or(front, |(_, tail)| tail);
        let at = path.find(tail).filter(|_| tail.len() > 4)?;
        Some((front.len(), [&front[..front.len() - tail.len()], &path[at..]].concat()))
    });
    if let Some((_, path)) = tails.max_by_key(|(length, _)| *length) {
        call.url = [base, &*path].concat();
    }
    call
}
