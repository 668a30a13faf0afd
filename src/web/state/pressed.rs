//! A press of Run, as a value: everything that was decided at that moment. The code that sends may still be on its way
//! to the browser; what it sends is what was there when the button was pressed.

use crate::catalog::{Endpoint, Gateway, PollRule};
use crate::draft::Draft;
use crate::generation::{Exact, Generation, NotExact};
use crate::web::browser;
use crate::web::state::{App, Target};
use leptos::prelude::*;

/// Least milliseconds between queries, however fast the simulator's clock runs.
const FASTEST_MS: f64 = 250.0;

/// Who makes the calls of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The page.
    Page,
    /// The user, from a terminal: the page needs no key and sends nothing.
    Person,
}

/// What a press can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It may be a second press for the same request.
    Once,
    /// It cannot mean anything but another task.
    Again,
}

/// A press of Run.
pub struct Pressed {
    /// When the button was pressed.
    pub at_ms: u64,
    /// Who makes the calls.
    pub sender: Sender,
    /// What it can mean.
    pub asked: Asked,
    /// The request and its price.
    pub generation: Generation,
    /// The form's values.
    pub draft: Draft,
    /// Where it goes.
    pub gateway: &'static Gateway,
    /// The endpoint whose tasks it creates.
    pub endpoint: Endpoint,
    /// The model's ID, or what stands in the request in its place.
    pub model: String,
    /// The address.
    pub target: Target,
}

impl App {
    /// The press that is handled now; none where something is missing.
    pub fn pressed(self, sender: Sender, asked: Asked) -> Option<Pressed> {
        untrack(|| {
            let (gateway, model, target) = (self.the_gateway(), self.the_model(), self.target().ok()?);
            if sender == Sender::Page && self.key(gateway.id, &target.base).is_none() {
                return None;
            }
            let generation = self.outlook.get().generation.clone()?;
            let (at_ms, draft, endpoint) = (browser::pressed_ms(), self.draft.get(), *gateway.endpoint(model)?);
            let model = model.id.to_owned();
            Some(Pressed { at_ms, sender, asked, generation, draft, gateway, endpoint, model, target })
        })
    }

    /// The press that sends a request exactly as it was pasted.
    ///
    /// # Errors
    /// Why it cannot be sent; `None` if there is no key for that address.
    pub fn pressed_exactly(self, exact: &Exact, target: Target) -> Result<Pressed, Option<NotExact>> {
        let gateway = self.catalog().gateway(exact.gateway()).ok_or(None)?;
        self.key(gateway.id, &target.base).ok_or(None)?;
        let generation = exact.generation(self.catalog(), &target.base, &target.region, &self.known_keys())?;
        Ok(Pressed {
            at_ms: browser::pressed_ms(),
            sender: Sender::Page,
            asked: Asked::Once,
            generation,
            draft: exact.draft(),
            gateway,
            endpoint: *exact.endpoint(),
            model: exact.model().to_owned(),
            target,
        })
    }

    /// How often a gateway is asked; the simulator's clock may run faster than life.
    pub fn poll_rule(self, gateway: &Gateway, simulated: bool) -> PollRule {
        let mut poll = gateway.poll;
        if self.has_simulator() && simulated {
            // Bounded above by the rule and below by a constant: the cast cannot overflow.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let scale = |ms: u32| (f64::from(ms) / self.speed).max(FASTEST_MS) as u32;
            poll.first_ms = scale(poll.first_ms);
            poll.interval_ms = scale(poll.interval_ms);
        }
        poll
    }
}
