//! Filling the form adds nothing: what a body lacks stays unsent, also where the form sends it by itself.

use super::wishes::{call_of, draft, models};
use crate::support::{base, cases};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Any;
use std::cell::Cell;
use wan_playground::catalog::{Catalog, Choice, FieldId, Sending};
use wan_playground::checked::{Problem, ProblemKind, check};
use wan_playground::draft::{Draft, Origins, Value};
use wan_playground::generation::{Stray, along};
use wan_playground::http::{Body, Json, Request};
use wan_playground::reading::{Wish, read};

/// The body that the form would send once it is filled.
fn filled(catalog: &Catalog, wish: &Wish) -> Any {
    let mut whole = wish.clone();
    whole.draft.keep_extra(wish.unknown.clone());
    let request = whole.check(catalog).expect("the model is in the catalog").preview();
    serde_json::from_str(&request.body_text().expect("a body")).expect("JSON")
}

/// A body without some of its members, chosen by these numbers. Its model and its constants stay.
fn thinned(request: &Request, keep: &[&str], choices: &[bool]) -> Json {
    let Some(Body::Json(body)) = &request.body else { panic!("a create call has a body") };
    let mut thin = body.clone();
    let mut places: Vec<String> = Vec::new();
    let Json::Object(members) = body else { panic!("a body is an object") };
    for (name, value) in members {
        match value {
            Json::Object(inner) => places.extend(inner.iter().map(|(inner, _)| [name, ".", inner].concat())),
            _ => places.push(name.clone()),
        }
    }
    for (index, place) in places.iter().enumerate().filter(|(_, place)| !keep.contains(&place.as_str())) {
        if choices[index % choices.len()] {
            thin.take(place);
        }
    }
    thin
}

fn sent(request: &Request, body: Json) -> Request {
    Request { body: Some(body.into()), ..request.clone() }
}

#[test]
fn any_body_without_problems_is_sent_as_it_was_pasted_and_nothing_is_added() {
    let catalog = Catalog::built_in();
    let (compared, unsent) = (Cell::new(0_u32), Cell::new(0_u32));
    for (gateway, model) in models(catalog) {
        let (base, region) = base(gateway, model);
        let keep: Vec<&str> = model.fixed.keys().chain(["model"]).collect();
        let mut runner = TestRunner::new(Config { cases: 120, ..Config::default() });
        let some = (draft(model), prop::collection::vec(any::<bool>(), 1..7));
        let outcome = runner.run(&some, |(draft, choices)| {
            let request = check(&draft, gateway, model, &base, region).preview();
            let body = thinned(&request, &keep, &choices);
            let pasted = sent(&request, body);
            let reading = read(catalog, &[], &call_of(&pasted));
            let Some(wish) = reading.wishes.first().filter(|wish| wish.problems.is_empty()) else { return Ok(()) };
            let was: Any = serde_json::from_str(&pasted.body_text().expect("a body")).expect("JSON");
            prop_assert_eq!(filled(catalog, wish), was);
            compared.set(compared.get() + 1);
            unsent.set(unsent.get() + u32::from(!wish.draft.withheld().is_empty()));
            Ok(())
        });
        outcome.unwrap_or_else(|why| panic!("{}/{}: {why}", gateway.id, model.id));
    }
    let (compared, unsent) = (compared.get(), unsent.get());
    println!("{compared} bodies compared, {unsent} of them without a field that the form sends by itself");
    assert!(compared > 300 && unsent > 20, "{compared}, {unsent}");
}

