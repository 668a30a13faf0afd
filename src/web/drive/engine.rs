//! The way to the [engine](crate::engine): what happened goes in, and what is to be done is handed to the runner.

use crate::address::BaseUrl;
use crate::engine::{Channel, Engine, Event, Keys, Moment, Scope};
use crate::key::ApiKey;
use crate::web::browser::{self, channel};
use crate::web::state::App;
use leptos::prelude::*;

impl Keys for App {
    fn key(&self, gateway: &str, base: &BaseUrl) -> Option<ApiKey> {
        App::key(*self, gateway, base)
    }

    fn known(&self) -> Vec<ApiKey> {
        self.known_keys()
    }
}

/// Tells the engine what happened, and does what it says.
pub fn hear(app: App, event: Event) {
    let moment = Moment { now_ms: browser::now_ms(), is_hidden: browser::is_hidden(), keys: &app };
    for command in with_engine(app, |engine| engine.hear(event, moment)) {
        if let Some(code) = app.code.get_untracked() {
            (code.perform)(app, command);
        }
    }
}

/// Looks at the engine, or changes it.
pub fn with_engine<T>(app: App, run: impl FnOnce(&mut Engine) -> T) -> T {
    let scope = if app.embedded { Scope::Embed } else { Scope::Page };
    let mut engine = app.drive.engine.borrow_mut();
    run(engine.get_or_insert_with(|| {
        Engine::new(scope, if channel::class().is_some() { Channel::Open } else { Channel::Missing })
    }))
}
