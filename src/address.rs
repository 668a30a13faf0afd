//! Addresses typed by people: base URLs of gateways and links to media.

use crate::percent;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// It does not start with `https://`.
    NoScheme,
    /// Neither https nor, on this machine, http.
    Scheme,
    /// No host, or a malformed one.
    Host,
    /// It contains a user name or password.
    Credentials,
    /// A query or fragment, where only a base URL is expected.
    Extra,
    /// It contains a space or a control character.
    Character,
    /// A placeholder such as `{WorkspaceId}` is not filled in.
    Placeholder,
}

/// Scheme, authority and rest of an address, without validating them.
fn parts(text: &str) -> Option<(String, &str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    Some((scheme.to_ascii_lowercase(), &rest[..end], &rest[end..]))
}

fn common(text: &str) -> Result<(String, &str, &str), AddressFault> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(AddressFault::Character);
    }
    let Some((scheme, authority, rest)) = parts(text) else {
        let has_scheme = text.split_once(':').is_some_and(|(scheme, after)| {
            let port = after.starts_with(|c: char| c.is_ascii_digit());
            !port && !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        return Err(if has_scheme { AddressFault::Scheme } else { AddressFault::NoScheme });
    };
    if authority.contains('{') || authority.contains('}') {
        return Err(AddressFault::Placeholder);
    }
    if authority.contains('@') {
        return Err(AddressFault::Credentials);
    }
    Ok((scheme, authority, rest))
}

fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let split = if let Some(after) = authority.strip_prefix('[') {
        let (address, rest) = after.split_once(']')?;
        // The browser decides whether it is valid; here it only must not smuggle anything else in.
        if !address.contains(':') || !address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c)) {
            return None;
        }
        (&authority[..address.len() + 2], rest.strip_prefix(':'))
    } else {
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || (c as u32) > 0x7f;
        if host.is_empty() || host.starts_with('.') || host.contains("..") || !host.chars().all(legal) {
            return None;
        }
        (host, port)
    };
    match split.1 {
        Some(port) => Some((split.0, Some(port.parse().ok()?))),
        None => Some((split.0, None)),
    }
}

/// This machine itself, where plain http is no risk.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let octets = || host.split('.').filter(|octet| octet.len() <= 3 && octet.parse::<u8>().is_ok()).count();
    let is_ip4 = || host.split('.').count() == 4 && octets() == 4;
    host.eq_ignore_ascii_case("localhost") || host == "::1" || (host.starts_with("127.") && is_ip4())
}

/// A base URL of a gateway: https, or http on this machine; no query, no trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Parses what a person typed.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let (scheme, authority, rest) = common(text.trim())?;
        let (host, port) = host_and_port(authority).ok_or(AddressFault::Host)?;
        if rest.contains(['?', '#', '\\']) {
            return Err(AddressFault::Extra);
        }
        let default_port = match scheme.as_str() {
            "https" => 443,
            "http" if is_loopback(host) => 80,
            _ => return Err(AddressFault::Scheme),
        };
        let mut origin = [&scheme, "://", &host.to_ascii_lowercase()].concat();
        if let Some(port) = port.filter(|port| *port != default_port) {
            origin.push(':');
            origin.push_str(&port.to_string());
        }
        Ok(Self { origin, path: rest.trim_end_matches('/').to_owned() })
    }

    /// `scheme://host[:port]`, lower case, without a default port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A URL below this base. `path` begins with a slash.
    pub fn join(&self, path: &str) -> String {
        [self.origin.as_str(), &self.path, path].concat()
    }

    /// The base as text, without a trailing slash.
    pub fn text(&self) -> String {
        self.join("")
    }
}

/// What a person typed as a base URL but is something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistaken {
    /// An API key.
    Key,
    /// A whole endpoint, or the part of one that the protocol adds automatically; the base URL within it.
    Endpoint(String),
}

/// Paths often mistaken for part of the base, besides the gateway's own: those of chat services at the same hosts.
const OF_OTHERS: [&str; 3] = ["/compatible-mode/v1/chat/completions", "/v1/chat/completions", "/v1/models"];

