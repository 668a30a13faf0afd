//! What was pasted: reads it, and takes up a task from outside: makes the place it runs at, and follows it there.

use crate::address::BaseUrl;
use crate::catalog::Gateway;
use crate::draft::Draft;
use crate::generation::Exact;
use crate::http::Response;
use crate::import;
use crate::link::{self, file};
use crate::paste::{self, Card};
use crate::protocol::{Call, TaskId};
use crate::reading::{self, Purpose, Reading};
use crate::snapshot::Saved;
use crate::takeup::{self, Found};
use crate::task::{Input, Origin, Task};
use crate::web::browser;
use crate::web::drive::link::unpacked;
use crate::web::drive::runner::{self};
use crate::web::state::paste::{Holds, PastedLink, Requests};
use crate::web::state::tasks::TaskHandle;
use crate::web::state::{App, Place, Target, target};
use leptos::prelude::*;
use std::sync::Arc;

/// Requests that are offered of one text.
const MOST: usize = 50;

/// Reads what was pasted.
pub fn read(app: App, text: &str) -> Holds {
    if let Some(link) = read_link(text) {
        return Holds::Link(link);
    }
    let taken = takeup::read(app.catalog(), &bases(app), text);
    let may_be_request = matches!(taken.found, Found::CreateCall(_) | Found::Unknown | Found::TooLong);
    if let Some(mut requests) = may_be_request.then(|| read_requests(app, text)).flatten() {
        requests.secret = taken.secret;
        return Holds::Requests(Arc::new(requests));
    }
    let cards = cards(app, &taken.found, text);
    Holds::Other { taken, has_address: text.contains("://"), cards }
}

/// What the text holds where the box has no word for it, and the error that an answer about a task reports.
fn cards(app: App, found: &Found, text: &str) -> Vec<Card> {
    let is_unknown = matches!(found, Found::Unknown);
    let is_answer = matches!(found, Found::Task { answer: Some(_), .. });
    if !is_unknown && !is_answer {
        return Vec::new();
    }
    let clean = crate::key::without_keys(text);
    let mut cards = paste::read(app.catalog(), &bases(app), &clean, browser::now_ms()).cards;
    cards.retain(|card| match &card.holds {
        paste::Holds::Answer(answer) => is_unknown || answer.fault.is_some(),
        _ => is_unknown,
    });
    cards
}

/// What stays in the box of a text: no key, and nothing of what is far too long to stand on the screen.
pub fn left(holds: &Holds, text: &str) -> String {
    match holds {
        Holds::Link(_) => text.to_owned(),
        Holds::Requests(requests) if text.len() <= takeup::LONGEST => requests.text.clone(),
        Holds::Requests(_) => String::new(),
        Holds::Other { taken, .. } if matches!(taken.found, Found::TooLong | Found::Key) => String::new(),
        Holds::Other { .. } => crate::key::without_keys(text),
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

/// The requests that create a task, or could.
fn read_requests(app: App, text: &str) -> Option<Requests> {
    let pasted = import::read(text);
    let bases = bases(app);
    let read = pasted.calls.iter().map(|call| (call, reading::read(app.catalog(), &bases, call)));
    let is_request = |reading: &Reading| reading.purpose == Purpose::Create || !reading.wishes.is_empty();
    let requests = read.filter(|(_, reading)| is_request(reading)).map(|(call, reading)| (call.clone(), reading));
    let list: Vec<_> = requests.take(MOST).collect();
    let text = import::masked(text, &pasted);
    (!list.is_empty()).then_some(Requests { text, pasted, list, secret: None })
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
    if let Some(answer) = wish.answer {
        runner::feed(app, &handle, Input::Pasted(Call::Query, answer));
    }
    Some(handle)
}
