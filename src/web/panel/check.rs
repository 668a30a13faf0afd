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
use crate::web::component::refusal::{CopyCurl, Quoted, advice};
use crate::web::component::source::SourceLink;
use crate::web::drive::route;
use crate::web::drive::runner;
use crate::web::panel::row::Row;
use crate::web::state::check::Shown;
use crate::words::account as words;
use crate::words::everyone::money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::KeyboardEvent;

/// Longest wait for a judgement.
const WAIT_MS: u64 = 60_000;

/// The button, its price, and what was said; nothing where the region does not offer the check.
#[component]
pub fn PortraitCheck(
    /// The row of the portrait.
    row: Row,
    /// The gateway.
    gateway: &'static Gateway,
    /// Its check.
    check: &'static MediaCheck,
) -> impl IntoView {
    let is_here = move || row.app.target().is_ok_and(|target| check.regions.contains(&target.region.as_str()));
    view! {
        <Show when=is_here>
            <Check row gateway check />
        </Show>
    }
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

#[component]
fn Check(
    /// The row of the portrait.
    row: Row,
    /// The gateway.
    gateway: &'static Gateway,
    /// Its check.
    check: &'static MediaCheck,
) -> impl IntoView {
    let lang = row.app.lang();
    let words = words::words(lang);
    let shown = RwSignal::new(Stood { link: String::new(), shown: Shown::Nothing, turn: 0 });
    let desk = Desk { row, gateway, check, shown };
    // What was said is about one link; with another in the field it has nothing to say.
    let turn =
        Memo::new(move |_| shown.with(|stood| (stood.turn > 0 && stood.link == desk.link()).then_some(stood.turn)));
    let is_asking = move || shown.with(|stood| stood.shown == Shown::Asking);
    // A key that is held down is one press.
    let once = |event: KeyboardEvent| {
        if event.repeat() {
            event.prevent_default();
        }
    };
    view! {
        <div class="check">
            <button
                type="button"
                class="small"
                id="check-portrait"
                aria-describedby="check-price"
                aria-disabled=move || is_asking().to_string()
                on:keydown=once
                on:click=move |_| desk.ask(false)
            >
                {format!("{} · {}", words.check, desk.price())}
            </button>
            <p class="hint" id="check-price">
                {words::check_price(lang, check.model, check.free)}
                " "
                <SourceLink app=row.app gateway name=&check.source />
            </p>
            <div class="check-said" id="check-said" role="status">
                <For each=move || turn.get() key=|turn| *turn let:_turn>
                    <Said desk />
                </For>
            </div>
        </div>
    }
}

impl Desk {
    /// The link in the field, followed.
    fn link(self) -> String {
        self.row.app.draft.with(|draft| match draft.get(self.row.field.id) {
            Some(Value::Media(Media::Url(url))) => url.trim().to_owned(),
            _ => String::new(),
        })
    }

    fn price(self) -> String {
        let price = Money::parse(self.check.price);
        price.map(|price| money(self.row.app.lang(), price, self.check.currency)).unwrap_or_default()
    }

    fn show(self, link: &str, shown: Shown) {
        // The form may have been re-rendered meanwhile: then what was said waits for the next press.
        self.shown.try_update(|stood| {
            link.clone_into(&mut stood.link);
            stood.shown = shown;
            stood.turn += 1;
        });
    }

    /// A press: at most one call.
    fn ask(self, once_more: bool) {
        let Self { row, gateway, check, .. } = self;
        let app = row.app;
        let link = untrack(|| self.link());
        if check_media_link(&link).is_err() {
            browser::focus(&row.id());
            return self.show(&link, Shown::NoLink);
        }
        let Ok(target) = untrack(|| app.target()) else { return };
        let place = format!("{} {link}", target.base.origin());
        if app.checks.borrow().under_way.contains(&place) {
            return;
        }
        let known = app.checks.borrow().known.iter().find(|(known, _)| *known == place).map(|(_, said)| said.clone());
        if let Some(said) = known.filter(|_| !once_more) {
            return self.show(&link, Shown::Already(said));
        }
        let Some(key) = app.key(gateway.id, &target.base) else { return self.show(&link, Shown::NoKey) };
        let Some(endpoint) = gateway.endpoint(row.model) else { return };
        let request = media_check(check, endpoint, &target.base, &link);
        app.checks.borrow_mut().under_way.push(place.clone());
        self.show(&link, Shown::Asking);
        spawn_local(async move {
            let relayed = route::relayed(app, gateway.id, &request.url);
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
            self.show(&link, shown);
        });
    }
}

/// What is shown now.
#[component]
fn Said(
    /// What a press needs.
    desk: Desk,
) -> impl IntoView {
    let app = desk.row.app;
    let words = words::words(app.lang());
    let Stood { link, shown, .. } = desk.shown.get_untracked();
    let problem = |text: &'static str| view! { <p class="problem">{text}</p> }.into_any();
    match shown {
        Shown::Nothing => ().into_any(),
        Shown::NoLink => problem(words.check_needs_link),
        Shown::NoKey => problem(words.needs_key),
        Shown::Asking => view! { <p class="hint">{words.checking}</p> }.into_any(),
        Shown::Said(said) => view! { <Judged desk said /> }.into_any(),
        Shown::Already(said) => view! {
            <Judged desk said />
            <p class="hint" id="check-known">
                {words.already}
                " "
                <button type="button" class="small" id="check-again" on:click=move |_| desk.ask(true)>
                    {format!("{} · {}", words.check_again, desk.price())}
                </button>
            </p>
        }
        .into_any(),
        Shown::Net(NetFault::Offline) => problem(words.check_offline),
        Shown::Net(_) => {
            let target = untrack(|| app.target()).ok().zip(desk.gateway.endpoint(desk.row.model));
            let request = target.map(|(target, endpoint)| media_check(desk.check, endpoint, &target.base, &link));
            let command = request.map(|request| view! { <CopyCurl app gateway=desk.gateway request /> });
            view! {
                {problem(words.check_no_answer)}
                {command}
            }
            .into_any()
        }
    }
}

/// A judgement, or why there is none.
#[component]
fn Judged(
    /// What a press needs.
    desk: Desk,
    /// What the gateway said.
    said: CheckSaid,
) -> impl IntoView {
    let Desk { row, gateway, .. } = desk;
    let app = row.app;
    let words = words::words(app.lang());
    match said {
        CheckSaid::Passed => view! { <p class="advice note" data-check="passed">{words.passed}</p> }.into_any(),
        CheckSaid::NotPassed(person, reason) => {
            let text = if person == Some(false) { words.no_person } else { words.unsuitable };
            view! {
                <p class="advice risk" data-check="not-passed">{text}</p>
                {(!reason.is_empty()).then(|| view! { <p class="hint">{reason}</p> })}
            }
            .into_any()
        }
        CheckSaid::Refused(fault) => {
            let region = untrack(|| app.target()).map(|target| target.region).unwrap_or_default();
            let advice = advice(app, gateway, row.model.id, &region, &fault);
            view! {
                <p class="problem" data-check="refused">{words.check_refused}" "{advice}</p>
                <Quoted app fault />
            }
            .into_any()
        }
        CheckSaid::Unreadable(_) => view! { <p class="problem">{words.check_unreadable}</p> }.into_any(),
    }
}
