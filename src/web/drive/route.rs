//! Which way calls go: straight, or by the relay of the server this page came from. The relay is used only where
//! straight calls are proven impossible, the server has one, and the user switched it on.

use crate::address::{BaseUrl, origin_of};
use crate::engine::Event;
use crate::http::Request;
use crate::route::{Relay, Relayed};
use crate::web::browser;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::state::App;
use crate::web::state::route::Way;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest wait for the relay to say that it is there.
const PROBE_MS: u64 = 5_000;

/// The relay beside this page.
fn relay() -> Option<Relay> {
    Relay::beside(&browser::address())
}

/// The origin a key passes through when the relay is on.
pub fn relay_origin() -> String {
    relay().map(|relay| relay.origin().to_owned()).unwrap_or_default()
}

/// Straight calls to this base are proven impossible: asks whether the page's server has a relay for it.
pub fn closed(app: App, gateway: &str, base: &BaseUrl) {
    let origin = base.origin().to_owned();
    if untrack(|| app.way(&origin)) != Way::Direct {
        return;
    }
    app.set_way(&origin, Way::Closed);
    let gateway = gateway.to_owned();
    let passes = relay().filter(|relay| relay.to(&gateway, &base.text()).is_some());
    let Some(relay) = passes else { return };
    spawn_local(async move {
        let request = Request::file(&relay.probe());
        let answer = fetch::send(&request, None, None, PROBE_MS, Expect::Text, Box::new(|_, _| ())).await;
        if let Ok(Arrival::Text(answer)) = answer
            && answer.status == 200
            && serves(&answer.body, &gateway)
            && untrack(|| app.way(&origin)) == Way::Closed
        {
            app.set_way(&origin, Way::Offered);
        }
    });
}

fn serves(body: &str, gateway: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let listed = |list: &Vec<serde_json::Value>| list.iter().any(|known| known.as_str() == Some(gateway));
    value["relay"].as_i64() == Some(1) && value["gateways"].as_array().is_some_and(listed)
}

/// The user's decision.
pub fn switch(app: App, origin: &str, on: bool) {
    app.set_way(origin, if on { Way::Relay } else { Way::Offered });
    if on {
        crate::web::drive::engine::hear(app, Event::WayOpened(origin.to_owned()));
    }
}

/// The address a call takes by the relay, where that is switched on for its origin.
pub fn relayed(app: App, gateway: &str, url: &str) -> Option<Relayed> {
    let origin = origin_of(url)?;
    if untrack(|| app.way(&origin)) != Way::Relay {
        return None;
    }
    relay()?.to(gateway, url)
}

/// The address of a call that belongs to another one: it takes the way of that one's base.
pub fn relayed_as(app: App, gateway: &str, url: &str, base: &BaseUrl) -> Option<Relayed> {
    if untrack(|| app.way(base.origin())) != Way::Relay {
        return None;
    }
    relay()?.to(gateway, url)
}
