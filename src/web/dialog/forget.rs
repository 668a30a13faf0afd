//! Forgetting: the keys of this visit and of this browser, and whatever else is ticked. The dialog says what goes, with
//! its number, and names the tasks that still run.

use crate::draft::Draft;
use crate::engine::word::Word;
use crate::snapshot::Summary;
use crate::task::Task;
use crate::web::component::dialog::Dialog;
use crate::web::drive::journal;
use crate::web::drive::journal::tabs;
use crate::web::drive::keep::{self, Kind};
use crate::web::drive::kept;
use crate::web::drive::runner::{self};
use crate::web::state::App;
use crate::words::forget::{self as words, Part, Words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const ID: &str = "forget";

/// Opens the dialog, made anew: what it counts is true now.
pub fn open(app: App) {
    spawn_local(async move {
        let counts = Counts::take(app).await;
        app.show(ID, move || view! { <Forget app counts /> });
    });
}

/// How much there is of everything.
#[derive(Clone, Copy)]
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

/// The dialog: what there is of everything, to be ticked, and the press that takes it away.
#[component]
fn Forget(
    /// The page.
    app: App,
    /// How much there is.
    counts: Counts,
) -> impl IntoView {
    let words = words::words(app.lang());
    let [memory, tab, browser] = counts.keys;
    let ticked = RwSignal::new([false; 5]);
    let said = RwSignal::new("");
    // Nothing is left to press once it is done: what is there then is counted when the dialog is opened again.
    let is_done = move || said.get() == words.done;
    let boxes = Part::ALL.into_iter().zip(counts.parts).enumerate().map(|(at, (part, count))| {
        view! {
            <li>
                <label>
                    <input
                        type="checkbox"
                        id=["forget-", part.name()].concat()
                        disabled=count == 0
                        prop:checked=move || ticked.read()[at]
                        on:change:target=move |event| ticked.write()[at] = event.target().checked()
                    />
                    <span>{words::part(app.lang(), part, count)}</span>
                </label>
            </li>
        }
    });
    let boxes: Vec<_> = boxes.collect();
    let all = move |_| ticked.set(counts.parts.map(|count| count > 0));
    let go = move |_| {
        let parts = Part::ALL.into_iter().zip(ticked.get_untracked());
        let parts: Vec<Part> = parts.filter_map(|(part, is_ticked)| is_ticked.then_some(part)).collect();
        spawn_local(async move {
            let is_whole = forget(app, parts).await;
            said.try_set(if is_whole { words.done } else { words.failed });
        });
    };
    view! {
        <Dialog app id=ID title=words.title>
            <p>{words.lead}</p>
            <ul class="forget">
                <li class="always"><b>{words.keys}</b>" — "{words::keys(app.lang(), memory, tab, browser)}</li>
                {boxes}
            </ul>
            {running(app, words)}
            <div class="buttons">
                <Show when=move || !is_done()>
                    <button type="button" class="small" id="forget-all" on:click=all>{words.all}</button>
                    <button type="button" class="danger" id="forget-go" on:click=go>{words.forget}</button>
                </Show>
            </div>
            <p class="hint" id="forget-said" role="status">{said}</p>
        </Dialog>
    }
}

/// The tasks that still run: without their record only their id brings the video.
fn running(app: App, words: &'static Words) -> Option<impl IntoView> {
    let tasks = app.tasks.get_untracked();
    let row = |task: &Task| {
        let id = task.id.as_ref().map_or(words.no_id, |id| &id.0).to_owned();
        let place = [&*task.origin.gateway, " · ", &task.origin.model, " · "].concat();
        (!task.state.is_final()).then(|| view! { <li>{place}<code>{id}</code></li> })
    };
    let rows: Vec<_> = tasks.iter().filter_map(|handle| handle.task.with_untracked(row)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <div class="advice risk">
                <p>{words.running}</p>
                <ul class="forget" id="forget-running">{rows}</ul>
            </div>
        }
    })
}

/// Forgets the keys and these parts. Whether all of it went.
async fn forget(app: App, parts: Vec<Part>) -> bool {
    keep::forget_keys(app);
    let mut is_whole = true;
    for part in parts {
        match part {
            Part::Draft => {
                // What stands in the form would be saved again, once whoever saves it has seen that it changed.
                app.draft.set(Draft::default());
                app.before.set(None);
                gloo_timers::future::TimeoutFuture::new(0).await;
                keep::forget(app, Kind::Draft);
            }
            Part::Gateways => keep::forget(app, Kind::Gateways),
            Part::Preferences => keep::forget(app, Kind::Preference),
            Part::History => is_whole &= forget_history(app).await.is_ok(),
            Part::Videos => is_whole &= keep::forget_videos().await.is_ok(),
        }
    }
    is_whole
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
