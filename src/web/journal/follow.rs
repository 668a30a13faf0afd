//! Takes tasks up again: after the page was opened, after another tab has died, after a key was typed.

use super::record;
use super::store::Store;
use super::tabs::{self, Word};
use crate::key::ApiKey;
use crate::snapshot::{Saved, Summary};
use crate::task::{Following, Input, Task};
use crate::web::app::App;
use crate::web::browser;
use crate::web::embed;
use crate::web::runner::{self, TaskHandle};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Finished tasks shown at once when the page is opened; the others are in the history.
const RECENT: u32 = 8;
/// A line this short is no news: nobody is told that another tab follows.
const PATIENCE_MS: u32 = 400;

/// Opens the journal: what is unfinished goes on, what is recent is shown.
pub fn open(app: App) {
    tabs::listen(move |word| heard(app, word));
    spawn_local(async move {
        let store = match super::store().await {
            Ok(store) => store,
            Err(refusal) => return super::judge(app, Some(refusal)),
        };
        record::read_again(&store).await;
        // An embed shows what was begun in it. The rest is in the history, for whoever opens that.
        let uids = if app.embedded { embed::own_tasks() } else { unfinished_and_recent(&store).await };
        let mut found = Vec::new();
        for uid in uids {
            if let Some(saved) = record::load(&uid).await {
                found.push(saved);
            }
        }
        found.sort_by_key(|saved| saved.task.started_ms);
        let mut shown = app.selected.get_untracked();
        for saved in found {
            let unfinished = goes_on(&saved.task);
            let handle = take_in(app, saved);
            // What was on the way when the page was left is what its owner comes back for. The newest comes last.
            if unfinished && app.selected.get_untracked() == shown {
                shown = Some(handle.number);
                app.selected.set(shown);
            }
        }
    });
}

async fn unfinished_and_recent(store: &Store) -> Vec<String> {
    let mut uids = store.unfinished().await.unwrap_or_default();
    let recent = store.summaries(None, RECENT).await.unwrap_or_default();
    for uid in recent.iter().filter_map(|line| Summary::read(line)).map(|summary| summary.uid) {
        if !uids.contains(&uid) {
            uids.push(uid);
        }
    }
    uids
}

/// Puts a task of the journal among those of the page, unless it is there. An unfinished one is followed.
pub fn take_in(app: App, saved: Saved) -> TaskHandle {
    let uid = saved.task.uid.clone();
    if let Some(known) = runner::find(app, &uid) {
        return known;
    }
    let unfinished = goes_on(&saved.task);
    let handle = runner::add(app, saved);
    if unfinished {
        stand_in_line(app, &handle, None);
    }
    handle
}

/// Whether anything can still happen to it by itself.
fn goes_on(task: &Task) -> bool {
    !task.state.is_final()
}

/// Stands in line for a task. Once it is ours it goes on from the record, and then hears the wish.
pub fn stand_in_line(app: App, handle: &TaskHandle, wish: Option<Input>) {
    let uid = handle.uid.to_string();
    let (waiting, ours) = (handle.clone(), handle.clone());
    gloo_timers::callback::Timeout::new(PATIENCE_MS, move || {
        if tabs::is_waiting(&waiting.uid) {
            waiting.elsewhere.set(true);
        }
    })
    .forget();
    tabs::stand_in_line(&uid, move || spawn_local(go_on(app, ours, wish)));
}

async fn go_on(app: App, handle: TaskHandle, wish: Option<Input>) {
    // What another tab wrote last counts, not what this one saw of it.
    let newest = record::load(&handle.uid).await;
    if handle.is_gone() {
        return tabs::let_go(&handle.uid);
    }
    handle.elsewhere.set(false);
    let has_key = has_key(app, &handle);
    let now = browser::now_ms();
    let mut effects = Vec::new();
    let mut stays = false;
    handle.task.update(|task| {
        if let Some(saved) = newest.filter(|saved| saved.task.is_ahead_of(task)) {
            *task = saved.task;
        }
        // Nothing to do here without a key that may be taken: the next in line may have one.
        let lacks_key = matches!(task.following, Following::NeedsKey | Following::KeyRefused);
        stays = wish.is_none() && !has_key && goes_on(task) && lacks_key;
        if !stays {
            effects = task.resume(now);
        }
    });
    if stays {
        return let_go_if_idle(app, &handle);
    }
    // Who pastes answers without a key here goes on by hand. Without a key the task says so now, not when the next query
    // is due.
    let by_hand = (!has_key && matches!(wish, Some(Input::Pasted(..)))).then_some(Input::ByHand);
    let wish = wish.or_else(|| (!has_key).then_some(Input::AskNow));
    // All in one go: a task that has ended is let go as soon as nothing is left to do, and the wish may be to go on.
    for input in by_hand.into_iter().chain(wish) {
        handle.task.update(|task| effects.extend(runner::step(app, task, input, None)));
    }
    runner::carry_out(app, &handle, effects);
}

