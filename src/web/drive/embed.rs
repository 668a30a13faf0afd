//! Speaks with the page around an embedded one. The frame says hello to whoever is its parent, without a word about what
//! is in it; the first valid answer tells the host's origin, and from then on the page speaks to that origin only and
//! listens to no other. What is said stands in [`crate::embed`].

use crate::embed::{self};
use crate::http::{Files, Json};
use crate::redact::redact;
use crate::snippet::{self, Curl, Shell};
use crate::web::browser;
use crate::web::browser::js::{always, call, get, get_text, record};
use crate::web::drive::printed::BODY_FILE;
use crate::web::state::App;
use crate::web::state::embed::Wishes;
use crate::web::state::tasks::TaskHandle;
use crate::words::lang::Lang;
use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// How long the page rests after it did what the host wished, so that no host keeps it busy.
const REST_MS: u32 = 250;
/// How long the draft has to stand still before it is told.
const PAUSE_MS: u32 = 150;
/// What comes so soon after the reader did something is its answer, as browsers judge it too.
const AT_ONCE_MS: u64 = 500;
/// Tasks that an embed finds again when it is opened the next time.
const REMEMBERED: usize = 8;

fn parent() -> JsValue {
    get(&browser::window(), "parent")
}

/// Begins to speak and to listen, where there is somebody around.
pub fn open(app: App) {
    if !app.embedded {
        return;
    }
    let opened_ms = browser::now_ms();
    follow(move || tell_tasks(app, opened_ms));
    if parent() == JsValue::from(browser::window()) {
        return;
    }
    let heard = always(move |event| heard(app, &event));
    let _ = browser::window().add_event_listener_with_callback("message", heard.unchecked_ref());
    follow(move || tell_draft_later(app));
    watch_height(app);
    let hello = record(&[("wan", &version()), ("type", &"hello".into())]);
    let _ = call(&parent(), "postMessage", &[&hello, &"*".into()]);
}

/// An effect for as long as the page lives.
fn follow(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    std::mem::forget(RenderEffect::new(move |_| run()));
}

fn version() -> JsValue {
    // A version is small.
    #[allow(clippy::cast_precision_loss)]
    let version = embed::VERSION as f64;
    version.into()
}

/// A message from somewhere. Who it is from and how many there are is looked at before what is in it.
fn heard(app: App, event: &JsValue) {
    if get(event, "source") != parent() || !app.talk.sluice.borrow_mut().lets_through(browser::now_ms()) {
        return;
    }
    let origin = get_text(event, "origin");
    let host = app.host.get_untracked();
    // A page without an origin of its own, as from a file, cannot be told anything that others do not hear.
    if origin.is_empty() || origin == "null" || !(host.is_empty() || host == origin) {
        return;
    }
    let data = get(event, "data");
    if get(&data, "wan") != version() {
        return;
    }
    let member = |name: &str, longest: u32| {
        let value: JsString = get(&data, name).dyn_into().ok()?;
        (value.length() <= longest).then(|| String::from(value))
    };
    let Some(wish) = embed::read(member) else { return };
    if host.is_empty() {
        app.host.set(origin);
        let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
        say(app, "ready", "", &embed::ready(gateway.id, model.id, app.lang().tag()));
    }
    app.talk.wishes.borrow_mut().note(wish);
    if !app.talk.rests.get() {
        grant(app);
    }
}

/// Does what the host wishes, and rests.
fn grant(app: App) {
    let Wishes { theme, lang, lock, show, link } = app.talk.wishes.take();
    app.talk.rests.set([&theme, &lang, &lock, &show].iter().any(|word| !word.is_empty()) || link.is_some());
    if !app.talk.rests.get() {
        return;
    }
    if !theme.is_empty() {
        browser::set_theme(&theme);
    }
    if !lock.is_empty() {
        browser::set_lock(&lock);
    }
    if !show.is_empty() {
        browser::set_show(&show);
    }
    let wanted = Lang::of(&lang);
    if !lang.is_empty() && wanted != app.lang() {
        app.lang.set(wanted);
    }
    if let Some(fragment) = link {
        crate::web::drive::link::wish(app, &fragment);
    }
    gloo_timers::callback::Timeout::new(REST_MS, move || grant(app)).forget();
}

