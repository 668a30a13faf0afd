//! The configurations in `deploy/`, run by Debian's Caddy and nginx: the same walk, and the main attacks.

use super::addresses::Secure;
use super::bench::{Answer, CANARY, Relay, raw, request};
use super::doors;
use super::gateway::Gateway;
use super::proxy::{BOTH, Behind, Kind, Proxy};
use super::smuggling::TRICKS;
use super::walk::{Front, beside, every_base, walk};
use std::fs;
use std::net::TcpListener;
use std::path::Path;

const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";

fn with_simulator(kind: Kind) -> (Relay, Proxy) {
    let simulator = Relay::start(&["--no-relay", "--speed", "10000"]);
    let proxy = Proxy::start(kind, &Behind::Simulator(simulator.address));
    (simulator, proxy)
}

#[test]
fn all_four_gateways_are_walked_through_caddy_and_nginx() {
    for kind in BOTH {
        let (_simulator, proxy) = with_simulator(kind);
        let front = Front { address: proxy.address, prefix: "/relay" };
        walk(&front);
        every_base(&front);
        beside(&front);
        let list = "/relay/dashscope/dashscope.aliyuncs.com/api/v1/tasks/?page_no=1&page_size=50";
        assert_eq!(proxy.call("GET", list, &[], None).header("x-relay"), "forwarded", "{kind:?}");
        let told = proxy.call("GET", "/relay/", &[], None);
        assert_eq!((told.status, told.header("x-relay")), (200, "ready"), "{kind:?}");
        let presented = serde_json::json!({"relay": 1, "gateways": ["crazyrouter", "ope", "acedata", "dashscope"]});
        assert_eq!((told.json(), told.header("content-type")), (presented, "application/json"), "{kind:?}");
    }
}

#[test]
fn only_documented_calls_to_catalog_hosts_go_on_there_too() {
    for kind in BOTH {
        let (simulator, proxy) = with_simulator(kind);
        for (method, path, answer) in doors::try_all(proxy.address, simulator.address) {
            if answer.header("content-type") == "application/json" && method != "HEAD" {
                assert!(["host", "gateway", "path"].contains(&answer.refusal().as_str()), "{kind:?}: {method} {path}");
                assert_eq!(answer.json()["sent"], false, "{kind:?}: {method} {path}");
            }
        }
        let secret = format!("{QUERY}-sk-canary-in-the-path?signature=sk-canary-in-the-query");
        let other = [("X-Other", "sk-canary-in-a-header"), ("Cookie", "canary=1")];
        assert_eq!(proxy.call("GET", &secret, &other, None).header("x-relay"), "forwarded", "{kind:?}");
        assert!(proxy.said().contains("/relay/ope/"), "{kind:?} logs the call: {}", proxy.said());
    }
}

#[test]
fn other_pages_and_other_names_are_refused_there_too() {
    for kind in BOTH {
        let (simulator, proxy) = with_simulator(kind);
        let own = format!("http://{}", proxy.address);
        let good = proxy.call(
            "GET",
            QUERY,
            &[("Origin", &own), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors")],
            None,
        );
        assert_eq!(good.header("x-relay"), "forwarded", "{kind:?}");
        doors::simulator_log(simulator.address);
        for headers in [
            &[("Origin", "https://evil.example")][..],
            &[("Origin", "null")],
            &[("Origin", "http://127.0.0.1")],
            &[("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Origin", own.as_str()), ("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")],
        ] {
            for (method, path, body) in
                [("GET", QUERY, None), ("POST", CREATE, Some(&b"{}"[..])), ("GET", "/relay/", None)]
            {
                let answer = proxy.call(method, path, headers, body);
                let may_be_typed = path == "/relay/" && headers[0].1 == "none";
                assert_eq!(answer.status, if may_be_typed { 200 } else { 403 }, "{kind:?}: {path} {headers:?}");
                assert!(path == "/relay/" || answer.refusal() == "cross_site", "{kind:?}: {headers:?}");
            }
        }
        for host in ["evil.example".to_owned(), format!("evil.example:{}", proxy.address.port())] {
            for path in [QUERY, "/relay/", "/"] {
                let bytes = raw(proxy.address, &request(&host, "GET", path, &[], None));
                let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
                assert!(!text.contains("x-relay") && !text.contains("index.html"), "{kind:?}: {host} {path}: {text}");
            }
        }
        for kind_of_form in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let bytes =
                request(&proxy.address.to_string(), "POST", CREATE, &[("Content-Type", kind_of_form)], Some(b"{}"));
            let answer = Answer::read(&raw(proxy.address, &bytes));
            assert_eq!((answer.status, answer.refusal().as_str()), (415, "media_type"), "{kind:?}: {kind_of_form}");
        }
        assert!(doors::simulator_log(simulator.address).is_empty(), "{kind:?}");
    }
}

