//! Writing and reading members: small helpers over the page's own JSON, without derived code.

use crate::http::Json;
use serde_json::Value;

/// An object under way.
#[derive(Default)]
pub struct Out(Vec<(String, Json)>);

impl Out {
    /// A member as it is.
    pub fn put(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    /// A text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.put(name, Json::Text(value.to_owned()));
    }

    /// A text that is left out when it is empty.
    pub fn some_text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    /// A whole number.
    pub fn number(&mut self, name: &str, value: u64) {
        self.put(name, Json::Number(i64::try_from(value).unwrap_or(i64::MAX)));
    }

    /// A whole number that is left out when there is none.
    pub fn some_number(&mut self, name: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.number(name, value);
        }
    }

    /// A word of a closed set.
    pub fn word<T: PartialEq>(&mut self, name: &str, table: &[(&str, T)], value: &T) {
        self.text(name, word(table, value));
    }
}

impl From<Out> for Json {
    fn from(out: Out) -> Self {
        Self::Object(out.0)
    }
}

/// The word for a value of a closed set.
pub fn word<'a, T: PartialEq>(table: &[(&'a str, T)], value: &T) -> &'a str {
    table.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON, or breaks off.
    NotJson,
    /// It is JSON, but no record of this page.
    NotARecord,
    /// A later version of this page wrote it.
    Future(u32),
    /// This part is missing or is none that could have been written.
    Part(&'static str),
}

/// What reading gives.
pub type Read<T> = Result<T, Unreadable>;

/// A part of a record, with the name to blame.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    value: &'a Value,
    name: &'static str,
}

impl<'a> Part<'a> {
    /// The record itself.
    pub fn whole(value: &'a Value) -> Self {
        Self { value, name: "record" }
    }

    /// A member; nothing where there is none.
    pub fn at(&self, name: &'static str) -> Self {
        Self { value: &self.value[name], name }
    }

    /// The fault of this part.
    pub fn fault<T>(&self) -> Read<T> {
        Err(Unreadable::Part(self.name))
    }

    /// The part, if there is anything.
    pub fn some(self) -> Option<Self> {
        (!self.value.is_null()).then_some(self)
    }

    /// A text that must be there.
    pub fn text(&self) -> Read<String> {
        self.value.as_str().map_or_else(|| self.fault(), |text| Ok(text.to_owned()))
    }

    /// A text, empty where there is none.
    pub fn some_text(&self) -> Read<String> {
        if self.value.is_null() { Ok(String::new()) } else { self.text() }
    }

    /// A whole number that must be there and fit.
    pub fn number<T: TryFrom<u64>>(&self) -> Read<T> {
        // The bound of what is written, half of what a reader would take.
        let number = self.value.as_i64().and_then(|number| u64::try_from(number).ok());
        number.and_then(|number| T::try_from(number).ok()).map_or_else(|| self.fault(), Ok)
    }

    /// A whole number, if there is one.
    pub fn some_number<T: TryFrom<u64>>(&self) -> Read<Option<T>> {
        self.some().map(|part| part.number()).transpose()
    }

    /// A whole number of any sign.
    pub fn signed(&self) -> Read<i64> {
        self.value.as_i64().map_or_else(|| self.fault(), Ok)
    }

    /// Yes or no; no where there is nothing.
    pub fn flag(&self) -> Read<bool> {
        if self.value.is_null() { Ok(false) } else { self.value.as_bool().map_or_else(|| self.fault(), Ok) }
    }

    /// A word of a closed set.
    pub fn word<T: Clone>(&self, table: &[(&str, T)]) -> Read<T> {
        let text = self.value.as_str();
        let found = table.iter().find(|(word, _)| Some(*word) == text);
        found.map_or_else(|| self.fault(), |(_, value)| Ok(value.clone()))
    }

    /// The entries of a list; none where there is nothing.
    pub fn list(&self) -> Read<Vec<Self>> {
        match self.value {
            Value::Null => Ok(Vec::new()),
            Value::Array(list) => Ok(list.iter().map(|value| Self { value, name: self.name }).collect()),
            _ => self.fault(),
        }
    }

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }
}
