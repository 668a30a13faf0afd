//! Who may call: pages of this same origin, and programs on this machine.
//!
//! A page of another origin that reaches this server through a name of its own (DNS rebinding) is revealed by `Host`;
//! through a proxy that writes a `Host` of its own, by `X-Forwarded-Host`; one that calls across origins by `Origin` or `Sec-Fetch-Site`, which no script can set.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};

use super::refusal::Refusal;

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-host");
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

#[derive(Debug)]
pub(super) struct Guard {
    /// `name:port`, lower case.
    authorities: Vec<String>,
    /// Names that are accepted with any port.
    names: Vec<String>,
}

impl Guard {
    pub fn new(bound: SocketAddr, hosts: &[String]) -> Self {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        if !bound.ip().is_unspecified() {
            names.push(match bound.ip() {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        let mut authorities: Vec<String> = names.iter().map(|name| format!("{name}:{}", bound.port())).collect();
        if bound.port() == 80 {
            authorities.extend(names);
        }
        Self { authorities, names: hosts.iter().map(|host| host.to_ascii_lowercase()).collect() }
    }

    /// Checks where the call comes from.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        // With an absolute URI there would be two opinions on where the request was meant to go.
        if uri.authority().is_some() {
            return Err(Refusal::Request);
        }
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Request) };
        let host = host.to_str().map_err(|_| Refusal::Request)?.to_ascii_lowercase();
        if !self.is_ours(&host) || !headers.get_all(FORWARDED).iter().all(|names| self.are_ours(names)) {
            return Err(Refusal::Host);
        }
        let ours = [format!("http://{host}"), format!("https://{host}")];
        if headers.get_all(header::ORIGIN).iter().any(|origin| ours.iter().all(|ours| origin != ours.as_str())) {
            return Err(Refusal::CrossSite);
        }
        if headers.get_all(SITE).iter().any(|site| site != "same-origin" && site != "none") {
            return Err(Refusal::CrossSite);
        }
        Ok(())
    }

    /// The same for a call that is forwarded to a gateway: made by a script or a program, not by a link or the address
    /// bar.
    pub fn check_forward(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        self.check(uri, headers)?;
        let typed = headers.get_all(SITE).iter().any(|site| site != "same-origin");
        if typed || headers.get_all(MODE).iter().any(|mode| mode == "navigate") {
            return Err(Refusal::CrossSite);
        }
        Ok(())
    }

    /// Every proxy on the way adds a name.
    fn are_ours(&self, names: &HeaderValue) -> bool {
        names.to_str().is_ok_and(|names| names.split(',').all(|name| self.is_ours(&name.trim().to_ascii_lowercase())))
    }

    fn is_ours(&self, host: &str) -> bool {
        if self.authorities.iter().any(|ours| ours == host) {
            return true;
        }
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
            _ => (host, ""),
        };
        port.len() <= 5 && self.names.iter().any(|ours| ours == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(bound: &str, hosts: &[&str]) -> Guard {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        Guard::new(bound.parse().expect("an address"), &hosts)
    }

    #[test]
    fn loopback_names_with_the_bound_port_are_ours() {
        let guard = guard("127.0.0.1:8080", &[]);
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(guard.is_ours(host), "{host}");
        }
        for host in [
            "localhost",
            "127.0.0.1",
            "localhost:80",
            "127.0.0.1:80800",
            "127.0.0.1.evil.example:8080",
            "evil.example:8080",
            "localhost:8080.evil.example",
            "localhost.:8080",
            "0.0.0.0:8080",
            "[::ffff:127.0.0.1]:8080",
            "127.1:8080",
            "2130706433:8080",
            "",
        ] {
            assert!(!guard.is_ours(host), "{host}");
        }
    }

    #[test]
    fn a_name_that_a_proxy_has_replaced_is_seen_all_the_same() {
        let guard = guard("127.0.0.1:4567", &["127.0.0.1", "localhost"]);
        let check = |forwarded: &[&'static str]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8080"));
            for name in forwarded {
                headers.append(FORWARDED, HeaderValue::from_static(name));
            }
            guard.check(&Uri::from_static("/relay/"), &headers)
        };
        for ours in [&[][..], &["127.0.0.1:8080"], &["localhost:8080, 127.0.0.1:8080"], &["LOCALHOST:8080"]] {
            assert!(check(ours).is_ok(), "{ours:?}");
        }
        for other in
            [&["evil.example:8080"][..], &["127.0.0.1:8080", "evil.example"], &["127.0.0.1:8080, evil.example"], &[""]]
        {
            assert!(matches!(check(other), Err(Refusal::Host)), "{other:?}");
        }
    }

    #[test]
    fn other_names_are_ours_when_told() {
        let told = guard("0.0.0.0:8080", &["Wan.example"]);
        for host in ["wan.example", "wan.example:8080", "wan.example:443", "localhost:8080"] {
            assert!(told.is_ours(host), "{host}");
        }
        for host in
            ["wan.example.evil", "a.wan.example", "wan.example:", "wan.example:8080:1", "wan.example:x", "0.0.0.0:8080"]
        {
            assert!(!told.is_ours(host), "{host}");
        }
        assert!(guard("192.168.1.5:80", &[]).is_ours("192.168.1.5"));
        assert!(guard("[fd00::1]:8080", &[]).is_ours("[fd00::1]:8080"));
    }
}
