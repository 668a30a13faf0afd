//! Who may call: names of this machine, pages of this origin, programs.

use super::bench::{Answer, CANARY, Relay, raw, request};
use super::doors::simulator_log;
use std::net::SocketAddr;

const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";

fn ask(to: SocketAddr, host: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
    let key = format!("Bearer {CANARY}");
    let mut all = vec![("Authorization", key.as_str()), ("Content-Type", "application/json")];
    all.extend(headers);
    let method = if body.is_some() { "POST" } else { "GET" };
    Answer::read(&raw(to, &request(host, method, path, &all, body)))
}

#[test]
fn another_name_is_refused_whatever_address_it_leads_to() {
    let relay = Relay::of_simulator(&[]);
    let port = relay.address.port();
    for name in ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"] {
        assert_eq!(
            ask(relay.address, &format!("{name}:{port}"), QUERY, &[], None).header("x-relay"),
            "forwarded",
            "{name}"
        );
    }
    simulator_log(relay.address);
    let names = [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "127.0.0.2",
        "api-platform.ope.ai",
    ];
    for host in
        names.iter().map(|name| format!("{name}:{port}")).chain(["localhost".into(), format!("localhost:{}", port - 1)])
    {
        for path in [QUERY, "/relay/"] {
            let answer = ask(relay.address, &host, path, &[], None);
            assert_eq!((answer.status, answer.refusal().as_str()), (403, "called_by"), "{host} {path}");
        }
        let create = ask(relay.address, &host, CREATE, &[("Origin", &format!("http://{host}"))], Some(b"{}"));
        assert_eq!(create.refusal(), "called_by", "{host}");
    }
    for head in [
        format!("GET {QUERY} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET {QUERY} HTTP/1.0\r\n\r\n"),
        format!("GET {QUERY} HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        format!("GET http://evil.example{QUERY} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"),
        format!("GET http://localhost:{port}{QUERY} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    ] {
        let answer = Answer::read(&raw(relay.address, head.as_bytes()));
        assert_eq!((answer.status, answer.refusal().as_str()), (400, "request"), "{head}");
    }
    assert!(simulator_log(relay.address).is_empty());
    let named = Relay::of_simulator(&["--host", "wan.example"]);
    assert_eq!(ask(named.address, "wan.example", QUERY, &[], None).header("x-relay"), "forwarded");
    assert_eq!(ask(named.address, "evil.example", QUERY, &[], None).refusal(), "called_by");
}

#[test]
fn a_page_of_another_origin_is_refused() {
    let relay = Relay::of_simulator(&[]);
    let host = relay.address.to_string();
    let own = format!("http://{host}");
    for headers in [
        &[("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors")][..],
        &[("Sec-Fetch-Site", "same-origin")],
        &[],
    ] {
        assert_eq!(ask(relay.address, &host, QUERY, headers, None).header("x-relay"), "forwarded", "{headers:?}");
    }
    simulator_log(relay.address);
    for headers in [
        &[("Origin", "https://evil.example")][..],
        &[("Origin", "null")],
        &[("Origin", "http://localhost:1")],
        &[("Origin", "http://127.0.0.1")],
        &[("Origin", own.as_str()), ("Origin", "https://evil.example")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", own.as_str()), ("Sec-Fetch-Site", "cross-site")],
    ] {
        for (path, body) in [(QUERY, None), (CREATE, Some(&b"{}"[..])), ("/relay/", None)] {
            let answer = ask(relay.address, &host, path, headers, body);
            assert_eq!((answer.status, answer.refusal().as_str()), (403, "cross_site"), "{path} {headers:?}");
        }
    }
    // Typed into the address bar: the relay's own description may be opened, a gateway's response is not opened as a
    // page.
    let typed = [("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")];
    assert_eq!(ask(relay.address, &host, "/relay/", &typed, None).status, 200);
    for typed in [&typed[..], &typed[..1], &typed[1..]] {
        assert_eq!(ask(relay.address, &host, QUERY, typed, None).refusal(), "cross_site", "{typed:?}");
    }
    assert!(simulator_log(relay.address).is_empty());
}

#[test]
fn what_a_form_can_send_is_refused() {
    let relay = Relay::of_simulator(&[]);
    simulator_log(relay.address);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "text/plain, application/json",
    ] {
        let host = relay.address.to_string();
        let bytes = request(&host, "POST", CREATE, &[("Content-Type", kind)], Some(b"{\"model\":1}"));
        let answer = Answer::read(&raw(relay.address, &bytes));
        assert_eq!((answer.status, answer.refusal().as_str()), (415, "media_type"), "{kind}");
    }
    assert!(simulator_log(relay.address).is_empty());
}

#[test]
fn it_listens_on_loopback_unless_told_otherwise() {
    let relay = Relay::start(&[]);
    assert!(relay.address.ip().is_loopback());
    let wide = Relay::start(&["--bind", "0.0.0.0"]);
    assert!(wide.address.ip().is_unspecified());
    let to = SocketAddr::new([127, 0, 0, 1].into(), wide.address.port());
    assert_eq!(ask(to, &format!("10.1.2.3:{}", to.port()), "/relay/", &[], None).refusal(), "called_by");
    assert_eq!(ask(to, &to.to_string(), "/relay/", &[], None).status, 200);
}
