//! A gigabyte through the program, whole and from the middle, and thirty megabytes in the other direction: its memory
//! use is read from the system and limited.

use super::bench::{Answer, Relay, raw, request};
use super::gateway::Gateway;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const TOTAL: u64 = 1 << 30;
const PART: usize = 64 << 10;
/// How much passing a stream may add to the memory of the process.
const MOST_GROWTH_KIB: u64 = 16 << 10;
const CONTENT: &str = "/relay/ope/api-platform.ope.ai/v1/videos/a/content";

/// The part of the video with this number: its number, then filler that depends on it.
fn part(number: u64) -> Vec<u8> {
    let mut bytes = vec![number.to_le_bytes()[0] ^ 0x5a; PART];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// A video of one gigabyte that can be requested starting at any part.
fn film() -> Gateway {
    Gateway::with(|head, stream| {
        let from = head.to_ascii_lowercase();
        let from = from.split_once("range: bytes=").and_then(|(_, rest)| rest.split('-').next()?.parse::<u64>().ok());
        let first = from.unwrap_or(0);
        assert_eq!(first % PART as u64, 0, "the test asks for whole parts");
        let mut answer =
            String::from(if from.is_some() { "HTTP/1.1 206 Partial Content\r\n" } else { "HTTP/1.1 200 OK\r\n" });
        let _ = write!(answer, "Content-Type: video/mp4\r\nContent-Length: {}\r\n", TOTAL - first);
        if from.is_some() {
            let _ = write!(answer, "Content-Range: bytes {first}-{}/{TOTAL}\r\n", TOTAL - 1);
        }
        drop(stream.write_all((answer + "\r\n").as_bytes()));
        for number in first / PART as u64..TOTAL / PART as u64 {
            if stream.write_all(&part(number)).is_err() {
                return;
            }
        }
    })
}

/// A line of `/proc/<id>/status` in KiB; nothing if the system does not have it.
fn memory_kib(process: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok();
    assert!(status.is_some() || !cfg!(target_os = "linux"), "Linux tells");
    let line = status?.lines().find(|line| line.starts_with(name))?.to_owned();
    line.split_whitespace().nth(1)?.parse().ok()
}

fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("an answer has a head");
        head.push(byte[0]);
    }
    String::from_utf8(head).expect("a head is text").to_ascii_lowercase()
}

/// Reads a video from a part on and compares every byte.
fn read_film(stream: &mut TcpStream, first: u64) -> u64 {
    let mut bytes = vec![0; PART];
    let mut total = 0;
    for number in first..TOTAL / PART as u64 {
        stream.read_exact(&mut bytes).unwrap_or_else(|why| panic!("part {number}: {why}"));
        assert!(bytes == part(number), "part {number} is another");
        total += PART as u64;
    }
    assert_eq!(stream.read(&mut bytes).expect("the end"), 0, "more than was announced");
    total
}

#[test]
fn a_gigabyte_passes_whole_and_in_part_with_bounded_memory() {
    let gateway = film();
    let relay = Relay::to(gateway.address);
    let host = relay.address.to_string();
    // The first call allocates what every call needs.
    relay.call(
        "GET",
        "/relay/ope/api-platform.ope.ai/v1/videos/a",
        &[("Range", &format!("bytes={}-", TOTAL - PART as u64))],
        None,
    );
    let before = memory_kib(relay.process(), "VmRSS:");
    let began = Instant::now();
    let mut passed = 0;
    let middle = TOTAL / 2;
    for (first, range) in [(0, None), (middle, Some(format!("bytes={middle}-")))] {
        let range: Vec<(&str, &str)> = range.iter().map(|range| ("Range", range.as_str())).collect();
        let mut stream = TcpStream::connect(relay.address).expect("the relay listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time can be set");
        stream.write_all(&request(&host, "GET", CONTENT, &range, None)).expect("the relay reads");
        let head = head(&mut stream);
        assert!(head.starts_with(if first == 0 { "http/1.1 200" } else { "http/1.1 206" }), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", TOTAL - first)), "{head}");
        assert_eq!(head.contains(&format!("content-range: bytes {first}-{}/{TOTAL}", TOTAL - 1)), first > 0, "{head}");
        // A reader who pauses makes the gateway wait; the relay's memory does not grow.
        thread::sleep(Duration::from_millis(500));
        passed += read_film(&mut stream, first / PART as u64);
    }
    let took = began.elapsed();
    let peak = memory_kib(relay.process(), "VmHWM:");
    relay.says(&format!("206 whole, 0 B in, {middle} B out"));
    let (Some(before), Some(peak)) = (before, peak) else { return };
    println!("{passed} bytes passed in {took:.1?}: resident memory {before} KiB before, {peak} KiB at its peak");
    assert!(peak - before.min(peak) < MOST_GROWTH_KIB, "memory grew from {before} to {peak} KiB");
}

#[test]
fn the_largest_request_passes_with_bounded_memory() {
    let gateway = Gateway::good();
    let relay = Relay::to(gateway.address);
    let create = "/relay/acedata/api.acedata.cloud/wan/videos";
    assert_eq!(relay.call("POST", create, &[], Some("{}")).status, 200);
    let before = memory_kib(relay.process(), "VmRSS:");
    let body = vec![b'a'; 30 << 20];
    let headers = [("Content-Type", "application/json")];
    let host = relay.address.to_string();
    let answer = Answer::read(&raw(relay.address, &request(&host, "POST", create, &headers, Some(&body))));
    assert_eq!((answer.status, answer.header("x-relay")), (200, "forwarded"), "{}", answer.text());
    let received = gateway.received();
    assert!(received[1].ends_with(&"a".repeat(1000)) && received[1].len() > 30 << 20, "{} bytes", received[1].len());
    let peak = memory_kib(relay.process(), "VmHWM:");
    let (Some(before), Some(peak)) = (before, peak) else { return };
    println!("{} bytes sent: resident memory {before} KiB before, {peak} KiB at its peak", body.len());
    assert!(peak - before.min(peak) < MOST_GROWTH_KIB, "memory grew from {before} to {peak} KiB");
}
