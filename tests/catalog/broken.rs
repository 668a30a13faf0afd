//! Broken catalogs: each row breaks one thing in a whole gateway and lists which error is reported at which position.

use super::{acme, layered, with_entry};
use serde_json::{Value, json};
use wan_playground::catalog::overlay::{LONGEST, Whose};
use wan_playground::catalog::{Catalog, Rule};

/// Changed position, its new value (`null` removes it), position of the error, rule. The schema is tested with the same
/// rows (`tests/e2e/schema.spec.mjs`).
type Row = (String, Value, String, String);

fn rows() -> Vec<Row> {
    let text = include_str!("broken.json");
    let rows: Value = serde_json::from_str(text).expect("the rows are JSON");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let row = |row: &Value| (word(&row[0]), row[1].clone(), word(&row[2]), word(&row[3]));
    rows.as_array().expect("a list").iter().map(row).collect()
}

/// The whole gateway with one thing changed.
fn changed(place: &str, to: &Value) -> Value {
    let mut acme = acme();
    let (parent, name) = place.rsplit_once('/').expect("a pointer");
    match acme.pointer_mut(parent).unwrap_or_else(|| panic!("{place} is not there")) {
        Value::Object(members) if to.is_null() => drop(members.remove(name)),
        Value::Object(members) => drop(members.insert(name.to_owned(), to.clone())),
        Value::Array(list) => list[name.parse::<usize>().expect("an index")] = to.clone(),
        _ => panic!("{place} is not there"),
    }
    acme
}

#[test]
fn the_gateway_that_the_rows_break_is_whole() {
    let (catalog, faults) = with_entry(&acme());
    assert_eq!(super::told(&faults), Vec::<String>::new());
    assert_eq!(catalog.gateways.len(), 5);
}

#[test]
fn every_broken_catalog_is_told_by_place_and_rule_and_changes_nothing() {
    let rows = rows();
    assert!(rows.len() >= 40);
    let mut missed = Vec::new();
    for (place, to, expected, rule) in rows {
        let (catalog, faults) = with_entry(&changed(&place, &to));
        let expected = format!("/gateways/0{expected}");
        if !faults.iter().any(|fault| fault.place == expected && format!("{:?}", fault.rule) == rule) {
            missed.push(format!("{place} = {to:.60}: not {expected} {rule} but {:?}", super::told(&faults)));
        }
        assert_eq!(&catalog, Catalog::built_in(), "{place}: a broken entry is left out");
        for fault in &faults {
            assert!(fault.line.is_some(), "{place}: {} has a line", fault.place);
            let words = [fault.message(|words| words.en), fault.message(|words| words.zh)];
            assert!(!words.iter().any(|words| words.contains("{}")), "{words:?}");
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_file_that_is_no_catalog_is_told_and_changes_nothing() {
    let good = acme();
    let long = " ".repeat(LONGEST + 1);
    let deep = "[".repeat(5000);
    for (text, place, rule, line) in [
        ("", "", Rule::NotJson, Some(1)),
        ("<!doctype html>", "", Rule::NotJson, Some(1)),
        ("{\n\"version\": 1,\n\"gateways\": [}", "", Rule::NotJson, Some(3)),
        ("[]", "", Rule::Object, Some(1)),
        ("null", "", Rule::Object, Some(1)),
        ("{\"gateways\": []}", "", Rule::Missing, Some(1)),
        ("{\"version\":\n 2}", "/version", Rule::Version, Some(2)),
        ("{\"version\": \"1\"}", "/version", Rule::Version, Some(1)),
        ("{\"version\": 1, \"gateways\": {}}", "/gateways", Rule::List, Some(1)),
        ("{\"version\": 1, \"gatways\": []}", "/gatways", Rule::Surprise, Some(1)),
        ("{\"version\": 1, \"remove\": \"ope\"}", "/remove", Rule::List, Some(1)),
        ("{\"version\": 1, \"remove\": [\"nobody\"]}", "/remove/0", Rule::UnknownGateway, Some(1)),
        ("{\"version\": 1, \"version\": 1}", "", Rule::Twice, Some(1)),
        (&long, "", Rule::TooLong, None),
        (&deep, "", Rule::NotJson, Some(1)),
    ] {
        let (catalog, faults) = layered(Whose::Deployer, text);
        let found: Vec<_> = faults.iter().map(|fault| (&*fault.place, fault.rule, fault.line)).collect();
        assert_eq!(found, [(place, rule, line)], "{text:.60}");
        assert_eq!(catalog.gateways.len(), 4, "{text:.60}");
    }
    // A gateway with duplicate parts is left out, and its neighbor is not.
    let text = super::file(&[&good, &json!({"id": "b", "like": "ope", "name": "B", "base": "https://b.example"})]);
    let doubled = text.replacen("\"document\":", "\"id\": \"acme\",\n\"document\":", 1);
    let (catalog, faults) = layered(Whose::Deployer, &doubled);
    assert_eq!(super::told(&faults), ["/gateways/0 Twice id"]);
    assert!(catalog.gateway("acme").is_none() && catalog.gateway("b").is_some());
}
