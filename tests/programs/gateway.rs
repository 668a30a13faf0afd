//! A gateway on a bare socket, which can do what the simulator does not: hang up, break off, and send wrong data.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as received.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    pub has_key: bool,
    pub body: Vec<u8>,
}

/// What is sent back.
pub enum Answer {
    /// Status, more headers, body.
    Full(u16, &'static str, Vec<u8>),
    /// The beginning of a body that was declared longer.
    Broken(Vec<u8>),
    /// Nothing.
    HangUp,
}

/// A running gateway. It stores the requests it received.
pub struct Gateway {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Gateway {
    /// Starts one whose responses come from this function; requests are numbered from zero.
    pub fn start(answer: impl Fn(&Asked, usize, u16) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (kept.clone(), answer.clone());
                thread::spawn(move || serve(stream, port, &kept, &*answer));
            }
        });
        Self { port, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panics with it").clone()
    }
}

fn serve(
    mut stream: TcpStream,
    port: u16,
    kept: &Mutex<Vec<Asked>>,
    answer: &(dyn Fn(&Asked, usize, u16) -> Answer + Send + Sync),
) {
    let Some(asked) = read(&mut stream) else { return };
    let number = {
        let mut kept = kept.lock().expect("nobody panics with it");
        kept.push(asked.clone());
        kept.len() - 1
    };
    let (head, body) = match answer(&asked, number, port) {
        Answer::Full(status, headers, body) => (
            format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()),
            body,
        ),
        Answer::Broken(body) => {
            (format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len() * 2), body)
        }
        Answer::HangUp => return,
    };
    // A client that hangs up early is ignored.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read(&mut [0; 64]);
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
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
    let mut words = head.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let lower = head.to_ascii_lowercase();
    assert!(!lower.contains("transfer-encoding"), "a body of known length is sent with its length");
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&part[..count]);
    }
    Some(Asked { method, path, has_key: lower.contains("\r\nauthorization: bearer "), body })
}
