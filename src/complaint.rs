//! What a gateway's message says about single fields of a request: which field it names, and which values are legal.
//!
//! Alibaba's services check a request after they accepted it and report problems only as text, such as
//! `Input should be '1080P' or '720P': parameters.resolution`, several joined by ` & `. The messages are untrusted text:
//! what is read from them is bounded, and none of it is ever treated as more than text.

use crate::catalog::{Field, FieldId, Kind, Model, Shape};

/// Maximum characters of a message that are examined.
const MESSAGE_CHARS: usize = 4000;
/// Maximum sentences of a message that are reported.
const SENTENCES: usize = 8;
/// Maximum characters of a sentence that are reported.
const SENTENCE_CHARS: usize = 300;
/// Maximum values that are reported, and the characters of each.
const VALUES: usize = 24;
const VALUE_CHARS: usize = 40;

/// The legal values, according to the gateway's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Legal {
    /// The message does not say.
    Unsaid,
    /// One of these.
    OneOf(Vec<String>),
    /// From the first to the second.
    Range(String, String),
    /// Written like this.
    Like(String),
    /// None at all: the field must be left out.
    LeaveOut,
    /// Any: the field is missing.
    Needed,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The wire path it names, empty if it names none.
    pub path: String,
    /// The name it begins with, empty if it begins with none.
    pub name: String,
    /// What would be accepted.
    pub legal: Legal,
    /// The sentence, on one line.
    pub said: String,
}

/// A complaint about a field of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The field.
    pub field: FieldId,
    /// What would be accepted.
    pub legal: Legal,
    /// The gateway's sentence.
    pub said: String,
}

/// The complaints in a message, in order.
pub fn read(message: &str) -> Vec<Complaint> {
    let message = plain(message, MESSAGE_CHARS);
    message.split(" & ").map(str::trim).filter(|sentence| !sentence.is_empty()).take(SENTENCES).map(one).collect()
}

/// The fields of a model that a message complains about, each once.
pub fn marks(model: &Model, message: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for complaint in read(message) {
        let Some(field) = field_of(model, &complaint) else { continue };
        if marks.iter().all(|mark| mark.field != field) {
            marks.push(Mark { field, legal: complaint.legal, said: complaint.said });
        }
    }
    marks
}

/// Text without line breaks and without characters that hide or reorder others.
fn plain(text: &str, chars: usize) -> String {
    let is_hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let shown = text.chars().take(chars).filter(|c| !is_hidden(*c));
    shown.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn one(sentence: &str) -> Complaint {
    let said: String = sentence.chars().take(SENTENCE_CHARS).collect();
    // The path follows the last colon; a path is one word that contains a dot or an index.
    let (rest, path) = match sentence.rsplit_once(": ") {
        Some((rest, path)) if is_path(path) => (rest, path),
        _ => (sentence, ""),
    };
    let (name, legal) = meant(rest);
    let path = if path.is_empty() { words(rest).find(|word| is_path(word)).unwrap_or_default() } else { path };
    Complaint { path: path.trim_end_matches(':').to_owned(), name, legal, said }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(['\'', '"', '`', ',', ';', ':', '.']))
}

/// Whether a word is a wire path, `parameters.size` or `input.media[0].url`.
fn is_path(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':']);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    (word.starts_with("input.") || word.starts_with("parameters.")) && word.len() <= 120 && word.chars().all(fits)
}

