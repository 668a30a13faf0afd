//! Where a host name leads, and whether the gateway itself responds there.

use super::bench::Relay;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

const HOST: &str = "api-platform.ope.ai";
const CREATE: &str = "/relay/ope/api-platform.ope.ai/v1/videos";
const HEAD: Duration = Duration::from_secs(10);

/// Counts the connections to a port of this machine, on both kinds of loopback address.
fn counting() -> (u16, Arc<AtomicUsize>) {
    let four = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = four.local_addr().expect("an address").port();
    let count = Arc::new(AtomicUsize::new(0));
    // Without IPv6, nothing can connect there either.
    for listener in [Some(four), TcpListener::bind(("::1", port)).ok()].into_iter().flatten() {
        let count = Arc::clone(&count);
        thread::spawn(move || {
            for _ in listener.incoming() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    (port, count)
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_followed() {
    let (port, count) = counting();
    for addresses in [
        &["127.0.0.1"][..],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["::ffff:7f00:1"],
        &["::127.0.0.1"],
        &["64:ff9b::7f00:1"],
        &["2002:7f00:1::"],
        &["0.0.0.0"],
        &["::"],
        &["10.0.0.1"],
        &["172.16.0.1"],
        &["192.168.1.1"],
        &["169.254.169.254"],
        &["100.100.100.200"],
        &["fd00::1"],
        &["fe80::1"],
        // One good address beside it does not help.
        &["8.8.8.8", "127.0.0.1"],
    ] {
        let fixed: Vec<(String, SocketAddr)> = addresses
            .iter()
            .map(|address| (HOST.to_owned(), SocketAddr::new(address.parse().expect("an address"), port)))
            .collect();
        let relay = Relay::inside(HEAD, move |settings| settings.names.fixed = fixed);
        let answer = relay.call("POST", CREATE, &[], Some("{}"));
        assert_eq!((answer.status, answer.refusal().as_str()), (502, "address"), "{addresses:?}");
        assert_eq!(answer.json()["sent"], false);
    }
    assert_eq!(count.load(Ordering::Relaxed), 0, "somebody connected");
}

/// A TLS server with its own certificate for this name. Provides its address, the certificate, and what it received:
/// the name in the handshake, and the request.
pub struct Secure {
    /// Its address.
    pub address: SocketAddr,
    /// In DER.
    pub certificate: Vec<u8>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Secure {
    /// Starts one.
    pub fn start(name: &str, is_expired: bool) -> Self {
        let mut wishes = rcgen::CertificateParams::new([name.to_owned()]).expect("a name");
        if is_expired {
            wishes.not_after = rcgen::date_time_ymd(2020, 1, 1);
        }
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = wishes.self_signed(&key).expect("a certificate").der().to_vec();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows them")
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate.clone())], key)
            .expect("they belong together");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("it can be");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("it is not blocking");
                let acceptor = TlsAcceptor::from(Arc::new(config));
                loop {
                    let Ok((stream, _)) = listener.accept().await else { continue };
                    let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                    let name = stream.get_ref().1.server_name().unwrap_or_default().to_owned();
                    let mut bytes = vec![0; 4096];
                    let read = stream.read(&mut bytes).await.unwrap_or_default();
                    // A caller may only learn at this point who is responding, and disconnect without sending anything.
                    if read == 0 {
                        continue;
                    }
                    let asked = String::from_utf8_lossy(&bytes[..read]).into_owned();
                    kept.lock().expect("nobody panics with it").push((name, asked));
                    drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await);
                    drop(stream.shutdown().await);
                }
            });
        });
        Self { address, certificate, asked }
    }

    /// The name in each handshake, and the request after it.
    pub fn asked(&self) -> Vec<(String, String)> {
        self.asked.lock().expect("nobody panics with it").clone()
    }

    /// A relay that uses this server as the gateway, and trusts this certificate, if any.
    fn relay(&self, root: Option<Vec<u8>>) -> Relay {
        let address = self.address;
        Relay::inside(HEAD, move |settings| {
            settings.names.fixed = vec![(HOST.to_owned(), address)];
            settings.names.private_too = true;
            settings.names.root = root;
            settings.limits.connect = Duration::from_secs(2);
        })
    }
}

#[test]
fn a_gateway_has_to_prove_who_it_is() {
    let good = Secure::start(HOST, false);
    let answer = good.relay(Some(good.certificate.clone())).call("POST", CREATE, &[], Some("{}"));
    assert_eq!(
        (answer.status, answer.header("x-relay"), answer.text().as_str()),
        (200, "forwarded", "{}"),
        "{answer:?}"
    );
    let asked = good.asked();
    assert_eq!((asked.len(), asked[0].0.as_str()), (1, HOST), "the name stands in the handshake");
    assert!(asked[0].1.starts_with("POST /v1/videos HTTP/1.1\r\n"), "{asked:?}");
    assert!(asked[0].1.to_ascii_lowercase().contains(&format!("host: {HOST}\r\n")), "{asked:?}");

    let other_name = Secure::start("api.acedata.cloud", false);
    let expired = Secure::start(HOST, true);
    for (why, server, root) in [
        ("nobody vouches for it", &good, None),
        ("another is vouched for", &good, Some(other_name.certificate.clone())),
        ("another name", &other_name, Some(other_name.certificate.clone())),
        ("expired", &expired, Some(expired.certificate.clone())),
    ] {
        let before = server.asked().len();
        let answer = server.relay(root).call("POST", CREATE, &[], Some("{}"));
        assert_eq!((answer.status, answer.refusal().as_str()), (502, "tls"), "{why}");
        assert_eq!(answer.json()["sent"], false, "{why}");
        assert_eq!(server.asked().len(), before, "{why}: it was told something");
    }
}

#[test]
fn no_call_falls_back_to_plain_http() {
    let plain = super::gateway::Gateway::good();
    let address = plain.address;
    let relay = Relay::inside(HEAD, move |settings| {
        settings.names.fixed = vec![(HOST.to_owned(), address)];
        settings.names.private_too = true;
        settings.limits.connect = Duration::from_secs(1);
    });
    let answer = relay.call("POST", CREATE, &[], Some("{}"));
    // The made-up gateway waits for a request head, which a TLS handshake never becomes.
    assert_eq!((answer.status, answer.refusal().as_str()), (504, "connect_timeout"), "{}", answer.text());
    assert_eq!(answer.json()["sent"], false);
    assert!(plain.received().iter().all(|bytes| !bytes.contains("canary")));
}

#[test]
fn a_stand_in_is_on_this_machine() {
    for target in [
        "ope=https://127.0.0.1:1",
        "ope=http://10.0.0.1",
        "ope=http://evil.example",
        "ope=http://127.0.0.1.evil.example",
        "ope=http://127.0.0.1@evil.example",
        "nobody=http://127.0.0.1:1",
        "ope",
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["--port", "0", "--relay-to", target])
            .output()
            .expect("the server starts");
        assert_eq!(output.status.code(), Some(2), "{target}");
    }
}
