//! The history: every task of this browser, found again in thousands, opened, used again, deleted, taken out and in.
//!
//! - [`row`]: a line on the screen
//! - [`compare`]: what using a task again would change
//! - [`removal`]: deleting, and taking it back
//! - [`file`]: export and import
//! - [`aside`]: what could not be read
//!
//! Nothing here is built before the history is opened, and no signal is in it: a list of ten thousand is repainted where
//! it changed, a few dozen rows at a time.

mod aside;
mod compare;
mod file;
mod removal;
mod row;

use crate::snapshot::list::{List, Wanted};
use crate::snapshot::{Saved, Summary};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el};
use crate::web::drive::journal;
use crate::web::drive::journal::record;
use crate::web::state::App;
use crate::web::state::tasks;
use crate::words::text::history::count;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Rows there are at first, and how many come at a time.
const WINDOW: usize = 30;
const STEP: usize = 120;
/// This close to the end of the rows, more come.
const AHEAD_PX: i32 = 600;
/// Lines read before the first are shown, and in each further turn.
const FIRST: u32 = 200;
const TURN: u32 = 2_500;

/// What an open history holds.
#[derive(Default)]
struct Room {
    list: List,
    window: usize,
    rows: Vec<(String, Element)>,
    /// A search is due.
    asked: bool,
    removed: Option<removal::Removed>,
    /// Grows when the history is opened: what an earlier opening still reads is dropped.
    turn: u32,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// The place of the dialog. It is filled when it is opened.
fn place(app: App) -> El {
    class("dialog", "history").attrs(&[("id", "history"), ("aria-labelledby", "history-title")]).on(
        "close",
        move |_| {
            journal::listen(app, None);
            removal::settle();
            ROOM.with_borrow_mut(|room| *room = Room { turn: room.turn + 1, ..Room::default() });
            if let Some(dialog) = at("history") {
                dialog.set_text_content(None);
            }
        },
    )
}

fn at(id: &str) -> Option<Element> {
    browser::document().get_element_by_id(id)
}

/// Puts something in the place of what an element holds.
fn fill(id: &str, content: impl Into<View>) {
    if let Some(element) = at(id) {
        element.set_text_content(None);
        El::from(element).add(content);
    }
}

/// Says something where it is read out.
fn say(text: &str) {
    fill("history-said", crate::web::component::dom::text(text));
}

/// Opens the history and reads it in.
pub fn open(app: App) {
    dialogs::put("history", || place(app));
    let Some(dialog) = at("history") else { return };
    dialog.set_text_content(None);
    let words = app.lang().history();
    let close = el("form").attr("method", "dialog").add(class("button", "small").text(app.texts().close));
    El::from(dialog)
        .add(close)
        .add(el("h2").attr("id", "history-title").text(words.title))
        .add(filters(app))
        .add(el("div").attr("id", "history-beside"))
        .add(
            class("div", "entries")
                .on("scroll", move |event| {
                    if let Some(list) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
                        scrolled(app, &list);
                    }
                })
                .add(el("ul").attr("id", "history-list").attr("aria-label", words.title))
                .add(el("div").attr("id", "history-more")),
        )
        .add(foot(app));
    dialogs::show("history");
    browser::focus("history-search");
    journal::listen(app, Some(Box::new(move |uid| changed(app, uid.to_owned()))));
    spawn_local(read_again(app));
}

/// Reads everything anew.
async fn read_again(app: App) {
    let turn = ROOM.with_borrow_mut(|room| {
        *room = Room { window: WINDOW, turn: room.turn + 1, ..Room::default() };
        room.turn
    });
    fill("history-list", class("li", "hint").text(app.lang().history().loading));
    read(app, turn).await;
}

