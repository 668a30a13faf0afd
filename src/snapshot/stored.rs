//! Links into Alibaba's store (`oss://`) in the form that is kept between two visits. The store deletes a file two days
//! after its upload, so such a link is kept beside the form with the time since when it was known. In the form itself a
//! file stands for it that has to be chosen again: whoever reads only the form sends nothing that has ended.

use super::part::{Out, Part, Read};
use crate::address::is_oss;
use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Value};
use crate::http::Json;
use crate::media::{Format, LocalFile};
use crate::upload::is_over;
use std::sync::Arc;

/// The property that holds the links.
pub const NAME: &str = "stored";

/// A link into the store, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The field.
    pub field: FieldId,
    /// The number of the entry in a list of references; 0 in a field for one medium.
    pub at: usize,
    /// Whether it is the voice of that entry.
    pub is_voice: bool,
    /// The link.
    pub link: String,
    /// Since when it was known, in milliseconds since 1970: the file was uploaded before.
    pub since_ms: u64,
    /// The model it is bound to, as on the wire; empty if unknown.
    pub model: String,
}

/// The links into the store that a draft has, in the order of its fields.
pub fn links(draft: &Draft) -> Vec<&str> {
    let mut found = Vec::new();
    for (_, value) in draft.filled_fields() {
        match value {
            Value::Media(media) => found.push(media.link()),
            Value::References(list) => {
                found.extend(list.iter().flat_map(|entry| [entry.media.link(), &*entry.voice]));
            }
            Value::Text(_) | Value::Flag(_) => {}
        }
    }
    found.retain(|link| is_oss(link));
    found
}

/// Takes the links out of a draft. `known` tells since when a link is known, and for which model.
pub fn apart(draft: &mut Draft, known: impl Fn(&str) -> (u64, String)) -> Vec<Stored> {
    let mut found = Vec::new();
    let mut take = |field, at, is_voice, link: &str| {
        let (since_ms, model) = known(link);
        found.push(Stored { field, at, is_voice, link: link.to_owned(), since_ms, model });
    };
    let values: Vec<(FieldId, Value)> = draft.filled_fields().map(|(id, value)| (id, value.clone())).collect();
    for (id, value) in values {
        match value {
            Value::Media(Media::Url(link)) if is_oss(&link) => {
                take(id, 0, false, &link);
                draft.set(id, Value::Media(gone(&link)));
            }
            Value::References(mut list) => {
                for (at, entry) in list.iter_mut().enumerate() {
                    if is_oss(entry.media.link()) {
                        take(id, at, false, entry.media.link());
                        entry.media = gone(entry.media.link());
                    }
                    if is_oss(&entry.voice) {
                        take(id, at, true, &entry.voice);
                        entry.voice.clear();
                    }
                }
                draft.set(id, Value::References(list));
            }
            _ => {}
        }
    }
    found
}

/// Puts back the links that may still be good, where what stands for them still stands, and returns those.
pub fn back(draft: &mut Draft, stored: Vec<Stored>, now_ms: u64) -> Vec<Stored> {
    let is_gone = |media: &Media, link: &str| *media == gone(link);
    let put = |one: &Stored| match draft.filled(one.field) {
        _ if is_over(&one.link, one.since_ms, now_ms) => false,
        Some(Value::Media(media)) if is_gone(media, &one.link) => {
            draft.set(one.field, Value::Media(Media::Url(one.link.clone())));
            true
        }
        Some(Value::References(list)) => {
            let mut list = list.clone();
            let Some(entry) = list.get_mut(one.at) else { return false };
            match one.is_voice {
                true if entry.voice.is_empty() => entry.voice.clone_from(&one.link),
                false if is_gone(&entry.media, &one.link) => entry.media = Media::Url(one.link.clone()),
                _ => return false,
            }
            draft.set(one.field, Value::References(list));
            true
        }
        _ => false,
    };
    let mut stored = stored;
    let mut put = put;
    stored.retain(|one| put(one));
    stored
}

/// A file of which only the name is left.
pub fn gone(link: &str) -> Media {
    let name = link.rsplit('/').next().unwrap_or(link).to_owned();
    let format = name.rsplit_once('.').and_then(|(_, ending)| Format::by_ending(&ending.to_ascii_lowercase()));
    // Of a file with no bytes at all it would be said that it is empty.
    Media::File(Arc::new(LocalFile { name, format, bytes: 1, ..LocalFile::default() }))
}