/// Says something to the host, unless nobody listens or it was said before. No key goes through, wherever it was typed.
fn say(app: App, kind: &str, about: &str, detail: &Json) {
    let host = app.host.get_untracked();
    if host.is_empty() {
        return;
    }
    let text = redact(&app.known_keys(), &detail.print(Files::Marked));
    let slot = [kind, " ", about].concat();
    if app.talk.said.borrow().iter().any(|(about, words)| *about == slot && *words == text) {
        return;
    }
    let Ok(detail) = js_sys::JSON::parse(&text) else { return };
    let message = record(&[("wan", &version()), ("type", &kind.into()), ("detail", &detail)]);
    let _ = call(&parent(), "postMessage", &[&message, &host.into()]);
    let mut said = app.talk.said.borrow_mut();
    said.retain(|(about, _)| *about != slot);
    said.push((slot, text));
}

/// Tells the host's author what is wrong with a wish. Followed: once the host is known, it is told.
pub fn fault(app: App, message: &str) {
    let _ = app.host.read();
    say(app, "fault", "", &embed::fault(message));
}

/// Tells of draft and price when they have stood still for a moment.
fn tell_draft_later(app: App) {
    let _ = (app.host.read(), app.draft.read(), app.outlook.read());
    let timer = gloo_timers::callback::Timeout::new(PAUSE_MS, move || tell_draft(app));
    // The one before is taken back.
    app.talk.pause.replace(Some(timer));
}

fn tell_draft(app: App) {
    let (gateway, model) = untrack(|| (app.the_gateway(), app.the_model()));
    let outlook = app.outlook.get_untracked();
    let how = Curl { key_variable: gateway.key_variable, output: None, body_file: BODY_FILE };
    let curl = snippet::print(Shell::Posix, &outlook.request, how).text;
    let draft = app.draft.get_untracked();
    let complete = outlook.generation.is_some();
    say(app, "change", "", &embed::change(gateway.id, model.id, &draft, &curl, complete));
    say(app, "estimate", "", &embed::estimate(outlook.estimate.as_ref().ok()));
}

/// Tells of the tasks that were begun in this frame, and writes down which they are.
fn tell_tasks(app: App, opened_ms: u64) {
    let _ = app.host.read();
    for handle in app.tasks.get() {
        let told = handle.task.with(|task| {
            let ours = task.create.is_some() && task.started_ms >= opened_ms;
            ours.then(|| embed::task(task))
        });
        if let Some(told) = told {
            remember(&handle);
            say(app, "task", &handle.uid, &told);
        }
    }
}

/// Reports the height of the content whenever it changes, and whether the reader has just done something here.
fn watch_height(app: App) {
    let Some(body) = browser::document().body() else { return };
    let Ok(class) = get(&browser::window(), "ResizeObserver").dyn_into::<js_sys::Function>() else { return };
    let measure = {
        let body = body.clone();
        move || {
            let height = body.get_bounding_client_rect().height().ceil();
            let host = app.host.get();
            if host.is_empty() || app.talk.height.replace(height).to_bits() == height.to_bits() {
                return;
            }
            let asked = browser::now_ms().saturating_sub(app.talk.touched.get()) <= AT_ONCE_MS;
            let message = record(&[
                ("wan", &version()),
                ("type", &"height".into()),
                ("height", &height.into()),
                ("asked", &asked.into()),
            ]);
            let _ = call(&parent(), "postMessage", &[&message, &host.into()]);
        }
    };
    let touched = always(move |_| app.talk.touched.set(browser::now_ms()));
    for event in ["pointerdown", "click", "keydown", "input"] {
        let capture = true;
        let _ = browser::window().add_event_listener_with_callback_and_bool(event, touched.unchecked_ref(), capture);
    }
    let resized = always({
        let measure = measure.clone();
        move |_| untrack(&measure)
    });
    if let Ok(observer) = js_sys::Reflect::construct(&class, &js_sys::Array::of1(&resized)) {
        let _ = call(&observer, "observe", &[&body]);
    }
    // Once more when somebody listens.
    follow(measure);
}

/// Where the uids of an embed's tasks are kept: by the site around it and by what it was asked to show, so that embeds
/// do not show each other's.
fn shelf() -> String {
    ["wan.embed ", &browser::site_around(""), " ", &browser::first_wish()].concat()
}

fn storage() -> JsValue {
    get(&browser::window(), "localStorage")
}

/// Tasks that were begun in this embed, also before it was opened this time.
pub fn own_tasks() -> Vec<String> {
    let kept = call(&storage(), "getItem", &[&shelf().into()]).ok().and_then(|kept| kept.as_string());
    kept.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn remember(handle: &TaskHandle) {
    let mut uids = own_tasks();
    if uids.iter().any(|uid| **uid == *handle.uid) {
        return;
    }
    uids.insert(0, handle.uid.to_string());
    uids.truncate(REMEMBERED);
    let _ = call(&storage(), "setItem", &[&shelf().into(), &uids.join(" ").into()]);
}
