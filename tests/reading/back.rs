//! Draft to request to draft: nothing changes on the way.

use super::wishes::{bare, call_of, draft, models};
use crate::support::{base, cases};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, Model};
use wan_playground::checked::check;
use wan_playground::http::Request;
use wan_playground::reading::{Purpose, Wish, read};

/// What the first interpretation of a call would send.
fn sent(catalog: &Catalog, wish: &Wish) -> Request {
    let mut whole = wish.clone();
    whole.draft.keep_extra(wish.unknown.clone());
    whole.check(catalog).expect("the model is in the catalog").preview()
}

#[test]
fn every_case_is_read_as_the_wishes_it_was_made_from() {
    let catalog = Catalog::built_in();
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        for known in gateway.bases {
            let base = known.url.replace("{WorkspaceId}", "ws-1");
            let base = BaseUrl::parse(&base).expect("a base");
            let request = check(&case.draft, gateway, model, &base, known.region).preview();
            let reading = read(catalog, &[], &call_of(&request));
            assert_eq!(reading.purpose, Purpose::Create, "{}", case.name);
            let [wish] = &reading.wishes[..] else { panic!("{}: {:?}", case.name, reading.wishes) };
            assert_eq!((&*wish.gateway, &*wish.model), (gateway.id, model.id), "{}", case.name);
            assert_eq!((&wish.base, wish.region.as_str()), (&base, known.region), "{}", case.name);
            assert_eq!((wish.unknown.len(), wish.problems.len(), wish.unsent.len()), (0, 0, 0), "{}", case.name);
            assert!(wish.named);
            assert_eq!(sent(catalog, wish), request, "{}", case.name);
        }
    }
}

#[test]
fn a_bare_body_of_every_case_is_its_model_at_one_gateway_or_another() {
    let catalog = Catalog::built_in();
    let (mut several, mut one) = (0, 0);
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        let (base, region) = base(gateway, model);
        let request = check(&case.draft, gateway, model, &base, region).preview();
        let body = request.body_text().expect("a body");
        let reading = read(catalog, &[], &bare(&body));
        assert!(reading.wishes.iter().all(|wish| wish.named && wish.unknown.is_empty()), "{}", case.name);
        let own = reading.wishes.iter().find(|wish| wish.gateway == gateway.id && wish.model == model.id);
        let own = own.unwrap_or_else(|| panic!("{} is not among its own meanings", case.name));
        assert_eq!(sent(catalog, own), request, "{}", case.name);
        if reading.wishes.len() > 1 { several += 1 } else { one += 1 }
    }
    assert!(several > 10 && one > 10, "{several} bodies mean several things, {one} one");
}

#[test]
fn any_wishes_come_back_byte_for_byte() {
    let catalog = Catalog::built_in();
    for (gateway, model) in models(catalog) {
        let (base, region) = base(gateway, model);
        let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
        let outcome = runner.run(&draft(model), |draft| {
            let request = check(&draft, gateway, model, &base, region).preview();
            let reading = read(catalog, &[], &call_of(&request));
            let wish = reading.wishes.first().ok_or_else(|| TestCaseError::fail("no meaning"))?;
            // Without media, a body does not show for which of a model's ways it was filled in.
            let meant = gateway.model(&wish.model).map(Model::wire_name);
            prop_assert_eq!((&*wish.gateway, meant), (gateway.id, Some(model.wire_name())));
            let again = sent(catalog, wish);
            prop_assert_eq!(again.body_text(), request.body_text());
            prop_assert_eq!((again.method, again.url, again.headers), (request.method, request.url, request.headers));
            Ok(())
        });
        outcome.unwrap_or_else(|why| panic!("{}/{}: {why}", gateway.id, model.id));
    }
}