#[test]
fn every_golden_case_without_its_defaults_is_filled_without_them() {
    let catalog = Catalog::built_in();
    let mut compared = 0;
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        let Some(Body::Json(mut body)) = request.body.clone() else { panic!("a create call has a body") };
        for field in model.fields.iter().filter(|field| field.send == Sending::Always) {
            body.take(field.at);
        }
        let pasted = sent(&request, body);
        let wishes = read(catalog, &[], &call_of(&pasted)).wishes;
        let wish = wishes.first().unwrap_or_else(|| panic!("{}: no meaning", case.name));
        let was: Any = serde_json::from_str(&pasted.body_text().expect("a body")).expect("JSON");
        assert_eq!(filled(catalog, wish), was, "{}", case.name);
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn what_a_gateway_requires_and_a_body_lacks_is_missing_and_is_not_filled_in() {
    let catalog = Catalog::built_in();
    let mut compared = 0;
    for (gateway, model) in models(catalog) {
        for field in model.fields.iter().filter(|field| field.send == Sending::Always && field.required) {
            let (base, region) = base(gateway, model);
            let request = check(&Draft::default(), gateway, model, &base, region).preview();
            let Some(Body::Json(mut body)) = request.body.clone() else { panic!("a create call has a body") };
            body.take(field.at);
            let pasted = sent(&request, body);
            let mut wish = read(catalog, &[], &call_of(&pasted)).wishes.remove(0);
            let is_missing = |wish: &Wish| {
                let checked = wish.check(catalog).expect("the model is in the catalog");
                let of = |problem: &Problem| problem.field == field.id && problem.kind == ProblemKind::Missing;
                checked.problems().iter().any(of)
            };
            assert!(is_missing(&wish), "{}/{}: {}", gateway.id, model.id, field.at);
            let was: Any = serde_json::from_str(&pasted.body_text().expect("a body")).expect("JSON");
            assert_eq!(filled(catalog, &wish), was);
            // It is among what the form would usually send, and a press sends it.
            let found = along(&wish.draft, &wish.check(catalog).expect("a model"), &Origins::default());
            let one = found.iter().find(|one| matches!(one.stray, Stray::Withheld { id, .. } if id == field.id));
            one.expect("it is shown").stray.remove_from(&mut wish.draft);
            assert!(!is_missing(&wish) && filled(catalog, &wish) != was);
            compared += 1;
        }
    }
    assert!(compared >= 2, "{compared}");
}

/// A request to a gateway whose field `async` the form sends by itself.
fn held_open() -> Draft {
    let catalog = Catalog::built_in();
    let request = "{\"model\": \"wan2.6-t2v\", \"action\": \"text2video\", \"prompt\": \"a cat\"}";
    let call = wan_playground::import::read(&format!(
        "curl https://api.acedata.cloud/wan/videos -H 'Content-Type: application/json' -d '{request}'"
    ));
    read(catalog, &[], &call.calls[0]).wishes[0].draft.clone()
}

#[test]
fn what_the_form_usually_sends_is_shown_and_one_press_sends_it() {
    let catalog = Catalog::built_in();
    let gateway = catalog.gateway("acedata").expect("built in");
    let model = gateway.model("wan2.6-t2v").expect("built in");
    let (base, region) = base(gateway, model);
    let mut wishes = held_open();
    let shown = |draft: &Draft| along(draft, &check(draft, gateway, model, &base, region), &Origins::default());
    let is_async = |stray: &Stray| matches!(stray, Stray::Withheld { id: FieldId::Async, usual: Choice::Flag(true) });
    let found = shown(&wishes);
    let one = found.iter().find(|one| is_async(&one.stray)).expect("it is shown").clone();
    let body = |draft: &Draft| check(draft, gateway, model, &base, region).preview().body_text().expect("a body");
    assert!(!body(&wishes).contains("async"));
    one.stray.remove_from(&mut wishes);
    assert!(body(&wishes).contains("\"async\": true"));
    assert!(!shown(&wishes).iter().any(|one| is_async(&one.stray)));
    // A choice of one's own is sent, and clearing it leaves the form's usual.
    let mut wishes = held_open();
    wishes.set(FieldId::Async, Value::Flag(false));
    assert!(body(&wishes).contains("\"async\": false"));
    wishes.clear(FieldId::Async);
    assert!(body(&wishes).contains("\"async\": true"));
    // Another model ends all of it.
    let mut wishes = held_open();
    wishes.keep_extra(vec![("fps".to_owned(), Json::Number(24))]);
    wishes.end_as_pasted();
    assert!(!wishes.is_as_pasted() && body(&wishes).contains("\"async\": true") && !body(&wishes).contains("fps"));
}