/// Search and choices.
fn filters(app: App) -> El {
    let words = app.lang().history();
    let search = el("input")
        .attrs(&[("id", "history-search"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false")])
        .attr("placeholder", words.search_hint)
        .on("input", move |_| ask_soon(app));
    let select = |id: &str, options: Vec<(String, String)>| {
        let any = el("option").attr("value", "").text(words.any);
        let options = options.into_iter().map(|(value, words)| el("option").attr("value", &value).text(&words));
        el("select").attr("id", id).add(any).all(options).on("change", move |_| ask_soon(app))
    };
    let gateways =
        app.catalog().gateways.iter().map(|one| (one.id.to_owned(), app.pick(&one.name).to_owned())).collect();
    let states = words.states.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect();
    let labeled = |id: &str, label: &str, control: El| {
        class("div", "filter").add(el("label").attr("for", id).text(label)).add(control.attr("id", id))
    };
    class("div", "filters")
        .attr("role", "search")
        .add(labeled("history-search", words.search, search))
        .add(labeled("history-gateway", words.gateway, select("history-gateway", gateways)))
        .add(labeled("history-model", words.model, select("history-model", Vec::new())))
        .add(labeled("history-state", words.state, select("history-state", states)))
}

/// What happened, how many there are, and what can be done with all of them.
fn foot(app: App) -> El {
    class("div", "history-foot")
        .add(class("p", "count-all").attr("id", "history-count"))
        .add(class("div", "said-here").attrs(&[("id", "history-said"), ("role", "status")]))
        .add(class("div", "buttons").add(file::buttons(app)).add(removal::button_for_all(app)))
}

/// Reads all lines, newest first, and shows the first as soon as they are there.
async fn read(app: App, turn: u32) {
    let store = journal::store(app).await;
    let Ok(store) = store else {
        // Without a database there are the tasks of this visit.
        let own: Vec<Summary> = app.tasks.get_untracked().iter().map(own_summary).collect();
        ROOM.with_borrow_mut(|room| room.list.extend(own.into_iter()));
        return all_read(app);
    };
    let mut last: Option<(u64, String)> = None;
    let mut most = FIRST;
    loop {
        let after = last.as_ref().map(|(started, uid)| (*started, uid.as_str()));
        let lines = store.summaries(after, most).await.unwrap_or_default();
        let whole = lines.len() == most as usize;
        let summaries: Vec<Summary> = lines.iter().filter_map(|line| Summary::read(line)).collect();
        let next = summaries.last().map(|summary| (summary.started_ms, summary.uid.clone()));
        let current = ROOM.with_borrow_mut(|room| {
            room.list.extend(summaries.into_iter());
            room.turn == turn
        });
        if !current {
            return;
        }
        if most == FIRST {
            paint(app);
            aside::show(app).await;
        }
        if !whole || next.is_none() {
            break;
        }
        (last, most) = (next, TURN);
    }
    all_read(app);
}

/// Everything is there: the counts are true, and the models are known.
fn all_read(app: App) {
    let models = ROOM.with_borrow(|room| room.list.models());
    if let Some(select) = at("history-model") {
        select.set_text_content(None);
        let options = models.iter().map(|model| el("option").attr("value", model).text(model));
        El::from(select).add(el("option").attr("value", "").text(app.lang().history().any)).all(options);
    }
    paint(app);
}

fn own_summary(handle: &tasks::TaskHandle) -> Summary {
    handle.task.with_untracked(|task| Summary::of(&Saved { task: task.clone(), draft: handle.draft.as_ref().clone() }))
}

/// Searches once before the next frame, however many keys were pressed until then.
fn ask_soon(app: App) {
    if !ROOM.with_borrow_mut(|room| std::mem::replace(&mut room.asked, true)) {
        request_animation_frame(move || ask(app));
    }
}

/// Searches for what the controls say.
fn ask(app: App) {
    let value = |id: &str| {
        at(id).map(|element| crate::web::browser::js::get_text(element.as_ref(), "value")).unwrap_or_default()
    };
    let words = value("history-search").to_lowercase().split_whitespace().map(str::to_owned).collect();
    let wanted = Wanted {
        words,
        gateway: value("history-gateway"),
        model: value("history-model"),
        tone: value("history-state"),
    };
    ROOM.with_borrow_mut(|room| {
        (room.window, room.asked) = (WINDOW, false);
        room.list.ask(wanted);
    });
    paint(app);
}

/// Shows the rows of the window; rows that stay keep their element.
fn paint(app: App) {
    let words = app.lang().history();
    let Some(list) = at("history-list") else { return };
    ROOM.with_borrow_mut(|room| {
        let mut old = std::mem::take(&mut room.rows);
        let shown: Vec<&Summary> = room.list.found().take(room.window).collect();
        let rows: Vec<(String, Element)> = shown
            .into_iter()
            .map(|summary| match old.iter().position(|(uid, _)| *uid == summary.uid) {
                Some(place) => old.swap_remove(place),
                None => (summary.uid.clone(), row::row(app, summary).element().clone()),
            })
            .collect();
        let (found, all) = room.list.counts();
        // Rows that stay are not touched: laying out anew is what costs.
        for (_, element) in old {
            element.remove();
        }
        if let Some(hint) = list.first_element_child().filter(|first| first.class_list().contains("hint")) {
            hint.remove();
        }
        let mut before = list.first_element_child();
        for (_, element) in &rows {
            if before.as_ref() == Some(element) {
                before = element.next_element_sibling();
            } else {
                let _ = list.insert_before(element, before.as_ref().map(AsRef::as_ref));
            }
        }
        if rows.is_empty() {
            let text = if all == 0 { words.empty } else { words.none_found };
            let _ = list.append_child(class("li", "hint").text(text).element());
        }
        room.rows = rows;
        fill("history-count", crate::web::component::dom::text(&count(app.lang(), found, all)));
        let more = (found > room.window).then(|| {
            button("", words.more, move || {
                let before = ROOM.with_borrow(|room| room.rows.len());
                extend(app);
                // The button may be gone: the first of the new rows is where the reader goes on.
                row::focus(ROOM.with_borrow(|room| room.rows.get(before).map(|(uid, _)| uid.clone())));
            })
        });
        fill("history-more", more);
    });
}

/// Shows more rows.
fn extend(app: App) {
    ROOM.with_borrow_mut(|room| room.window += STEP);
    paint(app);
}

/// Rows come by themselves before one has scrolled to the end of those there are.
fn scrolled(app: App, list: &Element) {
    let left = list.scroll_height() - list.scroll_top() - list.client_height();
    let more = ROOM.with_borrow(|room| room.list.counts().0 > room.window);
    // Who came to the button by keyboard wants the button.
    let on_button = matches!(browser::document().query_selector("#history-more :focus"), Ok(Some(_)));
    if left < AHEAD_PX && more && !on_button {
        extend(app);
    }
}

/// A record changed, here or in another tab.
fn changed(app: App, uid: String) {
    if let Some(handle) = app.task(&uid) {
        return take_in(app, own_summary(&handle));
    }
    spawn_local(async move {
        if let Some(saved) = record::load(app, &uid).await {
            return take_in(app, Summary::of(&saved));
        }
        ROOM.with_borrow_mut(|room| drop(room.list.take(&[uid])));
        paint(app);
    });
}

fn take_in(app: App, summary: Summary) {
    let uid = summary.uid.clone();
    let everything = ROOM.with_borrow_mut(|room| {
        if room.removed.as_ref().is_some_and(|removed| removed.holds(&uid)) {
            return false;
        }
        let row = room.rows.iter_mut().find(|(known, _)| *known == uid);
        if let Some((_, element)) = row {
            row::refresh(app, element, &summary);
        }
        room.list.update(summary)
    });
    if everything {
        paint(app);
    }
}

/// Closes the history.
fn close() {
    if let Some(dialog) = at("history") {
        let dialog: web_sys::HtmlDialogElement = dialog.unchecked_into();
        dialog.close();
    }
}
