//! Reads a catalog file. Written by hand over `serde_json`'s values instead of derived: a derived reader of these
//! shapes is ten times as large in the page, and this one says where a wrong value is.
//!
//! Every property of every object is accounted for: an unknown one is rejected, because a misspelled limit would
//! otherwise be no limit. Text with hostile characters and unbounded lists are rejected here too, at the door.
//!
//! What is read stays in memory, like the built-in catalog: in the page that is a gateway of a deployer or a user, read
//! when the page opens and when it is edited.

use super::fault::{Rule, is_hostile};
use super::field::{Advice, AdviceIf, Choice, Condition, Field, FieldId, Kind, MediaCheck, MediaKind, MediaRule};
use super::field::{Safer, Sending, Shape, Toward};
use super::{
    Age, Base, Basis, Capability, Dialect, Endpoint, Fault, Gateway, Length, Model, ModelList, PollRule, PriceRule,
};
use super::{Rates, SizeTable, Sound, Source, Status, Table, Upload, UploadWay, Words, keep, lines};
use serde_json::{Map, Value};
use std::cell::RefCell;

pub(super) type Read<T> = Result<T, Fault>;

/// Maximum characters of a text.
const LONGEST_TEXT: usize = 1000;
/// Maximum entries of a list or a table.
const MOST: usize = 200;
/// The largest number that every JSON reader reads the same way.
const GREATEST: i64 = (1 << 53) - 1;

impl Gateway {
    /// Reads one gateway from the text of its file. The fault says where and what is wrong.
    pub fn from_json(text: &str) -> Result<Self, Fault> {
        gateway(At { value: &parse(text)?, place: "" })
    }
}

/// Parses a text as JSON.
pub(super) fn parse(text: &str) -> Read<Value> {
    serde_json::from_str(text).map_err(|why| {
        let mut fault = Fault::new("", Rule::NotJson);
        fault.line = u32::try_from(why.line()).ok();
        fault
    })
}

/// A value and its position in the file.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The value.
    pub value: &'a Value,
    /// Its position, a JSON pointer.
    pub place: &'a str,
}

impl<'a> At<'a> {
    pub fn fault<T>(self, rule: Rule, detail: &str) -> Read<T> {
        Err(Fault::with(self.place, rule, detail))
    }

    fn text(self) -> Read<&'static str> {
        let Value::String(text) = self.value else { return self.fault(Rule::Text, "") };
        if text.chars().any(is_hostile) {
            return self.fault(Rule::Hostile, "");
        }
        if text.chars().nth(LONGEST_TEXT).is_some() {
            return self.fault(Rule::TooWide, &LONGEST_TEXT.to_string());
        }
        Ok(keep(text))
    }

    fn number(self) -> Read<i64> {
        match self.value.as_i64() {
            Some(number @ 0..=GREATEST) => Ok(number),
            _ => self.fault(Rule::Natural, &GREATEST.to_string()),
        }
    }

    fn natural(self) -> Read<u32> {
        match self.value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => Ok(number),
            None => self.fault(Rule::Natural, &u32::MAX.to_string()),
        }
    }

    fn flag(self) -> Read<bool> {
        self.value.as_bool().map_or_else(|| self.fault(Rule::Flag, ""), Ok)
    }

    /// One string of a fixed list.
    pub fn one_of<T: Copy>(self, words: &[(&str, T)]) -> Read<T> {
        let word = self.value.as_str().unwrap_or_default();
        if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == word) {
            return Ok(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        self.fault(Rule::OneOf, &known.join(", "))
    }

    pub fn list<T>(self, each: fn(At<'_>) -> Read<T>) -> Read<&'static [T]> {
        let Value::Array(items) = self.value else { return self.fault(Rule::List, "") };
        if items.len() > MOST {
            return self.fault(Rule::TooMany, &MOST.to_string());
        }
        let mut out = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            out.push(each(At { value, place: &[self.place, "/", &index.to_string()].concat() })?);
        }
        Ok(out.leak())
    }

    pub fn map<T>(self, each: fn(At<'_>) -> Read<T>) -> Read<Table<T>> {
        let Value::Object(members) = self.value else { return self.fault(Rule::Object, "") };
        if members.len() > MOST {
            return self.fault(Rule::TooMany, &MOST.to_string());
        }
        let mut out = Vec::with_capacity(members.len());
        for (name, value) in members {
            let place = [self.place, "/", &lines::step(name)].concat();
            // A name is a text like any other and is checked as one.
            let name = At { value: &Value::String(name.clone()), place: &place }.text()?;
            out.push((name, each(At { value, place: &place })?));
        }
        Ok(Table::of(out))
    }

    fn pair<A, B>(self, first: fn(At<'_>) -> Read<A>, second: fn(At<'_>) -> Read<B>) -> Read<(A, B)> {
        match self.value {
            Value::Array(items) if items.len() == 2 => {
                let places = ["/0", "/1"].map(|step| [self.place, step].concat());
                let at = |index: usize| At { value: &items[index], place: &places[index] };
                Ok((first(at(0))?, second(at(1))?))
            }
            _ => self.fault(Rule::Pair, ""),
        }
    }

    pub fn object(self) -> Read<Members<'a>> {
        match self.value {
            Value::Object(members) => Ok(Members { all: members, place: self.place, taken: RefCell::default() }),
            _ => self.fault(Rule::Object, ""),
        }
    }
}

/// The properties of an object; each is marked as read when it is taken.
pub(super) struct Members<'a> {
    all: &'a Map<String, Value>,
    place: &'a str,
    taken: RefCell<Vec<&'static str>>,
}

