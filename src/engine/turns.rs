//! When a query may leave. However many tasks are followed, the queries with one key leave one after the other: it keeps
//! the page smooth, and the gateways' limits on queries a second, which they count by account.

use crate::key::ApiKey;

/// Least milliseconds between two queries of an account.
pub const BETWEEN_MS: u64 = 150;
/// The longest such a line can get. A turn further away is of a clock that has been set back since.
const LONGEST_MS: u64 = 60_000;

/// Whose limit a query counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Gateway id.
    pub gateway: String,
    /// Where it is called.
    pub origin: String,
    /// The key of the calls.
    pub key: Option<ApiKey>,
}

/// When the next query of each account may leave.
#[derive(Debug, Default)]
pub struct Turns {
    next: Vec<(Account, u64)>,
}

impl Turns {
    /// Takes the next turn, and says how many milliseconds are left until then.
    pub fn take(&mut self, account: Account, now_ms: u64) -> u64 {
        let is_ahead = |turn: u64| turn > now_ms && turn <= now_ms + LONGEST_MS;
        let turn_ms = self.next.iter().find(|(known, _)| *known == account).map_or(now_ms, |(_, turn)| *turn);
        let turn_ms = if is_ahead(turn_ms) { turn_ms } else { now_ms };
        // What lies behind holds nobody up.
        self.next.retain(|(known, turn)| *known != account && is_ahead(*turn));
        self.next.push((account, turn_ms + BETWEEN_MS));
        turn_ms - now_ms
    }
}
