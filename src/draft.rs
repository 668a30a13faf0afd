//! What the user wants, as values under neutral field ids. A draft belongs to no model.

use crate::catalog::{FieldId, MediaKind};
use crate::http::Json;
use crate::media::LocalFile;
use std::sync::Arc;

pub mod home;

/// An image, audio or video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// A link, as typed.
    Url(String),
    /// A local file.
    File(Arc<LocalFile>),
}

impl Media {
    /// The link as typed, nothing for a local file.
    pub fn link(&self) -> &str {
        match self {
            Self::Url(url) => url,
            Self::File(_) => "",
        }
    }

    /// The local file.
    pub fn file(&self) -> Option<&Arc<LocalFile>> {
        match self {
            Self::Url(_) => None,
            Self::File(file) => Some(file),
        }
    }

    /// Whether nothing is filled in.
    pub fn is_blank(&self) -> bool {
        self.file().is_none() && self.link().trim().is_empty()
    }

    /// What people know it by: the link, or the file name.
    pub fn name(&self) -> &str {
        match self {
            Self::Url(url) => url,
            Self::File(file) => &file.name,
        }
    }

    /// The same without whitespace around the link.
    pub fn trimmed(&self) -> Self {
        match self {
            Self::Url(url) => Self::Url(url.trim().to_owned()),
            Self::File(file) => Self::File(Arc::clone(file)),
        }
    }
}

/// One entry of a list of references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The image, video or audio itself.
    pub media: Media,
    /// Image, video or audio, as the user says.
    pub kind: MediaKind,
    /// A link to a voice, empty for none.
    pub voice: String,
}

/// One value of a draft. Numbers are kept as typed, so that a wrong one can be shown and explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number as typed, or an option of a list.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// An image, audio or video.
    Media(Media),
    /// Several of them.
    References(Vec<Reference>),
}

impl Value {
    /// Whether it names a local file that is not at hand.
    pub fn lacks_file(&self) -> bool {
        let lacks = |media: &Media| media.file().is_some_and(|file| file.is_gone());
        match self {
            Self::Media(media) => lacks(media),
            Self::References(list) => list.iter().any(|entry| lacks(&entry.media)),
            Self::Text(_) | Self::Flag(_) => false,
        }
    }

    /// Whether nothing is filled in.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Media(media) => media.is_blank(),
            Self::References(list) => list.iter().all(|entry| entry.media.is_blank()),
            Self::Flag(_) => false,
        }
    }
}

/// What the user wants. Ordered by field, so that equal intents are equal values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    values: Vec<(FieldId, Value)>,
    extra: Vec<(String, Json)>,
    withheld: Vec<FieldId>,
}

