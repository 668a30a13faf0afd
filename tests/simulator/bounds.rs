//! What a caller cannot do to the simulator, or through it: hold it, fill it, read it from another site, make it call.

use super::harness::{Sim, VIDEO_PATH as VIDEO};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wan_playground::server::clock::Clock;
use wan_playground::server::simulator::Openings;
use wan_playground::server::{Config, FRAME_ANCESTORS, app, listen};

/// A server whose callers have this long to send a head.
fn serve(head: Duration) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.unwrap().block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let config = Config {
                site: None,
                clock: Arc::new(Clock::real(10_000.0)),
                deny_cors: Vec::new(),
                state: None,
                frame_ancestors: FRAME_ANCESTORS.to_owned(),
                openings: Openings::default(),
            };
            listen::serve(listener, app(config), head, std::future::pending()).await;
        });
    });
    told.recv().unwrap()
}

#[test]
fn a_body_that_stops_coming_does_not_hold_a_connection() {
    let address = serve(Duration::from_secs(2));
    let head = format!(
        "POST {VIDEO} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk-canary\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
    );
    // As many as there are connections, and some more.
    let began = Instant::now();
    let mut held: Vec<TcpStream> = Vec::new();
    for _ in 0..520 {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        held.push(stream);
    }
    let mut good = TcpStream::connect(address).unwrap();
    good.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    good.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    good.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?} after {:?}", began.elapsed());
    let mut told = Vec::new();
    held[0].set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    // A reset after the response is an end as well.
    drop(held[0].read_to_end(&mut told));
    assert!(told.starts_with(b"HTTP/1.1 400"), "{}", String::from_utf8_lossy(&told));
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
}

#[tokio::test]
async fn log_and_switches_are_shown_by_the_servers_own_name_only() {
    let simulator = Sim::open_to(Openings::default());
    simulator.post(VIDEO, &json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "a cat"}})).await;
    let json = [("content-type", "application/json")];
    assert_eq!(simulator.get("/sim/_log").await.status, 403);
    assert_eq!(simulator.send("DELETE", "/sim/_log", &[], "").await.status, 403);
    assert_eq!(simulator.send("POST", "/sim/_control", &json, "{\"reset\":true}").await.status, 403);
    let own = Sim::new();
    own.post(VIDEO, &json!({"model": "wan2.5-t2v-preview", "input": {"prompt": "a cat"}})).await;
    assert_eq!(own.get("/sim/_log").await.json().as_array().map(Vec::len), Some(1));
    // Through a proxy that calls by a name of its own.
    for (name, status) in [("127.0.0.1:8080", 200), ("evil.example:8080", 403), ("localhost:8080, evil.example", 403)] {
        assert_eq!(own.send("GET", "/sim/_log", &[("x-forwarded-host", name)], "").await.status, status, "{name}");
    }
}

#[tokio::test]
async fn what_is_kept_is_bounded_in_bytes() {
    let simulator = Sim::new();
    let large = "x".repeat(300_000);
    for _ in 0..80 {
        simulator.post(VIDEO, &json!({"model": "wan2.5-t2v-preview", "input": {"prompt": large}})).await;
    }
    let log = simulator.get("/sim/_log").await.json();
    let bytes: usize = log.as_array().unwrap().iter().map(|entry| entry["body"].as_str().unwrap().len()).sum();
    assert!((10 << 20..=16 << 20).contains(&bytes), "{bytes} bytes");
    assert_eq!(log.as_array().unwrap().last().unwrap()["body_bytes"].as_u64().map(|bytes| bytes > 300_000), Some(true));
    // A gateway that repeats the request stores it with the task.
    let url = format!("https://example.com/{}", "y".repeat(1_000_000));
    let wish = |prompt: &str| json!({"action": "image2video", "model": "wan2.6-i2v", "prompt": prompt, "image_url": url, "async": true});
    let first: String = simulator.post("/sim/acedata/wan/videos", &wish("first")).await.at("/task_id");
    for _ in 0..20 {
        simulator.advance(1);
        assert_eq!(simulator.post("/sim/acedata/wan/videos", &wish("more")).await.status, 200);
    }
    let asked = simulator.post("/sim/acedata/wan/tasks", &json!({"action": "retrieve", "id": first})).await;
    assert!(asked.json()["request"].is_null(), "the oldest made room");
}

#[tokio::test]
async fn nothing_is_called_back_and_no_wider_net_let_in_without_being_asked() {
    for opened in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let simulator = Sim::open_to(Openings { callbacks: opened, private_network: opened, hosts: Vec::new() });
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let wish = json!({"action": "text2video", "model": "wan2.6-t2v", "prompt": "a cat", "callback_url": url});
        assert_eq!(simulator.post("/sim/acedata/wan/videos", &wish).await.status, 200);
        simulator.advance(3600);
        let mut called = false;
        for _ in 0..if opened { 200 } else { 20 } {
            called |= listener.accept().is_ok();
            if called {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(called, opened, "called back");
        let asked = [("origin", "https://evil.example"), ("access-control-request-private-network", "true")];
        let told = simulator.send("OPTIONS", "/sim/dashscope/x", &asked, "").await;
        assert_eq!(told.headers.contains_key("access-control-allow-private-network"), opened);
    }
}

#[tokio::test]
async fn a_path_longer_than_any_file_is_not_found() {
    let folder = std::env::temp_dir().join(format!("wan-bounds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<html></html>").unwrap();
    let simulator = Sim::with(Some(folder.clone()), &[]);
    for length in [255, 256, 4000] {
        assert_eq!(simulator.get(&format!("/{}", "a".repeat(length))).await.status, 404, "{length}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
