//! What a desk (the form and its settings) keeps between two visits, in addition to what a link can hold: file
//! metadata, half-typed URLs, extra properties of a pasted request, and each gateway's model and URL. Never a key.

use super::draft;
use super::part::{Out, Part, Unreadable};
use super::request::{pairs, read_pairs};
use super::stored::{self, Stored};
use crate::catalog::FieldId;
use crate::draft::{Draft, Value};
use crate::http::{Files, Json};
use crate::key::ApiKey;
use crate::link::Link;
use crate::link::carry::clean;

/// The version that is written.
const VERSION: u32 = 1;
/// The property that marks it and holds its version.
const MARK: &str = "wan-playground-desk";

/// A gateway's model and URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Gateway ID.
    pub gateway: String,
    /// Model ID.
    pub model: String,
    /// Its URL, or `simulator`.
    pub place: String,
}

/// The part that no link holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desk {
    /// Values that no link holds.
    pub rest: Draft,
    /// The gateways.
    pub seats: Vec<Seat>,
    /// The model under which each value of the draft was set, if known.
    pub origins: Vec<(FieldId, String)>,
    /// Links into Alibaba's store. They are read by [`stored::read`]: the form does without them.
    pub stored: Vec<Stored>,
}

impl Desk {
    /// The part of a draft that its link does not hold. Anything that contains a key is left out.
    pub fn of(draft: &Draft, link: &Link, seats: Vec<Seat>, keys: &[ApiKey]) -> Self {
        let said = link.draft();
        let mut rest = Draft::default();
        for (id, value) in draft.filled_fields() {
            if said.get(id) != Some(value) && texts(value).iter().all(|text| clean(keys, text).is_none()) {
                rest.set(id, value.clone());
            }
        }
        let extra = draft.extra().iter();
        let is_clean = |(path, value): &&(String, Json)| {
            clean(keys, path).is_none() && clean(keys, &value.print(Files::Marked)).is_none()
        };
        rest.keep_extra(extra.filter(is_clean).cloned().collect());
        let seats = seats.into_iter().filter(|seat| clean(keys, &seat.place).is_none()).collect();
        Self { rest, seats, ..Self::default() }
    }

    /// Serializes it.
    pub fn write(&self) -> String {
        let mut out = Out::default();
        out.number(MARK, u64::from(VERSION));
        out.put("rest", draft::write(&self.rest));
        let seat = |seat: &Seat| {
            let mut out = Out::default();
            out.text("gateway", &seat.gateway);
            out.text("model", &seat.model);
            out.text("place", &seat.place);
            out.into()
        };
        out.put("seats", Json::List(self.seats.iter().map(seat).collect()));
        if !self.origins.is_empty() {
            let pair = |(id, model): &(FieldId, String)| (id.name().to_owned(), model.clone());
            out.put("origins", pairs(&self.origins.iter().map(pair).collect::<Vec<_>>()));
        }
        if !self.stored.is_empty() {
            out.put(stored::NAME, stored::write(&self.stored));
        }
        Json::from(out).print(Files::Marked)
    }

    /// Parses it.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
        let whole = Part::whole(&value);
        match whole.at(MARK).number().map_err(|_| Unreadable::NotARecord)? {
            VERSION => {}
            later => return Err(Unreadable::Future(later)),
        }
        let seat = |part: &Part<'_>| {
            Ok(Seat {
                gateway: part.at("gateway").text()?,
                model: part.at("model").text()?,
                place: part.at("place").text()?,
            })
        };
        // Missing in earlier records.
        let origins = read_pairs(&whole.at("origins"))?;
        let origins = origins.into_iter().filter_map(|(id, model)| Some((FieldId::named(&id)?, model))).collect();
        Ok(Self {
            origins,
            stored: Vec::new(),
            rest: draft::read(&whole.at("rest"))?,
            seats: whole.at("seats").list()?.iter().map(seat).collect::<Result<_, _>>()?,
        })
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Media(media) => vec![media.name()],
        Value::References(list) => list.iter().flat_map(|entry| [entry.media.name(), &*entry.voice]).collect(),
        Value::Flag(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Media;
    use crate::media::LocalFile;
    use std::sync::Arc;

    /// A key of the gateway whose keys have no prefix.
    const HEX: &str = "0123456789abcdef0123456789abcdef";

    fn seat(place: &str) -> Seat {
        Seat { gateway: "dashscope".into(), model: "wan2.5-t2v-preview".into(), place: place.into() }
    }

    #[test]
    fn what_no_link_says_comes_back_and_a_key_typed_as_an_address_is_left_out() {
        let mut draft = Draft::default();
        let file = LocalFile {
            name: "logo.png".into(),
            format: Some(crate::media::Format::Png),
            bytes: 3,
            pixels: Some((480, 270)),
            alpha: true,
            base64: String::new(),
            ..LocalFile::default()
        };
        draft.set(FieldId::FirstFrame, Value::Media(Media::File(Arc::new(file))));
        let seats =
            vec![seat("https://dashscope.aliyuncs.com"), seat("sk-canary-0123456789"), seat(HEX), seat("half a")];
        let mut desk = Desk::of(&draft, &Link::default(), seats, &[]);
        desk.origins = vec![(FieldId::FirstFrame, "wan2.7-i2v".into())];
        let text = desk.write();
        assert!(!text.contains("sk-canary") && !text.contains(HEX), "{text}");
        assert_eq!(desk.seats, [seat("https://dashscope.aliyuncs.com"), seat("half a")]);
        assert_eq!(Desk::read(&text), Ok(desk.clone()));
        // An earlier record without it; and one with a field that no longer exists.
        let earlier = Desk { origins: Vec::new(), ..desk.clone() };
        assert_eq!(Desk::read(&earlier.write()), Ok(earlier.clone()));
        let later = text.replace("\"origins\": [", "\"origins\": [[\"no_such_field\", \"x\"],");
        assert!(later != text);
        assert_eq!(Desk::read(&later), Ok(desk));
    }
}
