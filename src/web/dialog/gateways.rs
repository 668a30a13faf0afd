//! Gateways of one's own: the list of them in a dialog, with its form; and the word on what is wrong with a file.

mod form;
pub mod key;

use crate::catalog::overlay::{LONGEST, Whose};
use crate::catalog::own::Refusal;
use crate::catalog::own::{Kept, Own, TakenIn, id_for, take_in};
use crate::catalog::{Catalog, Fault};
use crate::task::State;
use crate::web::browser;
use crate::web::browser::js;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el, nothing};
use crate::web::component::parts::hidden;
use crate::web::drive::gateways::{self as own};
use crate::web::state::App;
use crate::words::gateways as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::JsCast;

const ID: &str = "gateways";
const PLACE: &str = "place-of-gateways";

/// The place of the dialog. It is filled when it is opened.
pub fn place() -> El {
    el("div").attr("id", PLACE)
}

/// What is wrong with the files that were applied, if any were.
pub fn told(app: App) -> View {
    if app.edition.get_untracked() == 0 { nothing() } else { faults_notice(app) }
}

/// What the dialog shows.
#[derive(Clone)]
enum Page {
    /// The list, and what has just been done.
    List(String),
    /// The form of a new gateway, or of one that is there.
    Form(Option<Own>),
}

/// Opens the dialog: the list, or the form where there is none yet.
#[inline(never)]
pub fn open(app: App) {
    let empty = kept(app).is_ok_and(|kept| kept.entries().is_empty());
    show(app, if empty { Page::Form(None) } else { Page::List(String::new()) });
}

fn kept(app: App) -> Result<Kept, crate::catalog::own::Unread> {
    Kept::read(&own::stored(app))
}

/// Shows a page of the dialog, made anew.
fn show(app: App, page: Page) {
    let words = words::words(app.lang());
    dialogs::open(app, ID, move || match page {
        Page::List(said) => dialogs::dialog(app, ID, words.title).add(list(app, &said)),
        Page::Form(edited) => {
            let title = if edited.is_some() { words.edit_title } else { words.add_title };
            dialogs::dialog(app, ID, title).add(form::view(app, edited))
        }
    });
}

/// The same after the catalog has changed: by then the whole view is made anew.
fn show_later(app: App, page: Page) {
    request_animation_frame(move || show(app, page));
}

/// Text of a member of an entry.
fn member<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name].as_str().unwrap_or_default()
}

/// The name of an entry in the language of the page.
fn name_of(app: App, entry: &Value) -> String {
    let id = member(entry, "id");
    if let Some(gateway) = app.catalog().gateway(id) {
        return app.pick(&gateway.name).to_owned();
    }
    let name = member(entry, "name");
    (if name.is_empty() { id } else { name }).to_owned()
}

fn list(app: App, said: &str) -> View {
    let words = words::words(app.lang());
    let rows = match kept(app) {
        Ok(kept) => kept.entries().iter().map(|entry| row(app, entry)).collect(),
        Err(_) => Vec::new(),
    };
    let add = button("primary", words.add, move || show(app, Page::Form(None))).attr("id", "gateways-add");
    let export = button("", words.export, move || browser::save_text("wan-gateways.json", &own::stored(app)))
        .attr("id", "gateways-export");
    let note = if own::is_stored(app) { words.kept } else { words.not_kept };
    View::from(el("p").text(words.lead).text(" ").text(note))
        .and(class("ul", "own-gateways").attr("id", "own-gateways").all(rows))
        .and(class("div", "buttons").add(add).add(export).add(importer(app)))
        .and(class("div", "own-said").attrs(&[("id", "gateways-said"), ("role", "status")]).all(lines(said)))
}

/// The button that takes in a file.
fn importer(app: App) -> El {
    let input = el("input")
        .attrs(&[("type", "file"), ("id", "gateways-file"), ("accept", ".json,application/json")])
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
                import(app, &file);
            }
        });
    class("label", "button file").text(words::words(app.lang()).import).add(input)
}

