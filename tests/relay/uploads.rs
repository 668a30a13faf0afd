//! Files through the relay: its steps at the simulator, 100 MB in bounded memory, a form that is cut, and what a form must
//! not do.

use super::bench::{Answer, CANARY, Relay, raw, request};
use super::doors::simulator_log;
use super::gateway::Gateway;
use super::proxy::{BOTH, Behind, Proxy};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

const POLICY: &str = "/relay/dashscope/dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model=wan2.2-s2v";
const STORE: &str = "/relay/dashscope/dashscope-file-sim.oss-cn-beijing.aliyuncs.com/";
const PICTURES: &str = "/relay/crazyrouter/api.crazyrouter.com/v1/files/uploads";
const TYPE: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=form-boundary-7");
const FORM: (&str, &str) = ("X-Relay-Form", "1");

/// The text of a form before its file, and after it.
fn around(policy: &Value, name: &str) -> (String, String) {
    let data = |name: &str| policy["data"][name].as_str().expect("a text").to_owned();
    let parts = [
        ("OSSAccessKeyId", data("oss_access_key_id")),
        ("Signature", data("signature")),
        ("policy", data("policy")),
        ("key", format!("{}/{name}", data("upload_dir"))),
        ("x-oss-object-acl", data("x_oss_object_acl")),
        ("x-oss-forbid-overwrite", data("x_oss_forbid_overwrite")),
        ("success_action_status", "200".to_owned()),
    ];
    let line = |name: &str| format!("--form-boundary-7\r\nContent-Disposition: form-data; name=\"{name}\"");
    let mut before: String =
        parts.iter().map(|(name, value)| [&line(name), "\r\n\r\n", value, "\r\n"].concat()).collect();
    before.push_str(&[&line("file"), "; filename=\"", name, "\"\r\nContent-Type: video/mp4\r\n\r\n"].concat());
    (before, "\r\n--form-boundary-7--\r\n".to_owned())
}

fn post(to: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    Answer::read(&raw(to, &request(&to.to_string(), "POST", path, headers, Some(body))))
}

fn policy(relay: &Relay) -> Value {
    let answer = relay.call("GET", POLICY, &[("Accept-Encoding", "gzip")], None);
    assert_eq!((answer.status, answer.header("x-relay")), (200, "forwarded"), "{}", answer.text());
    answer.json()
}

fn form(policy: &Value, name: &str, file: &[u8]) -> Vec<u8> {
    let (before, after) = around(policy, name);
    [before.as_bytes(), file, after.as_bytes()].concat()
}

#[test]
fn a_file_goes_to_the_store_that_a_policy_has_named_and_the_key_does_not() {
    let relay = Relay::of_simulator(&[]);
    let key = format!("Bearer {CANARY}");
    let early = post(relay.address, STORE, &[TYPE, FORM], b"x");
    assert_eq!((early.status, early.refusal().as_str()), (403, "store"), "no policy has named it");
    let policy = policy(&relay);
    assert_eq!(policy["data"]["upload_host"], STORE.replace("/relay/dashscope/", "https://").trim_end_matches('/'));
    let other = STORE.replace("file-sim", "file-other");
    assert_eq!(post(relay.address, &other, &[TYPE, FORM], b"x").refusal(), "store", "another store");
    simulator_log(relay.address);
    let stored = post(relay.address, STORE, &[TYPE, FORM, ("Authorization", &key)], &form(&policy, "a.mp4", b"abc"));
    assert_eq!((stored.status, stored.header("x-relay")), (200, "forwarded"), "{}", stored.text());
    let log = simulator_log(relay.address);
    assert_eq!((log.len(), &log[0]["headers"]["authorization"]), (1, &"absent".into()));
    let picture = format!("oss://{}/a.mp4", policy["data"]["upload_dir"].as_str().expect("a folder"));
    let body = serde_json::json!({"model": "wan2.2-s2v", "input": {"image_url": picture, "audio_url": "https://e.com/a.mp3"}, "parameters": {"resolution": "480P"}});
    let create = "/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis";
    let headers = [("X-DashScope-Async", "enable"), ("X-DashScope-OssResourceResolve", "enable")];
    let created = relay.call("POST", create, &headers, Some(&body.to_string()));
    assert_eq!(created.status, 200, "{}", created.text());
    relay.says("dashscope dashscope-file-sim.oss-cn-beijing.aliyuncs.com / 200 whole");
}

