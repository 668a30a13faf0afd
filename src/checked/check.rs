//! The check itself: every field of the model in the order of the form, then rules across several fields.

use super::{Checked, Problem, ProblemKind, Sent, WhyUnsent};
use crate::address::{AddressFault, BaseUrl};
use crate::catalog::{Choice, Condition, Field, FieldId, Gateway, Kind, MediaKind, MediaRule, Model, Sending, Upload};
use crate::draft::{Draft, Media, Reference, Value};
use crate::media::{self, LocalFile, looked::faults};

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
    for field in model.fields {
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

/// Whether a condition holds: for the draft's value of the field, else for the default.
fn holds(draft: &Draft, model: &Model, condition: Condition) -> bool {
    match draft.filled(condition.field) {
        Some(Value::Flag(flag)) => condition.is == Choice::Flag(*flag),
        Some(Value::Text(text)) => matches!(condition.is, Choice::Word(word) if word == text),
        _ => model.field(condition.field).is_some_and(|field| field.default == Some(condition.is)),
    }
}

/// A number typed with the digits and signs of a Chinese input method, converted to ASCII: `１２` is 12.
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
        if let Some(condition) = field.when
            && !holds(draft, self.model, condition)
        {
            if filled.is_some() {
                self.unsent.push((id, WhyUnsent::WithoutEffect(condition)));
            }
            return;
        }
        let value = match filled {
            None if field.required
                && (field.default.is_none() || field.send == Sending::WhenSet || draft.is_withheld(id)) =>
            {
                self.problem(id, ProblemKind::Missing);
                None
            }
            None if draft.is_withheld(id) => None,
            None if field.send == Sending::Always => field.default.as_ref().map(|default| match default {
                Choice::Flag(flag) => Sent::Flag(*flag),
                Choice::Number(number) => Sent::Number(*number),
                Choice::Word(word) => Sent::Text((*word).to_owned()),
            }),
            None => None,
            Some(value) => self.read(field, value),
        };
        if let Some(value) = value {
            self.sent.push((field, value));
        }
    }

    /// Turns a filled value into what is sent. A value with a problem still appears in the preview if it can.
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
                    self.problem(id, ProblemKind::NotOneOf(one_of));
                } else if number < *min || number > *max {
                    self.problem(id, ProblemKind::OutOfRange { min: *min, max: *max });
                }
                Some(Sent::Number(number))
            }
            (Kind::Flag, Value::Flag(flag)) => Some(Sent::Flag(*flag)),
            (Kind::Choice { options }, Value::Text(word)) => {
                if !options.contains(&word.as_str()) {
                    let kind = ProblemKind::NotOffered { word: word.clone(), options };
                    self.problem(id, kind);
                    return None;
                }
                Some(Sent::Text(word.clone()))
            }
            (Kind::Media { rule, .. }, Value::Media(Media::File(_))) if !self.takes_files(rule) && !field.required => {
                self.unsent.push((id, WhyUnsent::FileNotTaken));
                None
            }
            (Kind::Media { rule, .. }, Value::Media(media)) => {
                self.check_medium(id, media, rule);
                Some(Sent::Media(media.trimmed()))
            }
            (Kind::References { accepts, max, .. }, Value::References(list)) => {
                let list = self.read_references(field, accepts, *max, list);
                (!list.is_empty()).then_some(Sent::References(list))
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

    fn check_medium(&mut self, id: FieldId, media: &Media, rule: &MediaRule) {
        match media {
            Media::Url(url) => self.check_link(id, url.trim(), &[rule]),
            Media::File(file) => self.check_file(id, file, rule),
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
        let legal: Vec<&'static str> = rules.iter().flat_map(|rule| rule.formats).copied().collect();
        // A link without a recognizable extension may be anything; one with the wrong extension is worth stopping for.
        if !legal.is_empty() && media::named(url).is_some_and(|format| !format.is_among(&legal)) {
            self.problem(id, ProblemKind::Format { legal });
        }
    }

    /// Whether a local file can get there: inside the request, or by the gateway's place for files, which may serve
    /// some regions only.
    fn takes_files(&self, rule: &MediaRule) -> bool {
        let is_listed = || self.gateway.bases.iter().any(|base| base.url == self.base.text());
        let serves =
            |upload: &Upload| upload.regions.is_empty() || upload.regions.contains(&self.region) || !is_listed();
        rule.inline || self.gateway.upload_for(rule).is_some_and(serves)
    }

    fn check_file(&mut self, id: FieldId, file: &LocalFile, rule: &MediaRule) {
        if !self.takes_files(rule) {
            self.problem(id, ProblemKind::LinkOnly);
            return;
        }
        let faults = faults(file, rule, rule.inline);
        if faults.is_empty() && !rule.inline {
            self.problem(id, ProblemKind::NotUploaded);
        }
        for fault in faults {
            self.problem(id, ProblemKind::File(fault));
        }
    }

    fn read_references(
        &mut self,
        field: &Field,
        accepts: &[MediaRule],
        max: u32,
        list: &[Reference],
    ) -> Vec<Reference> {
        let id = field.id;
        let rule_of = |kind: MediaKind| accepts.iter().find(|rule| rule.media == kind);
        let trimmed = |entry: &Reference| Reference {
            media: entry.media.trimmed(),
            kind: entry.kind,
            voice: entry.voice.trim().to_owned(),
        };
        let mut filled: Vec<Reference> = list.iter().filter(|entry| !entry.media.is_blank()).map(trimmed).collect();
        if !field.required {
            // As with a single medium: what the model can do without does not block anyone.
            let takes = |entry: &Reference| rule_of(entry.kind).is_none_or(|rule| self.takes_files(rule));
            let before = filled.len();
            filled.retain(|entry| entry.media.file().is_none() || takes(entry));
            if filled.len() < before {
                self.unsent.push((id, WhyUnsent::FileNotTaken));
            }
        }
        if filled.len() > max as usize {
            self.problem(id, ProblemKind::TooMany { kind: None, max });
        }
        for entry in &filled {
            match rule_of(entry.kind) {
                Some(rule) => self.check_medium(id, &entry.media, rule),
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
        let tier = tier.or_else(|| self.model.default_tier()).unwrap_or_default().to_owned();
        let Some((_, ratios)) = size.table.iter().find(|(known, _)| *known == tier) else { return };
        let found = match ratio {
            Some(ratio) => ratios.iter().find(|(known, _)| *known == ratio),
            None => ratios.first(),
        };
        if let Some((_, wire)) = found {
            self.size = Some((size, wire));
        } else {
            let ratios = ratios.iter().map(|(ratio, _)| *ratio).collect();
            self.problem(FieldId::Ratio, ProblemKind::NoSuchSize { tier, ratios });
        }
    }

    fn check_media_sets(&mut self) {
        let sets = self.model.media_sets;
        let Some(first) = sets.first().and_then(|set| set.first()) else { return };
        let filled: Vec<FieldId> =
            self.sent.iter().map(|(field, _)| field.id).filter(|id| sets.iter().any(|set| set.contains(id))).collect();
        let legal = sets.iter().any(|set| set.len() == filled.len() && set.iter().all(|id| filled.contains(id)));
        if !legal {
            let at = filled.first().copied().unwrap_or(*first);
            self.problem(at, ProblemKind::MediaSet(sets));
        }
    }

    /// Whether the gateway can open links into Alibaba's own store.
    fn opens_oss(&self) -> bool {
        self.gateway.endpoint(self.model).is_some_and(|endpoint| !endpoint.oss_headers.is_empty())
    }

    /// Some maximums are lower when there is a reference video.
    fn check_beside_video(&mut self) {
        if !self.has_video_reference() {
            return;
        }
        for field in self.model.fields {
            let Kind::Integer { min, max_with_video: Some(max), .. } = field.kind else { continue };
            if self.number(field.id).is_some_and(|number| number > max) {
                self.problem(field.id, ProblemKind::OutOfRange { min, max });
            }
        }
    }
}