/// Whether what was typed as a base is something else. `paths` are those appended to a base.
pub fn mistaken<'a>(text: &str, paths: impl Iterator<Item = &'a str>) -> Option<Mistaken> {
    let text = text.trim();
    if is_key(text) {
        return Some(Mistaken::Key);
    }
    let (scheme, authority, rest) = common(text).ok()?;
    host_and_port(authority)?;
    let typed: Vec<&str> = rest.split(['?', '#']).next()?.split('/').filter(|part| !part.is_empty()).collect();
    let front = paths.chain(OF_OTHERS).filter_map(|path| in_front_of(&typed, path)).min()?;
    let base =
        typed[..front].iter().fold([&scheme, "://", authority].concat(), |base, part| [&base, "/", part].concat());
    Some(Mistaken::Endpoint(base))
}

/// How many segments of what was typed come before a path, or before the beginning of one.
fn in_front_of(typed: &[&str], path: &str) -> Option<usize> {
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_version = |part: &&str| part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let fits = |known: &&str, part: &&str| known == part || known.starts_with('{');
    (0..typed.len()).find(|front| {
        let tail = &typed[*front..];
        // `/api` alone may be where somebody's own server mounts everything.
        let tells = tail.len() == path.len() || tail.iter().any(is_version);
        tells && tail.len() <= path.len() && path.iter().zip(tail).all(|(known, part)| fits(known, part))
    })
}

/// Whether a text looks like an API key and is certainly not an address.
pub fn is_key(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    let marked = ["sk-", "st-"].iter().any(|mark| text.starts_with(mark)) && text.len() >= 12;
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    plain && (marked || is_hex)
}

/// The origin of an absolute http or https URL, if it is one.
pub fn origin_of(url: &str) -> Option<String> {
    let (scheme, authority, _) = parts(url)?;
    let (host, port) = host_and_port(authority)?;
    let default_port = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let mut origin = [&scheme, "://", &host.to_ascii_lowercase()].concat();
    if let Some(port) = port.filter(|port| *port != default_port) {
        origin.push(':');
        origin.push_str(&port.to_string());
    }
    Some(origin)
}

/// Whether an address points to this very machine, which needs no network.
pub fn is_on_this_machine(url: &str) -> bool {
    parts(url).and_then(|(_, authority, _)| host_and_port(authority)).is_some_and(|(host, _)| is_loopback(host))
}

/// Checks a media link that the gateway will fetch: http, https, or `oss://` from the gateway's own upload.
pub fn check_media_link(text: &str) -> Result<(), AddressFault> {
    let (scheme, authority, _) = common(text)?;
    match scheme.as_str() {
        "https" | "http" => host_and_port(authority).map(|_| ()).ok_or(AddressFault::Host),
        "oss" if !authority.is_empty() => Ok(()),
        _ => Err(AddressFault::Scheme),
    }
}

/// Whether a link points into Alibaba's own store for uploaded files.
pub fn is_oss(text: &str) -> bool {
    text.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("oss://"))
}

/// Makes a result link safe to open: `http` becomes `https` (except on this machine); other schemes are rejected.
pub fn result_link(text: &str) -> Option<String> {
    let (scheme, authority, rest) = common(text.trim()).ok()?;
    let (host, _) = host_and_port(authority)?;
    match scheme.as_str() {
        "https" => Some(text.trim().to_owned()),
        "http" if is_loopback(host) => Some(text.trim().to_owned()),
        "http" => Some(["https://", authority, rest].concat()),
        _ => None,
    }
}