#[test]
fn a_form_is_a_form_with_its_own_header_and_json_is_json() {
    let relay = Relay::of_simulator(&[]);
    let policy = policy(&relay);
    let good = form(&policy, "a.mp4", b"abc");
    simulator_log(relay.address);
    let own = format!("http://{}", relay.address);
    let key = format!("Bearer {CANARY}");
    let key = ("Authorization", key.as_str());
    let json = ("Content-Type", "application/json");
    for (path, headers, refused) in [
        (STORE, &[TYPE][..], (415, "media_type")),
        (STORE, &[FORM], (415, "media_type")),
        (STORE, &[FORM, json], (415, "media_type")),
        (STORE, &[FORM, ("Content-Type", "multipart/mixed; boundary=a")], (415, "media_type")),
        (STORE, &[FORM, ("Content-Type", "multipart/form-data")], (415, "media_type")),
        (STORE, &[FORM, ("Content-Type", "application/x-www-form-urlencoded")], (415, "media_type")),
        (PICTURES, &[TYPE, key], (415, "media_type")),
        (PICTURES, &[json, FORM, key], (415, "media_type")),
        ("/relay/ope/api-platform.ope.ai/v1/videos", &[TYPE, FORM, key], (415, "media_type")),
        (STORE, &[TYPE, FORM, ("Origin", "https://evil.example")], (403, "cross_site")),
        (STORE, &[TYPE, FORM, ("Origin", "null")], (403, "cross_site")),
        (STORE, &[TYPE, FORM, ("Sec-Fetch-Site", "cross-site")], (403, "cross_site")),
        (STORE, &[TYPE, FORM, ("Origin", &own), ("Sec-Fetch-Site", "same-site")], (403, "cross_site")),
        (STORE, &[TYPE, FORM, ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate")], (403, "cross_site")),
        (STORE, &[TYPE, FORM, ("X-Forwarded-Host", "evil.example")], (403, "called_by")),
    ] {
        let answer = post(relay.address, path, headers, &good);
        assert_eq!((answer.status, answer.refusal().as_str()), refused, "{path} {headers:?}");
        assert_eq!(answer.json()["sent"], false);
    }
    let head = |path: &str, lines: &str| {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}: {}\r\nX-Relay-Form: 1\r\n{lines}\r\n\r\n",
            relay.address, TYPE.0, TYPE.1
        );
        let answer = Answer::read(&raw(relay.address, head.as_bytes()));
        (answer.status, answer.refusal())
    };
    let large = (413, "request_too_large".to_owned());
    assert_eq!(head(STORE, &format!("Content-Length: {}", (100 << 20) + (64 << 10) + 1)), large);
    assert_eq!(head(PICTURES, &format!("Content-Length: {}", (20 << 20) + (64 << 10) + 1)), large);
    assert_eq!(head(STORE, "Transfer-Encoding: chunked"), (411, "no_length".to_owned()));
    assert_eq!(head(STORE, "Content-Length: 5\r\nContent-Length: 6").0, 400);
    assert!(simulator_log(relay.address).is_empty(), "one of them passed");
}

#[test]
fn a_form_that_is_cut_stores_nothing() {
    let relay = Relay::of_simulator(&[]);
    let policy = policy(&relay);
    let whole = form(&policy, "a.mp4", &vec![b'a'; 1 << 20]);
    let headers = [TYPE, FORM];
    let bytes = request(&relay.address.to_string(), "POST", STORE, &headers, Some(&whole));
    simulator_log(relay.address);
    for tenth in 1..10 {
        let mut stream = TcpStream::connect(relay.address).expect("the relay listens");
        stream.write_all(&bytes[..bytes.len() * tenth / 10]).expect("the relay reads");
        stream.shutdown(std::net::Shutdown::Write).expect("it can be closed");
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        assert!(!String::from_utf8_lossy(&answer).contains(" 200 "), "{tenth} tenths pass for a whole form");
    }
    let answer = post(relay.address, STORE, &headers, &whole);
    assert_eq!(answer.status, 200, "none of them stored anything: {}", answer.text());
}

