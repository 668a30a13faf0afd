//! "Check the portrait": a call that judges an image before a video is made of it. It costs, so it is made on a press
//! alone, once for each, and never again by itself.

use crate::account::CheckSaid;
use crate::address::check_media_link;
use crate::catalog::{Gateway, MediaCheck};
use crate::draft::{Media, Value};
use crate::money::Money;
use crate::protocol::{media_check, media_checked};
use crate::task::NetFault;
use crate::web::browser;
use crate::web::browser::fetch::{self, Created};
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, keyed_part, nothing, yes};
use crate::web::component::parts::source;
use crate::web::component::refusal::{advice, curl, quoted};
use crate::web::drive::route;
use crate::web::drive::runner;
use crate::web::panel::row::Row;
use crate::web::state::App;
use crate::web::state::check::Shown;
use crate::words::account as words;
use crate::words::everyone::money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Longest wait for a judgement.
const WAIT_MS: u64 = 60_000;

/// The button, its price, and what was said; nothing where the field has no check or the region does not offer it.
pub fn part(row: Row, gateway: &'static Gateway) -> View {
    let Some(check) = &row.field.check else { return nothing() };
    let app = row.app;
    let is_here = move || yes(app.target().is_ok_and(|target| check.regions.contains(&target.region)));
    keyed_part(is_here, move |is_here| if is_here.is_empty() { nothing() } else { panel(row, gateway, check).into() })
}

fn link(row: Row) -> String {
    row.app.draft.with(|draft| match draft.get(row.field.id) {
        Some(Value::Media(Media::Url(url))) => url.trim().to_owned(),
        _ => String::new(),
    })
}

fn panel(row: Row, gateway: &'static Gateway, check: &'static MediaCheck) -> El {
    let (app, lang) = (row.app, row.app.lang());
    let words = words::words(lang);
    let label = [words.check, " · ", &price(app, check)].concat();
    let desk = Desk { row, gateway, check, shown: RwSignal::new(Stood::default()) };
    let press = button("small", &label, move || ask(desk, false))
        .attrs(&[("id", "check-portrait"), ("aria-describedby", "check-price")])
        .bind("aria-disabled", move || desk.shown.with(|stood| stood.shown == Shown::Asking).to_string())
        // A key that is held down is one press.
        .on("keydown", |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(KeyboardEvent::repeat) {
                event.prevent_default();
            }
        });
    let price_line = class("p", "hint")
        .attr("id", "check-price")
        .text(&words::check_price(lang, &check.model, check.free))
        .text(" ")
        .add(source(app, gateway, &check.source));
    // What was said is about one link; with another in the field it has nothing to say.
    let key = move || {
        let (about, turn) = desk.shown.with(|stood| (stood.link.clone(), stood.turn));
        if turn > 0 && about == link(row) { turn.to_string() } else { String::new() }
    };
    let part = move |turn: &str| if turn.is_empty() { nothing() } else { said(desk) };
    class("div", "check")
        .add(press)
        .add(price_line)
        .add(class("div", "check-said").attrs(&[("id", "check-said"), ("role", "status")]).add(keyed_part(key, part)))
}

fn price(app: App, check: &MediaCheck) -> String {
    Money::parse(&check.price).map(|price| money(app.lang(), price, &check.currency)).unwrap_or_default()
}

/// What a press needs.
#[derive(Clone, Copy)]
struct Desk {
    row: Row,
    gateway: &'static Gateway,
    check: &'static MediaCheck,
    shown: RwSignal<Stood>,
}

/// What is shown, and of which link.
#[derive(Clone)]
struct Stood {
    link: String,
    shown: Shown,
    /// Grows with everything that is shown.
    turn: u32,
}

impl Default for Stood {
    fn default() -> Self {
        Self { link: String::new(), shown: Shown::Nothing, turn: 0 }
    }
}

fn show(desk: Desk, link: &str, shown: Shown) {
    // The form may have been re-rendered meanwhile: then what was said waits for the next press.
    desk.shown.try_update(|stood| {
        link.clone_into(&mut stood.link);
        stood.shown = shown;
        stood.turn += 1;
    });
}

