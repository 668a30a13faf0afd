//! Sending again: a new task from an old one's create call, when the user decides so.

use super::{Effect, State, Task};
use crate::protocol::Call;

impl Task {
    /// Sends the create call of a task in doubt again, as a separate task; the old one stays as it is. `None` if there
    /// is no call that could be sent unchanged: the task was imported, or its files are gone.
    pub fn again(&self, uid: String, now_ms: u64) -> Option<(Self, Vec<Effect>)> {
        let create =
            self.create.clone().filter(|create| !create.body.as_ref().is_some_and(crate::http::Body::lacks_file))?;
        let mut task = Self::new(uid, self.origin.clone(), State::Sending, now_ms);
        task.create = Some(create.clone());
        task.estimate.clone_from(&self.estimate);
        let effects = vec![Effect::Save, task.send(Call::Create, create, now_ms)];
        Some((task, effects))
    }
}
