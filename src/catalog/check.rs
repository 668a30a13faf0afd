//! Rules a catalog must obey beyond its shape. The same rules apply to the built-in files, a deployer's and a user's:
//! what is printed into commands, called with a key or shown as a link comes from here.

mod faults;
mod model;
mod path;
mod price;

use super::fault::{Fault, Rule};
use super::{Base, Endpoint, Gateway, Group, Source, Upload, UploadWay};
use crate::address::{BaseUrl, origin_of};
use faults::Faults;
use path::{TASK, is_path, is_plain_path};

pub(crate) use path::is_endpoint_path;

/// Variables that shells and programs read themselves: a command that exports a key under such a name breaks, or leaks
/// the key.
const TAKEN_VARIABLES: [&str; 20] = [
    "PATH",
    "HOME",
    "IFS",
    "SHELL",
    "ENV",
    "USER",
    "LOGNAME",
    "PWD",
    "OLDPWD",
    "CDPATH",
    "TERM",
    "LANG",
    "TMPDIR",
    "EDITOR",
    "PAGER",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NODE_OPTIONS",
    "PROMPT_COMMAND",
];
const TAKEN_BEGINNINGS: [&str; 10] =
    ["LD_", "DYLD_", "BASH_", "PS", "GIT_", "PYTHON", "PERL", "RUBY", "CURL_", "NPM_CONFIG"];
/// Headers that belong to the page or the browser, and those that carry keys.
const TAKEN_HEADERS: [&str; 21] = [
    "authorization",
    "cookie",
    "set-cookie",
    "host",
    "origin",
    "referer",
    "content-type",
    "content-length",
    "expect",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "via",
    "x-api-key",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-goog-api-key",
];

/// Every rule that a gateway's data breaks. Positions are pointers into the gateway.
pub fn faults(gateway: &Gateway) -> Vec<Fault> {
    let mut found = Faults::default();
    found.unless(is_id(gateway.id), "/id", Rule::BadId);
    for (place, words) in [("/name", &gateway.name), ("/about", &gateway.about)] {
        found.unless(!words.en.trim().is_empty() && !words.zh.trim().is_empty(), place, Rule::Empty);
    }
    let name = gateway.key_variable;
    let looks = [gateway.name.en, gateway.name.zh, name].into_iter().any(looks_like_key);
    found.unless(!looks, "/key_variable", Rule::LooksLikeKey);
    found.unless(is_variable(name), "/key_variable", Rule::BadVariable);
    check_bases(gateway.bases, &mut found);
    for (name, endpoint) in &gateway.endpoints {
        check_endpoint(endpoint, &["/endpoints/", &super::lines::step(name)].concat(), &mut found);
    }
    check_poll(gateway, &mut found);
    if let Some(list) = &gateway.model_list {
        found.unless(is_path(list.path), "/model_list/path", Rule::BadPath);
        let known = gateway.sources.contains_key(list.source);
        found.known(known, "/model_list/source", Rule::UnknownSource, list.source);
    }
    if let Some(upload) = gateway.upload {
        check_upload(gateway, upload, &mut found);
    }
    for (name, source) in &gateway.sources {
        check_source(source, &["/sources/", &super::lines::step(name)].concat(), &mut found);
    }
    found.known(gateway.sources.contains_key(gateway.document), "/document", Rule::UnknownSource, gateway.document);
    found.unless(!gateway.models.is_empty(), "/models", Rule::NoModel);
    if let Some(id) = gateway.default {
        match gateway.model(id) {
            Some(model) => found.known(model.group() == Group::Current, "/default", Rule::NotCurrent, id),
            None => found.known(false, "/default", Rule::UnknownModel, id),
        }
    }
    for (index, one) in gateway.models.iter().enumerate() {
        let place = ["/models/", &index.to_string()].concat();
        let first = gateway.models.iter().position(|other| other.id == one.id);
        found.known(first == Some(index), &[&place, "/id"].concat(), Rule::IdTwice, one.id);
        model::check(gateway, one, &place, &mut found);
    }
    found.0
}