/// The name a sentence begins with, and the values it allows.
fn meant(text: &str) -> (String, Legal) {
    let lower = text.to_ascii_lowercase();
    let before = |words: &str| lower.find(words).map(|at| (text[..at].trim(), text[at + words.len()..].trim()));
    // `<400> InternalError.Algo.InvalidParameter: Duration`: the name is what follows the last colon.
    let name = |text: &str| {
        let text = text.rsplit(": ").next().unwrap_or(text).trim();
        if text.len() <= VALUE_CHARS { text.to_ascii_lowercase() } else { String::new() }
    };
    if let Some((head, tail)) = before("expected format like") {
        let like = quoted(tail).into_iter().next().unwrap_or_default();
        let is_size = like.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | 'x')) && !like.is_empty();
        return (if is_size { "size".to_owned() } else { name(head) }, Legal::Like(like));
    }
    if let Some((head, tail)) = before("should be between").or_else(|| before("must be between"))
        && let Some((from, to)) = tail.split_once(" and ")
    {
        let end = |text: &str| text.split_whitespace().next().unwrap_or_default().trim_matches(['.', ',']).to_owned();
        return (name(head), Legal::Range(end(from), end(to)));
    }
    if let Some((head, tail)) = before("must be in").or_else(|| before("should be in")) {
        let list = tail.trim_matches(['[', ']', '(', ')', '.', ' ']);
        return (
            name(head),
            Legal::OneOf(bounded(list.split([',', '、']).map(|value| value.trim().trim_matches('\'')))),
        );
    }
    if let Some((head, tail)) = before("should be ").or_else(|| before("must be one of")) {
        let values = quoted(tail);
        // “Input” is pydantic's name for any value.
        let head = if head.eq_ignore_ascii_case("input") { String::new() } else { name(head) };
        return (head, if values.is_empty() { Legal::Unsaid } else { Legal::OneOf(values) });
    }
    if let Some((head, _)) = before("customization is not supported") {
        return (name(head), Legal::LeaveOut);
    }
    if let Some((head, tail)) = before("field required") {
        return (name(if head.is_empty() { tail } else { head }), Legal::Needed);
    }
    if let Some((head, _)) = before("must contain words") {
        return (name(head), Legal::Needed);
    }
    if let Some(only) = lower.strip_prefix("only ").and_then(|rest| rest.split_once(" provided")) {
        return (["not ", only.0].concat(), Legal::Needed);
    }
    (String::new(), Legal::Unsaid)
}

/// The single-quoted texts.
fn quoted(text: &str) -> Vec<String> {
    bounded(text.split('\'').skip(1).step_by(2))
}

fn bounded<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let values = values.filter(|value| !value.is_empty()).take(VALUES);
    values.map(|value| value.chars().take(VALUE_CHARS).collect()).collect()
}

/// The field of a model that a complaint is about: by its path, else by its name, else by its legal values.
fn field_of(model: &Model, complaint: &Complaint) -> Option<FieldId> {
    let by_path = || at(model, &complaint.path);
    let by_name = || named(model, &complaint.name);
    let by_value = || match &complaint.legal {
        Legal::OneOf(values) => model.fields.iter().find(|field| takes(field, values)).map(|field| field.id),
        _ => None,
    };
    by_path().or_else(by_name).or_else(by_value)
}

/// The field at a path, or above it: an entry of a list belongs to the list.
fn at(model: &Model, path: &str) -> Option<FieldId> {
    let steps =
        path.split(['.', '[', ']']).filter(|step| !step.is_empty() && !step.bytes().all(|b| b.is_ascii_digit()));
    let steps: Vec<&str> = steps.collect();
    (2..=steps.len()).rev().find_map(|length| at_exactly(model, &steps[..length].join(".")))
}

fn at_exactly(model: &Model, place: &str) -> Option<FieldId> {
    if model.size.as_ref().is_some_and(|size| size.at == place) {
        return of_size(model);
    }
    let there = || model.fields.iter().filter(|field| field.at == place);
    there().find(|field| field.required).or_else(|| there().next()).map(|field| field.id)
}

/// A size is chosen as a tier and a ratio.
fn of_size(model: &Model) -> Option<FieldId> {
    [FieldId::Tier, FieldId::Ratio].into_iter().find(|id| model.field(*id).is_some())
}

fn named(model: &Model, name: &str) -> Option<FieldId> {
    if name.is_empty() {
        return None;
    }
    // “Only … is not allowed”: what must accompany it is at the same path.
    if let Some(only) = name.strip_prefix("not ") {
        let present = model.field(named(model, only)?)?;
        let other = model.fields.iter().find(|field| field.at == present.at && field.id != present.id);
        return Some(other.unwrap_or(present).id);
    }
    let wire = name.replace(' ', "_");
    let leaf = |place: &str| place.rsplit('.').next() == Some(&wire);
    if model.size.as_ref().is_some_and(|size| leaf(size.at)) {
        return of_size(model);
    }
    let fits = |field: &&Field| field.id.name() == wire || leaf(field.at) || role(field) == Some(&wire);
    model.fields.iter().find(fits).map(|field| field.id)
}

fn role(field: &Field) -> Option<&str> {
    match &field.kind {
        Kind::Media { role, .. } if !role.is_empty() => Some(role),
        _ => None,
    }
}

/// Whether values are those of a field: its options, or its role in a list of media.
fn takes(field: &Field, values: &[String]) -> bool {
    let is = |word: &str| values.iter().any(|value| value.eq_ignore_ascii_case(word));
    match &field.kind {
        Kind::Choice { options } => options.iter().any(|option| is(option)),
        Kind::Media { shape: Shape::MediaItem, role, .. } => is(role),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
