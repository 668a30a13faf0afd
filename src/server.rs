//! The local server: page, simulator, relay.