/// Lowercase letters, digits and hyphens: an id is used in links, element names and key slots.
pub fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| plain(byte) || byte == b'-')
        && text.bytes().next().is_some_and(plain)
}

fn is_variable(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !TAKEN_VARIABLES.contains(&upper.as_str())
        && !TAKEN_BEGINNINGS.iter().any(|taken| upper.starts_with(taken))
}

/// A key's usual prefix, with enough characters after it.
fn looks_like_key(text: &str) -> bool {
    let after = |word: &str| word.strip_prefix("sk-").is_some_and(|rest| rest.len() >= 8);
    text.split_whitespace().any(after)
}

fn check_bases(bases: &[Base], found: &mut Faults) {
    found.unless(!bases.is_empty(), "/bases", Rule::NoBase);
    for (index, base) in bases.iter().enumerate() {
        let place = ["/bases/", &index.to_string()].concat();
        let url = [&place, "/url"].concat();
        let (filled, is_open) = filled(base.url);
        let meant = BaseUrl::parse(&filled).map(|read| read.text()).unwrap_or_default();
        let written = filled == meant && is_plain_path(base.url.get(base.url.find("://").map_or(0, |at| at + 3)..));
        let better = if meant.is_empty() { "https://host" } else { meant.as_str() };
        found.known(written, &url, Rule::BadBase, better);
        found.unless(index > 0 || !is_open, &url, Rule::FirstBase);
        let first = bases.iter().position(|other| other.url == base.url);
        found.known(first == Some(index), &url, Rule::BaseTwice, base.url);
        found.unless(is_id(base.region), &[&place, "/region"].concat(), Rule::BadId);
        let named = !base.name.en.trim().is_empty() && !base.name.zh.trim().is_empty();
        found.unless(named, &[&place, "/name"].concat(), Rule::Empty);
    }
}

/// A base URL with one placeholder filled in, and whether it had one.
fn filled(url: &str) -> (String, bool) {
    let parts = url.split_once("://{").and_then(|(scheme, rest)| Some((scheme, rest.split_once('}')?)));
    match parts {
        Some((scheme, (name, rest))) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            ([scheme, "://x", rest].concat(), true)
        }
        _ => (url.to_owned(), false),
    }
}

fn check_endpoint(endpoint: &Endpoint, place: &str, found: &mut Faults) {
    let by_body = endpoint.dialect.asks_by_post();
    let paths = [
        ("/create", Some(endpoint.create), Some(false)),
        ("/query", Some(endpoint.query), Some(!by_body)),
        ("/cancel", endpoint.cancel, Some(true)),
        ("/content", endpoint.content, Some(true)),
        ("/list", endpoint.list, Some(false)),
    ];
    for (member, path, holds_task) in paths {
        let Some(path) = path else { continue };
        let place = [place, member].concat();
        found.unless(is_endpoint_path(path, member == "/list"), &place, Rule::BadPath);
        match (holds_task, path.contains(TASK)) {
            (Some(true), false) => found.unless(false, &place, Rule::NeedsTaskId),
            (Some(false), true) => found.unless(false, &place, Rule::NoTaskId),
            _ => {}
        }
    }
    let fetches = endpoint.dialect.hands_out_content();
    found.unless(!fetches || endpoint.content.is_some(), place, Rule::NeedsContent);
    let always = endpoint.headers.iter().map(|header| ("/headers/", header));
    let for_oss = endpoint.oss_headers.iter().map(|header| ("/oss_headers/", header));
    for (member, (name, value)) in always.chain(for_oss) {
        let place = [place, member, &super::lines::step(name)].concat();
        found.known(is_free_header(name), &place, Rule::BadHeader, name);
        let plain = value.len() <= 200 && value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        found.unless(plain, &place, Rule::BadHeaderValue);
        found.unless(!looks_like_key(value), &place, Rule::LooksLikeKey);
    }
}

