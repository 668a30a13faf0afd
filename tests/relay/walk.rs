//! What the relay is for: create, query, download in parts and whole, cancel, at all four gateways. The requests are
//! the page's own, with the relay's address as the base.

use super::bench::{Answer, CANARY, HOSTS, Relay, raw, request};
use crate::support::cases;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Catalog, Endpoint, Gateway};
use wan_playground::checked::check;
use wan_playground::http::{Request, Response};
use wan_playground::protocol::{
    Call, Event, TaskId, VideoAt, cancel, content, look_up, media_check, model_list, query, read,
};

/// Where the walk goes through: a server, and the path of its relay.
pub struct Front {
    /// Its address.
    pub address: SocketAddr,
    /// `/relay`, with any prefix in front of it.
    pub prefix: &'static str,
}

impl Front {
    fn base(&self, gateway: &str, host: &str) -> BaseUrl {
        let address = format!("http://{}{}/{gateway}/{host}", self.address, self.prefix);
        BaseUrl::parse(&address).expect("a loopback base")
    }

    fn send(&self, call: &Request, more: &[(&str, &str)]) -> Answer {
        let path = call.url.strip_prefix(&format!("http://{}", self.address)).expect("the base leads here");
        let key = format!("Bearer {CANARY}");
        let mut headers: Vec<(&str, &str)> = vec![("Authorization", &key), ("Sec-Fetch-Site", "same-origin")];
        headers.extend(call.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        headers.extend(more);
        let body = call.body_text();
        let body = body.as_deref().map(str::as_bytes).or((call.method.name() == "POST").then_some(&b""[..]));
        let host = self.address.to_string();
        Answer::read(&raw(self.address, &request(&host, call.method.name(), path, &headers, body)))
    }

    fn event(&self, endpoint: &Endpoint, kind: Call, call: &Request) -> Event {
        let answer = self.send(call, &[]);
        assert_eq!(answer.header("x-relay"), "forwarded", "{}: {} {}", call.url, answer.status, answer.text());
        for strange in ["set-cookie", "access-control-allow-origin", "access-control-allow-headers", "location"] {
            assert_eq!(answer.header(strange), "", "{}: {strange}", call.url);
        }
        read(endpoint, kind, &Response { status: answer.status, body: answer.text(), ..Response::default() })
    }
}

/// Walks every endpoint of every gateway once.
pub fn walk(front: &Front) {
    let catalog = Catalog::built_in();
    let mut seen = BTreeSet::new();
    for case in cases().iter().filter(|case| case.name.ends_with("-smallest")) {
        let (gateway, model) = case.find(catalog);
        if !seen.insert((gateway.id, model.endpoint)) {
            continue;
        }
        let place = format!("{} at {}", model.id, gateway.id);
        let host = HOSTS.iter().find(|(id, _)| *id == gateway.id).map(|(_, host)| *host).expect("it is listed");
        let base = front.base(gateway.id, host);
        let checked = check(&case.draft, gateway, model, &base, gateway.bases[0].region);
        let generation = checked.generation().unwrap_or_else(|| panic!("{place}: {:?}", checked.problems()));
        let endpoint = gateway.endpoint(model).expect("the catalog check guarantees it");
        let id = match front.event(endpoint, Call::Create, generation.request()) {
            Event::Accepted(id) => id,
            other => panic!("{place}: {other:?}"),
        };
        if let Event::Done { video: VideoAt::Content, .. } = finished(front, &place, endpoint, &base, &id) {
            download(front, &place, &content(endpoint, &base, &id).expect("it is there"));
        }
        if let Some(call) = look_up(endpoint, &base, model.wire_name(), "user-1") {
            // Looks for a task that may have been created: whatever the gateway responds, the call is forwarded.
            assert_eq!(front.send(&call, &[]).header("x-relay"), "forwarded", "{place}: {}", call.url);
        }
        if let Some(call) = cancel(endpoint, &base, &id) {
            // Too late to be accepted; but the gateway was asked and has responded.
            assert!(!matches!(front.event(endpoint, Call::Cancel, &call), Event::Unreadable(_)), "{place}");
        }
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}

/// Requests other than tasks: the list of the account's models, and the check of a portrait.
pub fn beside(front: &Front) {
    let catalog = Catalog::built_in();
    let mut asked = 0;
    for gateway in catalog.gateways {
        let host = HOSTS.iter().find(|(id, _)| *id == gateway.id).map(|(_, host)| *host).expect("it is listed");
        let base = front.base(gateway.id, host);
        let mut calls: Vec<Request> = gateway.model_list.iter().map(|list| model_list(list, &base, 1)).collect();
        for model in gateway.models {
            let (endpoint, checks) =
                (gateway.endpoint(model), model.fields.iter().filter_map(|field| field.check.as_ref()));
            let endpoint = endpoint.expect("the catalog check guarantees it");
            calls.extend(checks.map(|check| media_check(check, endpoint, &base, "https://example.com/a.png")));
        }
        for call in calls {
            let answer = front.send(&call, &[]);
            assert_eq!(
                (answer.status, answer.header("x-relay")),
                (200, "forwarded"),
                "{}: {}",
                call.url,
                answer.text()
            );
            asked += 1;
        }
    }
    assert_eq!(asked, 3);
}

fn finished(front: &Front, place: &str, endpoint: &Endpoint, base: &BaseUrl, id: &TaskId) -> Event {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match front.event(endpoint, Call::Query, &query(endpoint, base, id)) {
            Event::Progress(..) | Event::Setback(..) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(5));
            }
            done @ Event::Done { .. } => return done,
            other => panic!("{place}: {other:?}"),
        }
    }
}