/// Percent-encodes a task id, which comes from outside, for use as one path segment.
pub fn segment(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) || (byte == b'.' && !text.starts_with('.')) {
            out.push(byte as char);
        } else {
            percent::escape(&mut out, byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_https_or_http_on_this_machine() {
        let text = |s: &str| BaseUrl::parse(s).map(|base| base.text());
        assert_eq!(text("https://Example.com:443/a/"), Ok("https://example.com/a".into()));
        assert_eq!(text("http://127.0.0.1:8080/sim/ope"), Ok("http://127.0.0.1:8080/sim/ope".into()));
        assert_eq!(text("http://[::1]:8080"), Ok("http://[::1]:8080".into()));
        for (typed, fault) in [
            ("example.com", AddressFault::NoScheme),
            ("localhost:8080", AddressFault::NoScheme),
            ("http://example.com", AddressFault::Scheme),
            ("javascript:alert(1)", AddressFault::Scheme),
            ("ftp://example.com", AddressFault::Scheme),
            ("https://", AddressFault::Host),
            ("https://a..b", AddressFault::Host),
            ("https://a:99999", AddressFault::Host),
            ("https://user:pw@example.com", AddressFault::Credentials),
            ("https://example.com?x=1", AddressFault::Extra),
            ("https://exa mple.com", AddressFault::Character),
            ("https://{WorkspaceId}.example.com", AddressFault::Placeholder),
            ("https://example.com\\@evil.com", AddressFault::Extra),
        ] {
            assert_eq!(text(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_whole_endpoint_and_a_key_are_no_base() {
        let paths = [
            "/api/v1/services/aigc/video-generation/video-synthesis",
            "/api/v1/tasks/{task_id}",
            "/alibailian/api/v1/tasks/{task_id}",
            "/v1/videos",
            "/wan/videos",
        ];
        let told = |text: &str| mistaken(text, paths.into_iter());
        let base = |text: &str| Some(Mistaken::Endpoint(text.to_owned()));
        let host = "https://dashscope.aliyuncs.com";
        for tail in [
            "/api/v1/services/aigc/video-generation/video-synthesis",
            "/api/v1/services/aigc/",
            "/api/v1",
            "/api/v1/",
            "/api/v1/tasks/0385dc79-5ff8",
            "/v1",
            "/v1/videos?x=1",
            "/compatible-mode/v1",
            "/compatible-mode/v1/chat/completions",
            "/wan/videos",
        ] {
            assert_eq!(told(&[host, tail].concat()), base(host), "{tail}");
        }
        // The path prefix of a custom server stays.
        assert_eq!(told("https://my.example/dash/api/v1/"), base("https://my.example/dash"));
        assert_eq!(told("https://my.example:8443/alibailian/api/v1"), base("https://my.example:8443"));
        for good in
            [host, "https://my.example/dash", "https://my.example/api", "http://127.0.0.1:8080/sim/ope", "", "x"]
        {
            assert_eq!(told(good), None, "{good}");
        }
        let hex = "0123456789abcdef0123456789abcdef";
        for key in
            ["sk-canary-0123456789", " sk-canary-0123456789 ", "Bearer sk-canary-0123456789", "st-canary-01234", hex]
        {
            assert_eq!(told(key), Some(Mistaken::Key), "{key}");
        }
        for none in ["sk-", "sk-canary.example.com/api", "https://sk-canary-0123456789.example", "example.com"] {
            assert_ne!(told(none), Some(Mistaken::Key), "{none}");
        }
    }

    #[test]
    fn a_media_link_is_never_a_script() {
        assert_eq!(check_media_link("javascript:alert(1)"), Err(AddressFault::Scheme));
        assert_eq!(check_media_link("data:text/html,x"), Err(AddressFault::Scheme));
        assert_eq!(check_media_link("oss://dashscope-instant/x"), Ok(()));
        assert_eq!(check_media_link("https://h/x y.png"), Err(AddressFault::Character));
    }

    #[test]
    fn result_links_are_upgraded_and_keep_their_query() {
        assert_eq!(result_link("http://h/a.mp4?S=%2b&E=1"), Some("https://h/a.mp4?S=%2b&E=1".into()));
        assert_eq!(result_link("http://127.0.0.1:1/a"), Some("http://127.0.0.1:1/a".into()));
        assert_eq!(result_link("javascript:alert(1)"), None);
    }

    #[test]
    fn a_task_id_cannot_leave_its_segment() {
        assert_eq!(segment("../../x?y#z"), "%2E%2E%2F%2E%2E%2Fx%3Fy%23z");
        assert_eq!(segment("0385dc79-5ff8"), "0385dc79-5ff8");
    }

    #[test]
    fn only_this_machine_can_be_reached_offline() {
        assert!(is_on_this_machine("http://127.0.0.1:8080/sim/ope/v1/videos"));
        assert!(is_on_this_machine("http://localhost/x?y"));
        assert!(!is_on_this_machine("https://127.0.0.1.evil.example/"));
        assert!(!is_on_this_machine("https://dashscope.aliyuncs.com/"));
    }

    #[test]
    fn origins_compare_without_case_and_default_port() {
        assert_eq!(origin_of("HTTPS://A.com:443/x"), Some("https://a.com".into()));
        assert_eq!(origin_of("https://a.com@evil.com/"), None);
    }
}
