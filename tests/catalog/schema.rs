//! The published JSON Schema: the built-in catalog validates, broken ones do not, and it never refuses what the page
//! takes.

use super::{acme, broken, built_in, layered, told};
use serde_json::{Value, json};
use wan_playground::catalog::overlay::Whose;
use wan_playground::catalog::{FILES, Rule};

const SCHEMA: &str = include_str!("../../assets/catalog.schema.json");

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("the schema is one");
    jsonschema::draft202012::new(&schema).expect("the schema can be used")
}

fn refused(schema: &jsonschema::Validator, file: &Value) -> Vec<String> {
    schema.iter_errors(file).map(|error| format!("{} {error:.200}", error.instance_path())).collect()
}

#[test]
fn the_built_in_catalog_validates() {
    let gateways: Vec<Value> = FILES.into_iter().map(|(id, _)| built_in(id)).collect();
    let whole = json!({"$schema": "./catalog.schema.json", "version": 1, "gateways": gateways});
    assert_eq!(refused(&schema(), &whole), Vec::<String>::new());
    let empty: Value = serde_json::from_str(include_str!("../../assets/catalog.json")).expect("JSON");
    assert_eq!(refused(&schema(), &empty), Vec::<String>::new());
}

#[test]
fn the_examples_of_the_guide_validate_and_are_taken() {
    let guide = include_str!("../../docs/catalog.md");
    let examples: Vec<&str> =
        guide.split("```json").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest)).collect();
    assert!(examples.len() >= 4);
    for example in examples {
        let file: Value = serde_json::from_str(example).unwrap_or_else(|why| panic!("{why}: {example}"));
        assert_eq!(refused(&schema(), &file), Vec::<String>::new(), "{example}");
        assert_eq!(told(&layered(Whose::Deployer, example).1), Vec::<String>::new(), "{example}");
    }
}

/// What a schema cannot see: one value beside another, and how an address is read.
const UNSEEN: [Rule; 25] = [
    Rule::BadBase,
    Rule::FirstBase,
    Rule::BaseTwice,
    Rule::LooksLikeKey,
    Rule::UnknownSource,
    Rule::UnknownEndpoint,
    Rule::UnknownRegion,
    Rule::UnknownModel,
    Rule::IdTwice,
    Rule::FieldTwice,
    Rule::LacksField,
    Rule::NotOffered,
    Rule::OptionTwice,
    Rule::TwoPlaces,
    Rule::NoPlace,
    Rule::PlaceTaken,
    Rule::BadDefault,
    Rule::BadRange,
    Rule::OwnCondition,
    Rule::NeverTrue,
    Rule::Cycle,
    Rule::Chain,
    Rule::TierUnpriced,
    Rule::BadHeader,
    Rule::BadDay,
];

#[test]
fn broken_catalogs_do_not_validate() {
    let schema = schema();
    let (mut seen, mut missed) = (0, Vec::new());
    for (place, to, _, rule) in broken::rows() {
        let file = json!({"version": 1, "gateways": [broken::changed(place, &to)]});
        if !refused(&schema, &file).is_empty() {
            seen += 1;
        } else if !UNSEEN.contains(&rule) {
            missed.push(format!("{place} = {to:.60} ({rule:?})"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(seen >= 60, "only {seen} are seen");
    for file in [json!([]), json!({}), json!({"version": 2}), json!({"version": 1, "gatways": []})] {
        assert!(!refused(&schema, &file).is_empty(), "{file}");
    }
}

#[test]
fn short_entries_validate_and_broken_ones_do_not() {
    let schema = schema();
    let short = |more: Value| {
        let mut entry = json!({"id": "own", "like": "dashscope", "name": "Own", "base": "https://own.example/v"});
        for (name, value) in more.as_object().expect("an object") {
            entry[name] = value.clone();
        }
        json!({"version": 1, "gateways": [entry]})
    };
    let model = acme()["models"][0].clone();
    for more in [
        json!({}),
        json!({"dialect": "bailian", "region": "intl", "prices": "unpublished", "key_variable": "OWN_KEY"}),
        json!({"bases": ["http://127.0.0.1:8080/sim/dashscope", {"url": "https://b.example", "name": {"en": "B", "zh": "乙"}, "region": "cn"}]}),
        json!({"models": ["wan2.7-t2v", model], "remove_models": ["wan2.7-t2v"]}),
        json!({"add_models": [acme()["models"][1]]}),
    ] {
        let file = short(more);
        assert_eq!(refused(&schema, &file), Vec::<String>::new(), "{file:.200}");
        assert_eq!(told(&layered(Whose::Deployer, &file.to_string()).1), Vec::<String>::new(), "{file:.200}");
    }
    for more in [
        json!({"key": "sk-canary-1"}),
        json!({"base": "ftp://x.example"}),
        json!({"base": "https://x.example?q"}),
        json!({"models": "some"}),
        json!({"models": []}),
        json!({"prices": "cheap"}),
        json!({"dialect": "soap"}),
        json!({"name": 7}),
    ] {
        assert!(!refused(&schema, &short(more.clone())).is_empty(), "{more}");
    }
}
