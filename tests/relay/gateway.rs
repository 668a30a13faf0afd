//! A gateway made up for the tests: it stores the bytes it receives and responds as told.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A listener that responds once to every connection.
pub struct Gateway {
    /// Its address.
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<String>>>,
}

/// Responds to a connection: gets the head and the stream.
type Answering = dyn Fn(&str, &mut TcpStream) + Send + Sync;

impl Gateway {
    /// Responds with this function.
    pub fn with(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer): (_, Arc<Answering>) = (Arc::clone(&received), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &kept, &*answer));
            }
        });
        Self { address, received }
    }

    /// Responds with these bytes.
    pub fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::with(move |_, stream| drop(stream.write_all(&bytes)))
    }

    /// Responds with 200 and `{}`.
    pub fn good() -> Self {
        Self::saying("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
    }

    /// Requests received so far, head and body as text.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().expect("nobody panics with it").clone()
    }

    /// The only request received.
    pub fn only(&self) -> String {
        let all = self.received();
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].clone()
    }
}

fn serve(mut stream: TcpStream, kept: &Mutex<Vec<String>>, answer: &Answering) {
    drop(stream.set_read_timeout(Some(Duration::from_secs(30))));
    let mut bytes = Vec::new();
    let mut part = vec![0; 65536];
    let end = loop {
        match stream.read(&mut part) {
            Ok(read @ 1..) => bytes.extend_from_slice(&part[..read]),
            // A connection that breaks off is stored as far as it came.
            Ok(0) | Err(_) => break None,
        }
        if let Some(end) = head_of_whole(&bytes) {
            break Some(end);
        }
    };
    if !bytes.is_empty() {
        kept.lock().expect("nobody panics with it").push(String::from_utf8_lossy(&bytes).into_owned());
    }
    if let Some(end) = end {
        answer(&String::from_utf8_lossy(&bytes[..end]), &mut stream);
    }
}

/// The length of the head, once the body that it declares is there.
fn head_of_whole(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let (_, length) = head.split_once("\r\ncontent-length:").unwrap_or(("", "0\r\n"));
    let length: usize = length.split("\r\n").next()?.trim().parse().ok()?;
    (bytes.len() >= end + length).then_some(end)
}
