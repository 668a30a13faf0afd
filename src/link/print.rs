//! A link as text.

use super::value::{Held, KINDS};
use super::{Link, VERSION};
use crate::catalog::{FieldId, MediaKind};
use crate::percent;

/// Its human-readable fragment: `1/dashscope/wan2.7-t2v?prompt=A%20cat&duration=5`.
pub fn readable(link: &Link) -> String {
    [&VERSION.to_string(), "/", &text(link)].concat()
}

/// What follows the version.
pub(super) fn text(link: &Link) -> String {
    let mut out = String::new();
    let ids = [&link.gateway, &link.model].map(|id| id.as_ref().map_or("", |id| id.text()));
    encode(&mut out, ids[0]);
    if !ids[1].is_empty() {
        out.push('/');
        encode(&mut out, ids[1]);
    }
    let mut sign = '?';
    let mut pair = |name: &str, value: &str| {
        out.push(sign);
        out.push_str(name);
        out.push('=');
        encode(&mut out, value);
        sign = '&';
    };
    for (id, held) in &link.values {
        for (name, value) in pairs(*id, held) {
            pair(name, &value);
        }
    }
    if let Some(lang) = link.lang {
        pair("lang", lang.word());
    }
    if let Some(view) = link.view {
        pair("view", view.word());
    }
    out
}

fn pairs(id: FieldId, held: &Held) -> Vec<(&'static str, String)> {
    let name = id.name();
    match held {
        Held::Text(text) => vec![(name, text.clone())],
        Held::Flag(flag) => vec![(name, flag.to_string())],
        Held::Media(link) => vec![(name, link.text().to_owned())],
        Held::References(list) => {
            let mut pairs = Vec::new();
            for entry in list {
                pairs.push((name, [kind_word(entry.kind), ":", entry.link.text()].concat()));
                pairs.extend(entry.voice.iter().map(|voice| ("voice", voice.text().to_owned())));
            }
            pairs
        }
    }
}

/// The name of a kind of media.
pub(super) fn kind_word(kind: MediaKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word)
}

/// Percent-encodes everything but the characters that no program that detects links in a text stumbles over.
/// Punctuation at the end of a URL is dropped by most of them, so it is encoded there.
fn encode(out: &mut String, text: &str) {
    for (at, byte) in text.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"-_.:/@".contains(&byte);
        let ends_a_sentence = at + 1 == text.len() && !byte.is_ascii_alphanumeric();
        if plain && !ends_a_sentence {
            out.push(char::from(byte));
        } else {
            percent::escape(out, byte);
        }
    }
}
