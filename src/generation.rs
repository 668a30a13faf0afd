//! A draft checked against one model: what would be sent, what would not and why, and what is wrong, all at once.
//! Only a draft without problems becomes a [`Generation`], and only a generation can be sent.

use crate::address::{AddressFault, BaseUrl};
use crate::catalog::{
    Choice, Condition, Field, FieldId, Gateway, Kind, MediaKind, MediaRule, Model, Sending, SizeTable,
};
use crate::draft::{Draft, Media, Reference, Value};
use crate::http::{Json, Request};
use crate::media::LocalFile;
use crate::price::{Estimate, estimate};
use crate::{media, protocol};
use std::sync::Arc;

mod along;
mod traps;

pub use along::{Along, Stray, along};
pub use traps::Trap;

/// Something the user has to mend, at a field. The view words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it stands at.
    pub field: FieldId,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required field is blank.
    Missing,
    /// More characters than the gateway takes.
    TooLong {
        /// Characters there are.
        chars: usize,
        /// Characters there may be.
        max: u32,
    },
    /// A control character that nobody can see.
    ControlCharacter {
        /// Its code point.
        code: u32,
        /// Its place, counted in characters from 1.
        at: usize,
    },
    /// Not a whole number.
    NotANumber,
    /// Outside the range.
    OutOfRange {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// Not one of the few legal numbers.
    NotOneOf(Vec<i64>),
    /// A word this model does not offer.
    NotOffered {
        /// The word in the draft.
        word: String,
        /// What the model offers.
        options: Vec<String>,
    },
    /// This tier has no such ratio.
    NoSuchSize {
        /// The tier.
        tier: String,
        /// Ratios it has.
        ratios: Vec<String>,
    },
    /// No usable address.
    Address(AddressFault),
    /// The link or file is of another format.
    Format {
        /// Formats the gateway takes.
        legal: Vec<String>,
    },
    /// A local file where the model takes links only, and needs one.
    LinkOnly,
    /// A link into Alibaba's own store, which only the uploader's account at Alibaba can open.
    OssLink,
    /// A PNG with transparency, where the model takes none.
    Transparent,
    /// The file is too large.
    TooManyBytes {
        /// Bytes there are.
        bytes: u64,
        /// Bytes there may be.
        max: u64,
    },
    /// The image is too small or too large.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// Least pixels a side.
        min: u32,
        /// Most pixels a side.
        max: u32,
    },
    /// The image is too narrow: longer to shorter side beyond this.
    TooNarrow {
        /// Greatest ratio.
        max: u32,
    },
    /// The browser could not open the file as an image.
    Unreadable,
    /// Only the marks of the file are left from a saved task: it has to be chosen again.
    FileGone,
    /// More entries than the gateway takes, of this kind or (with `None`) altogether.
    TooMany {
        /// The kind the limit is for.
        kind: Option<MediaKind>,
        /// Entries there may be.
        max: u32,
    },
    /// This kind of reference is not taken.
    KindNotTaken(MediaKind),
    /// These media do not go together; the legal sets.
    MediaSet(Vec<Vec<FieldId>>),
}

/// Why a filled field does not travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnsent {
    /// The model has no such field.
    NoSuchField,
    /// A local file, where the model takes links only and can do without.
    FileNotTaken,
    /// It has no effect unless this holds.
    WithoutEffect(Condition),
}

/// A value that travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Text or a word.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// An image, audio or video.
    Media(Media),
    /// Several.
    References(Vec<Reference>),
}

/// A draft held against one model at one base.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// The gateway.
    pub gateway: &'a Gateway,
    /// The model.
    pub model: &'a Model,
    /// Where it would be sent.
    pub base: &'a BaseUrl,
    /// Price region of the base.
    pub region: &'a str,
    /// What travels, in the order of the form.
    pub sent: Vec<(&'a Field, Sent)>,
    /// The wire value of tier and ratio together, where the model has a size table.
    pub size: Option<(&'a SizeTable, &'a str)>,
    /// What travels beside the fields, by its path; never in the place of a field.
    pub extra: Vec<(String, Json)>,
    /// What is wrong, in the order of the form.
    pub problems: Vec<Problem>,
    /// What is filled in but does not travel.
    pub unsent: Vec<(FieldId, WhyUnsent)>,
}

/// A request that may be sent and paid for. There is no other way to make one than from a draft without problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    request: Request,
    estimate: Option<Estimate>,
}

impl Generation {
    /// The create call.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What it will cost, where that is published.
    pub fn estimate(&self) -> Option<&Estimate> {
        self.estimate.as_ref()
    }
}

