//! The way calls go, by origin.

/// The way to an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Straight: nothing is known against it.
    Direct,
    /// Straight calls are impossible, and there is no relay.
    Closed,
    /// Straight calls are impossible; there is a relay, not switched on.
    Offered,
    /// By the relay.
    Relay,
}
