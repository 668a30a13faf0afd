//! The way calls go, by origin.

use crate::web::state::App;
use leptos::prelude::*;

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

/// The way to an origin, followed.
pub fn way(app: App, origin: &str) -> Way {
    app.routes.with(|routes| routes.iter().find(|(known, _)| known == origin).map_or(Way::Direct, |(_, way)| *way))
}

/// Sets the way to an origin.
pub fn set(app: App, origin: &str, way: Way) {
    app.routes.update(|routes| {
        routes.retain(|(known, _)| known != origin);
        routes.push((origin.to_owned(), way));
    });
}
