//! A running server, a client that sends raw bytes, and the search for the key in all output.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use wan_playground::server::clock::Clock;
use wan_playground::server::relay::Settings;
use wan_playground::server::{Config, FRAME_ANCESTORS, listen, with_relay};

/// The key of every test: must not be found in any log or output except the gateway's.
pub const CANARY: &str = "sk-canary-relay-0123456789";
/// The gateways and one host of each.
pub const HOSTS: [(&str, &str); 4] = [
    ("crazyrouter", "crazyrouter.com"),
    ("ope", "api-platform.ope.ai"),
    ("acedata", "api.acedata.cloud"),
    ("dashscope", "dashscope.aliyuncs.com"),
];
const PATIENCE: Duration = Duration::from_mins(1);

/// A response.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Without the chunk framing.
    pub body: Vec<u8>,
}

impl Answer {
    /// Parses the bytes of a response up to the end of the connection.
    pub fn read(bytes: &[u8]) -> Self {
        // A `100 Continue` is not the response yet.
        let bytes = bytes.strip_prefix(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap_or(bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|word| word.parse().ok());
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer = Self { status: status.expect("an answer has a status"), headers, body: Vec::new() };
        let body = &bytes[end + 4..];
        answer.body = if answer.header("transfer-encoding") == "chunked" { unchunked(body) } else { body.to_vec() };
        answer
    }

    /// A header; empty if absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The relay's code for why it refused; empty if it did not.
    pub fn refusal(&self) -> String {
        if self.header("x-relay") != "refused" {
            return String::new();
        }
        let told = self.json();
        assert_eq!(told["relay"], "refused");
        assert!(told["message"].as_str().is_some_and(|message| message.len() > 20), "{told}");
        told["error"].as_str().expect("a refusal has a word").to_owned()
    }
}

/// Complete chunks only: a truncated body yields what came before.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(line) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..line]).ok().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        match size {
            Some(size) if size > 0 && rest.len() >= line + 4 + size => {
                out.extend_from_slice(&rest[line + 2..line + 2 + size]);
                rest = &rest[line + 4 + size..];
            }
            _ => break,
        }
    }
    out
}

/// Sends raw bytes and reads until the other side closes.
pub fn raw(to: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(to).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time can be set");
    // The other side may close before it has read everything.
    drop(stream.write_all(bytes));
    let (mut answer, mut part, began) = (Vec::new(), vec![0; 65536], Instant::now());
    // A reset after a response is an end as well.
    while let Ok(read @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..read]);
        assert!(began.elapsed() < PATIENCE, "the answer does not end");
    }
    answer
}

/// A request: headers as given, with `Host` and `Connection: close` added, and a length if there is a body.
pub fn request(host: &str, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if let Some(body) = body {
        head.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body.unwrap_or_default());
    bytes
}

/// A running relay: the program, or the same code in this process with settings that no option offers.
pub struct Relay {
    /// Its address.
    pub address: SocketAddr,
    child: Option<Child>,
    said: Arc<Mutex<String>>,
}

impl Relay {
    /// Starts the program. Its output is stored.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("it has an output"));
        output.read_line(&mut line).expect("it says where it listens");
        let address = line.trim_end().trim_start_matches("listening on http://").trim_end_matches('/');
        let address = address.parse().unwrap_or_else(|_| panic!("{line}"));
        let said = Arc::new(Mutex::new(String::new()));
        let pipe = BufReader::new(child.stderr.take().expect("it has an error stream"));
        let kept = Arc::clone(&said);
        thread::spawn(move || {
            for line in pipe.lines().map_while(Result::ok) {
                kept.lock().expect("nobody panics with it").push_str(&(line + "\n"));
            }
        });
        Self { address, child: Some(child), said }
    }

    /// Starts the program with its own simulator in place of every gateway.
    pub fn of_simulator(more: &[&str]) -> Self {
        let targets: Vec<String> = HOSTS
            .iter()
            .flat_map(|(gateway, _)| ["--relay-to".into(), format!("{gateway}=http://127.0.0.1:0/sim/{gateway}")])
            .collect();
        let mut arguments: Vec<&str> = targets.iter().map(String::as_str).collect();
        arguments.extend(["--speed", "10000"]);
        arguments.extend(more);
        Self::start(&arguments)
    }

    /// Starts the program with another server on this machine in place of OPE.AI and of `AceDataCloud`.
    pub fn to(gateway: SocketAddr) -> Self {
        let targets = ["ope", "acedata"].map(|name| format!("{name}=http://{gateway}/stand-in"));
        Self::start(&["--relay-to", &targets[0], "--relay-to", &targets[1]])
    }

    /// The same code in this process, with these settings; a request head may take `head`.
    pub fn inside(head: Duration, set: impl FnOnce(&mut Settings) + Send + 'static) -> Self {
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime starts").block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = listener.local_addr().expect("a bound socket has an address");
                let mut settings = Settings::at(address);
                set(&mut settings);
                let config = Config {
                    site: None,
                    clock: Arc::new(Clock::real(10_000.0)),
                    deny_cors: Vec::new(),
                    state: None,
                    frame_ancestors: FRAME_ANCESTORS.to_owned(),
                    openings: wan_playground::server::simulator::Openings::default(),
                };
                tell.send(address).expect("the test waits");
                listen::serve(listener, with_relay(config, Some(settings)), head, std::future::pending()).await;
            });
        });
        let address = told.recv().expect("the server starts");
        Self { address, child: None, said: Arc::default() }
    }

    /// Process id of the program.
    pub fn process(&self) -> u32 {
        self.child.as_ref().expect("it is the program").id()
    }

    /// A call with the key and these additional headers.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let authorization = format!("Bearer {CANARY}");
        let mut all = vec![("Authorization", authorization.as_str())];
        if body.is_some() {
            all.push(("Content-Type", "application/json"));
        }
        all.extend(headers);
        let host = self.address.to_string();
        Answer::read(&raw(self.address, &request(&host, method, path, &all, body.map(str::as_bytes))))
    }

    /// What the program has written to stderr so far.
    pub fn said(&self) -> String {
        self.said.lock().expect("nobody panics with it").clone()
    }

    /// Waits until the program has written these words.
    pub fn says(&self, words: &str) -> String {
        for _ in 0..200 {
            if let Some(line) = self.said().lines().find(|line| line.contains(words)) {
                return line.to_owned();
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it never says {words}:\n{}", self.said());
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            drop(child.kill());
            drop(child.wait());
            let said = self.said();
            assert!(thread::panicking() || !said.contains("canary"), "the log holds a canary:\n{said}");
            assert!(thread::panicking() || !said.contains("panicked"), "{said}");
        }
    }
}
