//! Taking up what was made elsewhere: where a task of this id or of this call may have been created, an answer that was
//! pasted for a known task, and whether a text is one for the paste box at all. What a whole text holds is read by
//! [`paste`](crate::paste).

use crate::catalog::{Catalog, Endpoint};
use crate::http::Response;
use crate::key::found;

mod begins;
mod finding;
pub(crate) mod place;

pub(crate) use begins::is_uuid;
pub use begins::{is_brought, is_command};
pub use finding::Place;

/// Endings of the names of files that are read.
pub const ENDINGS: &str =
    ".har,.json,.txt,.log,.md,.sh,.fish,.ps1,.bat,.cmd,.http,.py,.js,.mjs,.ts,.go,.java,.php,.cs,.rs";
/// Longest text that is examined. The gateways' own responses are below 100 kB.
pub const LONGEST: usize = 1 << 20;

/// A response as pasted: the status from its header block, if that was pasted too, and its JSON without what surrounds
/// it. A key in it is removed.
pub fn answer(text: &str) -> Response {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut cut = text.to_owned();
    let is_cut = text.len() > LONGEST;
    if is_cut {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        cut.truncate(end);
    }
    let clean = found::without(&cut);
    let status = status(&clean).unwrap_or(200);
    let body = json_in(&clean).unwrap_or_else(|| clean.trim().to_owned());
    Response { status, headers: Vec::new(), body, cut: is_cut }
}

/// The status of the last header block in a text: `curl -i` prints one per response.
fn status(text: &str) -> Option<u16> {
    let of = |line: &str| -> Option<u16> {
        let rest = line.trim().strip_prefix("HTTP/")?;
        rest.split_whitespace().nth(1)?.parse().ok().filter(|status| (100..600).contains(status))
    };
    text.lines().filter_map(of).next_back()
}

/// The JSON object in a text: from the first brace to the last, if that parses.
fn json_in(text: &str) -> Option<String> {
    let (start, end) = (text.find('{')?, text.rfind('}')?);
    let part = text.get(start..=end)?;
    serde_json::from_str::<serde_json::Value>(part).ok().filter(serde_json::Value::is_object)?;
    Some(part.to_owned())
}

/// The endpoint at a place.
pub fn endpoint<'a>(catalog: &'a Catalog, place: &Place) -> Option<&'a Endpoint> {
    catalog.gateway(&place.gateway)?.endpoints.get(&place.endpoint)
}

/// Whether a word can be a task ID at all: letters, digits and a few symbols, with a digit, neither too short nor too
/// long.
pub(crate) fn is_id(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    plain && (8..=128).contains(&word.len()) && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