fn is_free_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let reserved = ["sec-", "proxy-", "access-control-", "x-forwarded-", "cf-"];
    (1..=64).contains(&name.len())
        && name.bytes().all(token)
        && !TAKEN_HEADERS.contains(&lower.as_str())
        && !reserved.iter().any(|beginning| lower.starts_with(beginning))
}

fn check_upload(gateway: &Gateway, upload: &Upload, found: &mut Faults) {
    let meant = BaseUrl::parse(upload.base).map(|read| read.text()).unwrap_or_default();
    let host = upload.base.strip_prefix("https://");
    let better = if host.is_none() || meant.is_empty() { "https://host" } else { meant.as_str() };
    found.known(host.is_some() && upload.base == meant && is_plain_path(host), "/upload/base", Rule::BadBase, better);
    // A trailing slash is part of the address at some places.
    found.unless(is_path(upload.path.strip_suffix('/').unwrap_or(upload.path)), "/upload/path", Rule::BadPath);
    for (index, region) in upload.regions.iter().enumerate() {
        let known = gateway.bases.iter().any(|base| base.region == *region);
        found.known(known, &["/upload/regions/", &index.to_string()].concat(), Rule::UnknownRegion, region);
    }
    found.unless(!upload.accepts.is_empty(), "/upload/accepts", Rule::Empty);
    let lives = upload.hours.is_none_or(|hours| (1..=24 * 366).contains(&hours));
    found.known(lives, "/upload/hours", Rule::Range, "1 … 8784");
    for (name, value) in &upload.fields {
        let place = ["/upload/fields/", &super::lines::step(name)].concat();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        found.unless((1..=64).contains(&name.len()) && name.bytes().all(plain), &place, Rule::BadPlace);
        found.known(name != "file", &place, Rule::PlaceTaken, name);
        let is_line = value.len() <= 200 && value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        found.unless(is_line, &place, Rule::BadHeaderValue);
        found.unless(!looks_like_key(value), &place, Rule::LooksLikeKey);
    }
    let names_link = !upload.answer.is_empty() && upload.answer.split('.').all(|name| !name.is_empty());
    found.unless(names_link == (upload.way == UploadWay::Form), "/upload/answer", Rule::BadPlace);
    found.known(gateway.sources.contains_key(upload.source), "/upload/source", Rule::UnknownSource, upload.source);
}

fn check_poll(gateway: &Gateway, found: &mut Faults) {
    const DAY_MS: u32 = 86_400_000;
    let (poll, years_h) = (&gateway.poll, 24 * 366);
    // With an interval under a second, every open page would poll the gateway that often.
    let every = (1000..=DAY_MS).contains(&poll.interval_ms);
    found.known(every, "/poll/interval_ms", Rule::Range, "1000 … 86400000");
    found.known(poll.first_ms <= DAY_MS, "/poll/first_ms", Rule::Range, "0 … 86400000");
    let gives_up = (1..=7 * 24 * 60).contains(&poll.give_up_min);
    found.known(gives_up, "/poll/give_up_min", Rule::Range, "1 … 10080");
    let lives = gateway.link_hours.is_none_or(|hours| (1..=years_h).contains(&hours));
    found.known(lives, "/link_hours", Rule::Range, "1 … 8784");
}

fn check_source(source: &Source, place: &str, found: &mut Faults) {
    found.unless(!source.title.trim().is_empty(), &[place, "/title"].concat(), Rule::Empty);
    let safe = source.url.is_none_or(|url| {
        url.starts_with("https://") && origin_of(url).is_some() && !url.contains(char::is_whitespace)
    });
    found.unless(safe, &[place, "/url"].concat(), Rule::BadLink);
    let day = source.read.as_bytes();
    let shaped = day.len() == 10
        && day
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    let number =
        |range: std::ops::Range<usize>| source.read.get(range).and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    let real = shaped && (1..=12).contains(&number(5..7)) && (1..=31).contains(&number(8..10));
    found.unless(real, &[place, "/read"].concat(), Rule::BadDay);
}
