//! One follower among the tabs. Every task has a lock of its own, and the tab that holds it asks the gateway; the others
//! stand in line and show what it writes. A lock of a task, not of the page: keys live in the memory of the tab they were
//! typed into, so only that tab may be able to follow. When a tab dies the browser gives its locks to the next in line.
//!
//! A browser without locks has one tab as far as this file knows.

use crate::task::Input;
use crate::web::browser;
use crate::web::js::{always, call, get, get_text, once, record, set};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

const CHANNEL: &str = "wan-playground";
const LOCK: &str = "wan-task-";

/// What a tab tells the others.
pub enum Word {
    /// A record is newer on disk.
    Saved(String),
    /// A task was deleted.
    Gone(String),
    /// A wish of the user for a task that another tab follows.
    Wish(String, Input),
    /// Every key is to be forgotten.
    Forget,
}

/// Wishes that travel between tabs, by their words.
const WISHES: [(&str, Input); 5] = [
    ("ask", Input::AskNow),
    ("stop", Input::Stop),
    ("follow", Input::Follow),
    ("cancel", Input::Cancel),
    ("by-hand", Input::ByHand),
];

/// Where this tab stands with a task's lock.
enum Place {
    /// In line: the controller takes it out.
    Waiting(JsValue),
    /// Ours: the function gives it back.
    Ours(Option<Function>),
}

thread_local! {
    static PLACES: RefCell<HashMap<String, Place>> = RefCell::default();
    static SPEAKER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

fn manager() -> Option<JsValue> {
    Some(get(&browser::window().navigator(), "locks")).filter(JsValue::is_object)
}

/// Whether this tab follows the task.
pub fn is_ours(uid: &str) -> bool {
    PLACES.with_borrow(|places| matches!(places.get(uid), Some(Place::Ours(_))))
}

/// Whether this tab stands in line for it.
pub fn is_waiting(uid: &str) -> bool {
    PLACES.with_borrow(|places| matches!(places.get(uid), Some(Place::Waiting(_))))
}

/// Stands in line for a task, unless it does already. `then` runs once it is ours.
pub fn stand_in_line(uid: &str, then: impl FnOnce() + 'static) {
    stand_boxed(uid.to_owned(), Box::new(then));
}

fn stand_boxed(uid: String, then: Box<dyn FnOnce()>) {
    if PLACES.with_borrow(|places| places.contains_key(&uid)) {
        return;
    }
    let Some(manager) = manager() else {
        PLACES.with_borrow_mut(|places| places.insert(uid, Place::Ours(None)));
        // Not before the caller has finished, as with a lock.
        leptos::task::spawn_local(async move { then() });
        return;
    };
    let controller = web_sys::AbortController::new().map_or(JsValue::UNDEFINED, JsValue::from);
    let options = record(&[("signal", &get(&controller, "signal"))]);
    PLACES.with_borrow_mut(|places| places.insert(uid.clone(), Place::Waiting(controller)));
    let name = [LOCK, &uid].concat();
    // Both may come: the browser refuses locks where it refuses storage, and then `then` must run all the same.
    let then = std::rc::Rc::new(RefCell::new(Some((uid, then))));
    let refused = then.clone();
    let held = once(move |_| {
        let Some((uid, then)) = then.take() else { return JsValue::UNDEFINED };
        // The lock is held for as long as this promise is open.
        let open = Promise::new(&mut |keep: Function, _| {
            PLACES.with_borrow_mut(|places| places.insert(uid.clone(), Place::Ours(Some(keep))));
        });
        then();
        open.into()
    });
    let asked = call(&manager, "request", &[&name.into(), &options, &held]);
    leptos::task::spawn_local(async move {
        let outcome = match asked {
            Ok(promise) => crate::web::js::wait(promise).await,
            Err(error) => Err(error),
        };
        if let Err(error) = outcome
            && get_text(&error, "name") != "AbortError"
            && let Some((uid, then)) = refused.take()
        {
            PLACES.with_borrow_mut(|places| places.insert(uid, Place::Ours(None)));
            then();
        }
    });
}

/// Gives a task's lock to the next in line, or leaves the line.
pub fn let_go(uid: &str) {
    match PLACES.with_borrow_mut(|places| places.remove(uid)) {
        Some(Place::Ours(Some(keep))) => drop(keep.call0(&JsValue::NULL)),
        Some(Place::Waiting(controller)) => drop(call(&controller, "abort", &[])),
        Some(Place::Ours(None)) | None => {}
    }
}

/// Listens to the other tabs.
pub fn listen(heard: impl Fn(Word) + 'static) {
    let class = get(&browser::window(), "BroadcastChannel");
    let Ok(class) = class.dyn_into::<Function>() else { return };
    let Ok(channel) = js_sys::Reflect::construct(&class, &js_sys::Array::of1(&CHANNEL.into())) else { return };
    let listener = always(move |event| {
        if let Some(word) = parse(&get_text(&event, "data")) {
            heard(word);
        }
    });
    set(&channel, "onmessage", &listener);
    SPEAKER.set(Some(channel));
}

/// Tells the other tabs. `false` if there is no word for it.
pub fn tell(word: &Word) -> bool {
    let (name, uid) = match word {
        Word::Saved(uid) => ("saved", uid.as_str()),
        Word::Gone(uid) => ("gone", uid.as_str()),
        Word::Forget => ("forget", ""),
        Word::Wish(uid, wish) => match WISHES.iter().find(|(_, known)| known == wish) {
            Some((name, _)) => (*name, uid.as_str()),
            None => return false,
        },
    };
    SPEAKER.with_borrow(|speaker| {
        let text = [name, " ", uid].concat();
        speaker.as_ref().is_some_and(|speaker| call(speaker, "postMessage", &[&text.into()]).is_ok())
    })
}

fn parse(text: &str) -> Option<Word> {
    let (name, uid) = text.split_once(' ')?;
    let uid = uid.to_owned();
    match name {
        "saved" => Some(Word::Saved(uid)),
        "gone" => Some(Word::Gone(uid)),
        "forget" => Some(Word::Forget),
        other => {
            let (_, wish) = WISHES.iter().find(|(known, _)| *known == other)?;
            Some(Word::Wish(uid, wish.clone()))
        }
    }
}
