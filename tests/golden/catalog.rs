//! The catalog files: their shape, their rules, their sources.

use crate::support::find;
use serde_json::{Value, json};
use wan_playground::catalog::{Basis, Catalog, FILES, FieldId, Gateway, Kind, faults};

#[test]
fn no_file_breaks_a_rule() {
    let mut found = Vec::new();
    for (name, text) in FILES {
        match Gateway::from_json(text) {
            Ok(gateway) => {
                assert_eq!(gateway.id, name, "the file is named by its gateway");
                found.extend(
                    faults(&gateway).into_iter().map(|fault| format!("{name}{}: {}", fault.place, fault.words().en)),
                );
            }
            Err(why) => found.push(format!("{name}{}: {}", why.place, why.words().en)),
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Pointers to every object of a document.
fn objects(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            out.push(at.to_owned());
            for (name, member) in members {
                objects(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        Value::Array(list) => {
            for (index, member) in list.iter().enumerate() {
                objects(member, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn a_member_nobody_reads_is_refused_at_every_place() {
    let mut taken = Vec::new();
    let mut tried = 0;
    for (name, text) in FILES {
        let document: Value = serde_json::from_str(text).expect("the file is JSON");
        let mut places = Vec::new();
        objects(&document, "", &mut places);
        for place in places {
            let mut changed = document.clone();
            let object = changed.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
            object.insert("surprise".to_owned(), json!(1));
            tried += 1;
            if Gateway::from_json(&changed.to_string()).is_ok() {
                taken.push(format!("{name}{place}"));
            }
        }
    }
    assert!(tried > 500, "only {tried} places were tried");
    assert!(taken.is_empty(), "{} of {tried} places: {:#?}", taken.len(), &taken[..taken.len().min(12)]);
}

#[test]
fn every_choice_of_tier_has_a_price_or_the_word_that_none_is_published() {
    let catalog = Catalog::built_in();
    let mut missing = Vec::new();
    for gateway in &catalog.gateways {
        for model in &gateway.models {
            let region = &gateway.home(model).expect("a gateway has bases").region;
            let Some(Kind::Choice { options }) = model.field(FieldId::Tier).map(|field| &field.kind) else {
                missing.push(format!("{}/{}: no choice of tier", gateway.id, model.id));
                continue;
            };
            for tier in options {
                let priced = model.price.rates.get(region).is_some_and(|rates| rates.per_second.contains_key(tier));
                if !priced && model.price.basis != Basis::Unpublished {
                    missing.push(format!("{}/{}: {tier}", gateway.id, model.id));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_required_field_can_always_be_reached() {
    let catalog = Catalog::built_in();
    for gateway in &catalog.gateways {
        for model in &gateway.models {
            for field in model.fields.iter().filter(|field| field.required) {
                assert!(field.when.is_none(), "{}/{}: {}", gateway.id, model.id, field.id.name());
            }
            let asked = model.fields.iter().any(|field| field.required) || !model.media_sets.is_empty();
            assert!(asked, "{}/{} asks for nothing", gateway.id, model.id);
        }
    }
}

#[test]
fn every_figure_has_a_titled_source_and_the_day_it_was_read() {
    let catalog = Catalog::built_in();
    for gateway in &catalog.gateways {
        for (name, source) in &gateway.sources {
            let place = format!("{}: {name}", gateway.id);
            assert!(!source.title.trim().is_empty(), "{place} has no title");
            assert!(source.url.as_ref().is_none_or(|url| url.starts_with("https://")), "{place}: {:?}", source.url);
            let day = source.read.as_bytes();
            let is_day = day.len() == 10 && day[4] == b'-' && day[7] == b'-' && source.read.starts_with("202");
            assert!(is_day, "{place}: {}", source.read);
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut found = Vec::new();
    for (name, text) in FILES {
        let document: Value = serde_json::from_str(text).expect("the file is JSON");
        let mut places = Vec::new();
        objects(&document, "", &mut places);
        for place in places {
            let object = document.pointer(&place).expect("an object");
            let (Some(english), Some(chinese)) = (object["en"].as_str(), object["zh"].as_str()) else { continue };
            if english.trim().is_empty()
                || chinese.trim().is_empty()
                || english.chars().any(|c| ('一'..='鿿').contains(&c))
            {
                found.push(format!("{name}{place}: {english} | {chinese}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_second_way_to_a_model_sends_the_model_s_own_name() {
    let catalog = Catalog::built_in();
    for (gateway, model) in [("crazyrouter", "wan2.5-t2v-preview@generations"), ("ope", "wan2.7-i2v@native")] {
        let (_, found) = find(&catalog, gateway, model);
        assert_eq!(Some(found.wire_name()), model.split('@').next());
    }
}
