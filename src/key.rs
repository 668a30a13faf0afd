//! API keys: bound to one origin, never printed.
//!
//! - [`kept`]: those that the user chose to save
//! - [`temporary`]: those that expire on their own
//! - [`found`]: those in pasted text, and [`login`]: other credentials
//! - [`spelling`]: where a key is in a text, in any encoding
//! - [`mark`]: what replaces a key that was removed

pub mod found;
pub mod kept;
pub mod login;
pub mod mark;
pub mod plain;
pub mod spelling;
pub mod temporary;

pub use found::{Secret, without as without_keys};

use crate::address::{BaseUrl, origin_of};
use crate::route::Relayed;
use std::fmt;

/// A key and the one origin it may be sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    secret: String,
    origin: String,
}

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Nothing was typed.
    Empty,
    /// A character that is not allowed in a header: a space inside, a line break, a full-width character. Or a
    /// quotation mark, which no key contains: more than the key was copied.
    Character,
}

/// Shorter ones are not keys: somebody has just started typing one, or a custom gateway accepts any. The same
/// characters occur in any text, and removing them would garble it.
const SHORTEST: usize = 8;

impl ApiKey {
    /// Binds a key to the origin of a base. Surrounding whitespace and a pasted `Bearer ` are dropped.
    pub fn new(typed: &str, base: &BaseUrl) -> Result<Self, KeyFault> {
        let trimmed = typed.trim();
        let secret = trimmed.strip_prefix("Bearer ").unwrap_or(trimmed).trim();
        if secret.is_empty() {
            return Err(KeyFault::Empty);
        }
        if !secret.bytes().all(|b| b.is_ascii_graphic() && b != b'"') {
            return Err(KeyFault::Character);
        }
        Ok(Self { secret: secret.to_owned(), origin: base.origin().to_owned() })
    }

    /// The value of the Authorization header for this URL: only if its origin is the key's.
    pub fn authorization_for(&self, url: &str) -> Option<String> {
        (origin_of(url).as_deref() == Some(&self.origin)).then(|| ["Bearer ", &self.secret].concat())
    }

    /// The value of the Authorization header for the relay of the page's own server, which forwards it: only if it is
    /// forwarded to the key's origin.
    pub fn authorization_by_relay(&self, relayed: &Relayed) -> Option<String> {
        self.authorization_for(relayed.target())
    }

    /// Masks every trace of the key in a text that came from outside, before it is shown or saved, in any encoding. A
    /// key that is too short to be real is not masked: that would garble the response.
    pub fn redact(&self, text: &str) -> String {
        if self.secret.len() < SHORTEST { text.to_owned() } else { spelling::masked(text, &self.secret) }
    }

    /// Its last four characters, if it is long enough for them to reveal little.
    pub fn ends(&self) -> &str {
        if self.secret.len() < 12 { "" } else { &self.secret[self.secret.len() - 4..] }
    }

    /// Its bytes, for hashing.
    pub fn bytes(&self) -> &[u8] {
        self.secret.as_bytes()
    }

    /// The origin the key is bound to.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey(for {})", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ApiKey {
        let base = BaseUrl::parse("https://gateway.example").expect("a base");
        ApiKey::new(" Bearer sk-canary-key-1 \n", &base).expect("a key")
    }

    #[test]
    fn what_is_shorter_than_any_key_spoils_no_answer() {
        let base = BaseUrl::parse("https://gateway.example").expect("a base");
        let answer = r#"{"output":{"task_id":"0385dc79-5ff8-4d82-bcb6-7a1c","task_status":"PENDING"}}"#;
        for short in ["1", "-", "task", "PENDING"] {
            assert_eq!(ApiKey::new(short, &base).expect("a key").redact(answer), answer);
        }
        assert_eq!(ApiKey::new("5ff8-4d8", &base).expect("a key").redact("x 5ff8-4d8 y"), "x ••• y");
    }

    #[test]
    fn a_key_goes_to_its_own_origin_only() {
        assert_eq!(key().authorization_for("https://gateway.example/v1/x").as_deref(), Some("Bearer sk-canary-key-1"));
        for other in [
            "https://gateway.example.evil/",
            "http://gateway.example/",
            "https://gateway.example:444/",
            "https://evil/https://gateway.example",
            "https://gateway.example@evil/",
        ] {
            assert_eq!(key().authorization_for(other), None, "{other}");
        }
    }

    #[test]
    fn a_key_passes_the_relay_only_on_its_way_to_its_own_origin() {
        let relay = crate::route::Relay::beside("https://page.example/wan/").expect("a page");
        let to = |url: &str| key().authorization_by_relay(&relay.to("ope", url).expect("an address"));
        assert_eq!(to("https://gateway.example/v1/x").as_deref(), Some("Bearer sk-canary-key-1"));
        assert_eq!(to("https://gateway.example.evil/v1/x"), None);
        assert_eq!(to("https://evil/gateway.example/v1/x"), None);
        // The relay's own URL is not one of the gateway: a direct call must not accept it.
        assert_eq!(key().authorization_for("https://page.example/wan/relay/ope/gateway.example/v1/x"), None);
    }

    #[test]
    fn a_key_is_never_printed() {
        assert!(!format!("{:?}", key()).contains("canary"));
        assert_eq!(key().redact("bad key sk-canary-key-1."), "bad key •••.");
        assert_eq!(key().redact("bad key sk%2Dcanary\\u002dkey-1."), "bad key •••.");
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_refused() {
        let base = BaseUrl::parse("https://gateway.example").expect("a base");
        assert_eq!(ApiKey::new("sk-a b", &base).err(), Some(KeyFault::Character));
        assert_eq!(ApiKey::new("{\"code\":1}", &base).err(), Some(KeyFault::Character));
        assert_eq!(ApiKey::new("sk-ａ", &base).err(), Some(KeyFault::Character));
        assert_eq!(ApiKey::new("  ", &base).err(), Some(KeyFault::Empty));
    }
}