fn download(front: &Front, place: &str, call: &Request) {
    let whole = front.send(call, &[]);
    assert_eq!((whole.status, whole.body.get(4..8)), (200, Some(&b"ftyp"[..])), "{place}");
    assert_eq!(whole.header("content-type"), "video/mp4", "{place}");
    assert_eq!(whole.header("content-length"), whole.body.len().to_string(), "{place}");
    let part = front.send(call, &[("Range", "bytes=100-199")]);
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[100..200]), "{place}");
    assert_eq!(part.header("content-range"), format!("bytes 100-199/{}", whole.body.len()), "{place}");
    let beyond = front.send(call, &[("Range", "bytes=999999999-")]);
    assert_eq!((beyond.status, beyond.header("x-relay")), (416, "forwarded"), "{place}");
}

/// Bases of a gateway with their placeholders filled.
fn hosts(gateway: &Gateway) -> Vec<String> {
    let host = |url: &str| url.trim_start_matches("https://").replace("{WorkspaceId}", "llm-0a1b2c");
    gateway.bases.iter().map(|base| host(base.url)).collect()
}

/// Queries a task at every base of every gateway.
pub fn every_base(front: &Front) {
    let catalog = Catalog::built_in();
    let mut asked = 0;
    for gateway in catalog.gateways {
        for host in hosts(gateway) {
            for endpoint in gateway.endpoints.values() {
                let call = query(endpoint, &front.base(gateway.id, &host), &TaskId("no:such=task".to_owned()));
                let answer = front.send(&call, &[]);
                assert_eq!(answer.header("x-relay"), "forwarded", "{}: {}", call.url, answer.text());
                asked += 1;
            }
        }
    }
    assert!(asked > 20, "{asked} asked");
}

#[test]
fn all_four_gateways_are_walked_through_the_relay() {
    let relay = Relay::of_simulator(&[]);
    let front = Front { address: relay.address, prefix: "/relay" };
    walk(&front);
    every_base(&front);
    beside(&front);
    relay.says("GET dashscope dashscope.aliyuncs.com /api/v1/models 200 whole");
    let line = relay.says("POST ope api-platform.ope.ai /v1/videos 200 whole");
    assert!(line.contains(" B in, ") && line.contains(" ms"), "{line}");
    relay.says("GET ope api-platform.ope.ai /v1/videos/{task_id}/content 206 whole, 0 B in, 100 B out");
    relay.says("GET dashscope dashscope.aliyuncs.com /api/v1/tasks/{task_id} 200 whole");
}

#[test]
fn the_relay_presents_itself_and_is_absent_where_it_is_not_wanted() {
    let relay = Relay::of_simulator(&[]);
    let told = relay.call("GET", "/relay/", &[], None);
    assert_eq!((told.status, told.header("x-relay")), (200, "ready"));
    assert_eq!(
        told.json(),
        serde_json::json!({"relay": 1, "gateways": ["crazyrouter", "ope", "acedata", "dashscope"]})
    );
    assert_eq!(told.header("content-type"), "application/json");
    assert_eq!(relay.call("POST", "/relay/", &[], Some("{}")).refusal(), "method");
    let without = Relay::start(&["--no-relay"]);
    for path in ["/relay/", "/relay/ope/api-platform.ope.ai/v1/videos/a"] {
        assert_eq!(without.call("GET", path, &[], None).status, 404, "{path}");
    }
}

#[test]
fn a_gateways_own_failure_is_told_from_the_relays() {
    let relay = Relay::of_simulator(&[]);
    let body = r#"{"model":"wan2.7-i2v","prompt":"sim:create-500","input_reference":{"content":[{"type":"image_url","role":"first_frame","image_url":{"url":"https://example.com/a.png"}}]}}"#;
    let answer = relay.call("POST", "/relay/ope/api-platform.ope.ai/v1/videos", &[], Some(body));
    assert_eq!((answer.status, answer.header("x-relay")), (500, "forwarded"), "{}", answer.text());
}