#[test]
fn requests_with_two_meanings_do_not_pass_with_both() {
    for kind in BOTH {
        let (simulator, proxy) = with_simulator(kind);
        for (trick, lines, body) in TRICKS {
            doors::simulator_log(simulator.address);
            let head = format!(
                "POST {CREATE} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {CANARY}\r\nContent-Type: application/json\r\n{lines}\r\n",
                proxy.address
            );
            raw(proxy.address, format!("{head}{body}").as_bytes());
            let log = doors::simulator_log(simulator.address);
            assert!(log.len() <= 1 && log.iter().all(|entry| entry["body"] == "{}"), "{kind:?}: {trick}: {log:?}");
        }
        for lines in ["Content-Length: 2\r\n", "Transfer-Encoding: chunked\r\n"] {
            doors::simulator_log(simulator.address);
            let head = format!("GET {QUERY} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{lines}\r\n", proxy.address);
            raw(proxy.address, format!("{head}2\r\n{{}}\r\n0\r\n\r\n").as_bytes());
            assert!(doors::simulator_log(simulator.address).len() <= 1, "{kind:?}: {lines}");
        }
        let chunked = format!(
            "POST {CREATE} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
            proxy.address
        );
        let answer = Answer::read(&raw(proxy.address, chunked.as_bytes()));
        assert_eq!((answer.status, answer.refusal().as_str()), (411, "no_length"), "{kind:?}");
    }
}

