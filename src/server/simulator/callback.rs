//! Posts a result to the address a client gave, as `AceDataCloud` does; but only to this machine, because a simulator
//! must not call any other.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(5);

/// Where a callback goes: an `http` address of this machine.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    address: SocketAddr,
    host: String,
    path: String,
}

impl Target {
    fn read(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("http://")?.split('#').next()?;
        let (host, path) = match rest.find(['/', '?']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let named = host.strip_prefix("localhost").map(|port| format!("127.0.0.1{port}"));
        let with_port = named.unwrap_or_else(|| host.to_owned());
        let address = with_port
            .parse::<SocketAddr>()
            .or_else(|_| with_port.trim_matches(['[', ']']).parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 80)));
        let address = address.ok().filter(|address| address.ip().is_loopback())?;
        let clean = url.bytes().all(|byte| byte.is_ascii_graphic());
        clean.then(|| Self { address, host: host.to_owned(), path })
    }
}

/// Sends the body once. Errors only go to the log: the gateway has no way to report them to its client either.
pub(super) async fn deliver(url: &str, body: &Value) {
    let Some(target) = Target::read(url) else {
        tracing::warn!("a callback was not sent: its address is not an http address of this machine");
        return;
    };
    match tokio::time::timeout(PATIENCE, post(&target, &body.to_string())).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!("a callback to {} failed: {error}", target.address),
        Err(_) => tracing::warn!("a callback to {} was not answered in time", target.address),
    }
}

async fn post(target: &Target, body: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(target.address).await?;
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        target.path,
        target.host,
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    // The first bytes of a response show that the other side has received the request.
    let mut first = [0; 16];
    stream.read(&mut first).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called_back() {
        let address = |url: &str| Target::read(url).map(|target| format!("{} {}", target.address, target.path));
        assert_eq!(address("http://127.0.0.1:9000/hook?a=1").as_deref(), Some("127.0.0.1:9000 /hook?a=1"));
        assert_eq!(address("http://localhost:81").as_deref(), Some("127.0.0.1:81 /"));
        assert_eq!(address("http://[::1]:90/x").as_deref(), Some("[::1]:90 /x"));
        assert_eq!(address("http://127.0.0.1?x").as_deref(), Some("127.0.0.1:80 /?x"));
        for url in [
            "https://127.0.0.1/",
            "http://10.0.0.1/",
            "http://localhost.example.com/",
            "http://127.0.0.1@example.com/",
            "http://127.0.0.1:80/a\r\nX: y",
            "http://example.com/",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
