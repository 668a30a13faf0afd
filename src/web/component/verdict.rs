//! What the verdict on a task has to know of its place, and what it advises.

use crate::failure::{Scene, remedy};
use crate::protocol::{Call, Fault};
use crate::task::Task;
use crate::verdict::{Advice, Known, advise};
use crate::web::state::App;

/// What the verdict has to know of the task's place.
pub fn scene(app: App, task: &Task) -> Scene {
    let gateway = app.catalog().gateway(&task.origin.gateway);
    gateway.map(|gateway| Scene::of(gateway, &task.origin.model, &task.origin.region)).unwrap_or_default()
}

/// What is advised after a call about a task failed.
pub fn told(app: App, task: &Task, call: Call, fault: &Fault) -> Advice {
    advise(call, Known::of_task(task), remedy(fault, scene(app, task)))
}
