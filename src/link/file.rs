//! The contents of a link as a file, for when a link would be too long: JSON with a version and the same parts under
//! the same names.

use super::misread::{Misread, note, short};
use super::print::kind_word;
use super::value::{Held, Referred};
use super::{Link, Opened, VERSION};
use crate::http::{Files, Json};
use serde_json::Value;

/// The property that marks a file and holds its version.
const MARK: &str = "wan-playground-link";

/// Writes the file.
pub fn write(link: &Link) -> String {
    let text = |text: &str| Json::Text(text.to_owned());
    let mut out = vec![(MARK.to_owned(), Json::Number(VERSION.into()))];
    let mut put = |name: &str, value: Option<Json>| out.extend(value.map(|value| (name.to_owned(), value)));
    put("gateway", link.gateway.as_ref().map(|id| text(id.text())));
    put("model", link.model.as_ref().map(|id| text(id.text())));
    let values = link.values.iter().map(|(id, held)| (id.name().to_owned(), value_of(held)));
    put("values", Some(Json::Object(values.collect())));
    put("lang", link.lang.map(|lang| text(lang.word())));
    put("view", link.view.map(|view| text(view.word())));
    Json::Object(out).print(Files::Marked)
}

fn value_of(held: &Held) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    match held {
        Held::Text(words) => text(words),
        Held::Flag(flag) => Json::Flag(*flag),
        Held::Media(link) => text(link.text()),
        Held::References(list) => {
            let entry = |entry: &Referred| {
                let mut out =
                    vec![("kind".to_owned(), text(kind_word(entry.kind))), ("url".to_owned(), text(entry.link.text()))];
                out.extend(entry.voice.iter().map(|voice| ("voice".to_owned(), text(voice.text()))));
                Json::Object(out)
            };
            Json::List(list.iter().map(entry).collect())
        }
    }
}

/// Whether a text may be such a file.
pub fn is_marked(content: &str) -> bool {
    content.contains(MARK)
}

/// Reads a file. `None` if it is not ours.
pub fn read(content: &str) -> Option<Opened> {
    if !is_marked(content) {
        return None;
    }
    let value: Value = serde_json::from_str(content.trim_start_matches('\u{feff}')).ok()?;
    let version = value.get(MARK)?;
    let mut opened = Opened::default();
    if version.as_u64() != Some(VERSION.into()) {
        note(&mut opened.misread, Misread::Newer);
        return Some(opened);
    }
    let mut link = Link::default();
    let mut put = |name: &str, value: &Value| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => return note(&mut opened.misread, Misread::Value(short(name))),
        };
        if let Err(why) = link.put(name, &text) {
            note(&mut opened.misread, why);
        }
    };
    for name in ["gateway", "model", "lang", "view"] {
        if let Some(value) = value.get(name) {
            put(name, value);
        }
    }
    for (name, value) in value.get("values").and_then(Value::as_object).into_iter().flatten() {
        let Some(list) = value.as_array() else {
            put(name, value);
            continue;
        };
        for entry in list {
            let part = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
            put(name, &Value::String([part("kind"), ":", part("url")].concat()));
            if let Some(voice) = entry.get("voice") {
                put("voice", voice);
            }
        }
    }
    opened.wish = Some(link);
    Some(opened)
}
