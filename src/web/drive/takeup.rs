//! What was pasted: reads it, and takes up a task from outside: makes the place it runs at, and follows it there.

use crate::address::BaseUrl;
use crate::catalog::Gateway;
use crate::draft::Draft;
use crate::generation::Exact;
use crate::http::Response;
use crate::import;
use crate::key::{Secret, found};
use crate::link::{self, file};
use crate::paste;
use crate::protocol::{self, Call, TaskId};
use crate::snapshot::Saved;
use crate::takeup;
use crate::task::{Input, Origin, Task};
use crate::web::browser;
use crate::web::drive::link::unpacked;
use crate::web::drive::runner::{self};
use crate::web::state::paste::{Holds, Lack, PastedLink, Progress, Read};
use crate::web::state::tasks::TaskHandle;
use crate::web::state::{App, Place, Target, target};
use gloo_timers::future::TimeoutFuture;
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
    let read = Read { text: String::new(), paste, secret: None, lack: Lack::TooLong, is_apart: false };
    Holds::Text(Arc::new(read))
}

fn read_text(app: App, text: &str) -> Read {
    let paste = paste::read(app.catalog(), &bases(app), text, browser::now_ms());
    let secret = found::find(text);
    let left = paste.left(text);
    known(text, paste, secret, left)
}

/// What is known of a text after it was read: `left` is what may stay of it.
fn known(text: &str, mut paste: paste::Paste, secret: Option<Secret>, left: String) -> Read {
    let is_key = secret.as_ref().is_some_and(|secret| secret.is_whole(text.trim_start_matches('\u{feff}')));
    let is_unread = text.len() > import::LONGEST;
    let is_apart = text.len() > takeup::LONGEST && !is_unread;
    let lack = match () {
        () if text.trim_start_matches('\u{feff}').trim().is_empty() => Lack::Nothing,
        () if is_key => Lack::Key,
        () if is_unread => Lack::TooLong,
        () => Lack::Unknown,
    };
    if is_key {
        paste.cards.clear();
    }
    let is_shown = is_apart || !paste.cards.is_empty() || lack == Lack::Unknown;
    Read { text: if is_shown { left } else { String::new() }, paste, secret, lack, is_apart }
}

/// Milliseconds that are read before the page may draw again: a third of what is noticed.
const SLICE_MS: u64 = 16;
/// Bytes that are read before the time is looked at: one block of the text.
const BYTES: usize = 1;

/// Whether a text is so long that it is read in slices.
pub fn is_long(text: &str) -> bool {
    text.len() > paste::SHORT
}

/// Reads a long text in slices, between which the page draws. Nothing, if nobody waits for it any more.
pub async fn read_long(app: App, text: String, progress: Arc<Progress>) -> Option<Holds> {
    if is_linked(&text)
        && let Some(link) = read_link(&text)
    {
        return app.paste.is_reading(&progress).then(|| Holds::Link(Arc::new(link)));
    }
    let (bases, now_ms) = (untrack(|| bases(app)), browser::now_ms());
    let scene = paste::Scene { catalog: app.catalog(), bases: &bases, now_ms };
    let mut reading = paste::Reading::keeping();
    loop {
        TimeoutFuture::new(0).await;
        if !app.paste.is_reading(&progress) {
            return None;
        }
        let until = browser::now_ms() + SLICE_MS;
        while browser::now_ms() < until {
            if let Some(paste) = reading.step(scene, &text, BYTES) {
                TimeoutFuture::new(0).await;
                let left = reading.left();
                let read = known(&text, paste, reading.key().cloned(), left);
                return app.paste.is_reading(&progress).then(|| Holds::Text(Arc::new(read)));
            }
        }
        let percent = u8::try_from(reading.done() * 100 / text.len()).unwrap_or(100);
        progress.percent.try_set(percent);
    }
}

/// Whether a long text may be a link of the page, or a file of one: a log that mentions a link is read as a log.
fn is_linked(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let word = start.bytes().take(LINK_BYTES).take_while(|byte| !byte.is_ascii_whitespace()).count();
    (word == LINK_BYTES && start.starts_with(['h', '#'])) || (start.starts_with('{') && file::is_marked(start))
}

/// A long text that begins with a word of so many bytes may be a link.
const LINK_BYTES: usize = 4096;

/// What stays in the box of a text: no key, and nothing of what is far too long to stand on the screen.
pub fn left(holds: &Holds, text: &str) -> String {
    match holds {
        Holds::Link(_) => text.to_owned(),
        Holds::Text(read) if !read.is_apart => read.text.clone(),
        Holds::Text(_) | Holds::Reading(_) => String::new(),
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