impl Draft {
    /// The value of a field, blank or not.
    pub fn get(&self, id: FieldId) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == id).map(|(_, value)| value)
    }

    /// The value of a field, unless it is blank.
    pub fn filled(&self, id: FieldId) -> Option<&Value> {
        self.get(id).filter(|value| !value.is_blank())
    }

    /// Sets a field. It is sent again.
    pub fn set(&mut self, id: FieldId, value: Value) {
        self.clear(id);
        self.send_as_usual(id);
        let place = self.values.iter().position(|(known, _)| *known > id).unwrap_or(self.values.len());
        self.values.insert(place, (id, value));
    }

    /// Resets a field to "not set".
    pub fn clear(&mut self, id: FieldId) {
        self.values.retain(|(known, _)| *known != id);
    }

    /// What is sent besides the fields: properties of an imported body, by their paths, unchanged.
    pub fn extra(&self) -> &[(String, Json)] {
        &self.extra
    }

    /// Removes what is sent besides the fields at this path.
    pub fn drop_extra(&mut self, path: &str) {
        self.extra.retain(|(known, _)| known != path);
    }

    /// Replaces the properties that are sent besides the fields.
    pub fn keep_extra(&mut self, extra: Vec<(String, Json)>) {
        self.extra = extra;
    }

    /// Keeps a field unsent that the form would send with its default, because the request that the draft was read from
    /// does not have it. Nothing if it is filled in.
    pub fn withhold(&mut self, id: FieldId) {
        if self.filled(id).is_none() && !self.is_withheld(id) {
            self.withheld.push(id);
        }
    }

    /// Whether a field is kept unsent.
    pub fn is_withheld(&self, id: FieldId) -> bool {
        self.withheld.contains(&id)
    }

    /// The fields that are kept unsent.
    pub fn withheld(&self) -> &[FieldId] {
        &self.withheld
    }

    /// Sends a field with the form's default again, if it is not filled in.
    pub fn send_as_usual(&mut self, id: FieldId) {
        self.withheld.retain(|known| *known != id);
    }

    /// Whether something of it is as it was pasted, and means this one model: what is sent besides the fields, and what
    /// is kept unsent.
    pub fn is_as_pasted(&self) -> bool {
        !self.extra.is_empty() || !self.withheld.is_empty()
    }

    /// Ends what is as it was pasted: it means nothing to another model.
    pub fn end_as_pasted(&mut self) {
        self.extra.clear();
        self.withheld.clear();
    }

    /// Whether there is anything in it that one would miss.
    pub fn holds_something(&self) -> bool {
        self.filled_fields().next().is_some() || !self.extra().is_empty()
    }

    /// Fields that are filled in.
    pub fn filled_fields(&self) -> impl Iterator<Item = (FieldId, &Value)> {
        self.values.iter().filter(|(_, value)| !value.is_blank()).map(|(id, value)| (*id, value))
    }
}

/// Under which model each value of a draft was set: a draft itself does not say, because it belongs to no model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// The draft as it was last seen.
    seen: Draft,
    under: Vec<(FieldId, String)>,
}

impl Origins {
    /// Records what has changed since the last call as set under this model, by its wire name. Returns whether anything
    /// new was recorded.
    pub fn follow(&mut self, draft: &Draft, model: &str) -> bool {
        let mut is_new = false;
        for id in FieldId::ALL {
            let value = draft.filled(id);
            let now = value.map(|_| model);
            if value != self.seen.filled(id) && self.of(id) != now {
                self.under.retain(|(known, _)| *known != id);
                self.under.extend(now.map(|model| (id, model.to_owned())));
                is_new = true;
            }
        }
        self.seen = draft.clone();
        is_new
    }

    /// The model a value was set under.
    pub fn of(&self, id: FieldId) -> Option<&str> {
        self.under.iter().find(|(known, _)| *known == id).map(|(_, model)| model.as_str())
    }

    /// All that is known, for saving.
    pub fn all(&self) -> &[(FieldId, String)] {
        &self.under
    }

    /// Restores what was saved, for the values that are there.
    pub fn restore(&mut self, kept: Vec<(FieldId, String)>) {
        for (id, model) in kept.into_iter().filter(|(id, _)| self.seen.filled(*id).is_some()) {
            self.under.retain(|(known, _)| *known != id);
            self.under.push((id, model));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_of_the_model_under_which_it_was_last_changed() {
        let text = |text: &str| Value::Text(text.to_owned());
        let (mut draft, mut origins) = (Draft::default(), Origins::default());
        draft.set(FieldId::Prompt, text("a cat"));
        draft.set(FieldId::Seed, text("1"));
        origins.follow(&draft, "wan2.2-s2v");
        draft.set(FieldId::Seed, text("2"));
        origins.follow(&draft, "wan2.5-t2v-preview");
        assert_eq!(origins.of(FieldId::Prompt), Some("wan2.2-s2v"));
        assert_eq!(origins.of(FieldId::Seed), Some("wan2.5-t2v-preview"));
        // Saved and restored: only for what is still there.
        let kept = origins.all().to_vec();
        draft.clear(FieldId::Seed);
        let mut later = Origins::default();
        later.follow(&draft, "wan2.7-t2v");
        later.restore(kept);
        assert_eq!((later.of(FieldId::Prompt), later.of(FieldId::Seed)), (Some("wan2.2-s2v"), None));
    }
}
