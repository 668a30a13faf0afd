//! Which parts of a draft go into a link, and which are left out, with the reason for each.

use super::value::{Held, Referred, decoded};
use super::{Id, Language, Link, MediaLink, View};
use crate::address::is_oss;
use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Reference, Value};
use crate::key::ApiKey;
use crate::key::plain::is_plain;
use crate::redact::redact;

/// Something a link does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCarried {
    /// A local file, by its name.
    File(FieldId, String),
    /// The callback URL: it is private to its owner.
    Callback,
    /// An extra property of a pasted body, by its path.
    Extra(String),
    /// A file in Alibaba's store, which opens for one account and model, and for two days.
    Uploaded(FieldId),
    /// What was typed is not a media URL yet.
    HalfTyped(FieldId),
    /// The text contained a key, which is replaced by a mark.
    KeyMasked(FieldId),
    /// The URL contains a key, so it is left out entirely.
    KeyInAddress(FieldId),
    /// The gateway or the model has a name that a link cannot hold.
    Name(String),
    /// It is not of the type this field holds, or it is one too many.
    Unfit(FieldId),
}

/// The state of the page, besides the draft.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// ID of the gateway.
    pub gateway: &'a str,
    /// ID of the model.
    pub model: &'a str,
    /// Language of the page.
    pub lang: Option<Language>,
    /// The request format that is shown.
    pub view: Option<View>,
}

/// Gives the text with a mark in place of each key, if there is one in it.
pub type Clean<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The link of a draft, and what it leaves out.
pub fn link_of(draft: &Draft, standing: Standing<'_>, keys: &[ApiKey]) -> (Link, Vec<NotCarried>) {
    link_by(draft, standing, &|text| clean(keys, text))
}

/// The link of a draft that certainly holds no key; `None` if it might, or holds what no link carries. For the page
/// before it has the code that finds keys.
pub fn plain_link(draft: &Draft, standing: Standing<'_>) -> Option<Link> {
    let (link, left) = link_by(draft, standing, &|text| (!is_plain(text)).then(String::new));
    left.is_empty().then_some(link)
}

fn link_by(draft: &Draft, standing: Standing<'_>, clean: Clean<'_>) -> (Link, Vec<NotCarried>) {
    let mut carrier = Carrier { clean, left: Vec::new() };
    let mut link = Link {
        gateway: carrier.name(standing.gateway),
        model: carrier.name(standing.model),
        lang: standing.lang,
        view: standing.view,
        ..Link::default()
    };
    for (id, value) in draft.filled_fields() {
        if let Some(held) = carrier.held(id, value)
            && link.take(id, held).is_err()
        {
            carrier.left.push(NotCarried::Unfit(id));
        }
    }
    for (path, _) in draft.extra() {
        let path = carrier.clean(path).unwrap_or_else(|| path.clone());
        carrier.left.push(NotCarried::Extra(path));
    }
    (link, carrier.left)
}

/// The text with a mark in place of each key, if there is one in it.
pub fn clean(keys: &[ApiKey], text: &str) -> Option<String> {
    let clean = redact(keys, text);
    (clean != text).then_some(clean)
}

struct Carrier<'a> {
    clean: Clean<'a>,
    left: Vec<NotCarried>,
}

impl Carrier<'_> {
    fn clean(&self, text: &str) -> Option<String> {
        (self.clean)(text)
    }

    fn name(&mut self, text: &str) -> Option<Id> {
        let id = Id::new(text).filter(|_| self.clean(text).is_none());
        if id.is_none() && !text.is_empty() {
            self.left.push(NotCarried::Name(self.clean(text).unwrap_or_else(|| text.to_owned())));
        }
        id
    }

    fn held(&mut self, id: FieldId, value: &Value) -> Option<Held> {
        let held = match value {
            _ if id == FieldId::CallbackUrl => {
                self.left.push(NotCarried::Callback);
                return None;
            }
            Value::Text(text) => {
                let clean = self.clean(text);
                if clean.is_some() {
                    self.left.push(NotCarried::KeyMasked(id));
                }
                Held::Text(clean.unwrap_or_else(|| text.clone()))
            }
            Value::Flag(flag) => Held::Flag(*flag),
            Value::Media(media) => Held::Media(self.media(id, media)?),
            Value::References(list) => {
                let list: Vec<Referred> = list.iter().filter_map(|entry| self.reference(id, entry)).collect();
                if list.is_empty() {
                    return None;
                }
                Held::References(list)
            }
        };
        let fits = held.is_of(id);
        if !fits {
            self.left.push(NotCarried::Unfit(id));
        }
        fits.then_some(held)
    }

    fn media(&mut self, id: FieldId, media: &Media) -> Option<MediaLink> {
        match media {
            Media::Url(url) => self.address(id, url),
            Media::File(file) => {
                let name = self.clean(&file.name).unwrap_or_else(|| file.name.clone());
                self.left.push(NotCarried::File(id, name));
                None
            }
        }
    }

    fn address(&mut self, id: FieldId, url: &str) -> Option<MediaLink> {
        let Some(link) = MediaLink::new(url) else {
            self.left.push(NotCarried::HalfTyped(id));
            return None;
        };
        if is_oss(link.text()) {
            self.left.push(NotCarried::Uploaded(id));
            return None;
        }
        let written = decoded(url).unwrap_or_default();
        if self.clean(url).is_some() || self.clean(&written).is_some() {
            self.left.push(NotCarried::KeyInAddress(id));
            return None;
        }
        Some(link)
    }

    fn reference(&mut self, id: FieldId, entry: &Reference) -> Option<Referred> {
        if entry.media.is_blank() {
            return None;
        }
        let link = self.media(id, &entry.media)?;
        let voice = if entry.voice.trim().is_empty() { None } else { self.address(id, &entry.voice) };
        Some(Referred { link, kind: entry.kind, voice })
    }
}
