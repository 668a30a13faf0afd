//! The files of this visit that lie at a gateway's place, and the draft in which their links stand for them. The draft
//! itself keeps the file: whatever is saved or linked of it holds no link that ends.

use super::{Stale, Uploaded};
use crate::draft::{Draft, Media, Reference, Value};
use crate::media::LocalFile;
use std::sync::Arc;

/// Where a request would go, as far as a link's use depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'a> {
    /// Id of the gateway.
    pub gateway: &'a str,
    /// The model, as on the wire.
    pub model: &'a str,
    /// A mark of the key: another account cannot open what this one uploaded.
    pub key: u64,
    /// Milliseconds since 1970.
    pub now_ms: u64,
}

/// A file at a gateway's place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lying {
    /// The number under which the page holds the file.
    held: u32,
    /// A mark of the key that uploaded it.
    key: u64,
    uploaded: Uploaded,
}

/// Why a file has to be uploaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The link is of no use any more, or here.
    Stale(Stale),
    /// It was uploaded with another key.
    Key,
}

/// The files at gateways' places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf(Vec<Lying>);

impl Shelf {
    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a file there. What the same key uploaded of it for the same model is forgotten.
    pub fn put(&mut self, held: u32, key: u64, uploaded: Uploaded) {
        let is_same = |lying: &Lying| {
            (lying.held, lying.key, &lying.uploaded.gateway, &lying.uploaded.model)
                == (held, key, &uploaded.gateway, &uploaded.model)
        };
        self.0.retain(|lying| !is_same(lying));
        self.0.push(Lying { held, key, uploaded });
    }

    /// What is good for a request of a file.
    pub fn good(&self, held: u32, goal: Goal<'_>) -> Option<&Uploaded> {
        let mine = self.0.iter().rev().filter(|lying| held > 0 && lying.held == held && lying.key == goal.key);
        mine.map(|lying| &lying.uploaded).find(|up| up.still_good(goal.gateway, goal.model, goal.now_ms).is_ok())
    }

    /// Why what was uploaded of a file last is of no use for a request. `None` where it is, or nothing was.
    pub fn again(&self, held: u32, goal: Goal<'_>) -> Option<Again> {
        if self.good(held, goal).is_some() {
            return None;
        }
        let last = self.0.iter().rev().find(|lying| held > 0 && lying.held == held)?;
        let stale = last.uploaded.still_good(goal.gateway, goal.model, goal.now_ms);
        Some(stale.err().map_or(Again::Key, Again::Stale))
    }

    /// Notes a link of which the page has no file: it was pasted, or stood in a record. Of what is noted twice the
    /// earlier end counts, and the model that is known. Whether it was new.
    pub fn note(&mut self, noted: Uploaded) -> bool {
        let Some(known) = self.0.iter_mut().find(|lying| lying.held == 0 && lying.uploaded.link == noted.link) else {
            self.0.push(Lying { held: 0, key: 0, uploaded: noted });
            return true;
        };
        let known = &mut known.uploaded;
        known.ends_ms = known.ends_ms.into_iter().chain(noted.ends_ms).min();
        known.model = known.model.take().or(noted.model);
        false
    }

    /// What was noted of a link.
    pub fn noted(&self, link: &str) -> Option<&Uploaded> {
        self.0.iter().map(|lying| &lying.uploaded).find(|known| known.link == link)
    }

    /// Why a link is certainly of no use for a request. `None` where nothing speaks against it.
    pub fn stale(&self, link: &str, goal: Goal<'_>) -> Option<Stale> {
        self.noted(link)?.still_good(goal.gateway, goal.model, goal.now_ms).err()
    }

    /// The draft as it would be sent: the links of uploaded files in their places, and none that is certainly of no
    /// use: the file has to be chosen again.
    pub fn settled(&self, draft: &Draft, goal: Goal<'_>) -> Draft {
        let mut settled = draft.clone();
        let link = |media: &Media| match media.file().and_then(|file| self.good(held(file), goal)) {
            Some(uploaded) => Media::Url(uploaded.link.clone()),
            None if self.stale(media.link(), goal).is_some() => {
                Media::File(Arc::new(LocalFile { bytes: 1, ..LocalFile::default() }))
            }
            None => media.clone(),
        };
        // Nobody can fetch it, and that is said.
        let voice = |link: &str| if self.stale(link, goal).is_some() { "oss://" } else { link }.to_owned();
        for (id, value) in draft.filled_fields() {
            match value {
                Value::Media(media) => settled.set(id, Value::Media(link(media))),
                Value::References(list) => {
                    let entry = |entry: &Reference| Reference {
                        media: link(&entry.media),
                        kind: entry.kind,
                        voice: voice(&entry.voice),
                    };
                    settled.set(id, Value::References(list.iter().map(entry).collect()));
                }
                Value::Text(_) | Value::Flag(_) => {}
            }
        }
        settled
    }
}