impl Members<'_> {
    pub fn maybe<T>(&self, name: &'static str, read: fn(At<'_>) -> Read<T>) -> Read<Option<T>> {
        let Some(value) = self.all.get(name) else { return Ok(None) };
        self.taken.borrow_mut().push(name);
        read(At { value, place: &[self.place, "/", name].concat() }).map(Some)
    }

    pub fn must<T>(&self, name: &'static str, read: fn(At<'_>) -> Read<T>) -> Read<T> {
        match self.maybe(name, read)? {
            Some(value) => Ok(value),
            None => Err(Fault::with(self.place, Rule::Missing, name)),
        }
    }

    pub fn or_default<T: Default>(&self, name: &'static str, read: fn(At<'_>) -> Read<T>) -> Read<T> {
        Ok(self.maybe(name, read)?.unwrap_or_default())
    }

    /// Rejects any property that was not taken.
    pub fn end(&self) -> Read<()> {
        let taken = self.taken.borrow();
        match self.all.keys().find(|name| !taken.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let place = [self.place, "/", &lines::step(name)].concat();
                Err(Fault::with(&place, Rule::Surprise, name))
            }
        }
    }
}

// Free functions, because a method path would be tied to one lifetime.

pub(super) fn text(at: At<'_>) -> Read<&'static str> {
    at.text()
}

fn number(at: At<'_>) -> Read<i64> {
    at.number()
}

pub(super) fn natural(at: At<'_>) -> Read<u32> {
    at.natural()
}

/// An integer that may be -1, the value gateways take for "decide yourself", but no other negative number.
fn signed(at: At<'_>) -> Read<i64> {
    if at.value.as_i64() == Some(-1) { Ok(-1) } else { at.number() }
}

pub(super) fn flag(at: At<'_>) -> Read<bool> {
    at.flag()
}

pub(super) fn texts(at: At<'_>) -> Read<&'static [&'static str]> {
    at.list(text)
}

fn text_map(at: At<'_>) -> Read<Table<&'static str>> {
    at.map(text)
}

pub(super) fn words(at: At<'_>) -> Read<Words> {
    let of = at.object()?;
    let read = Words { en: of.must("en", text)?, zh: of.must("zh", text)? };
    of.end().map(|()| read)
}

pub(super) fn gateway(at: At<'_>) -> Read<Gateway> {
    let of = at.object()?;
    let read = Gateway {
        id: of.must("id", text)?,
        name: of.must("name", words)?,
        about: of.must("about", words)?,
        key_variable: of.must("key_variable", text)?,
        bases: of.must("bases", |at| at.list(base))?,
        endpoints: of.must("endpoints", |at| at.map(endpoint))?,
        model_list: of.maybe("model_list", model_list)?,
        upload: of.maybe("upload", upload)?,
        poll: of.must("poll", poll)?,
        link_hours: of.maybe("link_hours", natural)?,
        more_routes: of.or_default("more_routes", flag)?,
        sources: of.must("sources", |at| at.map(source))?,
        document: of.must("document", text)?,
        default: of.maybe("default", text)?,
        models: of.must("models", |at| at.list(model))?,
    };
    of.end().map(|()| read)
}

pub(super) fn base(at: At<'_>) -> Read<Base> {
    let of = at.object()?;
    let read = Base { url: of.must("url", text)?, name: of.must("name", words)?, region: of.must("region", text)? };
    of.end().map(|()| read)
}

pub(super) fn dialect(at: At<'_>) -> Read<Dialect> {
    at.one_of(&Dialect::ALL.map(|dialect| (dialect.word(), dialect)))
}

pub(super) fn endpoint(at: At<'_>) -> Read<Endpoint> {
    let of = at.object()?;
    let read = Endpoint {
        dialect: of.must("dialect", dialect)?,
        create: of.must("create", text)?,
        query: of.must("query", text)?,
        cancel: of.maybe("cancel", text)?,
        content: of.maybe("content", text)?,
        list: of.maybe("list", text)?,
        headers: of.or_default("headers", text_map)?,
        oss_headers: of.or_default("oss_headers", text_map)?,
    };
    of.end().map(|()| read)
}

fn model_list(at: At<'_>) -> Read<ModelList> {
    let of = at.object()?;
    let dialects =
        |at: At<'_>| at.one_of(&[Dialect::Bailian, Dialect::Generations].map(|dialect| (dialect.word(), dialect)));
    let read = ModelList {
        dialect: of.must("dialect", dialects)?,
        path: of.must("path", text)?,
        source: of.must("source", text)?,
    };
    of.end().map(|()| read)
}

pub(super) fn upload(at: At<'_>) -> Read<&'static Upload> {
    let of = at.object()?;
    let ways = |at: At<'_>| at.one_of(&[("policy", UploadWay::Policy), ("form", UploadWay::Form)]);
    let read = Upload {
        way: of.must("way", ways)?,
        base: of.must("base", text)?,
        path: of.must("path", text)?,
        regions: of.or_default("regions", texts)?,
        accepts: of.must("accepts", |at| at.list(media_kind))?,
        formats: of.or_default("formats", texts)?,
        max_bytes: of.or_default("max_bytes", natural)?.into(),
        hours: of.maybe("hours", natural)?,
        bound_to_model: of.or_default("bound_to_model", flag)?,
        fields: of.or_default("fields", text_map)?,
        answer: of.or_default("answer", text)?,
        undocumented: of.or_default("undocumented", flag)?,
        source: of.must("source", text)?,
    };
    of.end()?;
    Ok(Box::leak(Box::new(read)))
}

pub(super) fn poll(at: At<'_>) -> Read<PollRule> {
    let of = at.object()?;
    let read = PollRule {
        first_ms: of.must("first_ms", natural)?,
        interval_ms: of.must("interval_ms", natural)?,
        give_up_min: of.must("give_up_min", natural)?,
    };
    of.end().map(|()| read)
}

pub(super) fn source(at: At<'_>) -> Read<Source> {
    let of = at.object()?;
    let read = Source { title: of.must("title", text)?, url: of.maybe("url", text)?, read: of.must("read", text)? };
    of.end().map(|()| read)
}

pub(super) fn model(at: At<'_>) -> Read<Model> {
    let of = at.object()?;
    let capabilities = |at: At<'_>| {
        at.one_of(&[
            ("t2v", Capability::Text),
            ("i2v", Capability::Image),
            ("kf2v", Capability::Frames),
            ("s2v", Capability::Speech),
            ("r2v", Capability::Reference),
            ("edit", Capability::Edit),
            ("motion", Capability::Motion),
        ])
    };
    let statuses = |at: At<'_>| {
        at.one_of(&[("verified", Status::Verified), ("beta", Status::Beta), ("documented", Status::Documented)])
    };
    let ages = |at: At<'_>| at.one_of(&[("current", Age::Current), ("older", Age::Older)]);
    let sounds = |at: At<'_>| at.one_of(&[("always", Sound::Always), ("never", Sound::Never), ("field", Sound::Field)]);
    let lengths = |at: At<'_>| at.one_of(&[("field", Length::Field), ("audio", Length::Audio)]);
    let read = Model {
        id: of.must("id", text)?,
        capability: of.must("capability", capabilities)?,
        status: of.must("status", statuses)?,
        age: of.maybe("age", ages)?,
        about: of.maybe("about", words)?,
        endpoint: of.must("endpoint", text)?,
        fixed: of.or_default("fixed", text_map)?,
        fields: of.must("fields", |at| at.list(field))?,
        size: of.maybe("size", size_table)?,
        media_sets: of.or_default("media_sets", |at| at.list(|at| at.list(field_id)))?,
        sound: of.must("sound", sounds)?,
        length: of.maybe("length", lengths)?.unwrap_or(Length::Field),
        price: of.must("price", price)?,
        regions: of.or_default("regions", texts)?,
        advice: of.or_default("advice", |at| at.list(advice))?,
        source: of.must("source", text)?,
    };
    of.end().map(|()| read)
}

fn size_table(at: At<'_>) -> Read<SizeTable> {
    let of = at.object()?;
    let read = SizeTable {
        at: of.must("at", text)?,
        table: of.must("table", |at| at.list(|at| at.pair(text, |at| at.list(|at| at.pair(text, text)))))?,
    };
    of.end().map(|()| read)
}

fn price(at: At<'_>) -> Read<PriceRule> {
    let of = at.object()?;
    let bases = |at: At<'_>| {
        at.one_of(&[
            ("own", Basis::Own),
            ("quoted", Basis::Quoted),
            ("reference", Basis::Reference),
            ("unpublished", Basis::Unpublished),
        ])
    };
    let read = PriceRule {
        basis: of.must("basis", bases)?,
        rates: of.or_default("rates", |at| at.map(rates))?,
        billed_input_seconds: of.or_default("billed_input_seconds", natural)?,
        billed_seconds: of.or_default("billed_seconds", natural)?,
    };
    of.end().map(|()| read)
}

fn rates(at: At<'_>) -> Read<Rates> {
    let of = at.object()?;
    let read = Rates {
        currency: of.must("currency", text)?,
        per_second: of.must("per_second", text_map)?,
        silent: of.or_default("silent", text_map)?,
        free_seconds: of.maybe("free_seconds", natural)?,
        free_days: of.maybe("free_days", natural)?,
        source: of.must("source", text)?,
    };
    of.end().map(|()| read)
}

fn field_id(at: At<'_>) -> Read<FieldId> {
    match at.value.as_str().and_then(FieldId::named) {
        Some(id) => Ok(id),
        None => at.fault(Rule::UnknownField, ""),
    }
}

fn choice(at: At<'_>) -> Read<Choice> {
    match at.value {
        Value::Bool(flag) => Ok(Choice::Flag(*flag)),
        Value::String(word) => Ok(Choice::Word(keep(word))),
        _ => at.number().map(Choice::Number),
    }
}

fn field(at: At<'_>) -> Read<Field> {
    let of = at.object()?;
    let sendings = |at: At<'_>| at.one_of(&[("when_set", Sending::WhenSet), ("always", Sending::Always)]);
    let read = Field {
        id: of.must("id", field_id)?,
        at: of.or_default("at", text)?,
        kind: of.must("kind", kind)?,
        required: of.or_default("required", flag)?,
        default: of.maybe("default", choice)?,
        send: of.or_default("send", sendings)?,
        when: of.maybe("when", condition)?,
        advice: of.or_default("advice", |at| at.list(advice))?,
        check: of.maybe("check", media_check)?,
    };
    of.end().map(|()| read)
}

fn media_check(at: At<'_>) -> Read<MediaCheck> {
    let of = at.object()?;
    let read = MediaCheck {
        path: of.must("path", text)?,
        model: of.must("model", text)?,
        currency: of.must("currency", text)?,
        price: of.must("price", text)?,
        free: of.maybe("free", natural)?,
        regions: of.must("regions", texts)?,
        source: of.must("source", text)?,
    };
    of.end().map(|()| read)
}

fn condition(at: At<'_>) -> Read<Condition> {
    let of = at.object()?;
    let read = Condition { field: of.must("field", field_id)?, is: of.must("is", choice)? };
    of.end().map(|()| read)
}

fn shape(at: At<'_>) -> Read<Shape> {
    at.one_of(&[("plain", Shape::Plain), ("media_item", Shape::MediaItem), ("content_item", Shape::ContentItem)])
}

fn kind(at: At<'_>) -> Read<Kind> {
    let of = at.object()?;
    let read = match of.must("type", text)? {
        "text" => Kind::Text { max_chars: of.maybe("max_chars", natural)? },
        "integer" => Kind::Integer {
            min: of.must("min", number)?,
            max: of.must("max", number)?,
            one_of: of.or_default("one_of", |at| at.list(number))?,
            auto: of.maybe("auto", signed)?,
            max_with_video: of.maybe("max_with_video", number)?,
            as_text: of.or_default("as_text", flag)?,
        },
        "flag" => Kind::Flag,
        "url" => Kind::Url,
        "choice" => Kind::Choice { options: of.must("options", texts)? },
        "media" => Kind::Media {
            rule: media_rule(&of)?,
            shape: of.or_default("shape", shape)?,
            role: of.or_default("role", text)?,
        },
        "references" => Kind::References {
            accepts: of.must("accepts", |at| {
                at.list(|at| {
                    let of = at.object()?;
                    let rule = media_rule(&of)?;
                    of.end().map(|()| rule)
                })
            })?,
            max: of.must("max", natural)?,
            shape: of.or_default("shape", shape)?,
            voices: of.or_default("voices", flag)?,
        },
        _ => {
            let at = At { value: at.value, place: &[at.place, "/type"].concat() };
            return at.fault(Rule::OneOf, "text, integer, flag, choice, media, references, url");
        }
    };
    of.end().map(|()| read)
}

fn media_kind(at: At<'_>) -> Read<MediaKind> {
    at.one_of(&[("image", MediaKind::Image), ("audio", MediaKind::Audio), ("video", MediaKind::Video)])
}

fn media_rule(of: &Members<'_>) -> Read<MediaRule> {
    Ok(MediaRule {
        media: of.must("media", media_kind)?,
        formats: of.or_default("formats", texts)?,
        max_bytes: of.or_default("max_bytes", natural)?.into(),
        min_side: of.or_default("min_side", natural)?,
        max_side: of.or_default("max_side", natural)?,
        max_ratio: of.or_default("max_ratio", natural)?,
        min_seconds: of.or_default("min_seconds", natural)?,
        max_seconds: of.or_default("max_seconds", natural)?,
        below: of.or_default("below", flag)?,
        max_count: of.or_default("max_count", natural)?,
        inline: of.or_default("inline", flag)?,
        upload: of.or_default("upload", flag)?,
        no_alpha: of.or_default("no_alpha", flag)?,
    })
}

fn advice(at: At<'_>) -> Read<Advice> {
    let of = at.object()?;
    let about = |at: At<'_>| at.one_of(&[("cost", Toward::Cost), ("risk", Toward::Risk), ("note", Toward::Note)]);
    let conditions =
        |at: At<'_>| at.one_of(&[("always", AdviceIf::Always), ("unset", AdviceIf::Unset), ("set", AdviceIf::Set)]);
    let read = Advice {
        toward: of.must("toward", about)?,
        text: of.must("text", words)?,
        source: of.must("source", text)?,
        shown_if: of.or_default("if", conditions)?,
        safer: of.maybe("safer", safer)?,
    };
    of.end().map(|()| read)
}

fn safer(at: At<'_>) -> Read<Safer> {
    let of = at.object()?;
    let set = of.maybe("set", |at| at.pair(field_id, choice))?;
    let model = of.maybe("model", text)?;
    of.end()?;
    match (set, model) {
        (Some((id, choice)), None) => Ok(Safer::Set(id, choice)),
        (None, Some(id)) => Ok(Safer::Model(id)),
        _ => at.fault(Rule::OneOf, "set, model"),
    }
}
