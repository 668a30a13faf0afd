//! Every golden case: the draft produces exactly the request of the document, at exactly the price.

use crate::support::{Case, base, cases};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use wan_playground::catalog::{Basis, Catalog, FieldId};
use wan_playground::checked::{Checked, check};
use wan_playground::http::Request;
use wan_playground::price::{Estimate, estimate};

/// The thirteen models of the four documents.
const OF_THE_DOCUMENTS: [(&str, &str); 13] = [
    ("crazyrouter", "wan2.5-t2v-preview"),
    ("crazyrouter", "wan2.5-i2v-preview"),
    ("crazyrouter", "wan2.2-t2v-plus"),
    ("crazyrouter", "wan2.2-i2v-plus"),
    ("crazyrouter", "wan2.2-i2v-flash"),
    ("crazyrouter", "wan2.2-kf2v-flash"),
    ("crazyrouter", "wan2.2-s2v"),
    ("ope", "wan2.7-i2v"),
    ("acedata", "wan2.6-t2v"),
    ("acedata", "wan2.6-i2v"),
    ("acedata", "wan2.6-i2v-flash"),
    ("acedata", "wan2.6-r2v"),
    ("dashscope", "wan2.5-t2v-preview"),
];

/// The requests that the documents themselves show or describe.
const EXAMPLES: [&str; 8] = [
    "crazyrouter/document-image-to-video",
    "crazyrouter/document-first-and-last-frame",
    "crazyrouter/document-speech-to-video",
    "ope/document-image-to-video",
    "acedata/document-text-to-video",
    "acedata/document-image-to-video",
    "acedata/document-callback",
    "dashscope/document-text-to-video",
];

/// The request as the case files write it: path below the base, headers as an object, body as JSON.
fn request_json(request: &Request, base: &str) -> Value {
    let headers: Map<String, Value> =
        request.headers.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
    let body = request.body_text().map_or(Value::Null, |text| serde_json::from_str(&text).expect("the body is JSON"));
    json!({
        "method": request.method.name(),
        "path": request.url.strip_prefix(base).expect("the request goes to its base"),
        "headers": headers,
        "body": body,
    })
}

fn estimate_json(estimate: &Estimate) -> Value {
    let basis = match estimate.basis {
        Basis::Own => "own",
        Basis::Quoted => "quoted",
        Basis::Reference => "reference",
        Basis::Unpublished => "unpublished",
    };
    let mut out = json!({
        "currency": estimate.currency,
        "amount": estimate.total.map(wan_playground::price::Money::decimal),
        "basis": basis,
    });
    if estimate.total.is_none() {
        out["per_second"] = json!(estimate.per_second.decimal());
    }
    out
}

fn mismatches(case: &Case, checked: &Checked<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: &Value, actual: &Value| {
        if expected != actual {
            found.push(format!("{}: {what}\n    expected {expected}\n    made     {actual}", case.name));
        }
    };
    compare("problems", &json!("[]"), &json!(format!("{:?}", checked.problems())));
    let made = request_json(&checked.preview(), &checked.base().text());
    let expected = case.json["request"].as_object().expect("a case has a request");
    for (member, actual) in made.as_object().expect("an object") {
        compare(member, expected.get(member).unwrap_or(&Value::Null), actual);
    }
    let can_be_sent = checked.generation().map(|generation| request_json(generation.request(), &checked.base().text()));
    compare("what may be sent", &made, &can_be_sent.unwrap_or_default());
    match (case.json.get("estimate"), estimate(checked)) {
        (Some(expected), Ok(made)) => {
            compare("estimate", expected, &estimate_json(&made));
            compare(
                "no range",
                &json!(made.total.map(wan_playground::price::Money::decimal)),
                &json!(made.at_most.map(wan_playground::price::Money::decimal)),
            );
        }
        // A range, because input seconds are billed: `prices.rs` has these figures.
        (None, Ok(made)) => {
            compare("a case without a range needs an estimate", &json!(true), &json!(made.total != made.at_most));
        }
        (_, Err(why)) => compare("estimate", &case.json["estimate"], &json!(format!("{why:?}"))),
    }
    for member in case.json.as_object().expect("a case is an object").keys() {
        let known = ["title", "source", "gateway", "model", "draft", "request", "estimate"].contains(&member.as_str());
        compare("a member nobody reads", &json!(true), &json!(known || member == "unsent"));
    }
    found
}

#[test]
fn every_case_becomes_exactly_its_request_and_price() {
    let catalog = Catalog::built_in();
    let cases = cases();
    let mut found = Vec::new();
    for case in &cases {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        found.extend(mismatches(case, &check(&case.draft, gateway, model, &base, region)));
    }
    assert!(found.is_empty(), "{} of {} cases:\n{}", found.len(), cases.len(), found.join("\n"));
}

#[test]
fn every_example_of_the_documents_has_its_case() {
    let names: BTreeSet<String> = cases().into_iter().map(|case| case.name).collect();
    let missing: Vec<&str> = EXAMPLES.into_iter().filter(|name| !names.contains(*name)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn every_model_has_its_smallest_and_its_fullest_request() {
    let catalog = Catalog::built_in();
    let mut kinds: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for case in cases() {
        let kind = case.name.rsplit('-').next().filter(|_| case.is_extreme());
        let kind = if kind == Some("smallest") { "smallest" } else { "fullest" };
        if case.is_extreme() {
            kinds.entry((case.gateway, case.model)).or_default().insert(kind);
        }
    }
    let mut missing = Vec::new();
    for gateway in catalog.gateways {
        for model in gateway.models {
            let key = (gateway.id.to_owned(), model.id.to_owned());
            for kind in ["smallest", "fullest"] {
                if !kinds.get(&key).is_some_and(|found| found.contains(kind)) {
                    missing.push(format!("{}/{}: {kind}", gateway.id, model.id));
                }
            }
        }
    }
    assert!(missing.is_empty(), "missing: {missing:#?}");
    for (gateway, model) in OF_THE_DOCUMENTS {
        assert!(kinds.contains_key(&(gateway.to_owned(), model.to_owned())), "{gateway}/{model} is not covered");
    }
}

#[test]
fn the_smallest_request_fills_nothing_that_could_be_left_out() {
    let catalog = Catalog::built_in();
    let mut found = Vec::new();
    for case in cases().iter().filter(|case| case.name.ends_with("-smallest")) {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        for (id, _) in case.draft.filled_fields() {
            let mut less = case.draft.clone();
            less.clear(id);
            if check(&less, gateway, model, &base, region).problems().is_empty() {
                found.push(format!("{}: {} may be left out", case.name, id.name()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_field_of_every_model_travels_in_some_case() {
    let catalog = Catalog::built_in();
    let mut sent: BTreeSet<(String, String, FieldId)> = BTreeSet::new();
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        for (field, _) in check(&case.draft, gateway, model, &base, region).sent() {
            if case.draft.filled(field.id).is_some() {
                sent.insert((case.gateway.clone(), case.model.clone(), field.id));
            }
        }
    }
    let mut missing = Vec::new();
    for gateway in catalog.gateways {
        for model in gateway.models {
            for field in model.fields {
                if !sent.contains(&(gateway.id.to_owned(), model.id.to_owned(), field.id)) {
                    missing.push(format!("{}/{}: {}", gateway.id, model.id, field.id.name()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "never sent: {missing:#?}");
}
