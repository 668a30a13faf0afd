//! What the relay calls in place of a gateway.

use crate::address::BaseUrl;
use crate::server::simulator::Gateway;

/// A stand-in for a gateway, on this machine.
#[derive(Debug, Clone)]
pub struct Target {
    /// Id of the gateway.
    pub gateway: String,
    /// What is called in place of any of its hosts: `http://127.0.0.1:PORT/…`.
    pub base: BaseUrl,
}

impl Target {
    /// The same with the server's own port replacing port 0.
    pub fn at_own_port(&self, port: u16) -> Self {
        let own = self.base.text().replacen(":0", &format!(":{port}"), 1);
        let is_open = self.base.origin().ends_with(":0");
        let base = if is_open { BaseUrl::parse(&own).unwrap_or_else(|_| self.base.clone()) } else { self.base.clone() };
        Self { gateway: self.gateway.clone(), base }
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    /// Reads `GATEWAY=http://127.0.0.1:PORT/path`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (gateway, base) = text.split_once('=').ok_or("GATEWAY=http://127.0.0.1:PORT/path is expected")?;
        let gateway = gateway.parse::<Gateway>()?.id().to_owned();
        match BaseUrl::parse(base) {
            // A base is http only on this machine.
            Ok(base) if base.origin().starts_with("http://") => Ok(Self { gateway, base }),
            _ => Err("a stand-in is on this machine: http://127.0.0.1:PORT/path".to_owned()),
        }
    }
}