/// Serializes the links.
pub(super) fn write(stored: &[Stored]) -> Json {
    let one = |one: &Stored| {
        let mut out = Out::default();
        out.text("field", one.field.name());
        out.number("at", one.at as u64);
        out.put("voice", Json::Flag(one.is_voice));
        out.text("link", &one.link);
        out.number("since", one.since_ms);
        out.some_text("model", &one.model);
        out.into()
    };
    Json::List(stored.iter().map(one).collect())
}

/// The links that are kept beside a form. What cannot be read is none.
pub fn read(desk: &str) -> Vec<Stored> {
    let value: serde_json::Value = serde_json::from_str(desk).unwrap_or_default();
    let one = |part: &Part<'_>| -> Read<Option<Stored>> {
        let Some(field) = FieldId::named(&part.at("field").text()?) else { return Ok(None) };
        Ok(Some(Stored {
            field,
            at: part.at("at").number()?,
            is_voice: part.at("voice").flag()?,
            link: part.at("link").text()?,
            since_ms: part.at("since").number()?,
            model: part.at("model").some_text()?,
        }))
    };
    let list = Part::whole(&value).at(NAME).list().and_then(|list| list.iter().map(one).collect::<Read<Vec<_>>>());
    list.unwrap_or_default().into_iter().flatten().filter(|one| is_oss(&one.link)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::MediaKind;
    use crate::draft::Reference;

    const HOUR_MS: u64 = 3_600_000;

    fn url(link: &str) -> Media {
        Media::Url(link.into())
    }

    fn draft() -> Draft {
        let entry = |media, voice: &str| Reference { media, kind: MediaKind::Image, voice: voice.into() };
        let mut draft = Draft::default();
        draft.set(FieldId::Portrait, Value::Media(url("oss://dashscope-instant/a/1.png")));
        draft.set(FieldId::FirstFrame, Value::Media(url("https://example.com/a.png")));
        let list = vec![entry(url("https://example.com/b.png"), ""), entry(url("oss://b/2.png"), "oss://b/3.wav")];
        draft.set(FieldId::References, Value::References(list));
        draft
    }

    #[test]
    fn links_into_the_store_are_kept_beside_the_form_and_come_back_until_they_end() {
        let (mut kept, whole) = (draft(), draft());
        assert_eq!(links(&whole).len(), 3);
        let stored = apart(&mut kept, |link| (1000, if link.ends_with("1.png") { "m".into() } else { String::new() }));
        assert!(links(&kept).is_empty());
        assert_eq!(kept.get(FieldId::FirstFrame), whole.get(FieldId::FirstFrame), "other links are nothing special");
        let mut out = Out::default();
        out.put(NAME, write(&stored));
        let text = Json::from(out).print(crate::http::Files::Marked);
        assert_eq!(read(&text), stored);
        let mut early = kept.clone();
        assert_eq!(back(&mut early, stored.clone(), 1000 + 48 * HOUR_MS - 1), stored);
        assert_eq!(early, whole);
        let mut late = kept.clone();
        assert_eq!(back(&mut late, stored.clone(), 1000 + 48 * HOUR_MS), []);
        assert_eq!(late, kept, "the file has to be chosen again");
        // What was changed meanwhile stays.
        let mut changed = kept.clone();
        changed.set(FieldId::Portrait, Value::Media(url("https://example.com/c.png")));
        changed.clear(FieldId::References);
        assert_eq!(back(&mut changed, stored, 1000), []);
        assert_eq!(changed.get(FieldId::Portrait), Some(&Value::Media(url("https://example.com/c.png"))));
    }

    #[test]
    fn what_stands_for_such_a_link_has_to_be_chosen_again() {
        let Media::File(file) = gone("oss://dashscope-instant/a/1.PNG") else { panic!("a file") };
        assert_eq!((file.name.as_str(), file.format, file.is_gone()), ("1.PNG", Some(Format::Png), true));
    }

    #[test]
    fn a_form_of_an_earlier_page_has_none() {
        for text in ["", "null", "{}", r#"{"stored":7}"#, r#"{"stored":[{"field":"portrait"}]}"#] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
