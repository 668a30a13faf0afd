//! Requests and responses that two readers would understand differently.

use super::bench::{Answer, CANARY, Relay, raw};
use super::gateway::Gateway;

const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";

/// Requests with one trick each: the head's lines after the usual ones, and the body.
pub const TRICKS: &[(&str, &str, &str)] = &[
    (
        "length and chunks",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\nGET /relay/x HTTP/1.1\r\n\r\n",
    ),
    (
        "chunks and length",
        "Transfer-Encoding: chunked\r\nContent-Length: 44\r\n",
        "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ),
    ("chunks only", "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
    ("odd coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
    ("coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
    ("space before colon", "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n", "{}"),
    ("vertical tab", "Transfer-Encoding: \x0bchunked\r\nContent-Length: 2\r\n", "{}"),
    ("two lengths", "Content-Length: 2\r\nContent-Length: 30\r\n", "{}GET /healthz HTTP/1.1\r\n\r\n"),
    ("list of lengths", "Content-Length: 2, 2\r\n", "{}"),
    ("signed length", "Content-Length: +2\r\n", "{}"),
    ("negative length", "Content-Length: -2\r\n", "{}"),
    ("hexadecimal length", "Content-Length: 0x2\r\n", "{}"),
    ("huge length", "Content-Length: 18446744073709551618\r\n", "{}"),
    ("folded line", "X-A: b\r\n Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
    ("bare carriage return", "X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 2\r\n", "{}"),
    ("nul", "X-A: b\0c\r\nContent-Length: 2\r\n", "{}"),
    ("line without colon", "Content-Length 2\r\nContent-Length: 2\r\n", "{}"),
    ("name with space", "Content Length: 9\r\nContent-Length: 2\r\n", "{}"),
];

#[test]
fn a_request_with_two_meanings_goes_nowhere() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    for (trick, lines, body) in TRICKS {
        let head = format!(
            "POST {CREATE} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {CANARY}\r\nContent-Type: application/json\r\n{lines}\r\n",
            relay.address
        );
        let bytes = raw(relay.address, format!("{head}{body}").as_bytes());
        let answers = String::from_utf8_lossy(&bytes).matches("HTTP/1.1 ").count();
        assert_eq!(answers, 1, "{trick}: the rest was taken for a request: {}", String::from_utf8_lossy(&bytes));
        let answer = Answer::read(&bytes);
        assert!(matches!(answer.status, 400 | 411 | 413), "{trick}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("canary"), "{trick}: an echo");
    }
    assert!(gateway.received().is_empty(), "{:?}", gateway.received());
}

#[test]
fn a_query_with_a_body_goes_nowhere() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    for lines in ["Content-Length: 2\r\n", "Transfer-Encoding: chunked\r\n"] {
        let head =
            format!("GET {QUERY} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{lines}\r\n", relay.address);
        let answer = Answer::read(&raw(relay.address, format!("{head}{{}}").as_bytes()));
        assert!(matches!(answer.refusal().as_str(), "request" | "no_length"), "{lines}: {}", answer.text());
        assert_eq!(answer.header("connection"), "close", "{lines}");
    }
    assert!(gateway.received().is_empty(), "{:?}", gateway.received());
}

#[test]
fn a_refused_body_is_not_taken_for_the_next_request() {
    let relay = Relay::to(Gateway::good().address);
    let inner = format!("GET {QUERY} HTTP/1.1\r\nHost: {}\r\n\r\n", relay.address);
    let head = format!(
        "POST /relay/ope/evil.example/x HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n",
        relay.address,
        inner.len()
    );
    let bytes = raw(relay.address, format!("{head}{inner}").as_bytes());
    assert_eq!(String::from_utf8_lossy(&bytes).matches("HTTP/1.1 ").count(), 1);
    assert_eq!(Answer::read(&bytes).header("connection"), "close");
}

#[test]
fn an_answer_with_two_meanings_is_not_handed_on() {
    for (trick, bytes) in [
        ("no HTTP", "hello\r\n\r\n"),
        ("empty", ""),
        ("folded line", "HTTP/1.1 200 OK\r\nX-A: b\r\n c: d\r\nContent-Length: 2\r\n\r\n{}"),
        ("bare carriage return", "HTTP/1.1 200 OK\r\nX-A: b\rSet-Cookie: a\r\nContent-Length: 2\r\n\r\n{}"),
        ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc"),
        ("switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"),
        ("old", "HTTP/0.9 200 OK\r\n\r\n{}"),
    ] {
        let relay = Relay::to(Gateway::saying(bytes).address);
        let answer = relay.call("GET", QUERY, &[], None);
        assert_eq!((answer.status, answer.refusal().as_str()), (502, "broken"), "{trick}: {}", answer.text());
        assert_eq!(answer.json()["sent"], true, "{trick}");
    }
    // Chunks take precedence over a length, and the caller gets only one of the two.
    let both = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: a\r\n\r\n";
    let answer = Relay::to(Gateway::saying(both).address).call("GET", QUERY, &[], None);
    assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
    assert_eq!((answer.header("content-length"), answer.header("transfer-encoding")), ("", "chunked"));
    assert_eq!(answer.header("x-trailer"), "");
}
