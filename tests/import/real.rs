//! The corpus sent by the real curl: what arrives at a server is what the reader predicts.

use super::corpus::cases;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wan_playground::import::{Body, Call, RemarkKind, read};

/// A request as it arrived.
pub struct Arrived {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A server that returns an empty response to everything, and stores the requests.
pub struct Server {
    pub port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&arrived);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A call that was broken off does not count, and nobody needs to know.
                let _ = receive(stream, &kept);
            }
        });
        Self { port, arrived }
    }

    pub fn take(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.arrived.lock().expect("nobody fell over"))
    }
}

/// Reads a request, stores it, and only then responds: the caller may check immediately.
fn receive(mut stream: TcpStream, kept: &Mutex<Vec<Arrived>>) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let of =
        |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    if of("expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let mut body = bytes[end + 4..].to_vec();
    let is_chunked = of("transfer-encoding").is_some();
    let length: usize = of("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while if is_chunked { !body.ends_with(b"0\r\n\r\n") } else { body.len() < length } {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&part[..count]);
    }
    if is_chunked {
        body = unchunked(&body)?;
    }
    let answer: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    kept.lock().expect("nobody fell over").push(Arrived { method, target, headers, body });
    stream.write_all(answer).ok()
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(line + 2..line + 2 + size)?);
        rest = &rest[line + 2 + size + 2..];
    }
}

/// How what arrived differs from this call.
fn difference(call: &Call, arrived: &Arrived, origin: &str) -> Option<String> {
    let url = call.url.split('#').next().unwrap_or_default();
    let target = url.strip_prefix(origin).unwrap_or(url);
    let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
    if arrived.method != call.method {
        return Some(format!("the method {} is not {}", arrived.method, call.method));
    }
    if arrived.target != target {
        return Some(format!("the address {} is not {target}", arrived.target));
    }
    for (name, value) in &call.headers {
        let same = |(known, said): &(String, String)| known.eq_ignore_ascii_case(name) && said == value.trim();
        if !arrived.headers.iter().any(same) && !name.eq_ignore_ascii_case("host") {
            return Some(format!("{name}: {value} is not among {:?}", arrived.headers));
        }
    }
    // A type that curl sends on its own must have been read as well.
    let said = arrived.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let is_form = matches!(call.body, Some(Body::Form(_)));
    let known = call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if let (Some((_, value)), false, false) = (said, known, is_form) {
        return Some(format!("the type {value} was not read"));
    }
    match &call.body {
        Some(Body::Text(text)) if text.as_bytes() != arrived.body => {
            Some(format!("the body {:?} is not {text:?}", String::from_utf8_lossy(&arrived.body)))
        }
        Some(Body::Form(fields)) => {
            let sent = String::from_utf8_lossy(&arrived.body).into_owned();
            let missing = fields.iter().find(|(name, value)| {
                !sent.contains(&format!("name=\"{name}\"")) || !sent.contains(&format!("\r\n\r\n{value}\r\n"))
            });
            missing.map(|(name, value)| format!("{name} = {value} is not in {sent:?}"))
        }
        None if !arrived.body.is_empty() => Some(format!("{} bytes arrived", arrived.body.len())),
        _ => None,
    }
}

/// Cases that curl or the shell treats differently, and why.
const MEANT: [&str; 15] = [
    // It may still be running when the shell has exited.
    "posix/commands: in the background",
    // A program that is not installed here.
    "posix/commands: by another program",
    "posix/options: curl.exe",
    // curl refuses them.
    "posix/form: a field without a value",
    "posix/variables: a variable that must be set",
    // curl gives these characters a meaning of its own.
    "posix/query: brackets stay",
    // Sent as written, but read in upper case.
    "posix/options: in lower case",
    // It declares more than it sends.
    "posix/headers: a length that is not the body's",
    // Repaired: the shell would take the characters literally.
    "posix/lines: continued lines of Windows",
    "posix/signs: carriage returns alone between words",
    "posix/surroundings: a byte order mark",
    // Bytes that are not a character.
    "posix/ansi: half a letter alone",
    "posix/ansi: halves of a letter as browsers write them",
    // The shell refuses it.
    "posix/broken: braces left open",
    // A login goes into a header, which is not checked here.
    "posix/keys: in the address before the host",
];

/// Runs a text in a shell, with the real curl.
pub fn run(shell: &str, text: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new(shell);
    match shell {
        "bash" => command.arg("--norc"),
        "zsh" => command.arg("-f"),
        "fish" => command.arg("--no-config"),
        _ => &mut command,
    };
    command.args(["-c", text]).current_dir(folder).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", folder).env("CURL_HOME", folder);
    command.env("no_proxy", "*").env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap_or_else(|why| panic!("{shell}: {why}"));
}

#[test]
fn what_the_real_curl_sends_is_what_was_read() {
    let server = Server::start();
    let origin = format!("http://127.0.0.1:{}", server.port);
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in cases().into_iter().filter(|case| case.dialect == "posix") {
        let text = case.input.replace("https://h.example", &origin);
        let pasted = read(&text);
        // What is repaired, kept, or about something that is not here.
        let is_other = pasted.remarks.iter().any(|remark| {
            !matches!(
                remark.kind,
                RemarkKind::NoEffect
                    | RemarkKind::ImpliedType
                    | RemarkKind::HeaderRemoved
                    | RemarkKind::BadHeader
                    | RemarkKind::FormDetail
                    | RemarkKind::BrokenJson
                    | RemarkKind::Next
                    | RemarkKind::Cookies
                    | RemarkKind::BasicLogin
            )
        });
        let is_here = !pasted.calls.is_empty() && pasted.calls.iter().all(|call| call.url.starts_with(&origin));
        if is_other || !is_here || MEANT.contains(&case.place.as_str()) {
            continue;
        }
        server.take();
        run("bash", &text);
        let arrived = server.take();
        if arrived.len() != pasted.calls.len() {
            wrong.push(format!("{}: {} requests arrived\n{text}", case.place, arrived.len()));
        }
        for (call, arrived) in pasted.calls.iter().zip(&arrived) {
            if let Some(why) = difference(call, arrived, &origin) {
                wrong.push(format!("{}: {why}\n{text}", case.place));
            }
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{compared} requests of the real curl compared");
    assert!(compared >= 140, "{compared}");
}
