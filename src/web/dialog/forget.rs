//! Forgetting: the keys of this visit and of this browser, and whatever else is ticked. The dialog says what goes, with
//! its number, and names the tasks that still run.

use crate::draft::Draft;
use crate::engine::word::Word;
use crate::snapshot::Summary;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el};
use crate::web::drive::journal;
use crate::web::drive::journal::tabs;
use crate::web::drive::keep::{self, Kind};
use crate::web::drive::kept;
use crate::web::drive::runner::{self};
use crate::web::state::App;
use crate::web::state::tasks::TaskHandle;
use crate::words::forget::{self as words, Part, Words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

const ID: &str = "forget";

/// Where the dialog goes when it is opened.
pub fn place() -> View {
    el("div").attr("id", "place-of-forget").into()
}

/// Opens the dialog, made anew: what it counts is true now.
pub fn open(app: App) {
    spawn_local(async move {
        let counts = Counts::take(app).await;
        dialogs::open(app, ID, move || dialog(app, words::words(app.lang()), &counts));
    });
}

/// How much there is of everything.
struct Counts {
    keys: [usize; 3],
    parts: [usize; 5],
}

impl Counts {
    async fn take(app: App) -> Self {
        let tasks = match journal::store(app).await {
            Ok(store) => store.uids().await.map_or(0, |uids| uids.len()),
            Err(_) => 0,
        };
        let videos = kept::list().await.map_or(0, |list| list.len());
        let [draft, gateways, preferences] = [Kind::Draft, Kind::Gateways, Kind::Preference].map(keep::count);
        Self { keys: keep::counts(app), parts: [draft, gateways, preferences, tasks, videos] }
    }
}

fn dialog(app: App, words: &'static Words, counts: &Counts) -> El {
    let [memory, tab, browser] = counts.keys;
    let keys = class("li", "always").add(el("b").text(words.keys)).text(" — ").text(&words::keys(
        app.lang(),
        memory,
        tab,
        browser,
    ));
    let boxes = Part::ALL.iter().zip(counts.parts).map(|(part, count)| {
        let id = ["forget-", part.name()].concat();
        let input = el("input").attrs(&[("type", "checkbox"), ("id", &id)]);
        let input = if count == 0 { input.attr("disabled", "") } else { input };
        let label = el("label").add(input).add(el("span").text(&words::part(app.lang(), *part, count)));
        el("li").add(label)
    });
    let said = class("p", "hint").attrs(&[("id", "forget-said"), ("role", "status")]);
    let all = button("small", words.all, || {
        for part in Part::ALL {
            if let Some(input) = input(part).filter(|input| !input.disabled()) {
                input.set_checked(true);
            }
        }
    });
    let go = button("danger", words.forget, move || spawn_local(forget(app, words))).attr("id", "forget-go");
    dialogs::dialog(app, ID, words.title)
        .add(el("p").text(words.lead))
        .add(class("ul", "forget").add(keys).all(boxes))
        .add(running(app, words))
        .add(class("div", "buttons").add(all.attr("id", "forget-all")).add(go))
        .add(said)
}

/// The tasks that still run: without their record only their id brings the video.
fn running(app: App, words: &'static Words) -> Option<El> {
    let runs = |handle: &&TaskHandle| handle.task.with_untracked(|task| !task.state.is_final());
    let tasks = app.tasks.get_untracked();
    let rows: Vec<El> = tasks
        .iter()
        .filter(runs)
        .map(|handle| {
            handle.task.with_untracked(|task| {
                let id = task.id.as_ref().map_or("", |id| id.0.as_str());
                el("li")
                    .text(&task.origin.gateway)
                    .text(" · ")
                    .text(&task.origin.model)
                    .text(" · ")
                    .add(el("code").text(if id.is_empty() { words.no_id } else { id }))
            })
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let list = class("ul", "forget").attr("id", "forget-running").all(rows);
    Some(class("div", "advice risk").add(el("p").text(words.running)).add(list))
}

fn input(part: Part) -> Option<web_sys::HtmlInputElement> {
    let element = browser::document().get_element_by_id(&["forget-", part.name()].concat());
    element.and_then(|element| element.dyn_into().ok())
}

async fn forget(app: App, words: &'static Words) {
    keep::forget_keys(app);
    let mut failed = false;
    for part in Part::ALL.into_iter().filter(|part| input(*part).is_some_and(|input| input.checked())) {
        match part {
            Part::Draft => {
                // What stands in the form would be saved again, once whoever saves it has seen that it changed.
                app.draft.set(Draft::default());
                gloo_timers::future::TimeoutFuture::new(0).await;
                keep::forget(app, Kind::Draft);
            }
            Part::Gateways => keep::forget(app, Kind::Gateways),
            Part::Preferences => keep::forget(app, Kind::Preference),
            Part::History => failed |= forget_history(app).await.is_err(),
            Part::Videos => failed |= keep::forget_videos().await.is_err(),
        }
    }
    let Some(place) = browser::document().get_element_by_id("forget-said") else { return };
    if !failed {
        // Nothing is left to press: what is there now is counted again when it is opened again.
        for id in ["forget-go", "forget-all"] {
            if let Some(button) = browser::document().get_element_by_id(id) {
                button.remove();
            }
        }
    }
    place.set_text_content(Some(if failed { words.failed } else { words.done }));
}

/// Takes every task from the page and from the disk, here and in the other tabs.
async fn forget_history(app: App) -> Result<(), crate::web::browser::idb::Refusal> {
    for handle in app.tasks.get_untracked() {
        runner::drop_task(app, &handle.uid);
    }
    let store = journal::store(app).await?;
    let uids = store.uids().await?;
    let summaries = store.summaries(None, u32::MAX).await?;
    let mut keys: Vec<(String, u64)> = summaries
        .iter()
        .filter_map(|line| Summary::read(line))
        .map(|summary| (summary.uid, summary.started_ms))
        .collect();
    keys.extend(
        uids.iter()
            .filter(|uid| keys.iter().all(|(known, _)| known != *uid))
            .map(|uid| (uid.clone(), 0))
            .collect::<Vec<_>>(),
    );
    store.remove(&keys).await?;
    for aside in store.aside().await? {
        store.forget_aside(&aside.key).await?;
    }
    for (uid, _) in keys {
        tabs::tell(app, &Word::Gone(uid));
    }
    Ok(())
}
