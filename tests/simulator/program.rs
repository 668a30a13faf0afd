//! The program itself: what it prints, and how it starts and stops.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_server"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn ended(child: Child) -> (Option<i32>, String, String) {
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
#[cfg(unix)] // It is stopped by a signal.
fn it_says_where_it_listens_serves_and_ends_when_told() {
    let mut child = start(&["--port", "0", "--speed", "20", "--deny-cors", "ope"]);
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("listening on http://").and_then(|rest| rest.strip_suffix('/'));
    let address = address.unwrap_or_else(|| panic!("{line}"));
    assert!(address.starts_with("127.0.0.1:"));
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok"), "{answer}");
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let (code, _, error) = ended(child);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!((code, rest.as_str(), error.as_str()), (Some(0), "", ""));
}

#[test]
fn it_ends_with_its_input_where_it_is_asked_to() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["--port", "0", "--end-with-input"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("listening on ") && child.try_wait().unwrap().is_none(), "{line}");
    drop(child.stdin.take());
    assert_eq!(ended(child).0, Some(0));
}

#[test]
fn a_busy_port_and_a_missing_page_are_told_in_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, output, error) = ended(start(&["--port", &port]));
    assert_eq!((code, output.as_str(), error.lines().count()), (Some(2), "", 1));
    assert!(error.contains(&format!("Port {port} is already in use")) && error.contains("--port"), "{error}");
    let (code, _, error) = ended(start(&["--port", "0", "--site", "no/such/folder"]));
    assert_eq!((code, error.lines().count()), (Some(2), 1));
    assert!(error.contains("no/such/folder") && error.contains("build the page"), "{error}");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for arguments in [&["--speed", "0"][..], &["--speed", "nan"], &["--deny-cors", "nobody"], &["--port", "70000"]] {
        let (code, _, error) = ended(start(arguments));
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
    }
}
