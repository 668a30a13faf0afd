//! A simulator on a free port, the page's way of sending, and the shells.

use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use wan_playground::address::BaseUrl;
use wan_playground::catalog::{Gateway, Model};
use wan_playground::checked::check;
use wan_playground::draft::Draft;
use wan_playground::http::{Body, Request};
use wan_playground::server::clock::Clock;
use wan_playground::server::{Config, FRAME_ANCESTORS, app};
use wan_playground::snippet::{Curl, posix};

/// The key of every test: must not be found in any log or output.
pub const CANARY: &str = "sk-canary-curl-0123456789";
/// File of a body with local files in it.
pub const BODY_FILE: &str = "request.json";
/// The shells every command is run in.
pub const SHELLS: [&str; 2] = ["bash", "dash"];

/// A response: status and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body in full.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, or its text if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| String::from_utf8_lossy(&self.body).into_owned().into())
    }

    /// Status and body with every value replaced by its type: what two responses to the same request share.
    pub fn shape(&self) -> String {
        format!("{} {}", self.status, shape(&self.json()))
    }
}

fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "flag".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(_) => "text".to_owned(),
        Value::Array(list) => format!("[{}]", list.iter().map(shape).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", shape(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A running simulator and a folder of its own for the shells.
pub struct Bench {
    port: u16,
    /// Where commands run.
    pub folder: PathBuf,
}

impl Bench {
    /// Starts a simulator in this process, if curl and these shells are installed. Tasks run ten thousand times faster
    /// than in reality.
    pub fn start(shells: &[&str]) -> Self {
        Self::start_at(shells, 10_000.0)
    }

    /// The same, with tasks that run this many times faster.
    pub fn start_at(shells: &[&str], speed: f64) -> Self {
        for program in ["curl"].iter().chain(shells) {
            let arguments = if *program == "curl" { ["--version", "--silent"] } else { ["-c", "exit 0"] };
            let runs = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
            assert!(
                runs.is_ok_and(|status| status.success()),
                "This test runs the printed commands with `{program}`, which is not here: install the package `{program}`."
            );
        }
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime starts").block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                tell.send(listener.local_addr().expect("a bound socket has an address").port())
                    .expect("the test waits");
                let config = Config {
                    site: None,
                    clock: Arc::new(Clock::real(speed)),
                    deny_cors: Vec::new(),
                    state: None,
                    frame_ancestors: FRAME_ANCESTORS.to_owned(),
                    openings: wan_playground::server::simulator::Openings::default(),
                };
                axum::serve(listener, app(config)).await.expect("the simulator serves");
            });
        });
        let port = told.recv().expect("the simulator starts");
        Self { port, folder: folder() }
    }

    /// The contents of the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).expect("the folder can be listed");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The base of a gateway in this simulator.
    pub fn base(&self, gateway: &str) -> BaseUrl {
        BaseUrl::parse(&format!("http://127.0.0.1:{}/sim/{gateway}", self.port)).expect("a loopback base")
    }

    /// The create call of a draft that must be without problems.
    pub fn create(&self, gateway: &Gateway, model: &Model, draft: &Draft) -> Request {
        let (base, region) = (self.base(gateway.id), crate::support::base(gateway, model).1);
        let checked = check(draft, gateway, model, &base, region);
        let generation = checked.generation();
        let generation = generation.unwrap_or_else(|| panic!("{}/{}: {:?}", gateway.id, model.id, checked.problems()));
        generation.request().clone()
    }

    /// The requests the simulator received, oldest first; clears its log.
    pub fn take_log(&self) -> Vec<Value> {
        let url = format!("http://127.0.0.1:{}/sim/_log", self.port);
        let log = exchange("GET", &url, &[], None);
        assert!(!String::from_utf8_lossy(&log.body).contains("canary"), "the log holds the key");
        exchange("DELETE", &url, &[], None);
        log.json().as_array().expect("the log is a list").clone()
    }

    /// Runs a command as printed, and reads what curl writes.
    pub fn run(&self, shell: &str, command: &str, key_variable: &str) -> Answer {
        run(&self.folder, shell, command, key_variable)
    }

    /// Sends a request as the page does and by the printed command in every shell. All must get the same kind of
    /// response, and the simulator must have received the same. The page's response is returned.
    pub fn compare(&self, place: &str, request: &Request, key_variable: &str) -> Answer {
        if let Some(body) = request.body_text().filter(|_| request.body.as_ref().is_some_and(Body::has_file)) {
            fs::write(self.folder.join(BODY_FILE), body).expect("the folder can be written");
        }
        let command = posix(request, Curl { key_variable, output: None, body_file: BODY_FILE });
        let runs =
            SHELLS.map(|shell| Run { by: shell, command: command.clone(), send: Self::run, drops_breaks: false });
        self.compare_runs(place, request, key_variable, &runs)
    }

    /// Sends a request as the page does and by each of these commands. All must get the same kind of response, and the
    /// simulator must have received the same. The page's response is returned.
    pub fn compare_runs(&self, place: &str, request: &Request, key_variable: &str, runs: &[Run]) -> Answer {
        self.take_log();
        let page = as_the_page(request);
        for run in runs {
            let Run { by, command, send, .. } = run;
            assert!(!command.contains("canary"), "{place}: a command never holds a key");
            let answer = send(self, by, command, key_variable);
            assert_eq!(answer.shape(), page.shape(), "{place} by {by}:\n{command}");
        }
        same_received(place, request, &self.take_log(), runs);
        page
    }
}

