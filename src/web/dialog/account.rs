//! Which models the key may use, beside the catalog. Asked on a press, never by itself.

use crate::account::{Comparison, Listing, Match, Offer, Row, Standing, compare, has_more};
use crate::catalog::{Gateway, ModelList};
use crate::http::Request;
use crate::key::ApiKey;
use crate::protocol::{Fault, model_list, models_listed};
use crate::task::NetFault;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el, nothing};
use crate::web::component::parts::source;
use crate::web::component::refusal::{advice, curl, quoted};
use crate::web::drive::diagnosis as web_diagnosis;
use crate::web::drive::route;
use crate::web::state::route::Way;
use crate::web::state::{App, Target};
use crate::words::account::{self as words, Sum};
use crate::words::{diagnosis, everyone};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;

const ID: &str = "account";
/// Longest wait for a page of the list.
const WAIT_MS: u64 = 30_000;
/// Most rows that are shown.
const MOST_ROWS: usize = 300;

/// The place of the dialog. It is made when it is opened.
pub fn place() -> El {
    el("div").attr("id", "place-of-account")
}

/// Opens the dialog.
pub fn open(app: App) {
    let gateway = untrack(|| app.the_gateway());
    let Some(list) = &gateway.model_list else { return };
    dialogs::open(app, ID, move || dialog(app, gateway, list));
}

fn dialog(app: App, gateway: &'static Gateway, list: &'static ModelList) -> El {
    let words = words::words(app.lang());
    let target = untrack(|| app.target());
    let host = target.as_ref().map(|target| target.base.origin().to_owned()).unwrap_or_default();
    let host = host.split_once("://").map_or("", |(_, host)| host).to_owned();
    let said = el("div").attrs(&[("id", "account-said"), ("role", "status")]);
    let rows = class("ul", "account-rows").attrs(&[("id", "account-rows"), ("aria-label", words.models)]);
    let room = Rc::new(Room {
        app,
        gateway,
        list,
        said: said.element().clone(),
        rows: rows.element().clone(),
        is_asking: Cell::new(false),
        owner: Owner::current().unwrap_or_default(),
    });
    let again = room.clone();
    let refresh = button("small", words.refresh, move || ask(&again)).attr("id", "account-refresh");
    ask(&room);
    dialogs::dialog(app, ID, words.models)
        .attr("class", "account")
        .add(el("p").text(&words::lead(app.lang(), &host)).text(" ").text(words.models_free))
        .add(class("div", "account-line").add(said).add(refresh))
        .add(rows)
        .add(class("p", "hint").add(source(app, gateway, &list.source)))
}

/// What an open dialog holds.
struct Room {
    app: App,
    gateway: &'static Gateway,
    list: &'static ModelList,
    said: Element,
    rows: Element,
    is_asking: Cell<bool>,
    /// What follows signals in the dialog goes with it.
    owner: Owner,
}

/// Why there is no list.
enum Lack {
    Net(NetFault, Request),
    Refused(Fault),
    Unreadable,
}

/// Asks for the list. While it is on its way another press does nothing.
fn ask(room: &Rc<Room>) {
    let (app, words) = (room.app, words::words(room.app.lang()));
    if room.is_asking.get() {
        return;
    }
    let Ok(target) = untrack(|| app.target()) else { return say(room, el("p").text(words.needs_base)) };
    let Some(key) = app.key(&room.gateway.id, &target.base) else { return say(room, el("p").text(words.needs_key)) };
    room.is_asking.set(true);
    say(room, el("p").text(words.asking));
    room.rows.set_text_content(None);
    let room = room.clone();
    spawn_local(async move {
        let found = whole(app, room.gateway, room.list, &target, &key).await;
        room.is_asking.set(false);
        match found {
            Ok(offers) => show(&room, &target, &offers),
            Err(lack) => tell(&room, &target, lack).await,
        }
    });
}

/// Every page of the list, one after the other.
async fn whole(
    app: App,
    gateway: &Gateway,
    list: &ModelList,
    target: &Target,
    key: &ApiKey,
) -> Result<Vec<Offer>, Lack> {
    let mut offers = Vec::new();
    let mut asked = 0;
    loop {
        asked += 1;
        let request = model_list(list, &target.base, asked);
        let relayed = route::relayed(app, &gateway.id, &request.url);
        let arrival =
            fetch::send(&request, Some(key), relayed.as_ref(), WAIT_MS, Expect::Text, Box::new(|_, _| ())).await;
        let mut answer = match arrival {
            Ok(Arrival::Text(answer)) => answer,
            Ok(Arrival::Video(..)) => return Err(Lack::Unreadable),
            Err(fault) => return Err(Lack::Net(fault, request)),
        };
        answer = crate::route::refusal(&answer).unwrap_or(answer);
        answer.body = key.redact(&answer.body);
        match models_listed(list, &answer) {
            Listing::Page(page) => {
                let so_far = offers.len() + page.offers.len();
                let goes_on = has_more(&page, asked, so_far);
                offers.extend(page.offers);
                if !goes_on {
                    return Ok(offers);
                }
            }
            Listing::Refused(fault) => return Err(Lack::Refused(fault)),
            Listing::Unreadable(_) => return Err(Lack::Unreadable),
        }
    }
}

fn say(room: &Room, part: impl Into<View>) {
    room.said.set_text_content(None);
    let _ = El::from(room.said.clone()).add(part);
}

