//! When a query may be sent. However many tasks are polled, the queries with one key are sent one after the other: this
//! keeps the page smooth, and stays within the gateways' limits on queries per second, which they count per account.

use crate::key::ApiKey;

/// Minimum milliseconds between two queries of an account.
pub const BETWEEN_MS: u64 = 150;
/// The longest such a queue can get. A turn further ahead comes from a clock that has been set back since.
const LONGEST_MS: u64 = 60_000;

/// The account whose limit a query counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Gateway ID.
    pub gateway: String,
    /// Where it is called.
    pub origin: String,
    /// The key of the calls.
    pub key: Option<ApiKey>,
}

/// When the next query of each account may be sent.
#[derive(Debug, Default)]
pub struct Turns {
    next: Vec<(Account, u64)>,
}

impl Turns {
    /// Takes the next turn, and returns how many milliseconds are left until then.
    pub fn take(&mut self, account: Account, now_ms: u64) -> u64 {
        let is_ahead = |turn: u64| turn > now_ms && turn <= now_ms + LONGEST_MS;
        let turn_ms = self.next.iter().find(|(known, _)| *known == account).map_or(now_ms, |(_, turn)| *turn);
        let turn_ms = if is_ahead(turn_ms) { turn_ms } else { now_ms };
        // Turns in the past delay nobody.
        self.next.retain(|(known, turn)| *known != account && is_ahead(*turn));
        self.next.push((account, turn_ms + BETWEEN_MS));
        turn_ms - now_ms
    }
}
