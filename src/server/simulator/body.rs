//! Strict reading of a JSON body: exact types, known keys only, and a sentence for each error.

use serde_json::{Map, Value};

/// Why a body is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Where, as `input.media[0].url`.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

impl Refusal {
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into() }
    }

    /// One sentence for an error message.
    pub fn sentence(&self) -> String {
        if self.path.is_empty() { self.reason.clone() } else { format!("{}: {}", self.path, self.reason) }
    }
}

pub(super) type Checked<T> = Result<T, Refusal>;

/// An object whose keys are requested one after another; a key that was never requested is unknown.
#[derive(Debug)]
pub(super) struct Object<'a> {
    path: String,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
    /// Whether `null`, and `""` where a string is expected, mean "not given".
    blank_is_absent: bool,
    /// Keys where only `null` does.
    null_is_absent: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// The body itself.
    pub fn root(value: &'a Value) -> Checked<Self> {
        Self::of(value, String::new())
    }

    pub fn of(value: &'a Value, path: String) -> Checked<Self> {
        match value {
            Value::Object(map) => {
                Ok(Self { path, map, known: Vec::new(), blank_is_absent: false, null_is_absent: Vec::new() })
            }
            _ => Err(Refusal::new(path, "must be an object")),
        }
    }

    /// `path.key`.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn refuse<T>(&self, key: &str, reason: impl Into<String>) -> Checked<T> {
        Err(Refusal::new(self.path_of(key), reason))
    }

    pub fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        let null_is_absent = self.blank_is_absent || self.null_is_absent.contains(&key);
        self.map.get(key).filter(|value| !(null_is_absent && value.is_null()))
    }

    /// Treats `null` as "not given", and an empty string too, for every key.
    pub fn blank_is_absent(mut self) -> Self {
        self.blank_is_absent = true;
        self
    }

    /// Treats `null` as "not given" for one key, known or not: a known client sends it so.
    pub fn null_is_absent(&mut self, key: &'static str) {
        if self.map.get(key).is_some_and(Value::is_null) {
            self.known.push(key);
            self.null_is_absent.push(key);
        }
    }

    /// Accepts a key whatever it holds: a known client sends it and the service evidently ignores it.
    pub fn tolerate(&mut self, key: &'static str) {
        self.known.push(key);
    }

    pub fn object(&mut self, key: &'static str) -> Checked<Option<Object<'a>>> {
        let path = self.path_of(key);
        self.value(key).map(|value| Object::of(value, path)).transpose()
    }

    pub fn string(&mut self, key: &'static str) -> Checked<Option<&'a str>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() && self.blank_is_absent => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => self.refuse(key, "must be a string"),
        }
    }

    /// A string that is required and not blank.
    pub fn required_string(&mut self, key: &'static str) -> Checked<&'a str> {
        match self.string(key)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            None if self.map.get(key).is_none_or(Value::is_null) => self.refuse(key, "is required"),
            Some(_) | None => self.refuse(key, "must not be empty"),
        }
    }

    pub fn boolean(&mut self, key: &'static str) -> Checked<Option<bool>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => self.refuse(key, "must be true or false"),
        }
    }

    /// An integer that is written as one: neither `5.0` nor `"5"`.
    pub fn integer(&mut self, key: &'static str) -> Checked<Option<i64>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Number(number)) => match number.as_i64() {
                Some(integer) => Ok(Some(integer)),
                None => self.refuse(key, "must be an integer"),
            },
            Some(_) => self.refuse(key, "must be an integer"),
        }
    }

    /// One of several strings, spelled exactly so.
    pub fn word(&mut self, key: &'static str, words: &[&str]) -> Checked<Option<&'a str>> {
        match self.string(key)? {
            Some(word) if !words.contains(&word) => self.refuse(key, format!("must be one of {}", words.join(", "))),
            word => Ok(word),
        }
    }

    /// The seed every gateway shares.
    pub fn seed(&mut self) -> Checked<()> {
        match self.integer("seed")? {
            Some(seed) if !(0..=2_147_483_647).contains(&seed) => self.refuse("seed", "must be from 0 to 2147483647"),
            _ => Ok(()),
        }
    }

    pub fn array(&mut self, key: &'static str) -> Checked<Option<&'a [Value]>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Array(items)) => Ok(Some(items)),
            Some(_) => self.refuse(key, "must be an array"),
        }
    }

    /// Refuses keys that were never requested.
    pub fn finish(self) -> Checked<()> {
        let is_absent = |value: &Value| self.blank_is_absent && (value.is_null() || value.as_str() == Some(""));
        match self.map.iter().find(|(key, value)| !self.known.contains(&key.as_str()) && !is_absent(value)) {
            Some((key, _)) => self.refuse(key, "is not a known field"),
            None => Ok(()),
        }
    }
}

/// The first `limit` characters: the services truncate what is too long and do not refuse it.
pub(super) fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

/// Whether any string in the value contains the word.
pub(super) fn mentions(value: &Value, word: &str) -> bool {
    match value {
        Value::String(text) => text.contains(word),
        Value::Array(items) => items.iter().any(|item| mentions(item, word)),
        Value::Object(map) => map.values().any(|item| mentions(item, word)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
