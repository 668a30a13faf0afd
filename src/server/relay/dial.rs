//! The connection to a gateway: its name must resolve to public addresses only, and TLS must prove that it is the
//! gateway.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::refusal::Refusal;
use super::route::Goal;

/// How host names are resolved, and which roots are trusted.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Used instead of asking the system, like a hosts file: host and address. For tests.
    pub fixed: Vec<(String, SocketAddr)>,
    /// Whether a fixed address may be one that is not public. For tests.
    pub private_too: bool,
    /// A trusted root in addition to the built-in ones, in DER. For tests.
    pub root: Option<Vec<u8>>,
}

/// A connection of any kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) struct Dialer {
    names: Names,
    tls: TlsConnector,
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Dialer {
    pub fn new(names: Names) -> Self {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(root) = &names.root {
            roots.add(CertificateDer::from(root.clone())).expect("a root given by a test is a certificate");
        }
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { names, tls: TlsConnector::from(Arc::new(config)) }
    }

    /// Connects, without a timeout.
    pub async fn dial(&self, goal: &Goal) -> Result<TokioIo<Box<dyn Stream>>, Refusal> {
        if goal.is_stand_in {
            let (host, port) = goal.authority.rsplit_once(':').unwrap_or((&goal.authority, "80"));
            let port = port.parse().map_err(|_| Refusal::Unreachable)?;
            let address = (host.trim_matches(['[', ']']), port);
            let stream = TcpStream::connect(address).await.map_err(|_| Refusal::Unreachable)?;
            return Ok(TokioIo::new(Box::new(stream)));
        }
        let stream = connect(&self.addresses(&goal.host).await?).await?;
        let name = ServerName::try_from(goal.host.clone()).map_err(|_| Refusal::UnknownHost)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| Refusal::Tls)?;
        Ok(TokioIo::new(Box::new(stream)))
    }

    /// The addresses of a host. One that is not public disqualifies them all: no honest host mixes the two.
    async fn addresses(&self, host: &str) -> Result<Vec<SocketAddr>, Refusal> {
        let fixed = |(_, address): &(String, SocketAddr)| *address;
        let mut found: Vec<SocketAddr> = self.names.fixed.iter().filter(|(name, _)| name == host).map(fixed).collect();
        if found.is_empty() {
            found = tokio::net::lookup_host((host, 443)).await.map_err(|_| Refusal::Name)?.collect();
        }
        if found.is_empty() {
            return Err(Refusal::Name);
        }
        if !self.names.private_too && found.iter().any(|address| !is_public(address.ip())) {
            return Err(Refusal::Address);
        }
        // Networks without IPv6 are more common than those without IPv4.
        found.sort_by_key(SocketAddr::is_ipv6);
        Ok(found)
    }
}

async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, Refusal> {
    for address in addresses {
        if let Ok(stream) = TcpStream::connect(address).await {
            // A request is a single write; waiting for more would only delay it.
            drop(stream.set_nodelay(true));
            return Ok(stream);
        }
    }
    Err(Refusal::Unreachable)
}

/// Whether an address belongs to the public network, as far as its form shows.
///
/// 198.18.0.0/15 passes: it belongs to nobody's network, and proxies on users' machines resolve every name to it.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        // This network, this machine, private, link-local, reserved, multicast, broadcast.
        (0 | 10 | 127 | 224..=255, ..) | (172, 16..=31, _) | (192, 168, _) | (169, 254, _)
        // Carrier-grade NAT, where clouds also keep their metadata; protocol assignments; documentation.
        | (100, 64..=127, _) | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113)
    );
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let low = Ipv4Addr::from((u32::from(parts[6]) << 16) | u32::from(parts[7]));
    match parts {
        // IPv4 in disguise: mapped, compatible, translated (NAT64), 6to4.
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            is_public_v4(low)
        }
        [0x2002, high, next, ..] => is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(next))),
        // Tunnels that hide an address, documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Global unicast; everything else is private, link-local, multicast or unassigned.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for address in [
            "47.93.0.1",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.18.0.5",
            "2400:3200::1",
            "2606:4700::1111",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
            "2002:808:808::1",
        ] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "192.0.0.192",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:c0a8:1::1",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }
}