/// A command, and what runs it.
pub struct Run {
    /// The shell.
    pub by: &'static str,
    /// As it was printed.
    pub command: String,
    /// Runs the command with the shell and the name of the key's variable.
    pub send: fn(&Bench, &str, &str, &str) -> Answer,
    /// Whether the body is an argument, and the shell is known to drop line breaks in one.
    pub drops_breaks: bool,
}

impl Drop for Bench {
    fn drop(&mut self) {
        // A folder left behind in the target folder is harmless.
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn same_received(place: &str, request: &Request, log: &[Value], runs: &[Run]) {
    assert_eq!(log.len(), 1 + runs.len(), "{place}: one request each");
    let whole = request.body_text().unwrap_or_default();
    let senders = runs.iter().map(|run| (run.by, run.command.as_str(), run.drops_breaks));
    for (entry, (by, command, drops_breaks)) in log.iter().zip([("the page", "", false)].into_iter().chain(senders)) {
        let mut body = entry["body"].as_str().unwrap_or_default().to_owned();
        assert_eq!(entry["body_bytes"], body.len(), "{place}: the length by {by}\n{command}");
        let expected = if drops_breaks {
            body.retain(|c| !matches!(c, '\r' | '\n'));
            whole.replace('\n', "")
        } else {
            whole.clone()
        };
        assert_eq!(body, expected, "{place}: the body by {by}\n{command}");
        for member in ["method", "path", "headers", "gateway"] {
            assert_eq!(entry[member], log[0][member], "{place}: {member} by {by}\n{command}");
        }
    }
    assert_eq!(log[0]["method"], request.method.name(), "{place}");
    assert_eq!(log[0]["headers"]["authorization"], "present", "{place}");
}

/// A fresh folder for commands, with a configuration that makes curl print the status after the body.
pub fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("curl-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let told = "silent\nshow-error\nmax-time = 20\nwrite-out = \"\\n%{http_code}\"\nnoproxy = \"*\"\n";
    fs::write(folder.join(".curlrc"), told).expect("the target folder can be written");
    folder
}

/// Runs a command as printed in a folder made by [`folder`].
pub fn run(folder: &Path, shell: &str, command: &str, key_variable: &str) -> Answer {
    read_output(shell, command, &output(folder, shell, &["-c", command], key_variable))
}

/// Runs a program in a folder made by [`folder`], with the key in its variable and an otherwise almost empty
/// environment.
pub fn output(folder: &Path, program: &str, arguments: &[&str], key_variable: &str) -> std::process::Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", folder).env("CURL_HOME", folder).env(key_variable, CANARY);
    for place in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        // Files that a shell keeps for itself are not what a command left behind.
        command.env(place, Path::new(env!("CARGO_TARGET_TMPDIR")).join("shells"));
    }
    command.output().expect("the program was there a moment ago")
}

/// Splits curl's output into body and status.
pub fn read_output(shell: &str, command: &str, output: &std::process::Output) -> Answer {
    let (stdout, stderr) = (&output.stdout, String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{shell} says {}: {stderr}\n{command}", output.status);
    let end = stdout.iter().rposition(|byte| *byte == b'\n').unwrap_or_else(|| panic!("{shell}: no status\n{command}"));
    let status = String::from_utf8_lossy(&stdout[end + 1..]);
    let status = status.parse().unwrap_or_else(|_| panic!("{shell}: {status} is no status\n{command}"));
    let body = stdout[..end].to_vec();
    assert!(!String::from_utf8_lossy(&body).contains("canary"), "{shell}: an answer holds the key");
    Answer { status, body }
}

/// Sends a request as the page's `fetch` does: the same method, headers and bytes, and the key in its header.
pub fn as_the_page(request: &Request) -> Answer {
    send(request, CANARY)
}

/// The same with another key.
pub fn send(request: &Request, key: &str) -> Answer {
    let mut headers = request.headers.clone();
    headers.push(("Authorization".to_owned(), format!("Bearer {key}")));
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
        headers.push(("Accept".to_owned(), "*/*".to_owned()));
    }
    exchange(request.method.name(), &request.url, &headers, request.body_text().as_deref())
}

fn exchange(method: &str, url: &str, headers: &[(String, String)], body: Option<&str>) -> Answer {
    let rest = url.strip_prefix("http://").expect("a loopback address");
    let (host, path) = rest.split_at(rest.find('/').expect("an address with a path"));
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
    if body.is_some() || method == "POST" {
        head.extend([format!("Content-Length: {}\r\n", body.unwrap_or_default().len())]);
    }
    head.push_str("\r\n");
    let mut stream = TcpStream::connect(host).expect("the simulator listens");
    stream.write_all(head.as_bytes()).expect("the simulator reads");
    stream.write_all(body.unwrap_or_default().as_bytes()).expect("the simulator reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the simulator answers");
    read_answer(&answer)
}

fn read_answer(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("an answer has a status");
    let body = &bytes[end + 4..];
    let body = if head.contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_vec() };
    Answer { status, body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n").expect("a chunk has a size");
        let size = std::str::from_utf8(&rest[..line]).expect("a size is text");
        let size =
            usize::from_str_radix(size.split(';').next().unwrap_or(size).trim(), 16).expect("a size is hexadecimal");
        if size == 0 {
            return out;
        }
        out.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 2 + size + 2..];
    }
}
