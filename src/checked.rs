//! A draft checked against one model: what would be sent, what would not and why, and what is wrong, all at once. Its
//! fields are private: nobody can undo what the check has found, and only a draft without problems becomes a
//! [`Generation`](crate::generation::Generation).

use crate::address::BaseUrl;
use crate::catalog::{Choice, Field, FieldId, Gateway, MediaKind, Model, SizeTable};
use crate::draft::{Media, Reference};
use crate::http::Json;

mod check;
mod problem;
mod traps;

pub use check::check;
pub use problem::{Problem, ProblemKind, WhyUnsent};
pub use traps::Trap;

/// A value that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Text or an option.
    Text(String),
    /// An integer.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// An image, audio or video.
    Media(Media),
    /// Several.
    References(Vec<Reference>),
}

/// A draft checked against one model at one base.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// The gateway.
    gateway: &'a Gateway,
    /// The model.
    model: &'a Model,
    /// Where it would be sent.
    base: &'a BaseUrl,
    /// Price region of the base.
    region: &'a str,
    /// What is sent, in the order of the form.
    sent: Vec<(&'a Field, Sent)>,
    /// The wire value of tier and ratio combined, if the model has a size table.
    size: Option<(&'a SizeTable, &'a str)>,
    /// What is sent besides the fields, by path; never in place of a field.
    extra: Vec<(String, Json)>,
    /// What is wrong, in the order of the form.
    problems: Vec<Problem>,
    /// What is filled in but not sent.
    unsent: Vec<(FieldId, WhyUnsent)>,
}

impl<'a> Checked<'a> {
    /// The gateway.
    pub fn gateway(&self) -> &'a Gateway {
        self.gateway
    }

    /// The model.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// Where it would be sent.
    pub fn base(&self) -> &'a BaseUrl {
        self.base
    }

    /// Price region of the base.
    pub fn region(&self) -> &'a str {
        self.region
    }

    /// What is sent, in the order of the form.
    pub fn sent(&self) -> &[(&'a Field, Sent)] {
        &self.sent
    }

    /// The wire value of tier and ratio combined, if the model has a size table.
    pub fn size(&self) -> Option<(&'a SizeTable, &'a str)> {
        self.size
    }

    /// What is sent besides the fields, by path; never in place of a field.
    pub fn extra(&self) -> &[(String, Json)] {
        &self.extra
    }

    /// What is wrong, in the order of the form.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is filled in but not sent.
    pub fn unsent(&self) -> &[(FieldId, WhyUnsent)] {
        &self.unsent
    }

    /// What is wrong and what is not sent, for callers who need nothing else.
    pub fn into_findings(self) -> (Vec<Problem>, Vec<(FieldId, WhyUnsent)>) {
        (self.problems, self.unsent)
    }

    fn value(&self, id: FieldId) -> Option<&Sent> {
        self.sent.iter().find(|(field, _)| field.id == id).map(|(_, value)| value)
    }

    /// The chosen option of a field, not its default.
    pub fn word(&self, id: FieldId) -> Option<&str> {
        match self.value(id) {
            Some(Sent::Text(word)) => Some(word),
            _ => None,
        }
    }

    /// The effective flag: the chosen one, or the default.
    pub fn flag(&self, id: FieldId) -> Option<bool> {
        match (self.value(id), &self.model.field(id)?.default) {
            (Some(Sent::Flag(flag)), _) | (None, Some(Choice::Flag(flag))) => Some(*flag),
            _ => None,
        }
    }

    /// The effective number: chosen and legal, or the default.
    pub fn number(&self, id: FieldId) -> Option<i64> {
        if self.problems.iter().any(|problem| problem.field == id) {
            return None;
        }
        match (self.value(id), &self.model.field(id)?.default) {
            (Some(Sent::Number(number)), _) | (None, Some(Choice::Number(number))) => Some(*number),
            _ => None,
        }
    }

    /// Whether the length is left to the model or to a source video.
    pub fn is_length_open(&self) -> bool {
        let length = self.number(FieldId::Duration);
        length.is_some() && length == self.model.field(FieldId::Duration).and_then(Field::auto)
    }

    /// Whether a video is sent whose seconds may be billed too, as a reference or as the source. A source that the
    /// model has a field for counts before it is filled in.
    pub fn has_billed_video(&self) -> bool {
        self.has_video_reference() || self.model.field(FieldId::SourceVideo).is_some()
    }

    /// Whether a reference video is sent.
    pub fn has_video_reference(&self) -> bool {
        match self.value(FieldId::References) {
            Some(Sent::References(list)) => list.iter().any(|entry| entry.kind == MediaKind::Video),
            _ => false,
        }
    }

    /// Width and height the result will have, if tier and ratio determine them.
    pub fn frame(&self) -> Option<(u32, u32)> {
        let text = self.size.map(|(_, wire)| wire)?;
        let (width, height) = text.split_once(['*', 'x'])?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }
}
