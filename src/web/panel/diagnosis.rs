//! Why no answer came, found out while one watches, and the ways out.

use crate::diagnosis::Diagnosis;
use crate::task::{Following, Input, State};
use crate::web::component::part::Part;
use crate::web::drive::diagnosis;
use crate::web::drive::route;
use crate::web::drive::runner;
use crate::web::panel::byhand::{ByHand, next_call};
use crate::web::panel::press::press;
use crate::web::state::App;
use crate::web::state::pressed::{Asked, Sender};
use crate::web::state::route::Way;
use crate::web::state::tasks::TaskHandle;
use crate::words::diagnosis as words;
use crate::words::takeup;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A panel that fills itself when the probes are back.
#[component]
pub fn Diagnosed(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
    /// The address that did not answer.
    url: String,
    /// The call took too long.
    #[prop(optional)]
    timed_out: bool,
    /// What was found, once it was: what stands around it may hang on it too.
    found: RwSignal<Option<Diagnosis>>,
) -> impl IntoView {
    let lang = app.lang();
    let asked = handle.clone();
    spawn_local(async move {
        let diagnosis = diagnosis::find(&url, timed_out).await;
        take_note(app, &asked, diagnosis);
        found.try_set(Some(diagnosis));
    });
    let said = move || match found.get() {
        None => words::looking(lang).into_any(),
        Some(found) => view! {
            <h3>{words::title(lang)}</h3>
            <p>{words::why(lang, found)}</p>
            <p class="helps">{words::what_helps(lang, found)}</p>
        }
        .into_any(),
    };
    let is_closed = Memo::new(move |_| found.get().is_some_and(Diagnosis::is_closed_to_pages));
    view! {
        <div class="diagnosed">
            <div class="diagnosis" id="diagnosis" role="status" data-found=move || found.get().map(name)>{said}</div>
            <div class="ways">
                <Part of=is_closed let:is_closed>
                    {is_closed.then(|| view! { <Ways app handle=handle.clone() /> })}
                </Part>
            </div>
        </div>
    }
}

/// What follows from it, whether anybody still looks or not.
fn take_note(app: App, handle: &TaskHandle, found: Diagnosis) {
    if !found.is_closed_to_pages() {
        return;
    }
    let task = handle.task.get_untracked();
    route::closed(app, &task.origin.gateway, &task.origin.base);
    if !matches!(task.state, State::Doubtful(_)) && task.following == Following::Yes {
        // Asking on would fail on, every time.
        runner::feed(app, handle, Input::ByHand);
    }
}

/// What can be done where no page may call: the relay; and for a send in doubt, the terminal.
#[component]
fn Ways(
    /// The page.
    app: App,
    /// The task.
    handle: TaskHandle,
) -> impl IntoView {
    let task = handle.task.get_untracked();
    let call = next_call(&task).filter(|_| matches!(task.state, State::Doubtful(_)));
    let by_hand = call.map(|call| view! { <ByHand app handle call /> });
    view! {
        <RouteChoice app origin=task.origin.base.origin().to_owned() />
        {by_hand}
    }
}

/// Switches the relay on, where there is one.
#[component]
fn RouteChoice(
    /// The page.
    app: App,
    /// Where the calls go.
    origin: String,
) -> impl IntoView {
    let lang = app.lang();
    let asked = origin.clone();
    let way = Memo::new(move |_| app.way(&asked));
    let choice = move |way| match way {
        Way::Offered => {
            let origin = origin.clone();
            view! {
                <button
                    type="button"
                    class="primary"
                    id="use-relay"
                    on:click=move |_| route::switch(app, &origin, true)
                >
                    {format!("{} {}", words::use_relay(lang), route::relay_origin())}
                </button>
            }
            .into_any()
        }
        Way::Relay => view! { <p class="hint">{words::relay_on(lang)}</p> }.into_any(),
        Way::Closed => view! { <p class="hint">{words::no_relay(lang)}</p> }.into_any(),
        Way::Direct => ().into_any(),
    };
    view! {
        <div class="route-choice">
            <Part of=way let:way>{choice(way)}</Part>
        </div>
    }
}

/// At the Run button: which way the key goes, where it is not the straight one.
pub fn notice(app: App) -> impl IntoView {
    let way = Memo::new(move |_| {
        let origin = app.target().ok()?.base.origin().to_owned();
        let way = app.way(&origin);
        Some((origin, way))
    });
    view! {
        <div class="route" id="route">
            <Part of=way let:way>{way.map(|(origin, way)| told(app, origin, way))}</Part>
        </div>
    }
}

fn told(app: App, origin: String, way: Way) -> AnyView {
    let lang = app.lang();
    match way {
        Way::Direct => ().into_any(),
        Way::Relay => view! {
            <p class="advice risk">
                {words::passes_through(lang, &route::relay_origin())}" "
                <button type="button" class="small" on:click=move |_| route::switch(app, &origin, false)>
                    {words::stop_relay(lang)}
                </button>
            </p>
        }
        .into_any(),
        Way::Offered => view! {
            <p class="advice note">
                {words::closed(lang)}" "
                <button type="button" class="small" on:click=move |_| route::switch(app, &origin, true)>
                    {format!("{} {}", words::use_relay(lang), route::relay_origin())}
                </button>" "
                <RunByHand app />
            </p>
        }
        .into_any(),
        Way::Closed => view! {
            <p class="advice note">{words::closed(lang)}" "<RunByHand app /></p>
        }
        .into_any(),
    }
}

/// Starts the draft as a task whose calls the user makes.
#[component]
fn RunByHand(
    /// The page.
    app: App,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="small"
            id="run-by-hand"
            on:click=move |_| press(app, Sender::Person, Asked::Again)
        >
            {takeup::words(app.lang()).by_hand}
        </button>
    }
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
