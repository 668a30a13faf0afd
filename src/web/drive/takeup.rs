//! What was pasted: reads it, and takes up a task from outside: makes the place it runs at, and follows it there.

use crate::address::BaseUrl;
use crate::catalog::Gateway;
use crate::draft::Draft;
use crate::generation::Exact;
use crate::http::Response;
use crate::key::found;
use crate::link::{self, file};
use crate::paste;
use crate::protocol::{self, Call, TaskId};
use crate::snapshot::Saved;
use crate::takeup;
use crate::task::{Input, Origin, Task};
use crate::web::browser;
use crate::web::drive::link::unpacked;
use crate::web::drive::runner::{self};
use crate::web::state::paste::{Holds, Lack, PastedLink, Read};
use crate::web::state::tasks::TaskHandle;
use crate::web::state::{App, Place, Target, target};
use leptos::prelude::*;
use std::sync::Arc;

/// Reads what was pasted.
pub fn read(app: App, text: &str) -> Holds {
    match read_link(text) {
        Some(link) => Holds::Link(Arc::new(link)),
        None => Holds::Text(Arc::new(read_text(app, text))),
    }
}

/// What stands for a text that is too long to be read at all.
pub fn too_long() -> Holds {
    let paste = paste::Paste::default();
    Holds::Text(Arc::new(Read { text: String::new(), paste, secret: None, lack: Lack::TooLong }))
}

fn read_text(app: App, text: &str) -> Read {
    let mut paste = paste::read(app.catalog(), &bases(app), text, browser::now_ms());
    let is_long = text.len() > takeup::LONGEST;
    let secret = found::find(text);
    let is_key = secret.as_ref().is_some_and(|secret| secret.is_whole(text.trim_start_matches('\u{feff}')));
    let lack = match () {
        () if text.trim_start_matches('\u{feff}').trim().is_empty() => Lack::Nothing,
        () if is_key => Lack::Key,
        () if is_long => Lack::TooLong,
        () => Lack::Unknown,
    };
    if is_key {
        paste.cards.clear();
    }
    let is_shown = !paste.cards.is_empty() || lack == Lack::Unknown;
    let text = if is_shown { paste.left(text) } else { String::new() };
    Read { text, paste, secret, lack }
}

/// What stays in the box of a text: no key, and nothing of what is far too long to stand on the screen.
pub fn left(holds: &Holds, text: &str) -> String {
    match holds {
        Holds::Link(_) => text.to_owned(),
        Holds::Text(read) if text.len() <= takeup::LONGEST => read.text.clone(),
        Holds::Text(_) => String::new(),
    }
}

/// A link or a file of one.
fn read_link(text: &str) -> Option<PastedLink> {
    let (is_file, place, opened) = if let Some(opened) = file::read(text) {
        (true, None, opened)
    } else {
        let found = link::find::find(text)?;
        (false, found.place, link::open(found.fragment))
    };
    let opened = match &opened.packed {
        Some(packed) => unpacked(packed),
        None => opened,
    };
    let page = browser::address();
    let own = page.split('#').next().unwrap_or_default();
    let elsewhere = place.filter(|place| *place != own).map(str::to_owned);
    Some(PastedLink { is_file, elsewhere, opened })
}

/// The addresses in use, by gateway: what the tabs show now, and the simulator's.
pub fn bases(app: App) -> Vec<(String, BaseUrl)> {
    let mut bases = Vec::new();
    for (gateway, seat) in app.catalog().gateways.iter().zip(app.seats.get_untracked()) {
        let mut places = vec![seat.place];
        if app.plays(gateway.id) {
            places.push(Place::Simulator);
        }
        for place in places {
            if let Ok(found) = target(gateway, None, &place) {
                let pair = (gateway.id.to_owned(), found.base);
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
    let listed = gateway.bases.iter().filter_map(|base| BaseUrl::parse(base.url).ok());
    let mut choices: Vec<BaseUrl> = Vec::new();
    for base in used.chain(listed) {
        if !choices.contains(&base) {
            choices.push(base);
        }
    }
    choices
}

/// Where a request goes that is sent exactly as it was pasted.
pub fn target_of(app: App, exact: &Exact, base: &BaseUrl) -> Target {
    let found = app
        .catalog()
        .gateway(exact.gateway())
        .and_then(|gateway| target(gateway, gateway.model(exact.model()), &app.place_of(gateway, base)).ok());
    found.unwrap_or_else(|| Target { base: base.clone(), region: String::new(), simulated: false })
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
    let endpoint = *takeup::endpoint(app.catalog(), &wish.place)?;
    let place = app.place_of(gateway, &wish.base);
    let found = target(gateway, gateway.model(&wish.model), &place).ok()?;
    let origin = Origin {
        gateway: gateway.id.to_owned(),
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
    // What was found in something else may be no answer of this place's.
    if let Some(answer) = wish.answer.filter(|answer| protocol::is_about_task(endpoint.dialect, &answer.body)) {
        runner::feed(app, &handle, Input::Pasted(Call::Query, answer));
    }
    Some(handle)
}
