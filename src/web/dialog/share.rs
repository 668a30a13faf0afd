//! What was opened from a link, and the dialog of the link that is made.

use crate::catalog::{FieldId, MediaKind};
use crate::checked::ProblemKind;
use crate::draft::Value;
use crate::link::{self, Link, Misread, Opened, file};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dialogs;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing};
use crate::web::component::parts::copy_as;
use crate::web::drive::link::carry_out;
use crate::web::drive::share;
use crate::web::state::App;
use crate::words;
use crate::words::lang::Lang;
use crate::words::share::{Words, misread, not_carried, words};
use leptos::prelude::*;
use std::rc::Rc;

const ID: &str = "share";
/// Name of the file.
const FILE: &str = "wan-playground-link.json";
/// Links above this length are better sent as a file.
const LONG: usize = 8 * 1024;
/// Letters of a value that are shown.
const SHOWN: usize = 160;

/// The place of the notice and of the dialog. They are filled when there is something to say.
pub fn place(app: App) -> View {
    let news = move || if app.whole.get() { app.link_news.get().to_string() } else { String::new() };
    let content = keyed_part(news, move |news| match news {
        "" | "0" => nothing(),
        _ => notice(app),
    });
    // The place stands before the words come, so that they are read out.
    View::from(el("div").attr("role", "status").add(content)).and(el("div").attr("id", "place-of-share"))
}

/// What was opened, what was not understood of it or is missing, and the way back.
#[inline(never)]
fn notice(app: App) -> View {
    let words = words(app.lang());
    let (misread, has_before, has_opened) =
        app.with_link(|room| (room.misread.clone(), room.before.is_some(), room.opened.is_some()));
    let said = el("div").attr("id", "link-said");
    let said = said.add(el("p").text(if has_opened { words.opened } else { words.opened_not }));
    let said = said.add(complaints(app.lang(), words, &misread));
    let back = has_before.then(|| {
        button("small", words.take_back, move || crate::web::drive::link::take_back(app)).attr("id", "take-back")
    });
    let close = button("small", app.texts().close, move || app.link_news.set(0)).attr("id", "link-close");
    let look = if misread.is_empty() { "notice opened" } else { "notice" };
    class("div", look)
        .attr("id", "link-notice")
        .add(said.add(has_opened.then(|| el("p").add(missing(app, words)))))
        .add(class("div", "buttons").add(back).add(close))
        .into()
}

fn complaints(lang: Lang, words: &Words, list: &[Misread]) -> View {
    if list.is_empty() {
        return nothing();
    }
    let row = |why: &Misread| el("li").text(&misread(lang, why));
    View::from(el("p").text(words.misread)).and(el("ul").attr("id", "link-misread").all(list.iter().map(row)))
}

/// What the model wants and nobody has said. It grows shorter while the form is filled.
fn missing(app: App, words: &'static Words) -> View {
    let lang = app.lang();
    let line = move || {
        let problems = app.outlook.with(|outlook| outlook.problems.clone());
        let names = problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Missing));
        let names: Vec<_> = names.map(|problem| words::field(lang, problem.field)).collect();
        if names.is_empty() {
            return String::new();
        }
        [words.missing, " ", &names.join(if lang == Lang::Zh { "、" } else { ", " })].concat()
    };
    el("span").attr("id", "link-missing").words(line).into()
}

/// Opens the dialog, made anew for what is shown now.
#[inline(never)]
pub fn open(app: App) {
    dialogs::open(app, ID, move || dialog(app));
}

fn dialog(app: App) -> El {
    let lang = app.lang();
    let words = words(lang);
    let (link, left) = share::link_shown(app);
    let address = share::address_of(&link);
    let is_long = address.len() > LONG;
    let content = file::write(&link);
    let save = move || browser::save_text(FILE, &content);
    let field = el("textarea")
        .attrs(&[("id", "share-address"), ("rows", "3"), ("readonly", ""), ("spellcheck", "false")])
        .attr("aria-label", words.address)
        .text(&address);
    let copied = address.clone();
    let copy = copy_as(app, words.copy, words.copied, move || copied.clone()).attr("id", "share-copy");
    let copy = copy.attr("class", if is_long { "" } else { "primary" });
    let save = button(if is_long { "primary" } else { "" }, words.save, save).attr("id", "share-save");
    let buttons = class("div", "buttons");
    let buttons = if is_long { buttons.add(save).add(copy) } else { buttons.add(copy).add(save) };
    let note = |show: bool, look: &str, id: &str, text: &str| show.then(|| class("p", look).attr("id", id).text(text));
    let has_query = link.media().any(link::MediaLink::has_query);
    let own_machine = crate::address::is_on_this_machine(&address);
    dialogs::dialog(app, ID, words.title)
        .add(el("p").text(words.lead))
        .add(share::is_of_task(app).then(|| class("p", "hint").text(words.of_task)))
        .add(field)
        .add(note(is_long, "advice cost", "share-long", words.long))
        .add(buttons)
        .add(note(has_query, "advice risk", "share-signed", words.signed))
        .add(note(own_machine, "advice note", "share-own", words.own_machine))
        .add(el("h3").text(words.holds))
        .add(contents(app, &link).attr("id", "share-holds"))
        .add(omissions(lang, words, &left))
        .add(class("p", "hint").text(words.never))
}

