//! What curl really puts on the wire: captured by a bare socket, so that nothing in between can fix it.

use crate::bench::{CANARY, SHELLS, folder, read_output, run};
use crate::support::{base, draft, find};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;
use wan_playground::address::BaseUrl;
use wan_playground::catalog::Catalog;
use wan_playground::checked::check;
use wan_playground::http::Request;
use wan_playground::protocol::{TaskId, cancel, query};
use wan_playground::snippet::{Curl, posix};

/// Takes one request, responds with `{}`, and returns head and body.
fn catch(listener: TcpListener) -> thread::JoinHandle<(String, Vec<u8>)> {
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("curl connects");
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        loop {
            let head_end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(end) = head_end {
                let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                let length = head
                    .lines()
                    .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
                if bytes.len() >= end + 4 + length.unwrap_or(0) {
                    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
                    stream.write_all(answer.as_bytes()).expect("curl reads");
                    return (head, bytes.split_off(end + 4));
                }
            }
            let count = stream.read(&mut part).expect("curl writes");
            assert!(count > 0, "curl hung up: {}", String::from_utf8_lossy(&bytes));
            bytes.extend_from_slice(&part[..count]);
        }
    })
}

fn listen(host: &str) -> Option<(TcpListener, BaseUrl)> {
    let listener = TcpListener::bind(format!("{host}:0")).ok()?;
    let port = listener.local_addr().expect("a bound socket has an address").port();
    Some((listener, BaseUrl::parse(&format!("http://{host}:{port}")).expect("a loopback base")))
}

/// The headers of a captured request, names in lower case, without those that any client sets itself.
fn headers(head: &str) -> Vec<String> {
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let lines = lines.map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()));
    let mut lines: Vec<String> =
        lines.filter(|line| !line.starts_with("host:") && !line.starts_with("user-agent:")).collect();
    lines.sort();
    lines
}

/// The headers a request is meant to be sent with.
fn expected(request: &Request) -> Vec<String> {
    let mut lines: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase())).collect();
    lines.push(format!("authorization: Bearer {CANARY}"));
    if !lines.iter().any(|line| line.starts_with("accept:")) {
        lines.push("accept: */*".to_owned());
    }
    if request.method.name() == "POST" {
        lines.push(format!("content-length: {}", request.body_text().unwrap_or_default().len()));
    }
    lines.sort();
    lines
}

fn check_wire(host: &str, make: impl Fn(&BaseUrl) -> (Request, String)) {
    for shell in SHELLS {
        let Some((listener, base)) = listen(host) else { return };
        let caught = catch(listener);
        let (request, key_variable) = make(&base);
        let command = posix(&request, Curl { key_variable: &key_variable, output: None, body_file: "request.json" });
        let folder = folder();
        let answer = run(&folder, shell, &command, &key_variable);
        assert_eq!(answer.json(), json!({}), "{command}");
        let (head, body) = caught.join().expect("a request was caught");
        let path = request.url.strip_prefix(base.origin()).expect("the request goes to its base");
        assert_eq!(
            head.lines().next(),
            Some(format!("{} {path} HTTP/1.1", request.method.name()).as_str()),
            "{command}"
        );
        assert_eq!(headers(&head), expected(&request), "{shell}:\n{command}");
        assert_eq!(String::from_utf8_lossy(&body), request.body_text().unwrap_or_default(), "{shell}:\n{command}");
        assert!(!String::from_utf8_lossy(&body).contains("canary"));
        std::fs::remove_dir_all(folder).expect("the folder can be removed");
    }
}

fn create(base_url: &BaseUrl, gateway: &str, model: &str, prompt: &str) -> (Request, String) {
    let catalog = Catalog::built_in();
    let (gateway, model) = find(catalog, gateway, model);
    let mut values = json!({"prompt": prompt});
    if model.field(wan_playground::catalog::FieldId::FirstFrame).is_some() {
        values["first_frame"] = json!({"url": "https://example.com/a.png"});
    }
    let checked = check(&draft("wire", &values), gateway, model, base_url, base(gateway, model).1);
    let generation = checked.generation().unwrap_or_else(|| panic!("{:?}", checked.problems()));
    (generation.request().clone(), gateway.key_variable.to_owned())
}

#[test]
fn curl_sends_the_headers_of_the_request_its_key_and_no_other() {
    for (gateway, model) in [
        ("crazyrouter", "wan2.5-i2v-preview"),
        ("crazyrouter", "wan2.5-t2v-preview@generations"),
        ("ope", "wan2.7-i2v"),
        ("acedata", "wan2.6-t2v"),
        ("dashscope", "wan2.5-t2v-preview"),
    ] {
        check_wire("127.0.0.1", |base| create(base, gateway, model, "it's `a` $cat\n\"\\ 猫 😀"));
    }
}

#[test]
fn a_body_of_any_length_leaves_at_once_without_asking_first() {
    // Beyond 1 MB curl would send `Expect: 100-continue`, which some gateways refuse; below, it must not.
    check_wire("127.0.0.1", |base| create(base, "ope", "wan2.7-i2v", &"猫".repeat(5000)));
}

#[test]
fn query_and_cancel_leave_without_a_body_and_without_a_type() {
    let catalog = Catalog::built_in();
    for id in ["0385dc79-5ff8-4d82-bcb6-000000000001", "[1-3]{a,b}", "../?#'\"`id`$HOME %41"] {
        for (gateway, endpoint) in
            [("dashscope", "video"), ("crazyrouter", "generations"), ("ope", "unified"), ("acedata", "wan")]
        {
            let gateway = catalog.gateway(gateway).expect("a gateway");
            let endpoint = gateway.endpoints.get(endpoint).expect("built in");
            check_wire("127.0.0.1", |base| {
                (query(endpoint, base, &TaskId(id.to_owned())), gateway.key_variable.to_owned())
            });
            if endpoint.cancel.is_some() {
                let make =
                    |base: &BaseUrl| cancel(endpoint, base, &TaskId(id.to_owned())).expect("there is a cancel call");
                check_wire("127.0.0.1", |base| (make(base), gateway.key_variable.to_owned()));
            }
        }
    }
}

#[test]
fn an_address_of_the_sixth_version_is_no_pattern_to_curl() {
    check_wire("[::1]", |base| create(base, "dashscope", "wan2.5-t2v-preview", "p"));
}

#[test]
fn a_command_pasted_into_an_interactive_shell_keeps_its_exclamation_marks() {
    let prompt = "wow!! !$ !-1 !cat";
    let (listener, base) = listen("127.0.0.1").expect("a free port");
    let caught = catch(listener);
    let (request, key_variable) = create(&base, "dashscope", "wan2.5-t2v-preview", prompt);
    let command = posix(&request, Curl { key_variable: &key_variable, output: None, body_file: "request.json" });
    let folder = folder();
    let mut shell = Command::new("bash")
        .args(["--norc", "--noprofile", "-i"])
        .current_dir(&folder)
        .env("CURL_HOME", &folder)
        .env("HOME", &folder)
        .env("PS1", "")
        .env("PS2", "")
        .env(&key_variable, CANARY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this test needs bash: install the package `bash`");
    let typed = format!("set -H\n: a cat was here\n{command}\nexit\n");
    shell.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("bash reads");
    let output = shell.wait_with_output().expect("bash ends");
    assert_eq!(read_output("bash -i", &command, &output).status, 200);
    let (_, body) = caught.join().expect("a request was caught");
    assert_eq!(String::from_utf8_lossy(&body), request.body_text().expect("a body"));
    std::fs::remove_dir_all(folder).expect("the folder can be removed");
}
