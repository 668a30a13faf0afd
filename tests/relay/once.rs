//! One press, one create call: a call that comes twice with the same name is forwarded once, and nothing that makes a
//! browser repeat a call reaches it.

use super::bench::{CANARY, Relay, raw, request};
use super::gateway::Gateway;
use super::proxy::{Behind, Kind, Proxy};
use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";
const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const ACCEPTED: &str = "{\"id\":\"video_1\",\"status\":\"QUEUED\"}";

/// A gateway that takes some time and then accepts.
fn slow() -> Gateway {
    Gateway::with(|_, stream| {
        thread::sleep(Duration::from_millis(400));
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length";
        drop(write!(stream, "{head}: {}\r\n\r\n{ACCEPTED}", ACCEPTED.len()));
    })
}

fn named(name: &str) -> [(&str, &str); 1] {
    [("X-Relay-Once", name)]
}

#[test]
fn a_call_that_comes_again_under_its_name_gets_the_first_ones_answer() {
    let gateway = slow();
    let relay = Relay::to(gateway.address);
    let first = relay.call("POST", CREATE, &named("call-1"), Some("{}"));
    assert_eq!((first.status, first.header("x-relay-named"), first.text().as_str()), (200, "first", ACCEPTED));
    let again = relay.call("POST", CREATE, &named("call-1"), Some("{}"));
    assert_eq!((again.status, again.header("x-relay-named"), again.text().as_str()), (200, "again", ACCEPTED));
    assert_eq!(again.header("x-relay"), "forwarded");
    assert_eq!(gateway.received().len(), 1, "{:?}", gateway.received());
    assert!(!gateway.only().to_ascii_lowercase().contains("x-relay"), "the name is the relay's own");
}

#[test]
fn a_caller_that_leaves_before_the_answer_finds_it_when_the_browser_tries_again() {
    let gateway = slow();
    let relay = Relay::to(gateway.address);
    let host = relay.address.to_string();
    let key = format!("Bearer {CANARY}");
    let headers = [("Authorization", key.as_str()), ("Content-Type", "application/json"), ("X-Relay-Once", "call-2")];
    let mut stream = TcpStream::connect(relay.address).expect("the relay listens");
    stream.write_all(&request(&host, "POST", CREATE, &headers, Some(b"{}"))).expect("the relay reads");
    let began = Instant::now();
    while gateway.received().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(20), "the call never arrives");
        thread::sleep(Duration::from_millis(5));
    }
    drop(stream);
    let again = relay.call("POST", CREATE, &named("call-2"), Some("{}"));
    assert_eq!((again.status, again.header("x-relay-named"), again.text().as_str()), (200, "again", ACCEPTED));
    assert_eq!(gateway.received().len(), 1, "{:?}", gateway.received());
}

#[test]
fn a_name_gets_nobody_elses_answer_and_none_is_needed() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    let host = relay.address.to_string();
    relay.call("POST", CREATE, &named("call-3"), Some("{}"));
    // Another key, another path, a call without a name, invalid names: each is a separate call.
    let other = [("Authorization", "Bearer sk-canary-other"), ("Content-Type", "application/json"), named("call-3")[0]];
    raw(relay.address, &request(&host, "POST", CREATE, &other, Some(b"{}")));
    relay.call("POST", "/relay/ope/api-platform.ope.ai/aliyun/v1/videos/generations", &named("call-3"), Some("{}"));
    let long = "n".repeat(65);
    for name in [&[][..], &[], &named(""), &named("a b"), &named(&long), &[named("x")[0], named("x")[0]]] {
        assert_eq!(relay.call("POST", CREATE, name, Some("{}")).header("x-relay-named"), "", "{name:?}");
    }
    assert_eq!(gateway.received().len(), 9);
    // A query is forwarded as often as it comes.
    relay.call("GET", QUERY, &named("call-4"), None);
    relay.call("GET", QUERY, &named("call-4"), None);
    assert_eq!(gateway.received().len(), 11);
}

#[test]
fn an_answer_too_long_to_keep_is_told_as_taken_and_not_sent_on_again() {
    let long = "x".repeat(70_000);
    let gateway = Gateway::saying(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{long}", long.len()));
    let relay = Relay::to(gateway.address);
    let first = relay.call("POST", CREATE, &named("call-5"), Some("{}"));
    assert_eq!((first.refusal().as_str(), first.json()["sent"].clone()), ("answer_too_large", true.into()));
    let again = relay.call("POST", CREATE, &named("call-5"), Some("{}"));
    assert_eq!((again.status, again.refusal().as_str(), again.json()["sent"].clone()), (409, "taken", true.into()));
    assert_eq!(gateway.received().len(), 1);
}

#[test]
fn a_status_that_makes_a_browser_repeat_a_call_is_another_one_where_the_server_can_change_it() {
    let body = "{\"code\":\"RequestTimeOut\",\"message\":\"m\"}";
    let answer = format!("HTTP/1.1 408 Request Timeout\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let gateway = Gateway::saying(answer.clone());
    let relay = Relay::to(gateway.address);
    for (method, path, sent) in [("POST", CREATE, Some("{}")), ("GET", QUERY, None)] {
        let told = relay.call(method, path, &[], sent);
        assert_eq!((told.status, told.header("x-relay-status"), told.text().as_str()), (504, "408", body), "{method}");
    }
    // nginx closes the connection when it is configured to change the status of such a response, and a browser repeats
    // the call then, too.
    for (kind, status, word) in [(Kind::Caddy, 504, "gateway_timeout"), (Kind::Nginx, 408, "")] {
        let gateway = Gateway::saying(answer.clone());
        let proxy = Proxy::start(kind, &Behind::Gateway(gateway.address));
        let told = proxy.call("POST", CREATE, &named("call-6"), Some(b"{}"));
        assert_eq!((told.status, told.refusal().as_str()), (status, word), "{kind:?}: {}", told.text());
        assert!(word.is_empty() || told.json()["sent"] == true, "{kind:?}");
        assert!(!gateway.only().to_ascii_lowercase().contains("x-relay"), "{kind:?}");
    }
}
