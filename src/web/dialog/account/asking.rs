//! Asking a gateway for its list of models: on a press, one call after the other, and what it came to.

use crate::account::{Comparison, Listing, Match, Offer, Row, Standing, compare, has_more};
use crate::catalog::{Gateway, ModelList};
use crate::http::Request;
use crate::key::ApiKey;
use crate::protocol::{Fault, model_list, models_listed};
use crate::task::NetFault;
use crate::web::browser::fetch::{self, Arrival, Expect};
use crate::web::drive::diagnosis;
use crate::web::drive::route;
use crate::web::state::{App, Target};
use crate::words::account::Sum;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest wait for a page of the list.
const WAIT_MS: u64 = 30_000;

/// Why there is no list.
#[derive(Clone)]
pub(super) enum Lack {
    /// Nothing came back.
    Net(NetFault, Request),
    /// The gateway refused; where it was called.
    Refused(Fault, String),
    /// It is no list.
    Unreadable,
}

/// What is said above the list.
#[derive(Clone)]
pub(super) enum Said {
    /// The base URL is wrong.
    NeedsBase,
    /// There is no key.
    NeedsKey,
    /// The list is on its way.
    Asking,
    /// There is none.
    Lack(Lack),
    /// It is there.
    Found(Sum),
}

/// What a dialog holds. Kept beside it: it may be drawn anew, and nothing is asked by that.
#[derive(Clone)]
pub(super) struct Desk {
    /// The page.
    pub app: App,
    /// The gateway that is asked.
    pub gateway: &'static Gateway,
    /// Where its list is.
    pub list: &'static ModelList,
    /// What was said last; the number grows with everything that is said.
    pub said: ArcRwSignal<(u32, Said)>,
    /// What was found.
    pub rows: ArcRwSignal<Vec<Row>>,
    /// The origin, where it turned out that pages may not call it.
    pub closed: ArcRwSignal<Option<String>>,
}

impl Desk {
    /// Asks for the list.
    pub fn new(app: App, gateway: &'static Gateway, list: &'static ModelList) -> Self {
        let (rows, closed) = (ArcRwSignal::default(), ArcRwSignal::default());
        let desk = Self { app, gateway, list, said: ArcRwSignal::new((0, Said::NeedsKey)), rows, closed };
        desk.ask();
        desk
    }

    /// Asks for the list. While it is on its way another press does nothing.
    pub fn ask(&self) {
        let app = self.app;
        if matches!(*self.said.read_untracked(), (_, Said::Asking)) {
            return;
        }
        let Ok(target) = untrack(|| app.target()) else { return self.say(Said::NeedsBase) };
        let Some(key) = app.key(self.gateway.id, &target.base) else { return self.say(Said::NeedsKey) };
        self.say(Said::Asking);
        self.rows.set(Vec::new());
        let desk = self.clone();
        spawn_local(async move {
            match whole(app, desk.gateway, desk.list, &target, &key).await {
                Ok(offers) => desk.show(&target, &offers),
                Err(lack) => desk.tell(&target, lack).await,
            }
        });
    }

    fn say(&self, said: Said) {
        self.closed.set(None);
        self.said.update(|last| *last = (last.0 + 1, said));
    }

    fn show(&self, target: &Target, offers: &[Offer]) {
        let Comparison { rows, others } = compare(self.gateway, &target.region, offers);
        let count = |standing| rows.iter().filter(|row| row.standing == standing).count();
        let differs = |row: &&Row| row.quotes.iter().any(|(_, judged)| *judged == Match::Differs);
        self.say(Said::Found(Sum {
            both: count(Standing::Both),
            not_listed: count(Standing::NotListed),
            not_in_catalog: count(Standing::NotInCatalog),
            differing: rows.iter().filter(differs).count(),
            others,
        }));
        self.rows.set(rows);
    }

    /// Says why there is no list, and looks whether a relay would help.
    async fn tell(&self, target: &Target, lack: Lack) {
        self.say(Said::Lack(lack.clone()));
        let Lack::Net(fault, request) = lack else { return };
        if matches!(fault, NetFault::Offline | NetFault::Timeout) {
            return;
        }
        let (mine, _) = *self.said.read_untracked();
        let found = diagnosis::find(&request.url, false).await;
        if found.is_closed_to_pages() {
            route::closed(self.app, self.gateway.id, &target.base);
            // It is about this call: another may be on its way by now.
            if self.said.read_untracked().0 == mine {
                self.closed.set(Some(target.base.origin().to_owned()));
            }
        }
    }
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
        let relayed = route::relayed(app, gateway.id, &request.url);
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
            Listing::Refused(fault) => return Err(Lack::Refused(fault, target.region.clone())),
            Listing::Unreadable(_) => return Err(Lack::Unreadable),
        }
    }
}
