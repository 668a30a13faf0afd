//! The gateways a user stores, as one text in the format of `overlay.rs`, which is saved and shared unchanged. It has
//! no field for a key. Entries this version cannot read are carried along untouched.

use super::overlay::{Whose, apply};
use super::{Catalog, Fault};
use serde_json::{Map, Value, json};

/// Why a change was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A later version of the page has kept something this one cannot read.
    Newer,
    /// It would be more than is ever read again.
    TooLong,
}

/// A gateway as the form of the page edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Id; tasks, keys and links refer to it, so an edit never changes it.
    pub id: String,
    /// Name.
    pub name: String,
    /// Base URL as typed.
    pub base: String,
    /// Name of the protocol: that of a [`Dialect`](super::Dialect), or one that this version does not know.
    pub dialect: String,
    /// Price region; empty for that of the first base.
    pub region: String,
    /// Shell variable of the key; empty for the one derived from the id.
    pub key_variable: String,
    /// Model ids; `None` for all.
    pub models: Option<Vec<String>>,
}

impl Own {
    /// The catalog entry for these values.
    pub fn entry(&self) -> Value {
        let mut entry = Map::new();
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                entry.insert(name.to_owned(), json!(text));
            }
        };
        put("id", &self.id);
        put("name", self.name.trim());
        put("dialect", &self.dialect);
        put("base", self.base.trim());
        put("region", &self.region);
        put("key_variable", self.key_variable.trim());
        entry.insert("models".to_owned(), self.models.as_ref().map_or(json!("all"), |models| json!(models)));
        Value::Object(entry)
    }

    /// The form values of an entry, if the form can show all of it.
    pub fn of(entry: &Value) -> Option<Self> {
        const MEMBERS: [&str; 7] = ["id", "name", "dialect", "base", "region", "key_variable", "models"];
        let members = entry.as_object()?;
        if !members.keys().all(|name| MEMBERS.contains(&name.as_str())) {
            return None;
        }
        let text = |name: &str| match members.get(name) {
            Some(value) => value.as_str().map(str::to_owned),
            None => Some(String::new()),
        };
        let models = match &entry["models"] {
            Value::Null => None,
            Value::String(word) if word == "all" => None,
            Value::Array(list) => {
                Some(list.iter().map(|id| id.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        Some(Self {
            id: text("id")?,
            name: text("name")?,
            base: text("base")?,
            dialect: text("dialect").filter(|dialect| !dialect.is_empty())?,
            region: text("region")?,
            key_variable: text("key_variable")?,
            models,
        })
    }
}

/// What is stored.
#[derive(Debug, Clone)]
pub struct Kept {
    file: Map<String, Value>,
}

/// Why a stored text is not read: it must not be overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is from a later version of the page.
    Newer,
    /// It is not a catalog at all.
    Broken,
}

impl Kept {
    /// Reads what was stored; nothing stored counts as an empty file.
    pub fn read(text: &str) -> Result<Self, Unread> {
        if text.trim().is_empty() {
            return Ok(Self { file: Map::from_iter([("version".to_owned(), json!(1))]) });
        }
        let Ok(Value::Object(mut file)) = serde_json::from_str(text) else { return Err(Unread::Broken) };
        match file.get("version").and_then(Value::as_u64) {
            Some(1) => {}
            Some(2..) => return Err(Unread::Newer),
            _ => return Err(Unread::Broken),
        }
        if !file.entry("gateways").or_insert_with(|| json!([])).is_array() {
            return Err(Unread::Broken);
        }
        Ok(Self { file })
    }

    /// The entries, in their order.
    pub fn entries(&self) -> &[Value] {
        self.file.get("gateways").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&Value> {
        self.entries().iter().find(|entry| entry["id"] == id)
    }

    fn list(&mut self) -> &mut Vec<Value> {
        let list = self.file.entry("gateways").or_insert_with(|| json!([]));
        if !list.is_array() {
            *list = json!([]);
        }
        list.as_array_mut().expect("it was made one")
    }

    /// Replaces the entry with the same id, or adds it at the end. `true` if it replaced one.
    pub fn put(&mut self, entry: Value) -> bool {
        let list = self.list();
        if let Some(known) = list.iter_mut().find(|known| known["id"] == entry["id"]) {
            *known = entry;
            true
        } else {
            list.push(entry);
            false
        }
    }

    /// Removes an entry.
    pub fn remove(&mut self, id: &str) {
        self.list().retain(|entry| entry["id"] != id);
    }

    /// The text as it is stored and shared.
    pub fn print(&self) -> String {
        serde_json::to_string_pretty(&self.file).unwrap_or_default()
    }
}

/// The faults of one entry added to a catalog. Their positions are within the entry.
pub fn examine(standing: &Catalog, built_in: &Catalog, entry: &Value) -> Vec<Fault> {
    let mut kept = Kept { file: Map::from_iter([("version".to_owned(), json!(1))]) };
    kept.put(entry.clone());
    let mut faults = apply(&mut { *standing }, built_in, Whose::User, &kept.print());
    for fault in &mut faults {
        if let Some(within) = fault.place.strip_prefix("/gateways/0") {
            fault.place = within.to_owned();
        }
    }
    faults
}

/// The result of importing a file.
#[derive(Debug, Default)]
pub struct TakenIn {
    /// Ids that are new.
    pub added: Vec<String>,
    /// Ids that were already there and have other contents now.
    pub replaced: Vec<String>,
    /// What is wrong with the file; the entries concerned are not imported.
    pub faults: Vec<Fault>,
}

/// Imports the entries of a file that obey every rule.
pub fn take_in(kept: &mut Kept, standing: &Catalog, built_in: &Catalog, text: &str) -> TakenIn {
    let mut taken = TakenIn { faults: apply(&mut { *standing }, built_in, Whose::User, text), ..TakenIn::default() };
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let whole = |fault: &Fault| !fault.place.starts_with("/gateways/") && !fault.place.starts_with("/remove/");
    if taken.faults.iter().any(whole) {
        return taken;
    }
    for (index, entry) in file["gateways"].as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
        let place = ["/gateways/", &index.to_string()].concat();
        let about = |fault: &Fault| {
            fault.place.strip_prefix(&*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if taken.faults.iter().any(about) {
            continue;
        }
        let id = entry["id"].as_str().unwrap_or_default().to_owned();
        if kept.entry(&id) == Some(entry) {
            continue;
        }
        if kept.put(entry.clone()) { taken.replaced.push(id) } else { taken.added.push(id) }
    }
    taken
}

/// An id made from a name, different from those already taken.
pub fn id_for(name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(32);
    let id = id.trim_end_matches('-');
    let id = if id.is_empty() { "gateway" } else { id };
    let mut number = 1_u32;
    loop {
        let fresh = if number == 1 { id.to_owned() } else { [id, "-", &number.to_string()].concat() };
        if !is_taken(&fresh) {
            return fresh;
        }
        number += 1;
    }
}

/// The default variable of a gateway with this id.
pub fn variable_of(id: &str) -> String {
    super::overlay::variable_of(id)
}