#[test]
fn the_same_headers_stay_behind() {
    for kind in BOTH {
        let gateway = Gateway::saying(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nAccess-Control-Allow-Origin: *\r\n\
             Access-Control-Allow-Credentials: true\r\nRefresh: 0; url=https://evil.example\r\nClear-Site-Data: \"*\"\r\n\
             Content-Security-Policy: default-src *\r\nX-Relay: ready\r\nX-Accel-Redirect: /index.html\r\nServer: s\r\n\
             Retry-After: 7\r\nX-Request-Id: r-1\r\nCache-Control: public\r\nContent-Length: 2\r\n\r\n{}",
        );
        let proxy = Proxy::start(kind, &Behind::Gateway(gateway.address));
        let own = format!("http://{}", proxy.address);
        let headers = [
            ("Cookie", "a=canary"),
            ("Origin", own.as_str()),
            ("Referer", "http://localhost/"),
            ("Sec-Fetch-Site", "same-origin"),
            ("Forwarded", "for=1.2.3.4"),
            ("X-Forwarded-For", "1.2.3.4"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Real-IP", "1.2.3.4"),
            ("X-HTTP-Method-Override", "DELETE"),
            ("X-Original-URL", "/admin"),
            ("Via", "1.1 x"),
            ("Proxy-Authorization", "Basic eA=="),
            ("TE", "trailers"),
            ("Keep-Alive", "5"),
            ("X-DashScope-Async", "enable"),
            ("Accept", "application/json"),
        ];
        let answer = proxy.call("POST", CREATE, &headers, Some(b"{}"));
        assert_eq!((answer.status, answer.text().as_str()), (200, "{}"), "{kind:?}: {answer:?}");
        let marks: Vec<_> =
            answer.headers.iter().filter(|(name, _)| name == "x-relay").map(|(_, value)| value).collect();
        assert_eq!(marks, ["forwarded"], "{kind:?}");
        assert_eq!((answer.header("retry-after"), answer.header("x-request-id")), ("7", "r-1"), "{kind:?}");
        for (name, value) in &answer.headers {
            let strange = ["set-cookie", "access-control", "refresh", "clear-site", "x-accel"];
            assert!(!strange.iter().any(|strange| name.starts_with(strange)), "{kind:?}: {name}: {value}");
        }
        let all = |wanted: &str| {
            answer
                .headers
                .iter()
                .filter(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(all("content-security-policy"), ["default-src 'none'; sandbox; frame-ancestors 'none'"], "{kind:?}");
        assert_eq!(all("cache-control"), ["no-store"], "{kind:?}");
        let seen = gateway.only();
        let (first, rest) = seen.split_once("\r\n").expect("a request has lines");
        assert_eq!(first, "POST /stand-in/v1/videos HTTP/1.1", "{kind:?}");
        let rest = rest.to_ascii_lowercase();
        for good in [
            "host: api-platform.ope.ai",
            "x-dashscope-async: enable",
            "accept: application/json",
            "content-length: 2",
            "content-type: application/json",
        ] {
            assert!(rest.contains(&format!("{good}\r\n")), "{kind:?}: {good} in {seen}");
        }
        assert!(rest.contains(&format!("authorization: bearer {CANARY}\r\n")), "{kind:?}: {seen}");
        for bad in [
            "cookie",
            "origin",
            "referer",
            "sec-fetch",
            "forwarded",
            "x-real",
            "x-http",
            "via:",
            "proxy-",
            "te:",
            "keep-alive",
            "transfer-encoding",
        ] {
            assert!(!rest.contains(&format!("\n{bad}")) && !rest.starts_with(bad), "{kind:?}: {bad} in {seen}");
        }
        assert!(!rest.contains("x-forwarded"), "{kind:?}: {seen}");
    }
}

#[test]
fn redirects_are_told_and_own_failures_are_marked() {
    for kind in BOTH {
        let elsewhere = Gateway::good();
        let location = format!("http://{}/video.mp4?Signature=s%2Fx", elsewhere.address);
        let gateway =
            Gateway::saying(format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"));
        let proxy = Proxy::start(kind, &Behind::Gateway(gateway.address));
        let answer = proxy.call("GET", &format!("{QUERY}/content"), &[], None);
        assert_eq!((answer.status, answer.refusal().as_str()), (502, "redirect"), "{kind:?}");
        assert_eq!((&answer.json()["location"], answer.header("location")), (&location.into(), ""), "{kind:?}");
        assert!(elsewhere.received().is_empty() && !proxy.said().contains("Signature"), "{kind:?}: {}", proxy.said());

        let own =
            Gateway::saying("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\ntheirs".replace("theirs", "its."));
        let proxy = Proxy::start(kind, &Behind::Gateway(own.address));
        let answer = proxy.call("GET", QUERY, &[], None);
        assert_eq!(
            (answer.status, answer.header("x-relay"), answer.text().as_str()),
            (502, "forwarded", "its."),
            "{kind:?}"
        );

        let gone = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
        let proxy = Proxy::start(kind, &Behind::Gateway(gone));
        let answer = proxy.call("POST", CREATE, &[], Some(b"{}"));
        assert_eq!((answer.status, answer.header("x-relay")), (502, "refused"), "{kind:?}: {answer:?}");
        let secret = proxy.call("GET", &format!("{QUERY}-sk-canary-1?x=sk-canary-2"), &[], None);
        assert_eq!(secret.header("x-relay"), "refused", "{kind:?}");
    }
}

#[test]
fn a_body_that_is_too_long_does_not_pass() {
    for kind in BOTH {
        let gateway = Gateway::good();
        let proxy = Proxy::start(kind, &Behind::Gateway(gateway.address));
        let large = vec![b'a'; 29 << 20];
        let answer = proxy.call("POST", CREATE, &[], Some(&large[..28 << 20]));
        assert_eq!((answer.status, answer.header("x-relay")), (200, "forwarded"), "{kind:?}");
        let headers = format!(
            "POST {CREATE} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 40000000\r\n\r\n",
            proxy.address
        );
        let answer = Answer::read(&raw(proxy.address, headers.as_bytes()));
        assert_eq!((answer.status, answer.header("x-relay")), (413, "refused"), "{kind:?}");
        assert_eq!(gateway.received().len(), 1, "{kind:?}");
    }
}

#[test]
fn a_gateway_has_to_prove_who_it_is_there_too() {
    for kind in BOTH {
        let name = if kind == Kind::Caddy { "localhost" } else { "api-platform.ope.ai" };
        let good = Secure::start(name, false);
        let other = Secure::start("api.acedata.cloud", false);
        let proxy = Proxy::start(kind, &Behind::Secure(&good, Some(&good.certificate)));
        let answer = proxy.call("GET", QUERY, &[], None);
        assert_eq!((answer.status, answer.header("x-relay")), (200, "forwarded"), "{kind:?}: {}", proxy.said());
        let asked = good.asked();
        assert_eq!((asked.len(), asked[0].0.as_str()), (1, name), "{kind:?}");
        assert!(asked[0].1.starts_with("GET /v1/videos/a HTTP/1.1\r\n"), "{kind:?}: {asked:?}");
        for (why, server, root) in [
            ("nobody vouches for it", &good, None),
            ("another is vouched for", &good, Some(other.certificate.as_slice())),
            ("another name", &other, Some(other.certificate.as_slice())),
        ] {
            let before = server.asked().len();
            let proxy = Proxy::start(kind, &Behind::Secure(server, root));
            let answer = proxy.call("GET", QUERY, &[], None);
            assert_eq!((answer.status, answer.header("x-relay")), (502, "refused"), "{kind:?}: {why}");
            assert_eq!(server.asked().len(), before, "{kind:?}: {why}: it was told something");
        }
    }
}

/// The page's own policy, as xtask writes it into the page.
fn policy() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/src/html.rs");
    let text = fs::read_to_string(path).expect("the tasks are there");
    let (_, rest) = text.split_once("pub const POLICY: &str = \"").expect("the policy is there");
    let text = rest.split("\";").next().expect("it ends").replace("\\\n", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_site_is_served_packed_kept_and_framed_by_its_own_origin() {
    for kind in BOTH {
        let (_simulator, proxy) = with_simulator(kind);
        let start = proxy.call("GET", "/", &[], None);
        assert_eq!((start.status, start.text().as_str()), (200, "index.html"), "{kind:?}");
        assert_eq!(start.header("cache-control"), "no-cache", "{kind:?}");
        assert_eq!(
            start.header("content-security-policy"),
            format!("{}; frame-ancestors 'self'", policy()),
            "{kind:?}"
        );
        // Other sites load this, and nothing else.
        let embed = proxy.call("GET", "/embed.js", &[("Origin", "https://docs.example.com")], None);
        assert_eq!((embed.status, embed.header("access-control-allow-origin")), (200, "*"), "{kind:?}");
        assert_eq!(embed.header("cache-control"), "no-cache", "{kind:?}");
        assert_eq!(start.header("access-control-allow-origin"), "", "{kind:?}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer")] {
            assert_eq!(start.header(name), value, "{kind:?}");
        }
        assert!(start.header("content-type").starts_with("text/html"), "{kind:?}");
        for (name, kind_of_file) in [
            ("app-0123456789.js", "javascript"),
            ("app_bg-abcdef0123.wasm", "application/wasm"),
            ("style-0a1b2c3d4e.css", "text/css"),
        ] {
            for (accepted, coding, ending) in [("br, gzip", "br", ".br"), ("gzip", "gzip", ".gz"), ("identity", "", "")]
            {
                let answer = proxy.call("GET", &format!("/{name}"), &[("Accept-Encoding", accepted)], None);
                assert_eq!(
                    (answer.status, answer.text()),
                    (200, format!("{name}{ending}")),
                    "{kind:?}: {name} {accepted}"
                );
                assert_eq!(answer.header("content-encoding"), coding, "{kind:?}: {name} {accepted}");
                assert!(answer.header("content-type").contains(kind_of_file), "{kind:?}: {name}: {answer:?}");
                assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{kind:?}: {name}");
            }
        }
        for (method, path) in [
            ("GET", "/nothing"),
            ("GET", "/nothing-0123456789.js"),
            ("POST", "/"),
            ("GET", "/../../etc/passwd"),
            ("GET", "/%2e%2e/%2e%2e/etc/passwd"),
        ] {
            let answer = proxy.call(method, path, &[], (method == "POST").then_some(&b"{}"[..]));
            assert!((400..500).contains(&answer.status), "{kind:?}: {method} {path}: {}", answer.status);
            assert!(!answer.header("cache-control").contains("immutable"), "{kind:?}: {path}");
        }
    }
}
