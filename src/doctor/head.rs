//! Everything in front of the body: method, URL, headers, key.

use super::{Effect, Fault, Finding, Part};
use crate::catalog::{Catalog, Endpoint, Gateway};
use crate::http::Json;
use crate::import::{Call, Proof};

/// The header that every body requires, and its value.
const CONTENT_TYPE: (&str, &str) = ("Content-Type", "application/json");
/// Headers that a browser or a client adds on its own: the request does not need them, and some of them are secrets.
const OF_THE_CLIENT: [&str; 20] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "cookie",
    "dnt",
    "host",
    "keep-alive",
    "origin",
    "pragma",
    "priority",
    "proxy-authorization",
    "referer",
    "te",
    "transfer-encoding",
    "upgrade-insecure-requests",
    "user-agent",
];

fn found(part: Part, fault: Fault, effect: Effect, mended: bool) -> Finding {
    Finding { part, fault, effect, mended }
}

/// Checks the method.
pub fn method(call: &Call, should: &'static str, findings: &mut Vec<Finding>) {
    if !call.method.is_empty() && call.method != should {
        findings.push(found(Part::Method, Fault::Method { should }, Effect::Refused, true));
    }
}

/// Checks the headers of a create call and returns the corrected ones.
pub fn headers(call: &Call, endpoint: &Endpoint, body: &Json, findings: &mut Vec<Finding>) -> Vec<(String, String)> {
    let mut wanted: Vec<(&str, &str)> = vec![CONTENT_TYPE];
    let accept = |name: &str| name.eq_ignore_ascii_case("accept");
    let named = endpoint.headers.iter().map(|(name, value)| (name, *value));
    wanted.extend(named.filter(|(name, _)| !accept(name)));
    if body.links_oss() {
        wanted.extend(endpoint.oss_headers.iter().map(|(name, value)| (name, *value)));
    }
    let is_bare = call.url.is_empty();
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in &call.headers {
        let Some((known, should)) = wanted.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
            let lower = name.to_ascii_lowercase();
            let keep = !OF_THE_CLIENT.contains(&&*lower) && !lower.starts_with("sec-") && !lower.starts_with(':');
            if keep || (accept(name) && endpoint.headers.contains_key("Accept")) {
                headers.push((name.clone(), value.clone()));
            }
            continue;
        };
        seen.push(known);
        let plain = value.split(';').next().unwrap_or(value).trim();
        let fits = if *known == CONTENT_TYPE.0 { plain.eq_ignore_ascii_case(should) } else { value == should };
        if !fits {
            let fault = Fault::HeaderWrong { should: (*should).to_owned() };
            findings.push(found(Part::Header((*known).to_owned()), fault, Effect::Refused, true));
        }
        headers.push((name.clone(), if fits { value.clone() } else { (*should).to_owned() }));
    }
    for (name, should) in wanted.iter().filter(|(name, _)| !seen.contains(name)) {
        if !is_bare {
            let fault = Fault::HeaderMissing { should: (*should).to_owned() };
            findings.push(found(Part::Header((*name).to_owned()), fault, Effect::Refused, true));
        }
        headers.push(((*name).to_owned(), (*should).to_owned()));
    }
    headers
}

/// Headers that are only for creating a task, in a call that queries one.
pub fn idle_headers(call: &Call, endpoint: &Endpoint, findings: &mut Vec<Finding>) {
    for (name, _) in &call.headers {
        let known = endpoint.headers.keys().find(|known| known.eq_ignore_ascii_case(name));
        if let Some(known) = known.filter(|known| !known.eq_ignore_ascii_case("accept")) {
            findings.push(found(Part::Header(known.to_owned()), Fault::HeaderIdle, Effect::Noted, true));
        }
    }
}

/// Checks the key, by its name or its format.
pub fn key(catalog: &Catalog, gateway: &Gateway, region: &str, proof: &Proof, findings: &mut Vec<Finding>) {
    let fault = match proof {
        Proof::None => Some(Fault::KeyMissing),
        Proof::Variable(name) => by_name(catalog, gateway, region, name),
        Proof::Key(secret) => by_looks(gateway, secret.reveal()),
    };
    if let Some(fault) = fault {
        findings.push(found(Part::Key, fault, Effect::Refused, false));
    }
}

/// The gateway whose keys are 32 hexadecimal digits.
const HEX_KEYS: &str = "acedata";

/// Parts of variable names, and the gateway each indicates.
const GATEWAYS: [(&str, &str); 9] = [
    ("CRAZYROUTER", "crazyrouter"),
    ("CRAZY", "crazyrouter"),
    ("OPE", "ope"),
    ("ACEDATA", "acedata"),
    ("ACEDATACLOUD", "acedata"),
    ("ACE", "acedata"),
    ("DASHSCOPE", "dashscope"),
    ("BAILIAN", "dashscope"),
    ("MODELSTUDIO", "dashscope"),
];

/// The same for regions.
const REGIONS: [(&str, &str); 13] = [
    ("INTL", "intl"),
    ("SG", "intl"),
    ("SINGAPORE", "intl"),
    ("US", "us"),
    ("VIRGINIA", "us"),
    ("CN", "cn"),
    ("BEIJING", "cn"),
    ("HK", "hk"),
    ("HONGKONG", "hk"),
    ("EU", "eu"),
    ("FRANKFURT", "eu"),
    ("JP", "jp"),
    ("TOKYO", "jp"),
];

fn by_name(catalog: &Catalog, gateway: &Gateway, region: &str, name: &str) -> Option<Fault> {
    let upper = name.to_ascii_uppercase();
    let says = |table: &'static [(&str, &str)]| {
        let words = upper.split(|c: char| !c.is_ascii_alphanumeric());
        words.filter_map(|word| table.iter().find(|(known, _)| *known == word)).map(|(_, meaning)| *meaning)
    };
    let owners: Vec<&str> = says(&GATEWAYS).collect();
    if let Some(owner) = owners.first().filter(|_| !owners.contains(&gateway.id)) {
        return catalog.gateway(owner).map(|owner| Fault::KeyOfGateway { gateway: owner.id.to_owned() });
    }
    let has_regions = gateway.bases.iter().any(|base| base.region != gateway.bases[0].region);
    let meant = says(&REGIONS).next().filter(|meant| has_regions && *meant != region)?;
    let base = gateway.bases.iter().find(|base| base.region == meant)?;
    Some(Fault::KeyOfRegion { should: base.url.to_owned() })
}

fn by_looks(gateway: &Gateway, key: &str) -> Option<Fault> {
    let lower = key.to_ascii_lowercase();
    let marks = ["your", "xxx", "<", "{", "***", "…", "api_key", "api-key", "apikey", "placeholder", "替换"];
    if marks.iter().any(|mark| lower.contains(mark)) {
        return Some(Fault::KeyPlaceholder);
    }
    let is_hex = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    // One gateway's keys have no prefix, those of the others do; which of those it belongs to is unknown.
    let is_hex_gateway = gateway.id == HEX_KEYS;
    match (is_hex_gateway, is_hex) {
        (true, false) if key.starts_with("sk-") => Some(Fault::KeyOfGateway { gateway: String::new() }),
        (false, true) => Some(Fault::KeyOfGateway { gateway: HEX_KEYS.to_owned() }),
        _ => None,
    }
}
