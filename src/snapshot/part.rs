//! Writing and reading properties: small helpers over the page's own JSON, without derived code.

use crate::http::Json;
use serde_json::Value;

/// An object under construction.
#[derive(Default)]
pub struct Out(Vec<(String, Json)>);

impl Out {
    /// A property with any value.
    pub fn put(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    /// A string.
    pub fn text(&mut self, name: &str, value: &str) {
        self.put(name, Json::Text(value.to_owned()));
    }

    /// A string that is omitted if empty.
    pub fn some_text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    /// An integer.
    pub fn number(&mut self, name: &str, value: u64) {
        self.put(name, Json::Number(i64::try_from(value).unwrap_or(i64::MAX)));
    }

    /// An integer that is omitted if absent.
    pub fn some_number(&mut self, name: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.number(name, value);
        }
    }

    /// The name of an enum value.
    pub fn word<T: PartialEq>(&mut self, name: &str, table: &[(&str, T)], value: &T) {
        self.text(name, word(table, value));
    }
}

impl From<Out> for Json {
    fn from(out: Out) -> Self {
        Self::Object(out.0)
    }
}

/// The name of an enum value.
pub fn word<'a, T: PartialEq>(table: &[(&'a str, T)], value: &T) -> &'a str {
    table.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not JSON, or is truncated.
    NotJson,
    /// It is JSON, but not a record of this page.
    NotARecord,
    /// A later version of this page wrote it.
    Future(u32),
    /// This part is missing or has a value that could not have been written.
    Part(&'static str),
}

/// The result of reading.
pub type Read<T> = Result<T, Unreadable>;

/// A part of a record, with the name to report in an error.
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

    /// A property; nothing if it is missing.
    pub fn at(&self, name: &'static str) -> Self {
        Self { value: &self.value[name], name }
    }

    /// The error for this part.
    pub fn fault<T>(&self) -> Read<T> {
        Err(Unreadable::Part(self.name))
    }

    /// The part, if it is present.
    pub fn some(self) -> Option<Self> {
        (!self.value.is_null()).then_some(self)
    }

    /// A required string.
    pub fn text(&self) -> Read<String> {
        self.value.as_str().map_or_else(|| self.fault(), |text| Ok(text.to_owned()))
    }

    /// A string, empty if missing.
    pub fn some_text(&self) -> Read<String> {
        if self.value.is_null() { Ok(String::new()) } else { self.text() }
    }

    /// A required integer within range.
    pub fn number<T: TryFrom<u64>>(&self) -> Read<T> {
        // Limited to what is written, half of what a parser would accept.
        let number = self.value.as_i64().and_then(|number| u64::try_from(number).ok());
        number.and_then(|number| T::try_from(number).ok()).map_or_else(|| self.fault(), Ok)
    }

    /// An optional integer.
    pub fn some_number<T: TryFrom<u64>>(&self) -> Read<Option<T>> {
        self.some().map(|part| part.number()).transpose()
    }

    /// A signed integer.
    pub fn signed(&self) -> Read<i64> {
        self.value.as_i64().map_or_else(|| self.fault(), Ok)
    }

    /// A boolean; false if missing.
    pub fn flag(&self) -> Read<bool> {
        if self.value.is_null() { Ok(false) } else { self.value.as_bool().map_or_else(|| self.fault(), Ok) }
    }

    /// The value of an enum name.
    pub fn word<T: Clone>(&self, table: &[(&str, T)]) -> Read<T> {
        let text = self.value.as_str();
        let found = table.iter().find(|(word, _)| Some(*word) == text);
        found.map_or_else(|| self.fault(), |(_, value)| Ok(value.clone()))
    }

    /// The entries of a list; empty if missing.
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
