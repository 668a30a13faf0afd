//! Links that are made.

use crate::link::carry::{NotCarried, Standing, link_of};
use crate::link::{Language, Link, View, packed};
use crate::web::browser;
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// The task whose request is shown, if it knows what was wanted.
fn shown(app: App) -> Option<TaskHandle> {
    app.requested_task().filter(|handle| handle.draft.filled_fields().next().is_some())
}

/// Whether it is a task's request that is shown.
pub fn is_of_task(app: App) -> bool {
    shown(app).is_some()
}

/// The link of the form, and what it does not carry.
pub fn link(app: App) -> (Link, Vec<NotCarried>) {
    let (gateway, model) = (&app.the_gateway().id, &app.the_model().id);
    app.draft.with(|draft| link_of(draft, here(app, gateway, model), &app.known_keys()))
}

/// The link of what is shown: of the task on the stage, else of the form.
pub fn link_shown(app: App) -> (Link, Vec<NotCarried>) {
    let Some(handle) = shown(app) else { return link(app) };
    let (gateway, model) = handle.task.with(|task| (task.origin.gateway.clone(), task.origin.model.clone()));
    link_of(&handle.draft, here(app, &gateway, &model), &app.known_keys())
}

fn here<'a>(app: App, gateway: &'a str, model: &'a str) -> Standing<'a> {
    let lang = if app.lang() == Lang::Zh { Language::Zh } else { Language::En };
    Standing { gateway, model, lang: Some(lang), view: View::by_id(&app.written.read()) }
}

/// The address of this page with a link in it.
pub fn address_of(link: &Link) -> String {
    let page = browser::address();
    [page.split('#').next().unwrap_or_default(), "#", &packed::fragment(link)].concat()
}

/// The address of the form as it stands.
pub fn address(app: App) -> String {
    address_of(&link(app).0)
}