fn lines(said: &str) -> Vec<El> {
    said.lines().map(|line| el("p").text(line)).collect()
}

fn row(app: App, entry: &Value) -> El {
    let words = words::words(app.lang());
    let id = member(entry, "id").to_owned();
    let name = name_of(app, entry);
    let about = app.catalog().gateway(&id).and_then(|gateway| gateway.bases.first()).map_or("", |base| &base.url);
    let named = |what: &str| [what, ": ", &name].concat();
    let own = Own::of(entry);
    let edit = own.clone().map(|own| {
        button("small", words.edit, move || show(app, Page::Form(Some(own.clone()))))
            .attrs(&[("id", &["edit-", &id].concat()), ("aria-label", &named(words.edit))])
    });
    let copied = entry.clone();
    let duplicate = button("small", words.duplicate, move || duplicate(app, &copied))
        .attrs(&[("id", &["duplicate-", &id].concat()), ("aria-label", &named(words.duplicate))]);
    let buttons = class("div", "buttons").add(edit).add(duplicate);
    let row = class("li", "own-gateway");
    let (place, removed, asked) = (row.element().clone(), id.clone(), name.clone());
    let remove = button("small", words.remove, move || ask_to_remove(app, &place, &removed, &asked))
        .attrs(&[("id", &["remove-", &id].concat()), ("aria-label", &named(words.remove))]);
    let broken = app.catalog().gateway(&id).is_none();
    row.add(class("div", "what").add(el("b").text(&name)).add(el("code").text(about)))
        .add(broken.then(|| class("p", "problem").text(words.left_out)))
        .add(buttons.add(remove))
}

/// Puts the question in the place of the row: what becomes of its tasks is said before anything is gone.
fn ask_to_remove(app: App, row: &web_sys::Element, id: &str, name: &str) {
    let words = words::words(app.lang());
    let running = app.tasks.with_untracked(|tasks| {
        let runs = |handle: &&crate::web::state::tasks::TaskHandle| {
            handle.task.with_untracked(|task| {
                task.origin.gateway == id
                    && matches!(task.state, State::Waiting { .. } | State::Sending | State::ByHand)
            })
        };
        tasks.iter().filter(runs).count()
    });
    row.set_text_content(None);
    let (gone, name_gone) = (id.to_owned(), name.to_owned());
    let yes = button("danger", words.remove, move || {
        let done = own::change(app, |kept| kept.remove(&gone));
        show_later(app, Page::List(said(app, done.map(|()| [words.removed, &name_gone].concat()))));
    })
    .attr("id", "remove-yes");
    let no = button("", words.keep, move || show(app, Page::List(String::new())));
    let question = class("p", "what").attr("tabindex", "-1").text(&words::remove(app.lang(), name, running));
    let focus = question.element().clone();
    let _ = El::from(row.clone()).add(question).add(class("div", "buttons").add(yes).add(no));
    let _ = focus.unchecked_ref::<web_sys::HtmlElement>().focus();
}

fn said(app: App, done: Result<String, Refusal>) -> String {
    match done {
        Ok(words) => words,
        Err(refusal) => words::refusal(app.lang(), refusal).to_owned(),
    }
}

fn duplicate(app: App, entry: &Value) {
    let words = words::words(app.lang());
    let name = [&name_of(app, entry), words.copy].concat();
    let mut copy = entry.clone();
    copy["id"] = id_for(&name, &|id| is_taken(app, id)).into();
    copy["name"] = name.into();
    // The variable belongs to the id, unless it was chosen.
    if let Some(own) = Own::of(&copy) {
        return show(app, Page::Form(Some(own)));
    }
    let done = own::change(app, |kept| {
        kept.put(copy);
        String::new()
    });
    show_later(app, Page::List(said(app, done)));
}

/// Whether an id is in use, by whoever's gateway.
fn is_taken(app: App, id: &str) -> bool {
    app.catalog().gateway(id).is_some() || kept(app).is_ok_and(|kept| kept.entry(id).is_some())
}