/// Whether there is a key for it that was not refused here: two tabs would hand the task to each other for ever.
fn has_key(app: App, handle: &TaskHandle) -> bool {
    let key = key_of(app, handle);
    key.is_some() && handle.refused.lock().is_ok_and(|refused| *refused != key)
}

fn key_of(app: App, handle: &TaskHandle) -> Option<ApiKey> {
    handle.task.with_untracked(|task| app.key(&task.origin.gateway, &task.origin.base))
}

/// What the user wants of a task, whichever tab follows it.
pub fn wish(app: App, handle: &TaskHandle, wish: Input) {
    if tabs::is_ours(&handle.uid) {
        runner::advance(app, handle, wish);
    } else if tabs::is_waiting(&handle.uid) {
        if !tabs::tell(&Word::Wish(handle.uid.to_string(), wish.clone())) {
            // What no word carries happens here; the record that knows more will win.
            runner::advance(app, handle, wish);
        }
    } else {
        stand_in_line(app, handle, Some(wish));
    }
}

/// A key was given: tasks that lack one go on.
pub fn key_given(app: App) {
    for handle in app.tasks.get_untracked() {
        // The same key given once more is a wish to try it again.
        if let Ok(mut refused) = handle.refused.lock() {
            *refused = None;
        }
        let lacks = handle.task.with_untracked(|task| {
            goes_on(task) && matches!(task.following, Following::NeedsKey | Following::KeyRefused)
        });
        if lacks && has_key(app, &handle) && !tabs::is_ours(&handle.uid) {
            stand_in_line(app, &handle, None);
        }
    }
}

/// A task that will not move any more, or not in this tab, is left to the others.
pub fn let_go_if_idle(app: App, handle: &TaskHandle) {
    let (unfinished, refused, lacks) = handle.task.with_untracked(|task| {
        (goes_on(task), task.following == Following::KeyRefused, task.following == Following::NeedsKey)
    });
    let idle = !unfinished || refused || lacks;
    if idle && tabs::is_ours(&handle.uid) {
        if refused && let Ok(mut key) = handle.refused.lock() {
            *key = key_of(app, handle);
        }
        tabs::let_go(&handle.uid);
    }
}

/// What another tab said.
fn heard(app: App, word: Word) {
    match word {
        Word::Saved(uid) => spawn_local(async move {
            let Some(saved) = record::load(&uid).await else { return };
            let Some(handle) = runner::find(app, &uid) else {
                // What another tab started is news here; what it read in from a file is for the history.
                if goes_on(&saved.task) && !app.embedded {
                    take_in(app, saved);
                }
                return super::changed(&uid);
            };
            let can_help = saved.task.following == Following::Yes || has_key(app, &handle);
            let unfinished = goes_on(&saved.task);
            let is_ahead = handle.task.with_untracked(|task| saved.task.is_ahead_of(task));
            // Who follows a task knows best, but for an end that another tab was given by hand.
            if tabs::is_ours(&uid) && (unfinished || !is_ahead) {
                return;
            }
            if is_ahead {
                handle.task.set(saved.task);
            }
            if unfinished && can_help {
                stand_in_line(app, &handle, None);
            } else if !unfinished {
                tabs::let_go(&uid);
                handle.elsewhere.set(false);
            }
            super::changed(&uid);
        }),
        Word::Gone(uid) => {
            super::changed(&uid);
            runner::drop_task(app, &uid);
        }
        Word::Wish(uid, wish) if tabs::is_ours(&uid) => {
            if let Some(handle) = runner::find(app, &uid) {
                runner::advance(app, &handle, wish);
            }
        }
        Word::Wish(..) => {}
        Word::Forget => crate::web::keep::forget_here(app),
    }
}