/// Checks a draft against a model.
pub fn check<'a>(
    draft: &Draft,
    gateway: &'a Gateway,
    model: &'a Model,
    base: &'a BaseUrl,
    region: &'a str,
) -> Checked<'a> {
    let mut checked = Checked {
        gateway,
        model,
        base,
        region,
        sent: Vec::new(),
        size: None,
        extra: draft.extra().to_vec(),
        problems: Vec::new(),
        unsent: Vec::new(),
    };
    for field in &model.fields {
        checked.take(draft, field);
    }
    checked.take_size();
    checked.check_media_sets();
    checked.check_beside_video();
    for (id, _) in draft.filled_fields() {
        if model.field(id).is_none() {
            checked.unsent.push((id, WhyUnsent::NoSuchField));
        }
    }
    checked
}

/// The value of a field that counts for conditions and prices: what the draft says, else the default.
fn effective(draft: &Draft, model: &Model, id: FieldId) -> Option<Choice> {
    match draft.filled(id) {
        Some(Value::Flag(flag)) => Some(Choice::Flag(*flag)),
        Some(Value::Text(text)) => Some(Choice::Word(text.clone())),
        _ => model.field(id)?.default.clone(),
    }
}

/// A number with the digits and signs of a Chinese input method as everybody writes them: `１２` is 12.
fn half_width(text: &str) -> String {
    let narrow = |sign: char| match sign {
        '\u{ff10}'..='\u{ff19}' | '\u{ff0b}' | '\u{ff0d}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        other => other,
    };
    text.chars().map(narrow).collect()
}

impl<'a> Checked<'a> {
    fn problem(&mut self, field: FieldId, kind: ProblemKind) {
        self.problems.push(Problem { field, kind });
    }

    fn take(&mut self, draft: &Draft, field: &'a Field) {
        let id = field.id;
        let filled = draft.filled(id);
        if let Some(condition) = &field.when
            && effective(draft, self.model, condition.field).as_ref() != Some(&condition.is)
        {
            if filled.is_some() {
                self.unsent.push((id, WhyUnsent::WithoutEffect(condition.clone())));
            }
            return;
        }
        let value = match filled {
            None if field.required && (field.default.is_none() || field.send == Sending::WhenSet) => {
                self.problem(id, ProblemKind::Missing);
                None
            }
            None if field.send == Sending::Always => field.default.as_ref().map(|default| match default {
                Choice::Flag(flag) => Sent::Flag(*flag),
                Choice::Number(number) => Sent::Number(*number),
                Choice::Word(word) => Sent::Text(word.clone()),
            }),
            None => None,
            Some(value) => self.read(field, value),
        };
        if let Some(value) = value {
            self.sent.push((field, value));
        }
    }

    /// Turns a filled value into what travels. A value with a problem still travels in the preview if it can.
    fn read(&mut self, field: &'a Field, value: &Value) -> Option<Sent> {
        let id = field.id;
        match (&field.kind, value) {
            (Kind::Text { max_chars }, Value::Text(text)) => {
                if let Some(max) = max_chars {
                    let chars = text.chars().count();
                    if chars > *max as usize {
                        self.problem(id, ProblemKind::TooLong { chars, max: *max });
                    }
                }
                self.find_control_character(id, text);
                Some(Sent::Text(text.clone()))
            }
            (Kind::Integer { min, max, one_of, auto, .. }, Value::Text(text)) => {
                let Ok(number) = half_width(text.trim()).parse::<i64>() else {
                    self.problem(id, ProblemKind::NotANumber);
                    return None;
                };
                if *auto == Some(number) {
                    return Some(Sent::Number(number));
                }
                if !one_of.is_empty() && !one_of.contains(&number) {
                    self.problem(id, ProblemKind::NotOneOf(one_of.clone()));
                } else if number < *min || number > *max {
                    self.problem(id, ProblemKind::OutOfRange { min: *min, max: *max });
                }
                Some(Sent::Number(number))
            }
            (Kind::Flag, Value::Flag(flag)) => Some(Sent::Flag(*flag)),
            (Kind::Choice { options }, Value::Text(word)) => {
                if !options.contains(word) {
                    let kind = ProblemKind::NotOffered { word: word.clone(), options: options.clone() };
                    self.problem(id, kind);
                    return None;
                }
                Some(Sent::Text(word.clone()))
            }
            (Kind::Media { rule, .. }, Value::Media(Media::File(_))) if !rule.inline && !field.required => {
                self.unsent.push((id, WhyUnsent::FileNotTaken));
                None
            }
            (Kind::Media { rule, .. }, Value::Media(media)) => {
                match media {
                    Media::Url(url) => self.check_link(id, url.trim(), &[rule]),
                    Media::File(file) => self.check_file(id, file, rule),
                }
                Some(Sent::Media(match media {
                    Media::Url(url) => Media::Url(url.trim().to_owned()),
                    Media::File(file) => Media::File(Arc::clone(file)),
                }))
            }
            (Kind::References { accepts, max, .. }, Value::References(list)) => {
                Some(Sent::References(self.read_references(id, accepts, *max, list)))
            }
            (Kind::Url, Value::Text(url)) => {
                match crate::address::check_media_link(url.trim()) {
                    Err(fault) => self.problem(id, ProblemKind::Address(fault)),
                    Ok(()) if url.trim().starts_with("oss:") => {
                        self.problem(id, ProblemKind::Address(AddressFault::Scheme));
                    }
                    Ok(()) => {}
                }
                Some(Sent::Text(url.trim().to_owned()))
            }
            // A draft filled for another kind of field (an old link, an import): nothing to send here.
            _ => {
                self.unsent.push((id, WhyUnsent::NoSuchField));
                None
            }
        }
    }

