//! The take-up box: one field for whatever people bring, and what the page makes of it.

use crate::address::BaseUrl;
use crate::key::Secret;
use crate::takeup::{ENDINGS, Found, LONGEST, Place, Taken};
use crate::task::State;
use crate::verdict::{brought, expired};
use crate::web::browser;
use crate::web::browser::js;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el, nothing, typed};
use crate::web::component::parts::radios;
use crate::web::component::verdict;
use crate::web::component::voice;
use crate::web::dialog::import;
use crate::web::dialog::share;
use crate::web::drive::takeup::{self as up, Wish};
use crate::web::state::App;
use crate::words::failure;
use crate::words::takeup::{self as words, Words};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;

const ID: &str = "takeup";

/// The place of the box. It is filled when it is opened.
pub fn place() -> El {
    el("div").attr("id", "takeup-place-of-box")
}

/// Opens the box, made anew in the language of the moment.
#[inline(never)]
pub fn open(app: App) {
    let Some(place) = browser::document().get_element_by_id("takeup-place-of-box") else { return };
    if browser::document().get_element_by_id(ID).is_none() {
        let _ = El::from(place).add(dialog(app));
    }
    dialogs::show(ID);
}

/// The box.
fn dialog(app: App) -> El {
    let words = words::words(app.lang());
    let result = class("div", "taken").attr("id", "takeup-result");
    let area = el("textarea")
        .attrs(&[("id", "takeup-text"), ("rows", "6"), ("spellcheck", "false"), ("autocomplete", "off")])
        .attr("aria-label", words.title);
    let (field, place) = (area.element().clone(), result.element().clone());
    let show = {
        let (field, place) = (field.clone(), place.clone());
        // What is shown is made by a press, outside of any effect: it hangs on an owner of its own, until the next one.
        let owner = Owner::current().unwrap_or_default();
        let shown: RefCell<Option<Owner>> = RefCell::default();
        Rc::new(move |text: &str| {
            place.set_text_content(None);
            let own = owner.with(Owner::new);
            if let Some(link) = own.with(|| untrack(|| share::taken(app, text, close))) {
                let _ = El::from(place.clone()).add(link);
                if let Some(earlier) = shown.replace(Some(own)) {
                    earlier.cleanup();
                }
                return;
            }
            let taken = crate::takeup::read(app.catalog(), &up::bases(app), text);
            let request = match taken.found {
                Found::CreateCall(_) | Found::Unknown | Found::TooLong => import::find(app, text),
                _ => None,
            };
            // What is far too long does not stay on the screen, nor does a key.
            let left = match (&request, &taken.found) {
                (Some(request), _) if text.len() <= LONGEST => request.text().to_owned(),
                (Some(_), _) | (None, Found::TooLong | Found::Key) => String::new(),
                (None, _) => crate::key::without_keys(text),
            };
            if left != text {
                let _ = js_sys::Reflect::set(&field, &"value".into(), &left.into());
            }
            let _ = El::from(place.clone())
                .add(own.with(|| untrack(|| outcome(app, words, taken, request, text.contains("://")))));
            // What it is; the rest is read at one's own pace.
            let first = place.first_element_child().and_then(|first| first.text_content());
            voice::say(&first.unwrap_or_default());
            if let Some(earlier) = shown.replace(Some(own)) {
                earlier.cleanup();
            }
        })
    };
    let pasted = Rc::clone(&show);
    let area = area.on("paste", move |event| {
        // Five megabytes in a field would stop the page for seconds: they do not get that far.
        let data = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data);
        let text = data.and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if text.len() > LONGEST {
            event.prevent_default();
            pasted(&text);
        }
    });
    let dropped = Rc::clone(&show);
    let area = area.on("dragover", |event| event.prevent_default()).on("drop", move |event| {
        let data = event.dyn_ref::<web_sys::DragEvent>().and_then(web_sys::DragEvent::data_transfer);
        if let Some(file) = data.and_then(|data| data.files()).and_then(|files| files.get(0)) {
            event.prevent_default();
            take_file(&dropped, &file);
        }
    });
    let opened = Rc::clone(&show);
    let file =
        el("input").attrs(&[("id", "takeup-file"), ("type", "file"), ("accept", ENDINGS)]).on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
                take_file(&opened, &file);
            }
        });
    let read = move || {
        let value = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        show(&value.unwrap_or_default());
    };
    dialogs::dialog(app, ID, words.title)
        .add(el("p").text(words.lead))
        .add(area)
        .add(
            class("div", "buttons")
                .add(button("primary", words.take, read).attr("id", "takeup-take"))
                .add(class("label", "button file").text(words.take_file).add(file)),
        )
        .add(result)
}

