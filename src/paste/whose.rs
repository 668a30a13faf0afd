//! Where a request goes: its host decides, before the shape of its body does.

use super::open;
use super::scene::Scene;
use crate::address::{BaseUrl, is_on_this_machine, origin_of};
use crate::reading;

/// Whose a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A gateway's, by its host.
    Gateway {
        /// Its ID.
        id: String,
        /// The price region of the host.
        region: String,
        /// Its URL, as far as the gateway's own path.
        base: BaseUrl,
    },
    /// A gateway's by its path; no host is given.
    ByPath(String),
    /// Alibaba's Token Plan, with keys and prices of its own.
    TokenPlan,
    /// A host that is none of the four gateways'.
    Nobody(String),
    /// The machine it was written on.
    ThisMachine(String),
    /// The host is not filled in.
    Open(String),
    /// No address is given: it is judged for every gateway it may be meant for.
    Unsaid,
}

/// Hosts of Alibaba's subscription begin with this.
const TOKEN_PLAN: &str = "token-plan.";

/// Whose a URL is.
pub fn of(scene: Scene<'_>, url: &str) -> Whose {
    if url.is_empty() {
        return Whose::Unsaid;
    }
    if let Some((written, _)) = open::host(url) {
        return Whose::Open(written);
    }
    if url.starts_with('/') {
        return like(scene, url).map_or(Whose::Unsaid, Whose::ByPath);
    }
    let Some(origin) = origin_of(url).or_else(|| origin_of(&["https://", url].concat())) else {
        return Whose::Nobody(url.chars().take(80).collect());
    };
    let host = origin.split_once("://").map_or("", |(_, host)| host).to_owned();
    if host.starts_with(TOKEN_PLAN) {
        return Whose::TokenPlan;
    }
    if let Some((gateway, base)) = reading::owner(scene.catalog, scene.bases, url) {
        let region = reading::region_of(gateway, &base).to_owned();
        return Whose::Gateway { id: gateway.id.to_owned(), region, base };
    }
    if is_on_this_machine(url) { Whose::ThisMachine(host) } else { Whose::Nobody(host) }
}

/// The gateway whose protocol a path belongs to, whatever the host.
pub fn like(scene: Scene<'_>, path: &str) -> Option<String> {
    let bare = path.split(['?', '#']).next()?.trim_end_matches('/');
    let fits = |pattern: &str| {
        let front = pattern.split("{task_id}").next().unwrap_or(pattern).trim_end_matches('/');
        // Resellers put the protocol below paths of their own: `/apis/v1/services/…`.
        let tail = front.rsplit_once("/v1/").map_or(front, |(_, tail)| tail);
        let is_asked = pattern.contains("{task_id}");
        let ends = |tail: &str| bare.ends_with(tail) || (is_asked && bare.contains(&[tail, "/"].concat()));
        (ends(front), tail.contains("aigc") && ends(tail), front.len())
    };
    // A whole path first, then the longer one, then the owner of a protocol before those who resell it.
    let mut best: Option<((bool, usize, bool), &str)> = None;
    for gateway in scene.catalog.gateways {
        for endpoint in gateway.endpoints.values() {
            for pattern in [&endpoint.create, &endpoint.query] {
                let (whole, tail, length) = fits(pattern);
                let rank = (whole, if whole { length } else { 0 }, gateway.id == "dashscope");
                if (whole || tail) && best.is_none_or(|(known, _)| rank > known) {
                    best = Some((rank, gateway.id));
                }
            }
        }
    }
    best.map(|(_, id)| id.to_owned())
}

/// Whether a path or a body is about something other than videos.
pub fn is_not_video(url: &str) -> bool {
    const OTHERS: [&str; 15] = [
        "/chat/completions",
        "/completions",
        "/responses",
        "/embeddings",
        "/images/generations",
        "/images/edits",
        "/audio/speech",
        "/audio/transcriptions",
        "text-generation/generation",
        "multimodal-generation/generation",
        "text2image/image-synthesis",
        "image-generation/generation",
        // Places for files: a link into one may become part of a request for a video.
        "/v1/uploads",
        "/v1/files",
        "/v1/files/uploads",
    ];
    let bare = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    OTHERS.iter().any(|end| bare.ends_with(end))
}