fn import(app: App, file: &web_sys::File) {
    #[allow(clippy::cast_precision_loss)] // The limit is exact in a float.
    let too_long = file.size() > LONGEST as f64;
    let file: wasm_bindgen::JsValue = file.clone().into();
    spawn_local(async move {
        let mut text = String::new();
        if !too_long && let Ok(reading) = js::call(&file, "text", &[]) {
            text = js::wait(reading).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
        }
        let done = if too_long {
            Err(Refusal::TooLong)
        } else {
            own::change(app, |kept| take_in(kept, &own::stand, &Catalog::built_in, &text))
        };
        let told = done.map(|taken| told_of(app, &taken));
        show_later(app, Page::List(said(app, told)));
    });
}

/// What taking in a file came to, a line each.
fn told_of(app: App, taken: &TakenIn) -> String {
    let words = words::words(app.lang());
    let mut lines = Vec::new();
    for (word, ids) in [(words.added, &taken.added), (words.replaced, &taken.replaced)] {
        if !ids.is_empty() {
            lines.push([word, &ids.join(", ")].concat());
        }
    }
    lines.extend(taken.faults.iter().map(|fault| fault_line(app, fault)));
    if lines.is_empty() {
        lines.push(words.nothing_new.to_owned());
    }
    lines.join("\n")
}

fn fault_line(app: App, fault: &Fault) -> String {
    let line = fault.line.map(|line| words::line(app.lang(), line)).unwrap_or_default();
    let place = if fault.place.is_empty() { String::new() } else { [" ", &fault.place].concat() };
    let words = fault.words();
    let colon = if line.is_empty() && place.is_empty() { "" } else { ": " };
    [&*line, &*place, colon, app.lang().pick(&words)].concat()
}

/// Most faults that are listed on the page; the console has them all.
const SHOWN_FAULTS: usize = 8;

#[inline(never)]
fn faults_notice(app: App) -> View {
    let words = words::words(app.lang());
    let all = own::told(app);
    let mut out = nothing();
    for (whose, title) in [(Whose::Deployer, words.file_broken), (Whose::User, words.own_broken)] {
        let mine: Vec<&Fault> = all.iter().filter(|(one, _)| *one == whose).map(|(_, fault)| fault).collect();
        if mine.is_empty() {
            continue;
        }
        let rows = mine.iter().take(SHOWN_FAULTS).map(|fault| el("li").text(&fault_line(app, fault)));
        let rest = mine.len().saturating_sub(SHOWN_FAULTS);
        let more = (rest > 0).then(|| el("p").text(&words::more(app.lang(), rest)));
        let notice = class("section", "notice catalog-faults").attr("aria-label", title);
        let place = notice.element().clone();
        let close = button("small", app.texts().close, move || {
            own::seen(app);
            place.remove();
        });
        out = out.and(
            notice.add(el("div").add(el("p").add(el("b").text(title))).add(el("ul").all(rows)).add(more)).add(close),
        );
    }
    out
}

/// A label, its control and the line that says what is wrong.
fn row_of(id: &str, label: &str, control: El, hint: &str) -> El {
    let fault = [id, "-fault"].concat();
    let hint_id = [id, "-hint"].concat();
    let control = control.attrs(&[("id", id), ("aria-describedby", &[&hint_id, " ", &fault].concat())]);
    class("div", "line")
        .add(el("label").attr("for", id).text(label))
        .add(control)
        .add(class("p", "hint").attr("id", &hint_id).text(hint))
        .add(class("p", "problem").attrs(&[("id", &fault), ("aria-live", "polite")]))
}

/// What an input holds.
fn value(id: &str) -> String {
    let input = browser::document().get_element_by_id(id);
    input.map(|input| js::get_text(&input, "value")).unwrap_or_default()
}

/// A legend for screen readers.
fn legend(words: &str) -> El {
    el("legend").add(hidden(words))
}
