//! The history: every task of this browser, found again in thousands, opened, used again, deleted, taken out and in.
//!
//! - [`room`]: what an open history holds; [`reading`] brings it from the disk
//! - [`filters`]: what is looked for
//! - [`entries`]: the rows on the screen; [`row`]: one of them
//! - [`compare`]: what using a task again would change
//! - [`removal`]: deleting, and taking it back
//! - [`file`]: export and import
//! - [`aside`]: what could not be read

mod aside;
mod compare;
mod entries;
mod file;
mod filters;
mod reading;
mod removal;
mod room;
mod row;

use crate::snapshot::Saved;
use crate::snapshot::list::List;
use crate::web::browser;
use crate::web::component::dialog::Dialog;
use crate::web::drive::journal;
use crate::web::drive::journal::follow;
use crate::web::state::App;
use crate::words::text::history::{count, deleted};
use aside::Records;
use compare::Compare;
use entries::Entries;
use file::Files;
use filters::Filters;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;
use removal::DeleteFound;
use room::{Room, Said};
use std::sync::Arc;

const ID: &str = "history";

/// Opens the history and reads it in.
pub fn open(app: App) {
    app.show(ID, move || view! { <History app /> });
}

/// The dialog.
#[component]
fn History(
    /// The page.
    app: App,
) -> impl IntoView {
    let words = app.lang().history();
    let room = Room::new(app);
    journal::listen(app, Some(Box::new(move |uid| spawn_local(reading::changed(room, uid.to_owned())))));
    on_cleanup(move || {
        journal::listen(app, None);
        spawn_local(removal::settle(room));
    });
    spawn_local(reading::read(room));
    browser::focus("history-search");
    let open = Callback::new(move |uid: Arc<str>| spawn_local(put_on_stage(room, uid)));
    let again = Callback::new(move |uid: Arc<str>| spawn_local(hold_against(room, uid)));
    let remove = Callback::new(move |uid: Arc<str>| removal::remove(room, &[uid.to_string()]));
    view! {
        <Dialog app id=ID class="history" title=words.title>
            <Filters room />
            <div id="history-beside"><Beside room /></div>
            <Entries room open again remove />
            <div class="history-foot">
                <p class="count-all" id="history-count">{move || counted(room)}</p>
                <div class="said-here" id="history-said" role="status"><Spoken room /></div>
                <div class="buttons"><Files room /><DeleteFound room /></div>
            </div>
        </Dialog>
    }
}

/// How many match, and how many there are.
fn counted(room: Room) -> Option<String> {
    let (found, all) = room.list.with(List::counts);
    (all > 0 || room.is_read.get()).then(|| count(room.app.lang(), found, all))
}

/// A task held against the draft, else what lies aside, if anything does.
#[component]
fn Beside(
    /// The history.
    room: Room,
) -> impl IntoView {
    let app = room.app;
    let forget = Callback::new(move |key| spawn_local(reading::forget_aside(room, key)));
    let taken = Callback::new(move |()| {
        app.hide(ID);
        browser::focus("f-prompt");
    });
    let compare = move |saved: Arc<Saved>| {
        let uid = saved.task.uid.clone();
        let leave = Callback::new(move |()| {
            room.compared.set(None);
            Room::focus(&uid);
            spawn_local(reading::look_aside(room));
        });
        view! { <Compare app saved taken leave /> }
    };
    let has_aside = move || room.compared.read().is_none() && !room.aside.read().is_empty();
    view! {
        <Show when=has_aside>
            <Records app list=room.aside remove=forget />
        </Show>
        {move || room.compared.get().map(compare)}
    }
}

/// What is said at the foot. Every sentence is a new one, so that it is read out again when it is said again.
#[component]
fn Spoken(
    /// The history.
    room: Room,
) -> impl IntoView {
    let (lang, words) = (room.app.lang(), room.app.lang().history());
    let spoken = move || {
        let speech = room.speech.get();
        speech.said.map(|said| (speech.turn, said))
    };
    let undo = move |_| removal::undo(room);
    let sentence = move |said| match said {
        Said::Words(words) => Either::Left(words),
        Said::Deleted(number) => Either::Right(view! {
            {deleted(lang, number)}
            " "
            <button type="button" class="small" id="history-undo" on:click=undo>{words.undo}</button>
        }),
    };
    view! { <For each=spoken key=|(turn, _)| *turn children=move |(_, said)| sentence(said) /> }
}

/// Puts a task on the stage.
async fn put_on_stage(room: Room, uid: Arc<str>) {
    let app = room.app;
    let handle = match app.task(&uid) {
        Some(handle) => Some(handle),
        None => journal::record::load(app, &uid).await.and_then(|saved| follow::take_in(app, saved)),
    };
    let Some(handle) = handle else { return gone(room).await };
    app.hide(ID);
    app.selected.set(Some(handle.number));
    browser::reveal("stage");
    browser::focus("stage");
}

/// Shows what using a task again would change.
async fn hold_against(room: Room, uid: Arc<str>) {
    match reading::saved(room.app, &uid).await {
        Some(saved) => drop(room.compared.try_set(Some(Arc::new(saved)))),
        None => gone(room).await,
    }
}

/// A record could not be read, and was put aside.
async fn gone(room: Room) {
    room.say_words(room.app.lang().history().gone);
    reading::look_aside(room).await;
}
