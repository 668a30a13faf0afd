//! The draft in a record, under its neutral field IDs, and local files without their bytes.

use super::file::{file_of, read_file};
use super::names::MEDIA;
use super::part::{Out, Part, Read};
use super::request::{body_of, read_body};
use crate::catalog::FieldId;
use crate::draft::{Draft, Media, Reference, Value};
use crate::http::Json;
use std::sync::Arc;

pub fn write(draft: &Draft) -> Json {
    let mut out = Out::default();
    for (id, value) in draft.filled_fields() {
        out.put(id.name(), value_of(value));
    }
    if !draft.extra().is_empty() {
        let pair = |(path, value): &(String, Json)| Json::List(vec![Json::Text(path.clone()), body_of(value)]);
        out.put("extra", Json::List(draft.extra().iter().map(pair).collect()));
    }
    if !draft.withheld().is_empty() {
        let name = |id: &FieldId| Json::Text(id.name().to_owned());
        out.put("withheld", Json::List(draft.withheld().iter().map(name).collect()));
    }
    out.into()
}

pub fn read(part: &Part<'_>) -> Read<Draft> {
    let mut draft = Draft::default();
    for id in FieldId::ALL {
        if let Some(part) = part.at(id.name()).some() {
            let value = read_value(&part)?;
            if !value.is_blank() {
                draft.set(id, value);
            }
        }
    }
    let pair = |part: &Part<'_>| match part.list()?.as_slice() {
        [path, value] => Ok((path.text()?, read_body(value)?)),
        _ => part.fault(),
    };
    draft.keep_extra(part.at("extra").list()?.iter().map(pair).collect::<Read<_>>()?);
    // A field that a later page has and this one does not is not sent here either.
    let named = |part: &Part<'_>| {
        let name = part.text()?;
        Ok(FieldId::ALL.into_iter().find(|id| id.name() == name))
    };
    let withheld: Vec<Option<FieldId>> = part.at("withheld").list()?.iter().map(named).collect::<Read<_>>()?;
    withheld.into_iter().flatten().for_each(|id| draft.withhold(id));
    Ok(draft)
}

fn value_of(value: &Value) -> Json {
    let mut out = Out::default();
    match value {
        Value::Text(text) => return Json::Text(text.clone()),
        Value::Flag(flag) => return Json::Flag(*flag),
        Value::Media(media) => put_media(&mut out, media),
        Value::References(list) => {
            let entry = |entry: &Reference| {
                let mut out = Out::default();
                put_media(&mut out, &entry.media);
                out.word("kind", &MEDIA, &entry.kind);
                out.some_text("voice", &entry.voice);
                out.into()
            };
            return Json::List(list.iter().map(entry).collect());
        }
    }
    out.into()
}

fn read_value(part: &Part<'_>) -> Read<Value> {
    use serde_json::Value as Any;
    match part.value() {
        Any::String(text) => Ok(Value::Text(text.clone())),
        Any::Bool(flag) => Ok(Value::Flag(*flag)),
        Any::Array(_) => {
            let entry = |part: &Part<'_>| {
                Ok(Reference {
                    media: read_media(part)?,
                    kind: part.at("kind").word(&MEDIA)?,
                    voice: part.at("voice").some_text()?,
                })
            };
            Ok(Value::References(part.list()?.iter().map(entry).collect::<Read<_>>()?))
        }
        Any::Object(_) => read_media(part).map(Value::Media),
        Any::Null | Any::Number(_) => part.fault(),
    }
}

fn put_media(out: &mut Out, media: &Media) {
    match media {
        Media::Url(url) => out.text("url", url),
        Media::File(file) => out.put("file", file_of(file)),
    }
}

fn read_media(part: &Part<'_>) -> Read<Media> {
    Ok(match part.at("file").some() {
        Some(file) => Media::File(Arc::new(read_file(&file)?)),
        None => Media::Url(part.at("url").text()?),
    })
}
