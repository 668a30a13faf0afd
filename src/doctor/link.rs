//! Links that the gateway cannot fetch: expired, local, private, incomplete or no link at all.

use super::patient::Patient;
use super::{Effect, Fault};
use crate::address::{AddressFault, check_media_link, is_on_this_machine, origin_of};
use crate::catalog::{Field, FieldId, Kind};
use crate::checked::ProblemKind;
use crate::http::Json;
use crate::media::data_uri;
use crate::protocol;

/// Checks every link in the body.
pub fn examine(patient: &mut Patient<'_>, now_ms: u64) {
    let links = protocol::links(patient.model, patient.dialect(), &patient.body);
    for link in links {
        let Some(Json::Text(text)) = patient.body.at(&link.path).cloned() else { continue };
        let text = clean(patient, &link.path, text);
        if text.is_empty() && is_reference(patient, &link.path) {
            patient.find_at(&link.path, Fault::Empty, Effect::Refused, false);
        }
        if text.starts_with("data:") || text.is_empty() {
            continue;
        }
        judge(patient, &link.path, link.field, &text, now_ms);
    }
}

/// Whether a link is in a list of references, where each entry must have one.
fn is_reference(patient: &Patient<'_>, at: &str) -> bool {
    let is_it = |field: &Field| {
        matches!(field.kind, Kind::References { .. })
            && at.strip_prefix(field.at).is_some_and(|rest| rest.starts_with('['))
    };
    patient.model.fields.iter().any(is_it)
}

/// A link without the quotes and brackets around it. A closing parenthesis stays if the link itself opens it.
fn unquoted(text: &str) -> &str {
    let is_quote = |c: char| "\"'`“”‘’《》<>「」（）()".contains(c);
    let bare = text.trim_start_matches(is_quote);
    let is_own = bare.matches('(').count() >= bare.matches(')').count();
    bare.trim_end_matches(|c| is_quote(c) && !(is_own && c == ')')).trim()
}

/// Removes what surrounds a link.
fn clean(patient: &mut Patient<'_>, at: &str, text: String) -> String {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    let bare = unquoted(trimmed);
    if bare == text {
        return text;
    }
    let fault = if trimmed == bare { Fault::LinkSpaced } else { Fault::LinkQuoted };
    set(patient, at, Json::Text(bare.to_owned()));
    patient.find_at(at, fault, Effect::Refused, true);
    bare.to_owned()
}

fn set(patient: &mut Patient<'_>, at: &str, better: Json) {
    if let Some(value) = patient.body.at_mut(at) {
        *value = better;
    }
}

fn judge(patient: &mut Patient<'_>, at: &str, field: Option<FieldId>, text: &str, now_ms: u64) {
    let lower = text.to_ascii_lowercase();
    let is_disk = lower.starts_with("file:")
        || lower.starts_with("~/")
        || lower.starts_with("./")
        || lower.starts_with("../")
        || lower.starts_with('/') && !lower.starts_with("//") && !lower.starts_with("/9j/")
        || lower.get(1..3).is_some_and(|sign| sign == ":\\" || sign == ":/");
    if is_disk {
        return patient.find_at(at, Fault::LinkToDisk, Effect::Refused, false);
    }
    if lower.starts_with("blob:") || lower.starts_with("filesystem:") {
        return patient.find_at(at, Fault::LinkInBrowser, Effect::Refused, false);
    }
    if let Some(uri) = bare_base64(text) {
        set(patient, at, uri);
        return patient.find_at(at, Fault::Base64Bare, Effect::Refused, true);
    }
    if lower.starts_with("oss://") {
        if patient.endpoint.oss_headers.is_empty() {
            patient.find_at(at, Fault::LinkToStore, Effect::Refused, false);
        }
        return;
    }
    match check_media_link(text) {
        Ok(()) => {}
        Err(AddressFault::NoScheme) => {
            let better = ["https://", text.trim_start_matches('/')].concat();
            let is_host = better[8..].split('/').next().is_some_and(|host| host.contains('.'));
            let mended = is_host && check_media_link(&better).is_ok();
            if mended {
                set(patient, at, Json::Text(better.clone()));
            }
            return patient.find_at(at, Fault::LinkBare, Effect::Refused, mended);
        }
        Err(AddressFault::Character) => {
            // A space inside is encoded as %20; invisible characters do not belong there.
            let plain = text.replace(' ', "%20");
            let mended = check_media_link(&plain).is_ok();
            if mended {
                set(patient, at, Json::Text(plain));
            }
            return patient.find_at(at, Fault::LinkSpaced, Effect::Refused, mended);
        }
        Err(fault) => {
            let id = field.unwrap_or(FieldId::FirstFrame);
            return patient.find_at(at, Fault::Value(id, ProblemKind::Address(fault)), Effect::Refused, false);
        }
    }
    if is_on_this_machine(text) {
        patient.find_at(at, Fault::LinkToThisMachine, Effect::Refused, false);
    } else if is_private(text) {
        patient.find_at(at, Fault::LinkToPrivateNetwork, Effect::Refused, false);
    } else if let Some(ended_ms) = ends_ms(text).filter(|end| *end < now_ms) {
        patient.find_at(at, Fault::LinkExpired { ended_ms }, Effect::Refused, false);
    }
}

