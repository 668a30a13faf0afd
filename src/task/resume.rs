//! A task read back from the journal, by the one page that polls it from now on.

use super::{Cancel, Doubt, Effect, Following, NetFault, Present, State, Task, Twin};

/// The longest wait that is restored from the record: no gateway asks for more.
const LONGEST_WAIT_MS: u64 = 3_600_000;

impl Task {
    /// Resumes the task: the page that held it is gone, and so are its calls in flight. To be called for a task that no
    /// other page holds; nothing is ever created here.
    pub fn resume(&mut self, now_ms: u64) -> Vec<Effect> {
        let before = self.clone();
        self.now = Present::default();
        self.look_up = None;
        for exchange in self.exchanges.iter_mut().filter(|exchange| exchange.is_open()) {
            exchange.net = Some(NetFault::Closed);
        }
        if self.cancel == Some(Cancel::Asked) {
            self.cancel = None;
        }
        match &mut self.state {
            // Nobody knows whether the call was sent or received: it is not sent again.
            State::Sending => {
                self.state = State::Doubtful(Doubt::Network(NetFault::Closed));
                self.twin = Twin::Possible;
            }
            State::Fetching { received, total, .. } => (*received, *total) = (0, None),
            _ => {}
        }
        if self.state.is_final() {
            self.next_ms = None;
            return self.seal(if before == *self { Vec::new() } else { vec![Effect::Save] }, now_ms);
        }
        // A task that only lacked a key or gave up continues; one that the user paused stays paused.
        if matches!(self.following, Following::KeyRefused | Following::NeedsKey | Following::GaveUp) {
            self.following = Following::Yes;
            self.failures = 0;
        }
        let mut effects = Vec::new();
        if before != *self {
            effects.push(Effect::Save);
        }
        if self.following == Following::Yes && self.id.is_some() {
            effects.push(self.plan(self.left_to_wait_ms(now_ms), now_ms));
        }
        self.seal(effects, now_ms)
    }

    /// What is left of the wait in the record; zero if it is over, or if the clock has been set back since.
    fn left_to_wait_ms(&self, now_ms: u64) -> u64 {
        if now_ms < self.planned_ms {
            return 0;
        }
        self.next_ms.unwrap_or(0).saturating_sub(now_ms).min(LONGEST_WAIT_MS)
    }
}
