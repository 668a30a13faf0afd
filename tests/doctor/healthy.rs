//! A request without errors gets no findings.

use crate::support::cases;
use crate::wishes::{bare, call_of};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::checked::check;
use wan_playground::doctor::{Examination, examine};
use wan_playground::import::Proof;
use wan_playground::protocol::{TaskId, cancel, content, query};

const NOW_MS: u64 = 1_795_328_100_000;

#[test]
fn every_request_the_page_sends_is_healthy_at_every_base() {
    let catalog = Catalog::built_in();
    let mut count = 0;
    for case in cases() {
        let (gateway, model) = case.find(catalog);
        for known in gateway.bases {
            if !model.regions.is_empty() && !model.regions.contains(&known.region) {
                continue;
            }
            let base = BaseUrl::parse(&known.url.replace("{WorkspaceId}", "ws-1")).unwrap();
            let request = check(&case.draft, gateway, model, &base, known.region).preview();
            let mut call = call_of(&request);
            call.proof = Proof::Variable(gateway.key_variable.to_owned());
            let seen = examine(catalog, &[], &call, NOW_MS);
            assert_eq!(seen, Examination::default(), "{} at {}", case.name, known.url);
            count += 1;
        }
        let (base, region) = crate::support::base(gateway, model);
        let body = check(&case.draft, gateway, model, &base, region).preview().body_text().unwrap();
        assert_eq!(examine(catalog, &[], &bare(&body), NOW_MS), Examination::default(), "the body of {}", case.name);
    }
    assert!(count > 150, "{count}");
}

#[test]
fn every_call_that_asks_after_a_task_is_healthy() {
    let catalog = Catalog::built_in();
    for gateway in catalog.gateways {
        let (base, _) = crate::support::base(gateway, &gateway.models[0]);
        for endpoint in gateway.endpoints.values() {
            let id = TaskId("0385dc79-5ff8-4d82-bcb6-1".to_owned());
            let calls =
                [Some(query(endpoint, &base, &id)), cancel(endpoint, &base, &id), content(endpoint, &base, &id)];
            for request in calls.into_iter().flatten() {
                let mut call = call_of(&request);
                call.proof = Proof::Variable(gateway.key_variable.to_owned());
                assert_eq!(examine(catalog, &[], &call, NOW_MS), Examination::default(), "{}", request.url);
            }
        }
    }
}