/// Reads a file as text, and takes it as if it had been pasted. Longer ones are told by their size alone.
fn take_file(show: &Rc<impl Fn(&str) + 'static>, file: &web_sys::File) {
    let show = Rc::clone(show);
    #[allow(clippy::cast_precision_loss)] // Eight million is exact.
    if file.size() > crate::import::LONGEST as f64 {
        return show(&" ".repeat(crate::import::LONGEST + 1));
    }
    let Ok(text) = js::call(file.as_ref(), "text", &[]) else { return };
    leptos::task::spawn_local(async move {
        if let Some(text) = js::wait(text).await.ok().and_then(|text| text.as_string()) {
            show(&text);
        }
    });
}

/// Opens the box with a file that was dropped on the page.
pub fn dropped(app: App, files: &web_sys::FileList) {
    open(app);
    let input = browser::document().get_element_by_id("takeup-file");
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.set_files(Some(files));
        let _ = web_sys::Event::new("change").and_then(|change| input.dispatch_event(&change));
    }
}

fn close() {
    let dialog = browser::document().get_element_by_id(ID);
    if let Some(dialog) = dialog.and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

fn outcome(app: App, words: &'static Words, taken: Taken, request: Option<import::Found>, has_address: bool) -> View {
    if let Some(request) = request {
        let request = Rc::new(request);
        let found = Rc::clone(&request);
        return import::choice(app, &request, move |at| {
            // A key of another request may be another gateway's.
            let secret = found.key(at).or_else(|| taken.secret.clone().filter(|_| !found.has_key()));
            // A key goes where the request does, never to the gateway that happens to be chosen.
            let key_for = found.place(at).or_else(|| here(app).filter(|_| !found.has_address(at)));
            let key = secret.map(|secret| key_row(app, words, secret, key_for));
            import::panel(app, &found, at, close).and(key.unwrap_or_default())
        });
    }
    let secret = taken.secret;
    let say = |text: &str| -> View { el("p").text(text).into() };
    let (main, key_for) = match taken.found {
        Found::Nothing => (say(words.nothing), None),
        Found::TooLong => (say(words.too_long), None),
        Found::Page => (say(words.page), None),
        Found::Key => (say(words.key_alone), here(app)),
        Found::Unknown => (say(words.unknown), None),
        Found::CreateCall(place) => {
            let key_for = place.base.clone().map(|base| (place.gateway.clone(), base));
            (View::from(class("p", "advice risk").text(words.create_call)), key_for)
        }
        Found::Refusal(fault) => {
            let said = [&*fault.code, &*fault.message, &*fault.request_id].join(" · ");
            let (happened, billed) = (failure::refused_somewhere(app.lang()), failure::refused_is_free(app.lang()));
            let answers = verdict::answers(app, happened, billed, brought(&fault));
            (say(words.refusal).and(answers).and(class("p", "hint").text(&said)), None)
        }
        Found::ExpiredLink => {
            let state = State::Lost(String::new());
            let verdict = expired();
            let billed = failure::billed(app.lang(), &state, verdict.billed);
            (verdict::answers(app, failure::link_expired(app.lang()), billed, verdict).into(), None)
        }
        Found::Link(url) => (link(app, words, &url), None),
        Found::Task { id, places, answer, model } => {
            let known = places.first().filter(|_| places.len() == 1);
            let key_for = known.and_then(|place| Some((place.gateway.clone(), place.base.clone()?)));
            (task(app, words, &Rc::new((id, answer, model)), places), key_for)
        }
    };
    let key_for = key_for.or_else(|| here(app).filter(|_| !has_address));
    main.and(secret.map(|secret| key_row(app, words, secret, key_for)).unwrap_or_default())
}

/// The gateway and address of the desk.
fn here(app: App) -> Option<(String, BaseUrl)> {
    untrack(|| Some((app.the_gateway().id.clone(), app.target().ok()?.base)))
}

/// A key was pasted: it may be used, for one origin, if the user says so.
fn key_row(app: App, words: &'static Words, secret: Secret, key_for: Option<(String, BaseUrl)>) -> View {
    let told = class("p", "advice note").attr("id", "takeup-key").text(words.key_inside);
    let Some((gateway, base)) = key_for else { return told.into() };
    let words_on = [words.use_key, " ", base.origin()].concat();
    let done = RwSignal::new(false);
    let take = button("small", &words_on, move || {
        crate::web::drive::keys::set_key(app, &gateway, &base, secret.reveal().to_owned());
        crate::web::drive::journal::follow::key_given(app);
        done.set(true);
    });
    let said =
        el("span").attr("role", "status").words(move || (if done.get() { words.key_taken } else { "" }).to_owned());
    told.text(" ").add(take.attr("id", "takeup-use-key")).text(" ").add(said).into()
}

fn link(app: App, words: &'static Words, url: &str) -> View {
    let video = el("video").attrs(&[("controls", ""), ("playsinline", ""), ("preload", "metadata"), ("src", url)]);
    let open = class("a", "button").attrs(&[("href", url), ("target", "_blank"), ("rel", "noreferrer noopener")]);
    View::from(el("p").text(words.link)).and(video).and(open.text(app.texts().open))
}

/// The task and its answer and model.
type Known = Rc<(crate::protocol::TaskId, Option<crate::http::Response>, String)>;

/// A task: where it was created is asked where the text does not tell.
fn task(app: App, words: &'static Words, known: &Known, places: Vec<Place>) -> View {
    let head = el("p").text(words.task).text(" ").add(el("code").text(&known.0.0));
    if let [place] = &places[..] {
        return View::from(head).and(follow_row(app, words, known, place.clone()));
    }
    let names: Vec<(String, String)> =
        places.iter().enumerate().map(|(at, place)| (at.to_string(), name(app, place))).collect();
    let chosen = RwSignal::new(String::new());
    let label = View::from(el("span").text(words.which));
    let choice = radios("takeup-place", label, names, move || chosen.get(), move |value| chosen.set(value), "");
    let known = Rc::clone(known);
    let rest = crate::web::component::dom::dynamic(move || {
        let place = chosen.get().parse::<usize>().ok().and_then(|at| places.get(at).cloned());
        place.map_or_else(nothing, |place| follow_row(app, words, &known, place))
    });
    View::from(head).and(choice).and(rest)
}

/// Gateway, and its way to ask where it has several.
fn name(app: App, place: &Place) -> String {
    let gateway = app.catalog().gateway(&place.gateway);
    let name = gateway.map_or("", |gateway| app.pick(&gateway.name));
    if gateway.is_some_and(|gateway| gateway.endpoints.keys().count() > 1 && gateway.id != "dashscope") {
        return [name, " /", &place.endpoint].concat();
    }
    name.to_owned()
}

fn follow_row(app: App, words: &'static Words, known: &Known, place: Place) -> View {
    let Some(gateway) = app.catalog().gateway(&place.gateway) else { return nothing() };
    let choices = place.base.clone().map_or_else(|| up::choices(app, gateway), |base| vec![base]);
    let Some(first) = choices.first().map(BaseUrl::text) else { return nothing() };
    let chosen = RwSignal::new(first);
    let options: Vec<El> =
        choices.iter().map(|base| el("option").attr("value", &base.text()).text(&base.text())).collect();
    let select = el("select")
        .attr("id", "takeup-base")
        .all(options)
        .value(move || chosen.get())
        .on("change", move |event| chosen.set(typed(&event)));
    let line = class("div", "line")
        .add(el("label").attr("for", "takeup-base").text(words.where_created).text(" ").text(&name(app, &place)))
        .add(select);
    let known = Rc::clone(known);
    let follow = button("primary", words.follow, move || {
        let Ok(base) = BaseUrl::parse(&chosen.get_untracked()) else { return };
        let (id, answer, model) = (*known).clone();
        if up::attach(app, Wish { place: place.clone(), base, id, model, answer }).is_some() {
            close();
        }
    });
    View::from(line).and(class("div", "buttons").add(follow.attr("id", "takeup-follow")))
}