    fn find_control_character(&mut self, id: FieldId, text: &str) {
        let found = text.chars().enumerate().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        if let Some((index, c)) = found {
            self.problem(id, ProblemKind::ControlCharacter { code: c as u32, at: index + 1 });
        }
    }

    fn check_link(&mut self, id: FieldId, url: &str, rules: &[&MediaRule]) {
        if let Err(fault) = crate::address::check_media_link(url) {
            self.problem(id, ProblemKind::Address(fault));
            return;
        }
        if crate::address::is_oss(url) && !self.opens_oss() {
            self.problem(id, ProblemKind::OssLink);
            return;
        }
        let legal: Vec<String> = rules.iter().flat_map(|rule| rule.formats.iter().cloned()).collect();
        // A link without a telling ending may be anything; one that tells the wrong thing is worth stopping for.
        if !legal.is_empty() && media::named(url).is_some_and(|format| !format.is_among(&legal)) {
            self.problem(id, ProblemKind::Format { legal });
        }
    }

    fn check_file(&mut self, id: FieldId, file: &LocalFile, rule: &MediaRule) {
        if !rule.inline {
            self.problem(id, ProblemKind::LinkOnly);
            return;
        }
        if file.is_missing() {
            self.problem(id, ProblemKind::FileGone);
            return;
        }
        if !file.format.is_some_and(|format| format.is_among(&rule.formats)) {
            self.problem(id, ProblemKind::Format { legal: rule.formats.clone() });
            return;
        }
        if rule.max_bytes > 0 && file.bytes >= rule.max_bytes + u64::from(!rule.below) {
            self.problem(id, ProblemKind::TooManyBytes { bytes: file.bytes, max: rule.max_bytes });
        }
        if rule.no_alpha && file.alpha {
            self.problem(id, ProblemKind::Transparent);
        }
        match file.pixels {
            Some((width, height)) => {
                let (short, long) = (width.min(height), width.max(height));
                if short < rule.min_side || (rule.max_side > 0 && long > rule.max_side) {
                    let kind = ProblemKind::Pixels { width, height, min: rule.min_side, max: rule.max_side };
                    self.problem(id, kind);
                } else if rule.max_ratio > 0 && long > short * rule.max_ratio {
                    self.problem(id, ProblemKind::TooNarrow { max: rule.max_ratio });
                }
            }
            None if rule.media == MediaKind::Image => self.problem(id, ProblemKind::Unreadable),
            None => {}
        }
    }

    fn read_references(&mut self, id: FieldId, accepts: &[MediaRule], max: u32, list: &[Reference]) -> Vec<Reference> {
        let filled: Vec<Reference> = list
            .iter()
            .filter(|entry| !entry.url.trim().is_empty())
            .map(|entry| Reference {
                url: entry.url.trim().to_owned(),
                kind: entry.kind,
                voice: entry.voice.trim().to_owned(),
            })
            .collect();
        if filled.len() > max as usize {
            self.problem(id, ProblemKind::TooMany { kind: None, max });
        }
        for entry in &filled {
            match accepts.iter().find(|rule| rule.media == entry.kind) {
                Some(rule) => self.check_link(id, &entry.url, &[rule]),
                None => self.problem(id, ProblemKind::KindNotTaken(entry.kind)),
            }
            if !entry.voice.is_empty() {
                self.check_link(id, &entry.voice, &[]);
            }
        }
        for rule in accepts.iter().filter(|rule| rule.max_count > 0) {
            let count = filled.iter().filter(|entry| entry.kind == rule.media).count();
            if count > rule.max_count as usize {
                self.problem(id, ProblemKind::TooMany { kind: Some(rule.media), max: rule.max_count });
            }
        }
        filled
    }

