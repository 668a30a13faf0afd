//! Huge, endless, slow and broken bodies and heads, with limits small enough to wait for.

use super::bench::{Answer, Relay, raw, request};
use super::gateway::Gateway;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const QUERY: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";
const SHORT: Duration = Duration::from_millis(700);
/// Longer than any test here may take.
const SOON: Duration = Duration::from_secs(25);

/// A relay with small limits in front of a gateway.
fn bounded(gateway: SocketAddr) -> Relay {
    Relay::inside(SHORT, move |settings| {
        settings.targets = vec![format!("ope=http://{gateway}").parse().expect("a target")];
        settings.limits.request_bytes = 1000;
        settings.limits.answer_bytes = 1 << 20;
        settings.limits.calls = 2;
        settings.limits.answer = SHORT * 2;
        settings.limits.idle = SHORT;
        settings.limits.whole = SHORT * 4;
    })
}

fn open(to: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(to).expect("the relay listens");
    stream.set_read_timeout(Some(SOON)).expect("a time can be set");
    stream.write_all(bytes).expect("the relay reads");
    stream
}

fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    bytes
}

/// Stops in time what would otherwise hang.
fn in_time<T>(what: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let outcome = what();
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    outcome
}

#[test]
fn a_body_that_is_too_long_is_refused_before_it_is_read() {
    let gateway = Gateway::good();
    let relay = bounded(gateway.address);
    let fits = relay.call("POST", CREATE, &[], Some(&"x".repeat(1000)));
    assert_eq!((fits.status, gateway.received().len()), (200, 1));
    let host = relay.address.to_string();
    for length in ["1001", "99999999999", "9223372036854775807"] {
        let head = format!(
            "POST {CREATE} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        let answer = in_time(|| Answer::read(&rest(open(relay.address, head.as_bytes()))));
        assert_eq!((answer.status, answer.refusal().as_str()), (413, "request_too_large"), "{length}");
        assert_eq!((&answer.json()["limit"], &answer.json()["sent"]), (&1000.into(), &false.into()));
    }
    assert_eq!(gateway.received().len(), 1);
}

#[test]
fn a_slow_head_and_a_slow_body_are_ended() {
    let gateway = Gateway::good();
    let relay = bounded(gateway.address);
    // One byte now and then, which keeps a connection alive where only idle time is checked.
    let dripping = |head: String| {
        let mut stream = open(relay.address, head.as_bytes());
        let mut writer = stream.try_clone().expect("a socket can be cloned");
        let dripper = thread::spawn(move || {
            while writer.write_all(b"a").is_ok() {
                thread::sleep(SHORT / 8);
            }
        });
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        drop(stream);
        dripper.join().expect("it ends");
        answer
    };
    let host = relay.address.to_string();
    let answer = in_time(|| dripping(format!("GET {QUERY} HTTP/1.1\r\nHost: {host}\r\nX-Slow: ")));
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    let lines = "Content-Type: application/json\r\nContent-Length: 900\r\nConnection: close";
    let head = format!("POST {CREATE} HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n\r\n{{");
    // It stops: no byte for the idle time.
    let stopped = in_time(|| Answer::read(&rest(open(relay.address, head.as_bytes()))));
    assert_eq!((stopped.status, stopped.refusal().as_str()), (400, "slow_request"));
    assert_eq!(stopped.json()["sent"], true);
    // It drips: never idle, but over its time.
    let dripped = in_time(|| Answer::read(&dripping(head.clone())));
    assert_eq!((dripped.status, dripped.refusal().as_str()), (504, "answer_timeout"));
}

#[test]
fn a_huge_head_is_refused_in_both_directions() {
    let gateway = Gateway::good();
    let relay = bounded(gateway.address);
    let many: String =
        (0..500).flat_map(|index: u32| ["X-".to_owned(), index.to_string(), ": a\r\n".to_owned()]).collect();
    for lines in [format!("X-Long: {}\r\n", "a".repeat(100_000)), many.clone()] {
        let head = format!("GET {QUERY} HTTP/1.1\r\nHost: {}\r\n{lines}\r\n", relay.address);
        let answer = in_time(|| raw(relay.address, head.as_bytes()));
        // It may close before it has read everything; a response, if one arrives, gives the reason.
        assert!(answer.is_empty() || Answer::read(&answer).status == 431, "{}", String::from_utf8_lossy(&answer));
    }
    let long = format!("GET /relay/ope/{} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(100_000), relay.address);
    let answer = in_time(|| raw(relay.address, long.as_bytes()));
    assert!(answer.is_empty() || matches!(Answer::read(&answer).status, 414 | 431));
    assert!(gateway.received().is_empty());
    for lines in [format!("X-Long: {}\r\n", "a".repeat(100_000)), many] {
        let gateway = Gateway::saying(format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\n{{}}"));
        assert_eq!(bounded(gateway.address).call("GET", QUERY, &[], None).refusal(), "broken");
    }
    let endless = Gateway::with(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nX-Endless: "));
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    assert_eq!(in_time(|| bounded(endless.address).call("GET", QUERY, &[], None)).refusal(), "broken");
}

#[test]
fn an_answer_that_is_too_long_is_refused_or_cut() {
    let told = Gateway::saying(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", (1 << 20) + 1));
    let answer = bounded(told.address).call("GET", QUERY, &[], None);
    assert_eq!((answer.status, answer.refusal().as_str()), (502, "answer_too_large"));
    assert_eq!(answer.json()["limit"], 1 << 20);
    for head in ["Transfer-Encoding: chunked\r\n\r\n", "\r\n"] {
        let is_chunked = head.len() > 2;
        let ended = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ended);
        let endless = Gateway::with(move |_, stream| {
            drop(stream.write_all(format!("HTTP/1.1 200 OK\r\n{head}").as_bytes()));
            let part = if is_chunked { [&b"1000\r\n"[..], &[b'a'; 4096], b"\r\n"].concat() } else { vec![b'a'; 4096] };
            while stream.write_all(&part).is_ok() {}
            seen.store(true, Ordering::Relaxed);
        });
        let relay = bounded(endless.address);
        let bytes = in_time(|| raw(relay.address, &request(&relay.address.to_string(), "GET", QUERY, &[], None)));
        assert!(bytes.len() < (1 << 20) + (64 << 10), "{} bytes came", bytes.len());
        assert!(!bytes.ends_with(b"0\r\n\r\n"), "a cut answer must not pass for a whole one");
        in_time(|| {
            while !ended.load(Ordering::Relaxed) {
                thread::sleep(SHORT / 8);
            }
        });
    }
}

#[test]
fn a_gateway_that_is_slow_silent_or_breaks_off_is_told() {
    let silent = Gateway::with(|_, stream| drop(stream.read(&mut [0])));
    let answer = in_time(|| bounded(silent.address).call("GET", QUERY, &[], None));
    assert_eq!((answer.status, answer.refusal().as_str()), (504, "answer_timeout"));
    assert_eq!(answer.json()["sent"], true);

    let stopping = Gateway::with(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
        drop(stream.read(&mut [0]));
    });
    let answer = in_time(|| bounded(stopping.address).call("GET", QUERY, &[], None));
    assert_eq!((answer.header("content-length"), answer.text().as_str()), ("100", "abc"));

    let dripping = Gateway::with(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
        while stream.write_all(b"a").is_ok() {
            thread::sleep(SHORT / 8);
        }
    });
    let answer = in_time(|| bounded(dripping.address).call("GET", QUERY, &[], None));
    assert!((3..100).contains(&answer.body.len()), "{} bytes came", answer.body.len());

    let breaking = Gateway::saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    let relay = bounded(breaking.address);
    let bytes = raw(relay.address, &request(&relay.address.to_string(), "GET", QUERY, &[], None));
    // What came before may be lost with the connection.
    assert!(bytes.is_empty() || "abc".starts_with(&Answer::read(&bytes).text()));
    assert!(!bytes.ends_with(b"0\r\n\r\n"), "a cut answer must not pass for a whole one");

    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let answer = bounded(gone).call("POST", CREATE, &[], Some("{}"));
    assert_eq!((answer.status, answer.refusal().as_str()), (502, "unreachable"));
    assert_eq!(answer.json()["sent"], false);
}

#[test]
fn too_many_calls_at_once_are_refused_and_a_reader_who_stops_is_let_go() {
    let endless = Gateway::with(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    let relay = Relay::inside(SHORT, move |settings| {
        settings.targets = vec![format!("ope=http://{}", endless.address).parse().expect("a target")];
        settings.limits.calls = 2;
        settings.limits.idle = SHORT;
    });
    let bytes = request(&relay.address.to_string(), "GET", QUERY, &[], None);
    let held = [open(relay.address, &bytes), open(relay.address, &bytes)];
    thread::sleep(SHORT / 4);
    let answer = relay.call("POST", CREATE, &[], Some("{}"));
    assert_eq!((answer.status, answer.refusal().as_str(), answer.header("retry-after")), (503, "busy", "2"));
    assert_eq!(answer.json()["sent"], false);
    // Nobody reads: after the idle time the slots are free.
    in_time(|| {
        let mut next = open(relay.address, &bytes);
        let mut first = [0; 12];
        while next.read_exact(&mut first).is_err() || &first != b"HTTP/1.1 200" {
            thread::sleep(SHORT / 4);
            next = open(relay.address, &bytes);
        }
    });
    drop(held);
}

#[test]
fn a_caller_who_leaves_ends_the_call() {
    let open_calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&open_calls);
    let gateway = Gateway::with(move |_, stream| {
        count.fetch_add(1, Ordering::Relaxed);
        // Until the other side closes.
        while matches!(stream.read(&mut [0; 64]), Ok(1..)) {}
        count.fetch_sub(1, Ordering::Relaxed);
    });
    let address = gateway.address;
    let relay = Relay::inside(SHORT, move |settings| {
        settings.targets = vec![format!("ope=http://{address}").parse().expect("a target")];
    });
    let caller = open(relay.address, &request(&relay.address.to_string(), "GET", QUERY, &[], None));
    in_time(|| {
        while open_calls.load(Ordering::Relaxed) == 0 {
            thread::sleep(SHORT / 8);
        }
    });
    drop(caller);
    in_time(|| {
        while open_calls.load(Ordering::Relaxed) > 0 {
            thread::sleep(SHORT / 8);
        }
    });
    assert_eq!(gateway.received().len(), 1, "a call is sent once");
}

#[test]
fn packed_bytes_pass_as_they_are() {
    // What unpacks to a thousand times its size is passed on packed: nothing is unpacked here.
    let packed: Vec<u8> =
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3].into_iter().chain((0..5000u16).map(|n| n.to_le_bytes()[0])).collect();
    let mut bytes =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 5010\r\n\r\n"
            .to_vec();
    bytes.extend_from_slice(&packed);
    let answer = Relay::to(Gateway::saying(bytes).address).call("GET", QUERY, &[("Accept-Encoding", "gzip")], None);
    assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"));
    assert_eq!(answer.body, packed);
}
