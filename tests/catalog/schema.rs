//! The published schema and the reader say the same: the properties of every object, which are required, and the words
//! of every fixed list. The reader is asked, property by property; neither is taken from the other's text.

use super::{built_in, layered};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use wan_playground::catalog::overlay::Whose;
use wan_playground::catalog::{FILES, Fault, FieldId, Gateway, Rule};

const SCHEMA: &str = include_str!("../../assets/catalog.schema.json");
/// A value that no property takes as it is.
const ODD: &str = "§";

/// An object of a file, with the schema for it.
struct Place {
    /// The file around it.
    file: Value,
    /// Whether that is a file with gateways in it, or the file of one.
    has_many: bool,
    /// Where it is, a JSON pointer.
    at: String,
    /// The schema's properties, and which are required.
    properties: Map<String, Value>,
    required: BTreeSet<String>,
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

/// Follows references.
fn resolved<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    while let Some(name) = schema["$ref"].as_str() {
        schema = root.pointer(name.trim_start_matches('#')).expect("a definition of this name");
    }
    schema
}

/// The one of several schemas that is about this value.
fn variant<'a>(root: &'a Value, schema: &'a Value, value: &Value) -> &'a Value {
    let schema = resolved(root, schema);
    // Beside properties of its own such a list only adds conditions.
    if let Some(all) = schema["allOf"].as_array().filter(|_| !schema["properties"].is_object()) {
        return variant(root, &all[0], value);
    }
    let Some(variants) = schema["oneOf"].as_array() else { return schema };
    let fits = |one: &&Value| {
        let one = resolved(root, one);
        let kind = &one["properties"]["type"]["const"];
        let has_all =
            |names: &Vec<Value>| names.iter().all(|name| value.get(name.as_str().unwrap_or_default()).is_some());
        match value {
            Value::Object(_) if kind.is_string() => *kind == value["type"],
            Value::Object(_) => one["type"] == "object" && one["required"].as_array().is_none_or(has_all),
            Value::Array(_) => one["type"] == "array",
            _ => one["type"] != "object" && one["type"] != "array",
        }
    };
    variants.iter().find(fits).map_or(schema, |found| variant(root, found, value))
}

/// Visits every object whose properties the schema lists, each kind of object once.
fn visit(root: &Value, schema: &Value, file: &Value, at: &str, seen: &mut BTreeMap<String, Place>) {
    let value = file.pointer(at).expect("the position exists");
    let schema = variant(root, schema, value);
    match value {
        Value::Object(members) => {
            if let Some(properties) =
                schema["properties"].as_object().filter(|_| schema["additionalProperties"] == false)
            {
                // Without prose, two places of the same shape are one.
                let kind = format!("{} {}", schema["properties"], value["type"]);
                let required = schema["required"].as_array().into_iter().flatten();
                let required = required.filter_map(|name| name.as_str().map(str::to_owned)).collect();
                let place = || Place {
                    file: file.clone(),
                    has_many: file.get("gateways").is_some(),
                    at: at.to_owned(),
                    properties: properties.clone(),
                    required,
                };
                seen.entry(kind).or_insert_with(place);
            }
            for name in members.keys() {
                let below = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
                if below.is_object() {
                    visit(root, below, file, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), seen);
                }
            }
        }
        Value::Array(items) => {
            for index in 0..items.len() {
                let below = schema["prefixItems"].get(index).unwrap_or(&schema["items"]);
                if below.is_object() {
                    visit(root, below, file, &format!("{at}/{index}"), seen);
                }
            }
        }
        _ => {}
    }
}

/// What the reader says first of a file in the place of another.
fn fault(place: &Place, file: &Value) -> Option<Fault> {
    let text = file.to_string();
    if place.has_many {
        return layered(Whose::Deployer, &text).1.into_iter().next();
    }
    Gateway::from_json(&text).err()
}

/// The file with another value at a property of a place, or without it.
fn with(place: &Place, name: &str, value: Option<Value>) -> Value {
    let mut file = place.file.clone();
    let members = file.pointer_mut(&place.at).and_then(Value::as_object_mut).expect("an object");
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
    file
}