    fn take_size(&mut self) {
        let Some(size) = &self.model.size else { return };
        let has_problem = |id| self.problems.iter().any(|problem| problem.field == id);
        if has_problem(FieldId::Tier) || has_problem(FieldId::Ratio) {
            return;
        }
        let (tier, ratio) = (self.word(FieldId::Tier), self.word(FieldId::Ratio));
        if tier.is_none() && ratio.is_none() {
            return;
        }
        let tier = tier.or_else(|| crate::price::default_tier(self.model)).unwrap_or_default().to_owned();
        let Some((_, ratios)) = size.table.iter().find(|(known, _)| *known == tier) else { return };
        let found = match ratio {
            Some(ratio) => ratios.iter().find(|(known, _)| known == ratio),
            None => ratios.first(),
        };
        if let Some((_, wire)) = found {
            self.size = Some((size, wire));
        } else {
            let ratios = ratios.iter().map(|(ratio, _)| ratio.clone()).collect();
            self.problem(FieldId::Ratio, ProblemKind::NoSuchSize { tier, ratios });
        }
    }

    fn check_media_sets(&mut self) {
        let sets = &self.model.media_sets;
        let Some(first) = sets.first().and_then(|set| set.first()) else { return };
        let filled: Vec<FieldId> =
            self.sent.iter().map(|(field, _)| field.id).filter(|id| sets.iter().flatten().any(|m| m == id)).collect();
        let legal = sets.iter().any(|set| set.len() == filled.len() && set.iter().all(|id| filled.contains(id)));
        if !legal {
            let at = filled.first().copied().unwrap_or(*first);
            self.problem(at, ProblemKind::MediaSet(sets.clone()));
        }
    }

    /// Whether the gateway can open links into Alibaba's own store.
    fn opens_oss(&self) -> bool {
        self.gateway.endpoint(self.model).is_some_and(|endpoint| !endpoint.oss_headers.is_empty())
    }

    /// Some numbers may be less beside a reference video.
    fn check_beside_video(&mut self) {
        if !self.has_video_reference() {
            return;
        }
        for field in &self.model.fields {
            let Kind::Integer { min, max_with_video: Some(max), .. } = field.kind else { continue };
            if self.number(field.id).is_some_and(|number| number > max) {
                self.problem(field.id, ProblemKind::OutOfRange { min, max });
            }
        }
    }

    fn value(&self, id: FieldId) -> Option<&Sent> {
        self.sent.iter().find(|(field, _)| field.id == id).map(|(_, value)| value)
    }

    /// The chosen word of a field, not its default.
    pub fn word(&self, id: FieldId) -> Option<&str> {
        match self.value(id) {
            Some(Sent::Text(word)) => Some(word),
            _ => None,
        }
    }

    /// A flag that applies: chosen, or the default.
    pub fn flag(&self, id: FieldId) -> Option<bool> {
        match (self.value(id), &self.model.field(id)?.default) {
            (Some(Sent::Flag(flag)), _) | (None, Some(Choice::Flag(flag))) => Some(*flag),
            _ => None,
        }
    }

    /// A number that applies: chosen and legal, or the default.
    pub fn number(&self, id: FieldId) -> Option<i64> {
        if self.problems.iter().any(|problem| problem.field == id) {
            return None;
        }
        match (self.value(id), &self.model.field(id)?.default) {
            (Some(Sent::Number(number)), _) | (None, Some(Choice::Number(number))) => Some(*number),
            _ => None,
        }
    }

    /// Whether the length is left to the model, or to a source video.
    pub fn is_length_open(&self) -> bool {
        let length = self.number(FieldId::Duration);
        length.is_some() && length == self.model.field(FieldId::Duration).and_then(Field::auto)
    }

    /// Whether a video is sent whose seconds may be billed too: among the references, or as the source. A source that is
    /// asked for counts before it is there.
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

    /// Width and height the result will have, where tier and ratio say so.
    pub fn frame(&self) -> Option<(u32, u32)> {
        let text = self.size.map(|(_, wire)| wire)?;
        let (width, height) = text.split_once(['*', 'x'])?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }

    /// The request as it stands, for the preview. With problems left it must not be sent, and cannot be: a task
    /// takes a [`Generation`].
    pub fn preview(&self) -> Request {
        protocol::create(self)
    }

    /// What may be sent, if nothing is wrong.
    pub fn generation(&self) -> Option<Generation> {
        (self.problems.is_empty() && self.model.is_offered_in(self.region))
            .then(|| Generation { request: self.preview(), estimate: estimate(self).ok() })
    }
}
