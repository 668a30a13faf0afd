//! The locks of tasks, and the channel to the other tabs. What they mean is said in [`engine`](crate::engine): here they
//! are asked for, given back, and reported. When a tab dies the browser gives its locks to the next in line.
//!
//! A browser without locks has one tab as far as this file knows.

use crate::engine::Event;
use crate::engine::word::Word;
use crate::web::browser;
use crate::web::browser::js::{always, call, get, get_text, once, record, set, wait};
use crate::web::drive::engine::hear;
use crate::web::state::App;
use crate::web::state::tasks::Lock;
use js_sys::{Function, Promise};
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

const CHANNEL: &str = "wan-playground";
const LOCK: &str = "wan-task-";

/// Asks for a task's lock, and reports when it is ours.
pub fn stand_in_line(app: App, uid: String) {
    let manager = get(&browser::window().navigator(), "locks");
    if !manager.is_object() {
        app.drive.locks.borrow_mut().insert(uid.clone(), Lock::Ours(None));
        // Not before the caller has finished, as with a lock.
        spawn_local(async move { hear(app, Event::Locked(uid)) });
        return;
    }
    let controller = web_sys::AbortController::new().map_or(JsValue::UNDEFINED, JsValue::from);
    let options = record(&[("signal", &get(&controller, "signal"))]);
    app.drive.locks.borrow_mut().insert(uid.clone(), Lock::Asked(controller));
    let is_granted = Rc::new(Cell::new(false));
    let held = {
        let (uid, is_granted) = (uid.clone(), is_granted.clone());
        once(move |_| {
            is_granted.set(true);
            // The lock is held for as long as this promise is open.
            let open = Promise::new(&mut |keep: Function, _| {
                app.drive.locks.borrow_mut().insert(uid.clone(), Lock::Ours(Some(keep)));
            });
            hear(app, Event::Locked(uid));
            open.into()
        })
    };
    let asked = call(&manager, "request", &[&[LOCK, &uid].concat().into(), &options, &held]);
    spawn_local(async move {
        let outcome = match asked {
            Ok(promise) => wait(promise).await,
            Err(error) => Err(error),
        };
        let Err(error) = outcome else { return };
        if is_granted.get() {
            // Somebody took it from us.
            app.drive.locks.borrow_mut().remove(&uid);
            hear(app, Event::Unlocked(uid));
        } else if get_text(&error, "name") != "AbortError" {
            // The browser refuses locks where it refuses storage; the task goes on all the same.
            app.drive.locks.borrow_mut().insert(uid.clone(), Lock::Ours(None));
            hear(app, Event::Locked(uid));
        }
    });
}

/// Gives a task's lock to the next in line, or leaves the line.
pub fn let_go(app: App, uid: &str) {
    let lock = app.drive.locks.borrow_mut().remove(uid);
    match lock {
        Some(Lock::Ours(Some(keep))) => drop(keep.call0(&JsValue::NULL)),
        Some(Lock::Asked(controller)) => drop(call(&controller, "abort", &[])),
        Some(Lock::Ours(None)) | None => {}
    }
}

/// Listens to the other tabs.
pub fn listen(app: App) {
    let Some(class) = crate::web::browser::channel::class() else { return };
    let Ok(channel) = js_sys::Reflect::construct(&class, &js_sys::Array::of1(&CHANNEL.into())) else { return };
    let listener = always(move |event| {
        if let Some(word) = Word::read(&get_text(&event, "data")) {
            hear(app, Event::Heard(word));
        }
    });
    set(&channel, "onmessage", &listener);
    app.drive.channel.replace(Some(channel));
}

/// Tells the other tabs.
pub fn tell(app: App, word: &Word) {
    if let (Some(channel), Some(text)) = (&*app.drive.channel.borrow(), word.print()) {
        let _ = call(channel, "postMessage", &[&text.into()]);
    }
}