fn omissions(lang: Lang, words: &Words, left: &[link::carry::NotCarried]) -> View {
    if left.is_empty() {
        return nothing();
    }
    let row = |left| {
        let (name, why) = not_carried(lang, left);
        el("li").add(el("b").text(&name)).text(" — ").text(why)
    };
    View::from(el("h3").text(words.left))
        .and(class("ul", "left-out").attr("id", "share-left").all(left.iter().map(row)))
}

/// What a link holds, name by name.
fn contents(app: App, link: &Link) -> El {
    let lang = app.lang();
    let words = words(lang);
    let texts = app.texts();
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(id) = &link.gateway {
        let known = app.catalog().gateway(id.text());
        rows.push((texts.gateway, known.map_or(id.text(), |gateway| app.pick(&gateway.name)).to_owned()));
    }
    if let Some(id) = &link.model {
        rows.push((texts.model, id.text().to_owned()));
    }
    let draft = link.draft();
    for (id, value) in draft.filled_fields() {
        rows.push((words::field(lang, id), value_words(app, value)));
    }
    if let Some(view) = link.view {
        rows.push((words.view, view.word().to_owned()));
    }
    if let Some(lang) = link.lang {
        rows.push((words.language, lang.word().to_owned()));
    }
    let bare = draft.filled_fields().next().is_none();
    let mut list = class("dl", "holds");
    for (name, value) in rows {
        let shown: String = value.chars().take(SHOWN).collect();
        let more = if shown.len() < value.len() { " …" } else { "" };
        list = list.add(el("dt").text(name)).add(el("dd").text(&shown).text(more));
    }
    el("div").add(list).add(bare.then(|| class("p", "hint").text(words.holds_no_fields)))
}

fn value_words(app: App, value: &Value) -> String {
    let texts = app.texts();
    match value {
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => (if *flag { texts.yes } else { texts.no }).to_owned(),
        Value::Media(media) => media.name().to_owned(),
        Value::References(list) => {
            let kind = |kind| match kind {
                MediaKind::Image => texts.image,
                MediaKind::Audio => texts.audio,
                MediaKind::Video => texts.video,
            };
            let lines = list.iter().map(|entry| [kind(entry.kind), " ", entry.media.name()].concat());
            lines.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// A link or a file of one in what was pasted: what it holds, and the button that takes it. `done` closes the box.
pub fn taken(app: App, text: &str, done: impl Fn() + 'static) -> Option<View> {
    let lang = app.lang();
    let words = words(lang);
    let (place, opened, lead) = if let Some(opened) = file::read(text) {
        (None, opened, words.pasted_file)
    } else {
        let found = link::find::find(text)?;
        (found.place, link::open(found.fragment), words.pasted)
    };
    let opened = match &opened.packed {
        Some(packed) => crate::web::drive::link::unpacked(packed),
        None => opened,
    };
    let Opened { wish, misread, .. } = opened;
    let page = browser::address();
    let own = page.split('#').next().unwrap_or_default();
    let elsewhere = place.filter(|place| *place != own).map(|place| {
        class("p", "advice note")
            .attr("id", "taken-elsewhere")
            .text(words.elsewhere)
            .text(" ")
            .add(el("code").text(place))
    });
    let head = View::from(class("p", "request-found").attr("id", "taken-link").text(lead)).and(elsewhere);
    let head = head.and(complaints(lang, words, &misread));
    let Some(link) = wish else { return Some(head) };
    let shown = contents(app, &link);
    let wish = Rc::new(link);
    let fill = button("primary", words.fill, move || {
        let opened = Opened { wish: Some((*wish).clone()), misread: misread.clone(), ..Opened::default() };
        carry_out(app, opened, false);
        done();
        browser::focus(&["f-", FieldId::Prompt.name()].concat());
    });
    Some(head.and(class("div", "buttons").add(fill.attr("id", "taken-fill"))).and(shown))
}
