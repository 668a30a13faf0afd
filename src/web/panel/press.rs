//! What a press of Run does.

use crate::lazy;
use crate::web::component::problems;
use crate::web::drive::{open, runner};
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Pressed, Sender};
use leptos::prelude::*;

lazy!(tasks:
    fn run(app: App, pressed: Pressed) {
        open::tasks(app);
        runner::run(app, pressed);
    }
);

/// A press of Run, or of a button that means the same. Where something is missing it is shown, and the first of it gets
/// the focus.
pub fn press(app: App, sender: Sender, asked: Asked) {
    if let Some(pressed) = app.pressed(sender, asked) {
        app.fetch(run(app, pressed));
    } else {
        app.tried.set(true);
        problems::focus_first_problem(app);
    }
}
