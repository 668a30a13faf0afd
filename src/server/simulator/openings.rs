//! What the simulator does only when asked to: each of these lets somebody else use this machine.

/// All off by default.
#[derive(Debug, Clone, Default)]
pub struct Openings {
    /// Results are posted to the addresses that requests name. Any web site may send such a request.
    pub callbacks: bool,
    /// Pages of the public network may call (Private Network Access).
    pub private_network: bool,
    /// Names in addition to those of this machine under which log and switches are available.
    pub hosts: Vec<String>,
}

impl Openings {
    /// Whether a request was meant for this server: a page of another site whose own name points here (DNS rebinding)
    /// uses that name.
    pub(super) fn is_own_name(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
            None => host.split(':').next().unwrap_or_default(),
        };
        ["localhost", "127.0.0.1", "::1"].contains(&name) || self.hosts.iter().any(|known| known == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        let openings = Openings { hosts: vec!["wan.example".to_owned()], ..Openings::default() };
        for host in ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "LOCALHOST", "wan.example:80"] {
            assert!(openings.is_own_name(host), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "evil@localhost"]
        {
            assert!(!openings.is_own_name(host), "{host}");
        }
    }
}
