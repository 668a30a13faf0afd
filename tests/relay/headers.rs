//! Which headers are forwarded, seen at the gateway and at the caller.

use super::bench::{CANARY, Relay};
use super::gateway::Gateway;
use std::collections::BTreeSet;

const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";

#[test]
fn only_named_headers_reach_the_gateway() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    let host = relay.address.to_string();
    let own = format!("http://{host}");
    let headers = [
        ("Cookie", "session=canary"),
        ("Origin", own.as_str()),
        ("Referer", "http://localhost/?secret"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "cors"),
        ("Forwarded", "for=1.2.3.4"),
        ("X-Forwarded-For", "1.2.3.4"),
        ("X-Forwarded-Host", host.as_str()),
        ("X-Forwarded-Proto", "http"),
        ("X-Real-IP", "1.2.3.4"),
        ("Via", "1.1 somebody"),
        ("Proxy-Authorization", "Basic eA=="),
        ("Proxy-Connection", "keep-alive"),
        ("Keep-Alive", "timeout=5"),
        ("TE", "trailers"),
        ("Trailer", "X"),
        ("Upgrade", "websocket"),
        ("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA"),
        ("Connection", "x-dashscope-async, upgrade"),
        ("X-DashScope-Async", "enable"),
        ("X-DashScope-OssResourceResolve", "enable"),
        ("X-Host", "evil.example"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("X-Original-URL", "/admin"),
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Accept-Language", "zh-CN"),
        ("User-Agent", "a browser"),
        ("Expect", "100-continue"),
    ];
    let answer = relay.call("POST", CREATE, &headers, Some("{}"));
    assert_eq!(answer.header("x-relay"), "forwarded", "{}", answer.text());
    let seen = gateway.only();
    let mut lines = seen.split("\r\n");
    assert_eq!(lines.next(), Some("POST /stand-in/v1/videos HTTP/1.1"));
    let lines: BTreeSet<String> = lines.take_while(|line| !line.is_empty()).map(str::to_ascii_lowercase).collect();
    let expected = [
        "accept-encoding: gzip",
        "accept: application/json",
        &format!("authorization: bearer {CANARY}"),
        "content-length: 2",
        "content-type: application/json",
        &format!("host: {}", gateway.address),
        "user-agent: a browser",
        "x-dashscope-ossresourceresolve: enable",
    ];
    assert_eq!(
        lines,
        expected.iter().map(|line| (*line).to_owned()).collect(),
        "one named by `Connection` stays here, too"
    );
    assert!(seen.ends_with("\r\n\r\n{}"));
}

#[test]
fn a_header_that_stands_twice_does_not_pass() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    relay.call(
        "GET",
        QUERY,
        &[("Authorization", "Bearer sk-canary-other"), ("Range", "bytes=0-1"), ("Range", "bytes=5-9")],
        None,
    );
    let seen = gateway.only().to_ascii_lowercase();
    assert!(!seen.contains("authorization") && !seen.contains("range"), "{seen}");
}

#[test]
fn only_named_headers_come_back() {
    let gateway = Gateway::saying(
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nSet-Cookie2: a=b\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Expose-Headers: *\r\n\
         Retry-After: 7\r\nX-Request-Id: r-1\r\nX-DashScope-Request-Id: r-2\r\nServer: nginx\r\nVia: 1.1 x\r\n\
         Strict-Transport-Security: max-age=9\r\nClear-Site-Data: \"*\"\r\nContent-Security-Policy: default-src *\r\n\
         X-Relay: refused\r\nLink: </x>; rel=preload\r\nRefresh: 0; url=https://evil.example\r\nAlt-Svc: h2=\":443\"\r\n\
         Service-Worker-Allowed: /\r\nSourceMap: /x\r\nReport-To: {}\r\nProxy-Authenticate: Basic\r\nKeep-Alive: 5\r\n\
         X-Accel-Redirect: /etc/passwd\r\nX-Frame-Options: ALLOWALL\r\nCache-Control: public, max-age=99\r\n\
         Connection: close, x-request-id\r\nContent-Length: 2\r\n\r\n{}",
    );
    let relay = Relay::to(gateway.address);
    let answer = relay.call("GET", QUERY, &[], None);
    assert_eq!((answer.status, answer.header("retry-after"), answer.text().as_str()), (429, "7", "{}"));
    let names: BTreeSet<&str> = answer.headers.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "cache-control",
        "connection",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-resource-policy",
        "date",
        "referrer-policy",
        "retry-after",
        "x-content-type-options",
        "x-dashscope-request-id",
        "x-relay",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    assert_eq!(answer.header("x-relay"), "forwarded", "a gateway cannot speak for the relay");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.headers.iter().filter(|(name, _)| name == "x-relay").count() == 1);
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let elsewhere = Gateway::good();
    for status in [301, 302, 303, 307, 308, 300] {
        let location = format!("http://{}/video.mp4?Signature=s%2Fx", elsewhere.address);
        let gateway = Gateway::saying(format!(
            "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
        ));
        let relay = Relay::to(gateway.address);
        let answer = relay.call("GET", &format!("{QUERY}/content"), &[], None);
        assert_eq!((answer.status, answer.refusal().as_str()), (502, "redirect"), "{status}");
        assert_eq!((answer.header("location"), answer.header("set-cookie")), ("", ""));
        let told = answer.json();
        assert_eq!(
            (&told["status"], &told["location"], &told["sent"]),
            (&status.into(), &location.into(), &true.into())
        );
        relay.says("502 redirect");
        assert!(!relay.said().contains("Signature"), "{}", relay.said());
    }
    assert_eq!(elsewhere.received().len(), 0, "a redirect was followed");
}
