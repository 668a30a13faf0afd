//! Why no answer came, found out while one watches, and the ways out.

use crate::diagnosis::Diagnosis;
use crate::task::{Following, Input, State};
use crate::verdict::Billed;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el};
use crate::web::drive::diagnosis;
use crate::web::drive::route;
use crate::web::drive::runner;
use crate::web::panel::byhand;
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Sender};
use crate::web::state::route::Way;
use crate::web::state::tasks::TaskHandle;
use crate::words::diagnosis as words;
use crate::words::{failure, takeup};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

/// A panel that fills itself when the probes are back.
pub fn panel(app: App, handle: &TaskHandle, url: String, timed_out: bool) -> El {
    let said = class("div", "diagnosis").attrs(&[("id", "diagnosis"), ("role", "status")]);
    let ways = class("div", "ways");
    let (target, below) = (said.element().clone(), ways.element().clone());
    let handle = handle.clone();
    // What is added later belongs to this part of the view, and goes with it.
    let owner = Owner::current().unwrap_or_default();
    spawn_local(async move {
        let found = diagnosis::find(&url, timed_out).await;
        owner.with(|| fill(app, &handle, found, target, below));
    });
    class("div", "diagnosed").add(said.text(words::looking(app.lang()))).add(ways)
}

fn fill(app: App, handle: &TaskHandle, found: Diagnosis, target: Element, below: Element) {
    let lang = app.lang();
    target.set_text_content(None);
    let _ = target.set_attribute("data-found", name(found));
    let said = El::from(target)
        .add(el("h3").text(words::title(lang)))
        .add(el("p").text(&words::why(lang, found)))
        .add(class("p", "helps").text(words::what_helps(lang, found)));
    if !found.is_closed_to_pages() {
        return;
    }
    let task = handle.task.get_untracked();
    route::closed(app, &task.origin.gateway, &task.origin.base);
    let ways = El::from(below).add(route_choice(app, task.origin.base.origin()));
    if let State::Doubtful(_) = &task.state {
        drop(said);
        // Now more is known than when the end was explained.
        if let Some(billed) = browser::document().get_element_by_id("billed") {
            billed.set_text_content(Some(failure::billed(lang, &task.state, Billed::Unlikely)));
        }
        ways.add(byhand::next_call(&task).map(|call| byhand::panel(app, handle, call)).unwrap_or_default());
    } else if task.following == Following::Yes {
        // Asking on would fail on, every time.
        runner::feed(app, handle, Input::ByHand);
    }
}

/// Switches the relay on or off, where there is one.
pub fn route_choice(app: App, origin: &str) -> El {
    let origin = origin.to_owned();
    class("div", "route-choice").live(move || {
        let origin = origin.clone();
        match app.way(&origin) {
            Way::Offered => {
                let words = [words::use_relay(app.lang()), " ", &route::relay_origin()].concat();
                button("primary", &words, move || route::switch(app, &origin, true)).attr("id", "use-relay").into()
            }
            Way::Relay => class("p", "hint").text(words::relay_on(app.lang())).into(),
            Way::Closed => class("p", "hint").text(words::no_relay(app.lang())).into(),
            Way::Direct => crate::web::component::dom::nothing(),
        }
    })
}

/// At the Run button: which way the key goes, where it is not the straight one.
#[inline(never)]
pub fn notice(app: App) -> View {
    let notice = class("div", "route").attr("id", "route").live(move || {
        let Ok(target) = app.target() else { return crate::web::component::dom::nothing() };
        let origin = target.base.origin().to_owned();
        let lang = app.lang();
        match app.way(&origin) {
            Way::Direct => crate::web::component::dom::nothing(),
            Way::Relay => {
                let words = words::passes_through(lang, &route::relay_origin());
                class("p", "advice risk")
                    .text(&words)
                    .text(" ")
                    .add(button("small", words::stop_relay(lang), move || route::switch(app, &origin, false)))
                    .into()
            }
            Way::Offered => {
                let words = [words::use_relay(lang), " ", &route::relay_origin()].concat();
                class("p", "advice note")
                    .text(words::closed(lang))
                    .text(" ")
                    .add(button("small", &words, move || route::switch(app, &origin, true)))
                    .text(" ")
                    .add(by_hand(app))
                    .into()
            }
            Way::Closed => class("p", "advice note").text(words::closed(lang)).text(" ").add(by_hand(app)).into(),
        }
    });
    notice.into()
}

/// Starts the draft as a task whose calls the user makes.
fn by_hand(app: App) -> El {
    button("small", takeup::words(app.lang()).by_hand, move || {
        crate::web::panel::press::press(app, Sender::Person, Asked::Again);
    })
    .attr("id", "run-by-hand")
}

/// For tests and styles.
fn name(found: Diagnosis) -> &'static str {
    match found {
        Diagnosis::Offline => "offline",
        Diagnosis::Malformed(_) => "malformed",
        Diagnosis::MixedContent => "mixed",
        Diagnosis::Policy => "policy",
        Diagnosis::Unreachable | Diagnosis::UnreachableHere => "unreachable",
        Diagnosis::Cors(_) => "cors",
        Diagnosis::TooSlow => "slow",
        Diagnosis::Broken => "broken",
    }
}