fn places() -> Vec<Place> {
    let root = schema();
    let mut seen = BTreeMap::new();
    for (id, _) in FILES {
        let gateway = built_in(id);
        // A gateway with one model at a time: the reader is asked thousands of times.
        for model in gateway["models"].as_array().expect("a list") {
            let mut small = gateway.clone();
            small["models"] = json!([model]);
            visit(&root, &root["$defs"]["whole"], &small, "", &mut seen);
        }
    }
    let short = json!({"version": 1, "remove": [], "gateways": [{"id": "ope", "like": "ope"}]});
    let listed = json!({"$ref": "#/$defs/short"});
    let mut whole_file = root.clone();
    whole_file["properties"]["gateways"]["items"] = listed;
    visit(&root, &whole_file, &short, "", &mut seen);
    // Of a safer choice's two forms each knows the other's property, to say that both at once are too many.
    seen.into_values().filter(|place| !place.at.ends_with("/safer")).collect()
}

/// Every name that the schema or the reader knows anywhere.
fn names() -> BTreeSet<String> {
    fn inside(schema: &Value, out: &mut BTreeSet<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            out.extend(properties.keys().cloned());
        }
        match schema {
            Value::Object(members) => members.values().for_each(|value| inside(value, out)),
            Value::Array(items) => items.iter().for_each(|value| inside(value, out)),
            _ => {}
        }
    }
    let mut out = BTreeSet::new();
    inside(&schema(), &mut out);
    for source in [include_str!("../../src/catalog/read.rs"), include_str!("../../src/catalog/overlay.rs")] {
        for call in [".must(\"", ".maybe(\"", ".or_default(\""] {
            out.extend(source.split(call).skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
        }
    }
    out
}

#[test]
fn the_schema_lists_the_properties_that_the_reader_knows_and_no_others() {
    let (places, names) = (places(), names());
    assert!(places.len() >= 25 && names.len() > 80, "{} kinds of objects, {} names", places.len(), names.len());
    let mut wrong = Vec::new();
    for place in &places {
        assert_eq!(fault(place, &place.file), None, "{}", place.at);
        for name in &names {
            let below = format!("{}/{name}", place.at);
            let found = fault(place, &with(place, name, Some(json!([[ODD]]))));
            let is_known = !found.is_some_and(|fault| fault.rule == Rule::Surprise && fault.place == below);
            if is_known != place.properties.contains_key(name) {
                wrong.push(format!("{below}: the reader {} it", if is_known { "knows" } else { "does not know" }));
            }
        }
        for name in place.properties.keys() {
            let found = fault(place, &with(place, name, None));
            let is_missed = found.is_some_and(|fault| fault.rule == Rule::Missing && fault.detail == *name);
            let is_there = place.file.pointer(&format!("{}/{name}", place.at)).is_some();
            if is_there && is_missed != place.required.contains(name) {
                wrong.push(format!(
                    "{}/{name}: the reader {} it",
                    place.at,
                    if is_missed { "requires" } else { "does without" }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_lists_the_words_that_the_reader_takes_and_no_others() {
    let root = schema();
    let mut lists = 0;
    for place in places() {
        for (name, schema) in &place.properties {
            let Some(words) = resolved(&root, schema)["enum"].as_array() else { continue };
            let words: BTreeSet<&str> = words.iter().filter_map(Value::as_str).collect();
            let found = fault(&place, &with(&place, name, Some(json!(ODD)))).expect("no list has this word");
            match found.rule {
                Rule::OneOf => {
                    assert!(!found.detail.ends_with('…'), "{}/{name}: {}", place.at, found.detail);
                    assert_eq!(found.detail.split(", ").collect::<BTreeSet<_>>(), words, "{}/{name}", place.at);
                }
                Rule::UnknownField => {
                    let fields: BTreeSet<&str> = FieldId::ALL.iter().map(|field| field.name()).collect();
                    assert_eq!(fields, words, "{}/{name}", place.at);
                }
                rule => panic!("{}/{name}: {rule:?}", place.at),
            }
            lists += 1;
        }
    }
    assert!(lists > 10, "{lists} lists of words");
}