fn held(file: &LocalFile) -> u32 {
    file.seen.held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{FieldId, MediaKind};
    use crate::media::Seen;

    const GOAL: Goal<'static> = Goal { gateway: "dashscope", model: "wan2.2-s2v", key: 7, now_ms: 1000 };

    fn uploaded(model: &str, ends_ms: u64) -> Uploaded {
        Uploaded {
            link: ["oss://dashscope-instant/", model].concat(),
            gateway: "dashscope".into(),
            model: Some(model.into()),
            ends_ms: Some(ends_ms),
            name: "a.png".into(),
            size: 3,
        }
    }

    fn file(held: u32) -> Media {
        let seen = Seen { held, ..Seen::default() };
        Media::File(Arc::new(LocalFile { name: "a.png".into(), bytes: 3, seen, ..LocalFile::default() }))
    }

    #[test]
    fn a_link_is_good_for_its_model_key_gateway_and_time_only() {
        let mut shelf = Shelf::default();
        assert_eq!((shelf.good(1, GOAL), shelf.again(1, GOAL)), (None, None));
        shelf.put(1, 7, uploaded("wan2.2-s2v", 5000));
        assert!(shelf.good(1, GOAL).is_some());
        assert_eq!(shelf.good(2, GOAL), None, "another file");
        for (goal, why) in [
            (Goal { model: "wan2.6-r2v", ..GOAL }, Again::Stale(Stale::Model)),
            (Goal { gateway: "crazyrouter", ..GOAL }, Again::Stale(Stale::Gateway)),
            (Goal { now_ms: 5000, ..GOAL }, Again::Stale(Stale::Ended)),
            (Goal { key: 8, ..GOAL }, Again::Key),
        ] {
            assert_eq!((shelf.good(1, goal), shelf.again(1, goal)), (None, Some(why)));
        }
        // Another model has its own; who goes back finds the first.
        shelf.put(1, 7, uploaded("wan2.6-r2v", 9000));
        assert_eq!(shelf.good(1, GOAL).map(|up| up.link.as_str()), Some("oss://dashscope-instant/wan2.2-s2v"));
        shelf.put(1, 7, uploaded("wan2.2-s2v", 6000));
        assert_eq!(shelf.good(1, Goal { now_ms: 5500, ..GOAL }).and_then(|up| up.ends_ms), Some(6000));
    }

    #[test]
    fn a_link_that_is_certainly_of_no_use_is_never_sent() {
        let mut shelf = Shelf::default();
        let link = "oss://dashscope-instant/a/1.png";
        let noted =
            |model: Option<&str>, sent_ms| Uploaded::of_link(link, "dashscope", model.map(str::to_owned), sent_ms);
        let entry = |media, voice: &str| Reference { media, kind: MediaKind::Image, voice: voice.into() };
        let url = || Media::Url(link.into());
        let mut draft = Draft::default();
        draft.set(FieldId::Portrait, Value::Media(url()));
        draft.set(FieldId::References, Value::References(vec![entry(url(), link)]));
        assert_eq!(shelf.settled(&draft, GOAL), draft, "nothing is known of it");
        assert!(shelf.note(noted(None, 500)));
        assert_eq!(shelf.settled(&draft, GOAL), draft);
        let end = 48 * 3_600_000 + 500;
        for (goal, why) in
            [(Goal { now_ms: end, ..GOAL }, Stale::Ended), (Goal { gateway: "crazyrouter", ..GOAL }, Stale::Gateway)]
        {
            assert_eq!(shelf.stale(link, goal), Some(why));
            let sent = shelf.settled(&draft, goal);
            let Some(Value::Media(Media::File(file))) = sent.get(FieldId::Portrait) else { panic!("no file") };
            assert!(file.is_gone());
            let Some(Value::References(list)) = sent.get(FieldId::References) else { panic!("no list") };
            assert!(list[0].media.file().is_some() && list[0].voice == "oss://");
        }
        assert!(!shelf.note(noted(Some("wan2.6-r2v"), 900)));
        assert_eq!(shelf.noted(link).and_then(|known| known.ends_ms), Some(end), "the earlier end counts");
        assert_eq!(shelf.stale(link, GOAL), Some(Stale::Model));
        assert_eq!(shelf.stale(link, Goal { model: "wan2.6-r2v", ..GOAL }), None);
        assert_eq!((shelf.good(0, GOAL), shelf.again(0, GOAL)), (None, None), "it is of no file");
    }

    #[test]
    fn the_links_stand_in_what_is_sent_and_never_in_the_draft() {
        let mut shelf = Shelf::default();
        shelf.put(1, 7, uploaded("wan2.2-s2v", 5000));
        let mut draft = Draft::default();
        draft.set(FieldId::Portrait, Value::Media(file(1)));
        draft.set(FieldId::Audio, Value::Media(file(2)));
        let entry = |media| Reference { media, kind: MediaKind::Image, voice: String::new() };
        draft.set(FieldId::References, Value::References(vec![entry(file(0)), entry(file(1))]));
        let before = draft.clone();
        let sent = shelf.settled(&draft, GOAL);
        let link = Media::Url("oss://dashscope-instant/wan2.2-s2v".into());
        assert_eq!(sent.get(FieldId::Portrait), Some(&Value::Media(link.clone())));
        assert_eq!(sent.get(FieldId::Audio), Some(&Value::Media(file(2))), "not uploaded");
        let list = Value::References(vec![entry(file(0)), entry(link)]);
        assert_eq!(sent.get(FieldId::References), Some(&list), "a saved file has no number");
        assert_eq!(draft, before);
        assert_eq!(shelf.settled(&draft, Goal { model: "wan2.6-r2v", ..GOAL }), draft);
    }
}
