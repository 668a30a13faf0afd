//! Takes up a task from outside: makes the place it runs at, and follows it there.

use crate::address::BaseUrl;
use crate::catalog::Gateway;
use crate::draft::Draft;
use crate::http::Response;
use crate::protocol::{Call, TaskId};
use crate::snapshot::Saved;
use crate::takeup;
use crate::task::{Input, Origin, Task};
use crate::web::browser;
use crate::web::drive::runner::{self};
use crate::web::state::tasks::TaskHandle;
use crate::web::state::{App, Place, target};
use leptos::prelude::*;

/// The addresses in use, by gateway: what the tabs show now, and the simulator's.
pub fn bases(app: App) -> Vec<(String, BaseUrl)> {
    let mut bases = Vec::new();
    for (gateway, seat) in app.catalog().gateways.iter().zip(app.seats.get_untracked()) {
        let mut places = vec![seat.place];
        if app.plays(&gateway.id) {
            places.push(Place::Simulator);
        }
        for place in places {
            if let Ok(found) = target(gateway, None, &place) {
                let pair = (gateway.id.clone(), found.base);
                if !bases.contains(&pair) {
                    bases.push(pair);
                }
            }
        }
    }
    bases
}

/// The addresses a task of a gateway may have been created at: those in use first, then the catalog's.
pub fn choices(app: App, gateway: &Gateway) -> Vec<BaseUrl> {
    let used = bases(app).into_iter().filter(|(id, _)| *id == gateway.id).map(|(_, base)| base);
    let listed = gateway.bases.iter().filter_map(|base| BaseUrl::parse(&base.url).ok());
    let mut choices: Vec<BaseUrl> = Vec::new();
    for base in used.chain(listed) {
        if !choices.contains(&base) {
            choices.push(base);
        }
    }
    choices
}

/// What is to be taken up.
pub struct Wish {
    /// Gateway and endpoint.
    pub place: takeup::Place,
    /// Address.
    pub base: BaseUrl,
    /// The task.
    pub id: TaskId,
    /// Its model, empty if unknown.
    pub model: String,
    /// An answer about it that is there already.
    pub answer: Option<Response>,
}

/// Attaches the task and follows it; the answer that is there already is taken at once.
pub fn attach(app: App, wish: Wish) -> Option<TaskHandle> {
    let gateway = app.catalog().gateway(&wish.place.gateway)?;
    let endpoint = takeup::endpoint(app.catalog(), &wish.place)?.clone();
    let place = app.place_of(gateway, &wish.base);
    let found = target(gateway, gateway.model(&wish.model), &place).ok()?;
    let origin = Origin {
        gateway: gateway.id.clone(),
        // A name this gateway does not offer stays what it is: it is shown, and has no price.
        model: wish.model,
        endpoint,
        base: found.base,
        region: found.region,
        poll: app.poll_rule(gateway, found.simulated),
        link_hours: gateway.link_hours,
    };
    let (task, effects) = Task::adopt(runner::fresh_uid(), origin, wish.id, browser::now_ms());
    let handle = runner::launch(app, Saved { task, draft: Draft::default() }, effects)?;
    if let Some(answer) = wish.answer {
        runner::feed(app, &handle, Input::Pasted(Call::Query, answer));
    }
    Some(handle)
}