/// A press: at most one call.
fn ask(desk: Desk, once_more: bool) {
    let Desk { row, gateway, check, .. } = desk;
    let app = row.app;
    let link = untrack(|| link(row));
    if check_media_link(&link).is_err() {
        browser::focus(&row.id());
        return show(desk, &link, Shown::NoLink);
    }
    let Ok(target) = untrack(|| app.target()) else { return };
    let place = [target.base.origin(), " ", &link].concat();
    if app.checks.borrow().under_way.contains(&place) {
        return;
    }
    let known = app.checks.borrow().known.iter().find(|(known, _)| *known == place).map(|(_, said)| said.clone());
    if let Some(said) = known.filter(|_| !once_more) {
        return show(desk, &link, Shown::Already(said));
    }
    let Some(key) = app.key(&gateway.id, &target.base) else { return show(desk, &link, Shown::NoKey) };
    let Some(endpoint) = gateway.endpoint(row.model) else { return };
    let request = media_check(check, endpoint, &target.base, &link);
    app.checks.borrow_mut().under_way.push(place.clone());
    show(desk, &link, Shown::Asking);
    spawn_local(async move {
        let relayed = route::relayed(app, &gateway.id, &request.url);
        let name = runner::fresh_uid();
        let Created { answer, .. } = fetch::create(&request, Some(&key), relayed.as_ref(), &name, WAIT_MS).await;
        let shown = match answer {
            Ok(answer) => {
                let mut answer = crate::route::refusal(&answer).unwrap_or(answer);
                answer.body = key.redact(&answer.body);
                Shown::Said(media_checked(&answer))
            }
            Err(fault) => Shown::Net(fault),
        };
        app.checks.borrow_mut().ended(place, &shown);
        show(desk, &link, shown);
    });
}

fn said(desk: Desk) -> View {
    let Desk { row, gateway, check, .. } = desk;
    let app = row.app;
    let words = words::words(app.lang());
    let Stood { link, shown, .. } = desk.shown.get_untracked();
    let problem = |text: &str| class("p", "problem").text(text);
    match shown {
        Shown::Nothing => nothing(),
        Shown::NoLink => problem(words.check_needs_link).into(),
        Shown::NoKey => problem(words.needs_key).into(),
        Shown::Asking => class("p", "hint").text(words.checking).into(),
        Shown::Said(said) => judged(desk, &said),
        Shown::Already(said) => {
            let again = [words.check_again, " · ", &price(app, check)].concat();
            let again = button("small", &again, move || ask(desk, true)).attr("id", "check-again");
            let line = class("p", "hint").attr("id", "check-known").text(words.already).text(" ").add(again);
            judged(desk, &said).and(line)
        }
        Shown::Net(NetFault::Offline) => problem(words.check_offline).into(),
        Shown::Net(_) => {
            let target = untrack(|| app.target()).ok();
            let request = target.zip(gateway.endpoint(row.model));
            let request = request.map(|(target, endpoint)| media_check(check, endpoint, &target.base, &link));
            let command = request.map(|request| curl(app, &gateway.key_variable, request));
            View::from(problem(words.check_no_answer)).and(command)
        }
    }
}

fn judged(desk: Desk, said: &CheckSaid) -> View {
    let Desk { row, gateway, .. } = desk;
    let app = row.app;
    let words = words::words(app.lang());
    match said {
        CheckSaid::Passed => class("p", "advice note").attr("data-check", "passed").text(words.passed).into(),
        CheckSaid::NotPassed(person, reason) => {
            let text = if *person == Some(false) { words.no_person } else { words.unsuitable };
            let line = class("p", "advice risk").attr("data-check", "not-passed").text(text);
            let reason = (!reason.is_empty()).then(|| class("p", "hint").text(reason));
            View::from(line).and(reason)
        }
        CheckSaid::Refused(fault) => {
            let region = untrack(|| app.target()).map(|target| target.region).unwrap_or_default();
            let line = class("p", "problem").attr("data-check", "refused").text(words.check_refused).text(" ");
            View::from(line.text(&advice(app, gateway, &row.model.id, &region, fault))).and(quoted(app, fault))
        }
        CheckSaid::Unreadable(_) => class("p", "problem").text(words.check_unreadable).into(),
    }
}