/// The most memory the program has had, in kB.
fn peak(relay: &Relay) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", relay.process())).expect("this system tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line for the peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn a_hundred_megabytes_pass_in_bounded_memory() {
    let relay = Relay::of_simulator(&[]);
    let policy = policy(&relay);
    let (before, after) = around(&policy, "a.mp4");
    let length = before.len() + (100 << 20) + after.len();
    let warm = post(relay.address, STORE, &[TYPE, FORM], &form(&policy, "small.mp4", b"abc"));
    assert_eq!(warm.status, 200, "{}", warm.text());
    let idle = peak(&relay);
    let mut stream = TcpStream::connect(relay.address).expect("the relay listens");
    let head = format!(
        "POST {STORE} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}: {}\r\nX-Relay-Form: 1\r\nContent-Length: {length}\r\n\r\n",
        relay.address, TYPE.0, TYPE.1
    );
    stream.write_all(head.as_bytes()).expect("it reads");
    stream.write_all(before.as_bytes()).expect("it reads");
    let part = vec![b'a'; 1 << 20];
    for _ in 0..100 {
        stream.write_all(&part).expect("it reads");
    }
    stream.write_all(after.as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    assert_eq!(Answer::read(&answer).status, 200, "{}", String::from_utf8_lossy(&answer));
    let grown = peak(&relay) - idle;
    // Relay and simulator are the same program here.
    assert!(grown < 8 << 10, "{grown} kB more than before");
}

#[test]
fn caddy_and_nginx_let_forms_through_by_the_same_rules() {
    for kind in BOTH {
        let gateway = Gateway::good();
        let proxy = Proxy::start(kind, &Behind::Gateway(gateway.address));
        let key = format!("Bearer {CANARY}");
        let key = ("Authorization", key.as_str());
        let body = b"--form-boundary-7--\r\n";
        let json = ("Content-Type", "application/json");
        for (path, headers) in [
            (STORE, &[TYPE][..]),
            (STORE, &[FORM, json]),
            (PICTURES, &[TYPE, key]),
            (PICTURES, &[FORM, json, key]),
            ("/relay/ope/api-platform.ope.ai/v1/videos", &[TYPE, FORM, key]),
        ] {
            let answer = post(proxy.address, path, headers, body);
            assert_eq!((answer.status, answer.refusal().as_str()), (415, "media_type"), "{kind:?}: {path} {headers:?}");
        }
        let large = format!(
            "POST {STORE} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}: {}\r\nX-Relay-Form: 1\r\nContent-Length: 120000000\r\n\r\n",
            proxy.address, TYPE.0, TYPE.1
        );
        assert_eq!(Answer::read(&raw(proxy.address, large.as_bytes())).status, 413, "{kind:?}");
        assert!(gateway.received().is_empty(), "{kind:?}: {:?}", gateway.received());
        let stored = post(proxy.address, STORE, &[TYPE, FORM, key], body);
        assert_eq!((stored.status, stored.header("x-relay")), (200, "forwarded"), "{kind:?}: {}", stored.text());
        let seen = gateway.only().to_ascii_lowercase();
        assert!(seen.starts_with("post /stand-in/ http/1.1\r\n"), "{kind:?}: {seen}");
        assert!(!seen.contains("authorization") && !seen.contains("x-relay"), "{kind:?}: {seen}");
        assert!(seen.contains("boundary=form-boundary-7\r\n"), "{kind:?}: {seen}");
        let picture = post(proxy.address, PICTURES, &[TYPE, FORM, key], body);
        assert_eq!(picture.status, 200, "{kind:?}: {}", picture.text());
        let seen = gateway.received().pop().unwrap_or_default();
        assert!(seen.contains(CANARY) && seen.starts_with("POST /stand-in/v1/files/uploads "), "{kind:?}: {seen}");
        let asked =
            Answer::read(&raw(proxy.address, &request(&proxy.address.to_string(), "GET", POLICY, &[key], None)));
        assert_eq!(asked.status, 200, "{kind:?}: {}", asked.text());
    }
}
