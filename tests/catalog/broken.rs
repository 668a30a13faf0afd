//! Broken catalogs: each row breaks one thing of a whole gateway and says which fault is told at which place.

use super::{acme, layered, with_entry};
use serde_json::{Value, json};
use wan_playground::catalog::overlay::{LONGEST, Whose};
use wan_playground::catalog::{Catalog, Rule};

/// Place changed, what it becomes (`null` takes it away), place of the fault, rule.
pub fn rows() -> Vec<(&'static str, Value, &'static str, Rule)> {
    const T: &str = "/models/0";
    let _ = T;
    vec![
        // Ids and names.
        ("/id", json!("Acme"), "/id", Rule::BadId),
        ("/id", json!("../x"), "/id", Rule::BadId),
        ("/id", json!("a b"), "/id", Rule::BadId),
        ("/id", json!(""), "/id", Rule::BadId),
        ("/id", json!(7), "/id", Rule::Text),
        ("/id", Value::Null, "", Rule::Missing),
        ("/name", json!({"en": " ", "zh": "甲"}), "/name", Rule::Empty),
        ("/name/zh", Value::Null, "/name", Rule::Missing),
        ("/surprise", json!(1), "/surprise", Rule::Surprise),
        ("/models/0/fields/0/requierd", json!(true), "/models/0/fields/0/requierd", Rule::Surprise),
        // Key variables.
        ("/key_variable", json!("A-B"), "/key_variable", Rule::BadVariable),
        ("/key_variable", json!("9LIVES"), "/key_variable", Rule::BadVariable),
        ("/key_variable", json!("PATH"), "/key_variable", Rule::BadVariable),
        ("/key_variable", json!("LD_PRELOAD"), "/key_variable", Rule::BadVariable),
        ("/key_variable", json!("X=$(curl evil)"), "/key_variable", Rule::BadVariable),
        ("/key_variable", json!("sk-canary-1234567890"), "/key_variable", Rule::LooksLikeKey),
        // Bases.
        ("/bases", json!([]), "/bases", Rule::NoBase),
        ("/bases/0/url", json!("http://example.com"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://user:pw@example.com"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://example.com/"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://example.com?key=1"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://example.com/a/../b"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://example.com//b"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://example.com/%2e%2e/b"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("javascript:alert(1)"), "/bases/0/url", Rule::BadBase),
        ("/bases/0/url", json!("https://{Id}.example.com"), "/bases/0/url", Rule::FirstBase),
        ("/bases/3/url", json!("https://{a}.{b}.example.com"), "/bases/3/url", Rule::BadBase),
        ("/bases/1/url", json!("https://dashscope.aliyuncs.com"), "/bases/1/url", Rule::BaseTwice),
        ("/bases/0/region", json!("C N"), "/bases/0/region", Rule::BadId),
        // Endpoints.
        ("/endpoints/video/create", json!("//evil.example/x"), "/endpoints/video/create", Rule::BadPath),
        ("/endpoints/video/create", json!("/a/../../x"), "/endpoints/video/create", Rule::BadPath),
        ("/endpoints/video/create", json!("@evil.example/x"), "/endpoints/video/create", Rule::BadPath),
        ("/endpoints/video/create", json!("/a?x=1"), "/endpoints/video/create", Rule::BadPath),
        ("/endpoints/video/create", json!("/a\\b"), "/endpoints/video/create", Rule::BadPath),
        ("/endpoints/video/create", json!("/a/{task_id}"), "/endpoints/video/create", Rule::NoTaskId),
        ("/endpoints/video/query", json!("/tasks"), "/endpoints/video/query", Rule::NeedsTaskId),
        ("/endpoints/video/query", json!("/tasks/{id}"), "/endpoints/video/query", Rule::BadPath),
        ("/endpoints/video/dialect", json!("unified"), "/endpoints/video", Rule::NeedsContent),
        ("/endpoints/video/dialect", json!("soap"), "/endpoints/video/dialect", Rule::OneOf),
        (
            "/endpoints/video/headers/Authorization",
            json!("x"),
            "/endpoints/video/headers/Authorization",
            Rule::BadHeader,
        ),
        ("/endpoints/video/headers/X-Api-Key", json!("x"), "/endpoints/video/headers/X-Api-Key", Rule::BadHeader),
        ("/endpoints/video/headers/cookie", json!("x"), "/endpoints/video/headers/cookie", Rule::BadHeader),
        ("/endpoints/video/headers/a:b", json!("x"), "/endpoints/video/headers/a:b", Rule::BadHeader),
        ("/endpoints/video/headers/X-A", json!("x\r\nAuthorization: y"), "/endpoints/video/headers/X-A", Rule::Hostile),
        ("/endpoints/video/headers/X-A", json!("ä"), "/endpoints/video/headers/X-A", Rule::BadHeaderValue),
        (
            "/endpoints/video/headers/X-A",
            json!("sk-canary-1234567890"),
            "/endpoints/video/headers/X-A",
            Rule::LooksLikeKey,
        ),
        // Times and sources.
        ("/poll/interval_ms", json!(10), "/poll/interval_ms", Rule::OneOf),
        ("/poll/first_ms", json!(-1), "/poll/first_ms", Rule::Natural),
        ("/poll/give_up_min", json!(0), "/poll/give_up_min", Rule::OneOf),
        ("/link_hours", json!(0), "/link_hours", Rule::OneOf),
        ("/document", json!("nope"), "/document", Rule::UnknownSource),
        ("/sources/doc/url", json!("javascript:alert(1)"), "/sources/doc/url", Rule::BadLink),
        ("/sources/doc/url", json!("http://example.com"), "/sources/doc/url", Rule::BadLink),
        ("/sources/doc/read", json!("yesterday"), "/sources/doc/read", Rule::BadDay),
        ("/sources/doc/read", json!("2026-13-01"), "/sources/doc/read", Rule::BadDay),
        // Models.
        ("/models", json!([]), "/models", Rule::NoModel),
        ("/models/1/id", json!("wan2.6-t2v"), "/models/1/id", Rule::IdTwice),
        ("/models/0/id", json!("a b"), "/models/0/id", Rule::BadModelId),
        ("/models/0/id", json!("a@b@c"), "/models/0/id", Rule::BadModelId),
        ("/models/0/capability", json!("t3v"), "/models/0/capability", Rule::OneOf),
        ("/models/0/endpoint", json!("nope"), "/models/0/endpoint", Rule::UnknownEndpoint),
        ("/models/0/source", json!("nope"), "/models/0/source", Rule::UnknownSource),
        ("/models/0/regions", json!(["mars"]), "/models/0/regions/0", Rule::UnknownRegion),
        ("/models/0/sound", json!("field"), "/models/0/sound", Rule::LacksField),
        ("/models/1/length", json!("speech"), "/models/1/length", Rule::OneOf),
        ("/models/1/media_sets/0", json!(["portrait"]), "/models/1/media_sets/0", Rule::LacksField),
        ("/models/1/media_sets/0", json!(["image"]), "/models/1/media_sets/0/0", Rule::UnknownField),
        ("/models/0/fields", json!([]), "/models/0/fields", Rule::Empty),
        // Sizes.
        ("/models/0/size/table/0/0", json!("8K"), "/models/0/size/table/0/0", Rule::NotOffered),
        ("/models/0/size/table/0/1/0/0", json!("2:1"), "/models/0/size/table/0/1/0", Rule::NotOffered),
        ("/models/0/size/table/0/1/0/1", json!("wide"), "/models/0/size/table/0/1/0/1", Rule::BadSize),
        ("/models/0/size/table/1/0", json!("720P"), "/models/0/size/table/1", Rule::OptionTwice),
        ("/models/0/size/table/0", json!(["720P"]), "/models/0/size/table/0", Rule::Pair),
        // Fields. 0 prompt, 1 negative_prompt, 2 audio, 3 tier, 4 ratio, 5 duration, 6 prompt_extend, 7 shot_type.
        ("/models/0/fields/1/id", json!("prompt"), "/models/0/fields/1/id", Rule::FieldTwice),
        ("/models/0/fields/1/id", json!("wishes"), "/models/0/fields/1/id", Rule::UnknownField),
        ("/models/0/fields/0/kind", json!({"type": "flag"}), "/models/0/fields/0/kind/type", Rule::KindMisfit),
        ("/models/0/fields/0/kind/type", json!("essay"), "/models/0/fields/0/kind/type", Rule::OneOf),
        ("/models/0/fields/0/at", Value::Null, "/models/0/fields/0", Rule::NoPlace),
        ("/models/0/fields/3/at", json!("parameters.tier"), "/models/0/fields/3/at", Rule::TwoPlaces),
        ("/models/0/fields/0/at", json!("input..prompt"), "/models/0/fields/0/at", Rule::BadPlace),
        ("/models/0/fields/0/at", json!("model"), "/models/0/fields/0/at", Rule::PlaceTaken),
        ("/models/0/fields/0/at", json!("__proto__.x"), "/models/0/fields/0/at", Rule::PlaceTaken),
        ("/models/0/fields/1/at", json!("input.prompt"), "/models/0/fields/1/at", Rule::PlaceTaken),
        ("/models/0/fields/1/at", json!("input.prompt.not"), "/models/0/fields/1/at", Rule::PlaceTaken),
        ("/models/0/fixed", json!({"input": "x"}), "/models/0/fields/0/at", Rule::PlaceTaken),
        ("/models/0/fields/1/at", json!("parameters.size"), "/models/0/fields/1/at", Rule::PlaceTaken),
        ("/models/0/fields/5/default", json!(99), "/models/0/fields/5/default", Rule::BadDefault),
        ("/models/0/fields/3/default", json!("8K"), "/models/0/fields/3/default", Rule::BadDefault),
        ("/models/0/fields/6/default", json!("yes"), "/models/0/fields/6/default", Rule::BadDefault),
        ("/models/0/fields/5/kind/min", json!(20), "/models/0/fields/5/kind", Rule::BadRange),
        ("/models/0/fields/5/kind/min", json!(2.5), "/models/0/fields/5/kind/min", Rule::Natural),
        (
            "/models/0/fields/4/kind/options",
            json!(["16:9", "16:9"]),
            "/models/0/fields/4/kind/options/1",
            Rule::OptionTwice,
        ),
        ("/models/0/fields/2/kind/formats", json!(["../x"]), "/models/0/fields/2/kind", Rule::BadId),
        // Conditions.
        ("/models/0/fields/7/when/field", json!("sound"), "/models/0/fields/7/when/field", Rule::LacksField),
        ("/models/0/fields/7/when/field", json!("shot_type"), "/models/0/fields/7/when/field", Rule::OwnCondition),
        ("/models/0/fields/7/when/is", json!("maybe"), "/models/0/fields/7/when/is", Rule::NeverTrue),
        ("/models/0/fields/7/required", json!(true), "/models/0/fields/7/when", Rule::RequiredCondition),
        (
            "/models/0/fields/6/when",
            json!({"field": "watermark", "is": true}),
            "/models/0/fields/7/when/field",
            Rule::Chain,
        ),
        (
            "/models/0/fields/6/when",
            json!({"field": "shot_type", "is": "single"}),
            "/models/0/fields/7/when/field",
            Rule::Cycle,
        ),
        // Advice.
        (
            "/models/0/fields/3/advice/0/source",
            json!("nope"),
            "/models/0/fields/3/advice/0/source",
            Rule::UnknownSource,
        ),
        (
            "/models/0/fields/3/advice/0/safer",
            json!({"model": "nope"}),
            "/models/0/fields/3/advice/0/safer",
            Rule::UnknownModel,
        ),
        (
            "/models/0/fields/3/advice/0/safer",
            json!({"set": ["tier", "8K"]}),
            "/models/0/fields/3/advice/0/safer",
            Rule::NeverTrue,
        ),
        ("/models/0/fields/3/advice/0/safer", json!({}), "/models/0/fields/3/advice/0/safer", Rule::OneOf),
        // Prices.
        (
            "/models/0/price/rates/cn/per_second/720P",
            json!("0,60"),
            "/models/0/price/rates/cn/per_second/720P",
            Rule::BadPrice,
        ),
        (
            "/models/0/price/rates/cn/per_second/720P",
            json!(0.6),
            "/models/0/price/rates/cn/per_second/720P",
            Rule::Text,
        ),
        (
            "/models/0/price/rates/cn/per_second/720P",
            Value::Null,
            "/models/0/price/rates/cn/per_second",
            Rule::TierUnpriced,
        ),
        (
            "/models/0/price/rates/cn/per_second/8K",
            json!("1"),
            "/models/0/price/rates/cn/per_second/8K",
            Rule::NotOffered,
        ),
        ("/models/0/price/rates/cn/currency", json!("yuan"), "/models/0/price/rates/cn/currency", Rule::BadCurrency),
        ("/models/0/price/rates/cn/source", json!("nope"), "/models/0/price/rates/cn/source", Rule::UnknownSource),
        ("/models/0/price/basis", json!("unpublished"), "/models/0/price", Rule::RatesOrWord),
        ("/models/0/price/rates", json!({}), "/models/0/price", Rule::RatesOrWord),
        // Hostile texts and sizes.
        ("/name/en", json!("a\u{202e}b"), "/name/en", Rule::Hostile),
        ("/about/zh", json!("a\u{0}b"), "/about/zh", Rule::Hostile),
        ("/endpoints/vi\u{200b}deo", json!({}), "/endpoints/vi\u{200b}deo", Rule::Hostile),
        ("/about/en", json!("x".repeat(2000)), "/about/en", Rule::TooWide),
        ("/bases", json!(vec![json!(1); 300]), "/bases", Rule::TooMany),
    ]
}

/// The whole gateway with one thing changed.
pub fn changed(place: &str, to: &Value) -> Value {
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
    let built_in = format!("{:?}", Catalog::built_in());
    let mut missed = Vec::new();
    for (place, to, expected, rule) in rows {
        let (catalog, faults) = with_entry(&changed(place, &to));
        let expected = format!("/gateways/0{expected}");
        if !faults.iter().any(|fault| fault.place == expected && fault.rule == rule) {
            missed.push(format!("{place} = {to:.60}: not {expected} {rule:?} but {:?}", super::told(&faults)));
        }
        assert_eq!(format!("{catalog:?}"), built_in, "{place}: a broken entry is left out");
        for fault in &faults {
            assert!(fault.line.is_some(), "{place}: {} has a line", fault.place);
            let words = fault.words();
            assert!(!words.en.contains("{}") && !words.zh.contains("{}"), "{words:?}");
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
    // A gateway whose parts stand twice is left out, and its neighbor is not.
    let text = super::file(&[&good, &json!({"id": "b", "like": "ope", "name": "B", "base": "https://b.example"})]);
    let doubled = text.replacen("\"document\":", "\"id\": \"acme\",\n\"document\":", 1);
    let (catalog, faults) = layered(Whose::Deployer, &doubled);
    assert_eq!(super::told(&faults), ["/gateways/0 Twice id"]);
    assert!(catalog.gateway("acme").is_none() && catalog.gateway("b").is_some());
}
