//! Which models the key may use, beside the catalog. Asked on a press, never by itself.

mod asking;
mod rows;

use crate::task::NetFault;
use crate::web::component::dialog::Dialog;
use crate::web::component::refusal::{CopyCurl, Quoted, advice};
use crate::web::component::source::SourceLink;
use crate::web::drive::route;
use crate::web::state::App;
use crate::web::state::route::Way;
use crate::words::account as words;
use crate::words::diagnosis;
use asking::{Desk, Lack, Said};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use rows::ModelRow;

const ID: &str = "account";
/// Most rows that are shown.
const MOST_ROWS: usize = 300;

/// Opens the dialog, and asks for the list.
pub fn open(app: App) {
    let gateway = untrack(|| app.the_gateway());
    let Some(list) = &gateway.model_list else { return };
    let desk = Desk::new(app, gateway, list);
    app.show(ID, move || view! { <Account desk=desk.clone() /> });
}

/// The dialog.
#[component]
fn Account(
    /// What it holds.
    desk: Desk,
) -> impl IntoView {
    let (app, gateway, list) = (desk.app, desk.gateway, desk.list);
    let words = words::words(app.lang());
    let host = untrack(|| app.target()).map(|target| target.base.origin().to_owned()).unwrap_or_default();
    let host = host.split_once("://").map_or("", |(_, host)| host);
    let lead = words::lead(app.lang(), host);
    let (said, rows, again) = (desk.said.clone(), desk.rows.clone(), desk.clone());
    let shown = move || rows.get().into_iter().take(MOST_ROWS);
    view! {
        <Dialog app id=ID title=words.models class="account">
            <p>{lead}" "{words.models_free}</p>
            <div class="account-line">
                <div id="account-said" role="status">
                    <For each=move || Some(said.get()) key=|(turn, _)| *turn let:said>
                        <Told desk=desk.clone() said=said.1 />
                    </For>
                </div>
                <button type="button" class="small" id="account-refresh" on:click=move |_| again.ask()>
                    {words.refresh}
                </button>
            </div>
            <ul class="account-rows" id="account-rows" aria-label=words.models>
                <For each=shown key=|row| row.id.clone() let:row>
                    <ModelRow app row />
                </For>
            </ul>
            <p class="hint">
                <SourceLink app gateway name=&list.source />
            </p>
        </Dialog>
    }
}

/// What is said above the list.
#[component]
fn Told(
    /// What the dialog holds.
    desk: Desk,
    /// What is said.
    said: Said,
) -> impl IntoView {
    let (app, gateway, lang) = (desk.app, desk.gateway, desk.app.lang());
    let words = words::words(lang);
    let plain = |text: &'static str| view! { <p>{text}</p> }.into_any();
    let problem = |text: &'static str| view! { <p class="problem">{text}</p> }.into_any();
    match said {
        Said::NeedsBase => plain(words.needs_base),
        Said::NeedsKey => plain(words.needs_key),
        Said::Asking => plain(words.asking),
        Said::Found(sum) => view! {
            <p>{words::sum(lang, &sum)}</p>
            {(sum.both + sum.not_in_catalog == 0).then(|| problem(words.none))}
        }
        .into_any(),
        Said::Lack(Lack::Unreadable) => problem(words.unreadable),
        Said::Lack(Lack::Refused(fault, region)) => {
            let advice = advice(app, gateway, "", &region, &fault);
            view! {
                <p class="problem">{words.refused}" "{advice}</p>
                <Quoted app fault />
            }
            .into_any()
        }
        Said::Lack(Lack::Net(NetFault::Offline, _)) => problem(words.offline),
        Said::Lack(Lack::Net(NetFault::Timeout, _)) => problem(words.timeout),
        Said::Lack(Lack::Net(_, request)) => {
            let closed = desk.closed.clone();
            view! {
                {problem(words.no_answer)}
                <CopyCurl app gateway request />
                <div>
                    <For each=move || closed.get() key=String::clone let:origin>
                        <ByRelay desk=desk.clone() origin />
                    </For>
                </div>
            }
            .into_any()
        }
    }
}

/// The way by the relay, where there is one: a press switches it on and asks again.
#[component]
fn ByRelay(
    /// What the dialog holds.
    desk: Desk,
    /// The origin that pages may not call.
    origin: String,
) -> impl IntoView {
    let app = desk.app;
    let way = move || match app.way(&origin) {
        Way::Offered => {
            let words = format!("{} {}", diagnosis::use_relay(app.lang()), route::relay_origin());
            let (desk, origin) = (desk.clone(), origin.clone());
            let press = move |_| {
                route::switch(app, &origin, true);
                desk.ask();
            };
            EitherOf3::A(view! {
                <button type="button" class="primary" id="account-relay" on:click=press>
                    {words}
                </button>
            })
        }
        Way::Closed => EitherOf3::B(view! { <p class="hint">{diagnosis::no_relay(app.lang())}</p> }),
        Way::Relay | Way::Direct => EitherOf3::C(()),
    };
    view! { <div class="route-choice">{way}</div> }
}