async fn tell(room: &Rc<Room>, target: &Target, lack: Lack) {
    let (app, lang) = (room.app, room.app.lang());
    let words = words::words(lang);
    match lack {
        Lack::Unreadable => say(room, class("p", "problem").text(words.unreadable)),
        Lack::Refused(fault) => {
            let said = class("p", "problem").text(words.refused).text(" ");
            say(
                room,
                View::from(said.text(&advice(app, room.gateway, "", &target.region, &fault))).and(quoted(app, &fault)),
            );
        }
        Lack::Net(NetFault::Offline, _) => say(room, class("p", "problem").text(words.offline)),
        Lack::Net(NetFault::Timeout, _) => say(room, class("p", "problem").text(words.timeout)),
        Lack::Net(_, request) => {
            let variable = room.gateway.key_variable.as_str();
            let command = curl(app, variable, request.clone());
            let said = View::from(class("p", "problem").text(words.no_answer)).and(command);
            let ways = el("div");
            let below = ways.element().clone();
            say(room, said.and(ways));
            let found = web_diagnosis::find(&request.url, false).await;
            if found.is_closed_to_pages() {
                route::closed(app, &room.gateway.id, &target.base);
                room.owner.with(|| drop(El::from(below).add(by_relay(room, target))));
            }
        }
    }
}

/// The way by the relay, where there is one: a press switches it on and asks again.
fn by_relay(room: &Rc<Room>, target: &Target) -> El {
    let (app, origin, room) = (room.app, target.base.origin().to_owned(), room.clone());
    class("div", "route-choice").live(move || match app.way(&origin) {
        Way::Offered => {
            let words = [diagnosis::use_relay(app.lang()), " ", &route::relay_origin()].concat();
            let (origin, room) = (origin.clone(), room.clone());
            let press = move || {
                route::switch(app, &origin, true);
                ask(&room);
            };
            button("primary", &words, press).attr("id", "account-relay").into()
        }
        Way::Closed => class("p", "hint").text(diagnosis::no_relay(app.lang())).into(),
        Way::Relay | Way::Direct => nothing(),
    })
}

fn show(room: &Room, target: &Target, offers: &[Offer]) {
    let (app, lang) = (room.app, room.app.lang());
    let words = words::words(lang);
    let Comparison { rows, others } = compare(room.gateway, &target.region, offers);
    let count = |standing| rows.iter().filter(|row| row.standing == standing).count();
    let differs = |row: &&Row| row.quotes.iter().any(|(_, judged)| *judged == Match::Differs);
    let sum = Sum {
        both: count(Standing::Both),
        not_listed: count(Standing::NotListed),
        not_in_catalog: count(Standing::NotInCatalog),
        differing: rows.iter().filter(differs).count(),
        others,
    };
    let nothing_there = (sum.both + sum.not_in_catalog == 0).then(|| class("p", "problem").text(words.none));
    say(room, View::from(el("p").text(&words::sum(lang, &sum))).and(nothing_there));
    room.rows.set_text_content(None);
    let _ = El::from(room.rows.clone()).all(rows.iter().take(MOST_ROWS).map(|row| line(app, row)));
}

fn line(app: App, row: &Row) -> El {
    let lang = app.lang();
    let words = words::words(lang);
    let look = match row.standing {
        Standing::Both => "chip ok",
        Standing::NotListed => "chip beta",
        Standing::NotInCatalog => "chip",
    };
    let mut head = class("div", "account-head").add(el("code").text(&row.id));
    if !row.name.is_empty() && !row.name.eq_ignore_ascii_case(&row.id) {
        head = head.add(class("span", "hint").text(&row.name));
    }
    head = head.add(class("span", look).text(words::standing(lang, row.standing)));
    if !row.retires.is_empty() {
        head = head.add(class("span", "chip beta").text(&words::retires(lang, &row.retires)));
    }
    let theirs = row.quotes.iter().map(|(quote, judged)| {
        let price = [&quote.written, " ", &quote.unit].concat();
        let mark = class("span", if *judged == Match::Differs { "differs" } else { "hint" });
        let mark = mark.text(words::judged(lang, *judged));
        el("li")
            .add(el("b").text(price.trim()))
            .text(" ")
            .add(class("span", "hint").text(&quote.what))
            .text(" ")
            .add(mark)
    });
    let ours = row.ours.iter().map(|(tier, figure, currency)| {
        let price = [&everyone::money(lang, *figure, currency), words::per_second(lang)].concat();
        el("li").add(el("b").text(&price)).text(" ").add(class("span", "hint").text(tier))
    });
    let mut prices = class("dl", "account-prices");
    for (name, list) in [(words.gateway_price, theirs.collect::<Vec<El>>()), (words.catalog_price, ours.collect())] {
        let list: View =
            if list.is_empty() { class("span", "hint").text(words.no_price).into() } else { el("ul").all(list).into() };
        prices = prices.add(el("div").add(el("dt").text(name)).add(el("dd").add(list)));
    }
    // Where neither says a price, a table of two dashes says nothing.
    let has_prices = !row.quotes.is_empty() || !row.ours.is_empty();
    el("li").attr("data-standing", word(row.standing)).add(head).add(has_prices.then_some(prices))
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Both => "both",
        Standing::NotListed => "not-listed",
        Standing::NotInCatalog => "not-in-catalog",
    }
}