/// An image or audio in base64 without `data:` in front, as the URI it should be.
fn bare_base64(text: &str) -> Option<Json> {
    if text.len() < 24 || text.contains("://") {
        return None;
    }
    let file = data_uri::of_base64(text, "media")?;
    file.format.is_some().then(|| Json::File(std::sync::Arc::new(file)))
}

fn is_private(url: &str) -> bool {
    let Some(origin) = origin_of(url) else { return false };
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    let octets: Vec<u8> = host.split('.').filter_map(|octet| octet.parse().ok()).collect();
    let by_number = host.split('.').count() == 4
        && matches!(
            octets[..],
            [0 | 10, ..] | [192, 168, ..] | [172, 16..=31, ..] | [169, 254, ..] | [100, 64..=127, ..]
        );
    let by_name = [".local", ".internal", ".lan", ".localhost"].iter().any(|ending| host.ends_with(ending));
    let by_six = ["[fc", "[fd", "[fe80"].iter().any(|start| host.starts_with(start));
    let bare = !host.contains('.') && !host.starts_with('[');
    by_number || by_name || by_six || bare
}

/// When a signed link expires, according to its own parameters, as the object stores of all vendors write them.
pub fn ends_ms(url: &str) -> Option<u64> {
    if let Some(ends) = crate::expiry::signed_until_ms(url) {
        return Some(ends);
    }
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next()?;
    let value = |wanted: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    for maker in ["X-Amz-", "X-Oss-", "X-Goog-", "X-Tos-", "X-Obs-"] {
        let part = |name: &str| value(&[maker, name].concat());
        if let (Some(from), Some(length)) = (part("Date").and_then(moment_ms), part("Expires")) {
            return Some(from + length.parse::<u64>().ok()?.min(1_000_000_000) * 1000);
        }
    }
    if let Some(time) = value("q-sign-time") {
        let end = time.split([';', '%']).next_back()?.trim_start_matches("3B").trim_start_matches("3b");
        return end.parse::<u64>().ok().map(|seconds| seconds.saturating_mul(1000));
    }
    // Azure writes the expiry time itself, with `%3A` for each colon.
    value("se").and_then(|text| moment_ms(&text.replace("%3A", ":").replace("%3a", ":")))
}

/// A timestamp such as `20261122T061500Z` or `2026-11-22T06:15:00Z`.
fn moment_ms(text: &str) -> Option<u64> {
    let digits: Vec<u64> = text.bytes().filter(u8::is_ascii_digit).map(|byte| u64::from(byte - b'0')).collect();
    let number = |from: usize, count: usize| {
        let part = digits.get(from..from + count)?;
        Some(part.iter().fold(0, |sum, digit| sum * 10 + digit))
    };
    let (year, month, day) = (number(0, 4)?, number(4, 2)?, number(6, 2)?);
    let seconds = number(8, 2).unwrap_or(0) * 3600 + number(10, 2).unwrap_or(0) * 60 + number(12, 2).unwrap_or(0);
    if !(1970..2200).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days since 1970 in the civil calendar, with the year starting in March.
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    Some((days * 86_400 + seconds) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_signed_link_is_read_as_each_store_writes_it() {
        for (query, ends) in [
            ("Expires=1763801000&Signature=x", Some(1_763_801_000_000)),
            ("X-Amz-Date=20261122T061500Z&X-Amz-Expires=3600", Some(1_795_331_700_000)),
            ("x-oss-date=20261122T061500Z&x-oss-expires=60", Some(1_795_328_160_000)),
            ("X-Goog-Date=19700101T000000Z&X-Goog-Expires=1", Some(1000)),
            ("se=2026-11-22T06%3A15%3A00Z&sig=x", Some(1_795_328_100_000)),
            ("q-sign-time=1763801000;1763804600", Some(1_763_804_600_000)),
            ("q-sign-time=1763801000%3B1763804600", Some(1_763_804_600_000)),
            ("X-Amz-Date=tomorrow&X-Amz-Expires=1", None),
            ("se=soon", None),
            ("x=1", None),
        ] {
            assert_eq!(ends_ms(&["https://h/a.png?", query].concat()), ends, "{query}");
        }
    }

    #[test]
    fn a_parenthesis_of_the_link_itself_stays() {
        for (text, bare) in [
            ("https://h.example/a?f=cat(1)", "https://h.example/a?f=cat(1)"),
            ("(https://h.example/a.png)", "https://h.example/a.png"),
            ("https://h.example/a.png)", "https://h.example/a.png"),
            ("「https://h.example/(a).png」", "https://h.example/(a).png"),
        ] {
            assert_eq!(unquoted(text), bare, "{text}");
        }
    }

    #[test]
    fn private_hosts_are_known() {
        for host in ["10.0.0.1", "192.168.1.2:8080", "172.20.0.1", "nas.local", "intranet", "[fd00::1]", "169.254.1.1"]
        {
            assert!(is_private(&["http://", host, "/a.png"].concat()), "{host}");
        }
        for host in ["example.com", "172.32.0.1", "11.0.0.1", "10.example.com", "[2001:db8::1]"] {
            assert!(!is_private(&["https://", host, "/a.png"].concat()), "{host}");
        }
    }
}
