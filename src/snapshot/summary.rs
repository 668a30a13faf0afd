//! A one-line summary of a task, for lists of thousands: cheap to write and to read, without its record.

use super::kind::Kind;
use super::record::Saved;
use crate::catalog::FieldId;
use crate::draft::Value;
use crate::price::{Money, paid};
use crate::task::State;

/// Characters kept of a prompt.
const PROMPT_CHARS: usize = 120;
/// Separates the parts of a line. Control characters are removed from texts, so none of them contains it.
const BETWEEN: char = '\u{1f}';
/// The version of a line. A line with another version is rebuilt from its record.
const LINE: &str = "1";

/// What a list shows of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its name in the journal.
    pub uid: String,
    /// Revision of the record it was made from.
    pub rev: u64,
    /// Gateway ID.
    pub gateway: String,
    /// Model ID.
    pub model: String,
    /// The beginning of the prompt, on one line.
    pub prompt: String,
    /// Its state.
    pub kind: Kind,
    /// When it was started.
    pub started_ms: u64,
    /// When it ended.
    pub ended_ms: Option<u64>,
    /// The gateway's ID, empty until there is one.
    pub id: String,
    /// The cost if the gateway has reported it, or else the maximum by the estimate; and the currency.
    pub price: Option<(Money, String)>,
}

impl Summary {
    /// The summary of a task.
    pub fn of(saved: &Saved) -> Self {
        let task = &saved.task;
        let prompt = match saved.draft.get(FieldId::Prompt) {
            Some(Value::Text(text)) => one_line(text, PROMPT_CHARS),
            _ => String::new(),
        };
        let price = task.estimate.as_ref().and_then(|estimate| {
            let amount = match &task.state {
                State::Done(done) if done.usage.billed_ms.is_some() => paid(estimate, &done.usage),
                _ => estimate.at_most.or(estimate.total),
            }?;
            Some((amount, one_line(&estimate.currency, 12)))
        });
        Self {
            uid: one_line(&task.uid, usize::MAX),
            rev: task.rev,
            gateway: one_line(&task.origin.gateway, usize::MAX),
            model: one_line(&task.origin.model, usize::MAX),
            prompt,
            kind: Kind::of(&task.state),
            started_ms: task.started_ms,
            ended_ms: task.ended_ms,
            id: task.id.as_ref().map(|id| one_line(&id.0, usize::MAX)).unwrap_or_default(),
            price,
        }
    }

    /// Serializes it to one line.
    pub fn line(&self) -> String {
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (micros, currency) = match &self.price {
            Some((amount, currency)) => (amount.micros().to_string(), currency.as_str()),
            None => (String::new(), ""),
        };
        let parts = [
            LINE,
            &self.uid,
            &self.rev.to_string(),
            &self.gateway,
            &self.model,
            self.kind.name(),
            &self.started_ms.to_string(),
            &number(self.ended_ms),
            &self.id,
            &micros,
            currency,
            &self.prompt,
        ];
        let mut line = String::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                line.push(BETWEEN);
            }
            line.push_str(part);
        }
        line
    }

    /// Parses a line; `None` for anything else, including a line of another version.
    pub fn read(line: &str) -> Option<Self> {
        let mut parts = line.split(BETWEEN);
        if parts.next()? != LINE {
            return None;
        }
        let optional = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        let summary = Self {
            uid: parts.next().filter(|uid| !uid.is_empty())?.to_owned(),
            rev: parts.next()?.parse().ok()?,
            gateway: parts.next()?.to_owned(),
            model: parts.next()?.to_owned(),
            kind: Kind::named(parts.next()?)?,
            started_ms: parts.next()?.parse().ok()?,
            ended_ms: optional(parts.next()?)?,
            id: parts.next()?.to_owned(),
            price: {
                let (micros, currency) = (parts.next()?, parts.next()?);
                if micros.is_empty() {
                    None
                } else {
                    Some((Money::of_micros(micros.parse().ok()?), currency.to_owned()))
                }
            },
            prompt: parts.next()?.to_owned(),
        };
        parts.next().is_none().then_some(summary)
    }
}

/// The beginning of a text on one line: special characters become spaces.
fn one_line(text: &str, chars: usize) -> String {
    text.chars().take(chars).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
