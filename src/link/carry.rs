//! What of a draft a link takes, and what it leaves out, with the reason for each.

use super::value::{Held, Referred, decoded};
use super::{Id, Language, Link, MediaLink, View};
use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Reference, Value};
use crate::key::ApiKey;
use crate::redact::redact;

/// Something a link does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCarried {
    /// A file of the user's disk, by its name.
    File(FieldId, String),
    /// The callback address: it is its owner's.
    Callback,
    /// A member of a body that was brought along, by its path.
    Extra(String),
    /// What was typed is no address of a medium yet.
    HalfTyped(FieldId),
    /// A key stood in the text: a mark stands in its place.
    KeyMasked(FieldId),
    /// A key stands in the address, which is left out as a whole.
    KeyInAddress(FieldId),
    /// The gateway or the model is called by a name that no link can hold.
    Name(String),
    /// It is not of the kind this field holds, or it is one too many.
    Unfit(FieldId),
}

/// What the page stands at, beside the draft.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Id of the gateway.
    pub gateway: &'a str,
    /// Id of the model.
    pub model: &'a str,
    /// Language of the page.
    pub lang: Option<Language>,
    /// Form requests are written in.
    pub view: Option<View>,
}

/// The link of a draft, and what it does not carry.
pub fn link_of(draft: &Draft, standing: Standing<'_>, keys: &[ApiKey]) -> (Link, Vec<NotCarried>) {
    let mut carrier = Carrier { keys, left: Vec::new() };
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

/// The text with a mark for each key, if there is one in it.
pub fn clean(keys: &[ApiKey], text: &str) -> Option<String> {
    let clean = redact(keys, text);
    (clean != text).then_some(clean)
}

struct Carrier<'a> {
    keys: &'a [ApiKey],
    left: Vec<NotCarried>,
}

impl Carrier<'_> {
    fn clean(&self, text: &str) -> Option<String> {
        clean(self.keys, text)
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
