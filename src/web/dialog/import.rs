//! A pasted request: what it is, what is wrong with it, and the form filled from it. Nothing is sent from here.

use crate::address::{BaseUrl, origin_of};
use crate::catalog::FieldId;
use crate::doctor::diff::Line;
use crate::doctor::{Correction, Examination, examine_read};
use crate::draft::Value;
use crate::http::{Files, Json};
use crate::import::{self, Body, Call, Pasted, Proof, Remark};
use crate::key::Secret;
use crate::reading::{self, Purpose, Reading, Wish};
use crate::snippet::{self, Curl};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, dynamic, el, nothing, typed};
use crate::web::component::parts::copy_button;
use crate::web::drive::takeup as up;
use crate::web::state::App;
use crate::words::doctor;
use crate::words::import::{Words, remark, words};
use leptos::prelude::*;
use std::rc::Rc;

/// Letters shown around a place of the text.
const AROUND: usize = 24;
/// Characters shown of a value.
const SHOWN: usize = 200;

/// Letters of a choice.
const LABEL: usize = 60;
/// Requests that are offered of one text.
const MOST: usize = 50;

/// What a text holds of requests that create a task, beside what a task's own box makes of it.
pub struct Found {
    text: String,
    pasted: Pasted,
    /// At least one.
    requests: Vec<(Call, Reading)>,
}

impl Found {
    /// The key that stood in a request.
    pub fn key(&self, at: usize) -> Option<Secret> {
        match &self.requests[at].0.proof {
            Proof::Key(secret) => Some(secret.clone()),
            Proof::None | Proof::Variable(_) => None,
        }
    }

    /// Whether one of the requests bears its key.
    pub fn has_key(&self) -> bool {
        (0..self.requests.len()).any(|at| self.key(at).is_some())
    }

    /// The text without the keys.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a request goes, as far as its address tells: by its path, or by its host alone where the path is nobody's.
    pub fn place(&self, at: usize) -> Option<(String, BaseUrl)> {
        let (call, reading) = &self.requests[at];
        if let Some(place) = &reading.place {
            return Some((place.gateway.clone(), place.base.clone()?));
        }
        let wish = reading.wishes.first()?;
        let is_there = origin_of(&call.url).as_deref() == Some(wish.base.origin());
        is_there.then(|| (wish.gateway.clone(), wish.base.clone()))
    }

    /// Whether a request says where it goes.
    pub fn has_address(&self, at: usize) -> bool {
        !self.requests[at].0.url.is_empty()
    }
}

/// Looks for requests in a text: those that create a task, or could.
pub fn find(app: App, text: &str) -> Option<Found> {
    let pasted = import::read(text);
    let bases = up::bases(app);
    let read = pasted.calls.iter().map(|call| (call, reading::read(app.catalog(), &bases, call)));
    let is_request = |reading: &Reading| reading.purpose == Purpose::Create || !reading.wishes.is_empty();
    let requests = read.filter(|(_, reading)| is_request(reading)).map(|(call, reading)| (call.clone(), reading));
    let requests: Vec<(Call, Reading)> = requests.take(MOST).collect();
    (!requests.is_empty()).then(|| Found { text: import::masked(text, &pasted), pasted, requests })
}

/// What was found, and of several requests which one is shown. `show` makes the panel of one.
pub fn choice(app: App, found: &Found, show: impl Fn(usize) -> View + 'static) -> View {
    let words = words(app.lang());
    let [_, _, ..] = &found.requests[..] else {
        return View::from(class("p", "request-found").text(words.request)).and(show(0));
    };
    let labels = (1_usize..).zip(found.requests.iter().map(label));
    let names: Vec<String> = labels.map(|(number, label)| [&number.to_string(), " · ", &*label].concat()).collect();
    let head = class("p", "request-found").text(&names.len().to_string()).text(words.requests);
    let chosen = RwSignal::new(String::from("0"));
    let shown = dynamic(move || {
        let at = chosen.get().parse().unwrap_or(0);
        untrack(|| show(at))
    });
    View::from(head).and(choose("import-request", words.which_request, &names, chosen)).and(shown)
}

/// Model and beginning of the prompt of a request, or its address.
fn label((call, reading): &(Call, Reading)) -> String {
    let Some(wish) = reading.wishes.first() else { return [&call.method, " ", &*call.url].concat() };
    let prompt = match wish.draft.get(FieldId::Prompt) {
        Some(Value::Text(prompt)) => prompt.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    [&wish.model, " · ", &*prompt].concat()
}

/// A labelled list to choose from.
fn choose(id: &str, label: &str, names: &[String], chosen: RwSignal<String>) -> El {
    let options = names.iter().enumerate().map(|(at, name)| {
        let name: String = name.chars().take(LABEL).collect();
        el("option").attr("value", &at.to_string()).text(&name)
    });
    let select = el("select")
        .attr("id", id)
        .all(options.collect::<Vec<_>>())
        .value(move || chosen.get())
        .on("change", move |event| chosen.set(typed(&event)));
    class("div", "line").add(el("label").attr("for", id).text(label)).add(select)
}

/// The panel of a request. `done` closes the box it stands in.
pub fn panel(app: App, found: &Rc<Found>, at: usize, done: impl Fn() + Clone + 'static) -> View {
    let words = words(app.lang());
    let bases = up::bases(app);
    let (call, reading) = &found.requests[at];
    let examination = examine_read(app.catalog(), &bases, call, reading, browser::now_ms());
    let twice = class("p", "advice risk").text(crate::words::takeup::words(app.lang()).create_call);
    meanings(app, words, found, at, &examination, done)
        .and(findings(app, words, &examination))
        .and(
            examination
                .correction
                .as_ref()
                .map(|correction| correction_of(app, words, &found.requests[at], correction)),
        )
        .and(remarks(app, words, found))
        .and(twice)
}

/// What it is meant for, the fields the form has no place for, and the buttons that fill it.
fn meanings(
    app: App,
    words: &'static Words,
    found: &Rc<Found>,
    at: usize,
    examination: &Examination,
    done: impl Fn() + Clone + 'static,
) -> View {
    let wishes = &found.requests[at].1.wishes;
    let Some(first) = wishes.first() else { return class("p", "advice risk").text(words.no_wish).into() };
    let chosen = RwSignal::new(String::from("0"));
    let names: Vec<String> = wishes.iter().map(|wish| name(app, wish)).collect();
    let which: View = if let [only] = &names[..] {
        el("p").text(words.which).text(" ").add(el("b").text(only)).into()
    } else {
        choose("import-which", words.which, &names, chosen).into()
    };
    let guess = (!first.named).then(|| class("p", "hint").text(words.guessed));
    let keep = RwSignal::new(String::new());
    let unknown = unknown(words, first, keep);
    let corrected = examination.correction.as_ref().and_then(|correction| corrected_wish(app, correction));
    let fill = |label: &str, id: &str, look: &str, corrected: Option<Wish>| {
        let (found, done) = (found.clone(), done.clone());
        button(look, label, move || {
            let meaning: usize = chosen.get_untracked().parse().unwrap_or(0);
            let reading = &found.requests[at].1;
            if let Some(wish) = corrected.as_ref().or_else(|| reading.wishes.get(meaning)) {
                take(app, wish, reading.place.is_some(), keep.get_untracked().is_empty());
                done();
            }
        })
        .attr("id", id)
    };
    let mut buttons = class("div", "buttons");
    if corrected.is_some() {
        buttons = buttons.add(fill(words.fill_corrected, "import-fill-corrected", "primary", corrected));
        buttons = buttons.add(fill(words.fill, "import-fill", "", None));
    } else {
        buttons = buttons.add(fill(words.fill, "import-fill", "primary", None));
    }
    which.and(guess).and(buttons).and(unknown)
}

fn name(app: App, wish: &Wish) -> String {
    let gateway = app.catalog().gateway(&wish.gateway).map_or(&*wish.gateway, |gateway| app.pick(&gateway.name));
    [gateway, " · ", &wish.model].concat()
}

/// The wish of the corrected request.
fn corrected_wish(app: App, correction: &Correction) -> Option<Wish> {
    let request = &correction.request;
    let call = Call {
        method: request.method.name().to_owned(),
        url: request.url.clone(),
        headers: request.headers.clone(),
        body: request.body_text().map(Body::Text),
        proof: Proof::None,
        at: 0..0,
    };
    reading::read(app.catalog(), &up::bases(app), &call).wishes.into_iter().next()
}

/// Members the form has no field for. `keep` is empty for those that are to travel on.
fn unknown(words: &'static Words, wish: &Wish, keep: RwSignal<String>) -> View {
    if wish.unknown.is_empty() {
        return nothing();
    }
    let row = |(path, value): &(String, Json)| {
        let text = value.print(Files::Marked);
        let shown: String = text.chars().take(SHOWN).collect();
        el("li").add(el("code").text(path)).text(" ").add(el("code").text(&shown))
    };
    let check = el("input")
        .attrs(&[("type", "checkbox"), ("id", "import-keep")])
        .checked(move || keep.get().is_empty())
        .on("change", move |_| {
            keep.update(|keep| *keep = if keep.is_empty() { "no".to_owned() } else { String::new() });
        });
    let list = el("ul").all(wish.unknown.iter().map(row).collect::<Vec<_>>());
    class("div", "unknown")
        .attr("id", "import-unknown")
        .add(el("h3").text(words.unknown))
        .add(list)
        .add(el("label").add(check).text(" ").text(words.unknown_keep))
        .into()
}

/// Makes the wish the draft: gateway, model, address and fields.
fn take(app: App, wish: &Wish, has_address: bool, keep_unknown: bool) {
    let Some(index) = app.catalog().gateways.iter().position(|gateway| gateway.id == wish.gateway) else { return };
    let gateway = &app.catalog().gateways[index];
    app.gateway.set(index);
    if let Some(model) = gateway.models.iter().position(|model| model.id == wish.model) {
        app.choose_model(model);
    }
    if has_address {
        app.choose_place(app.place_of(gateway, &wish.base));
    }
    let mut draft = wish.draft.clone();
    if keep_unknown {
        draft.keep_extra(wish.unknown.clone());
    }
    app.draft.set(draft);
    app.tried.set(true);
    app.selected.set(None);
    browser::focus("f-prompt");
}

/// What is wrong, worst first, each with what to do.
fn findings(app: App, words: &'static Words, examination: &Examination) -> View {
    if examination.findings.is_empty() {
        return class("p", "advice good").attr("id", "import-healthy").text(words.healthy).into();
    }
    let mut found: Vec<_> = examination.findings.iter().collect();
    found.sort_by_key(|finding| finding.effect);
    let row = |finding: &&crate::doctor::Finding| {
        let (wrong, remedy) = doctor::finding(app.lang(), finding);
        let tone = match finding.effect {
            crate::doctor::Effect::Refused => "badge bad",
            crate::doctor::Effect::Astray => "badge warn",
            crate::doctor::Effect::Noted => "badge",
        };
        el("li")
            .add(class("span", tone).text(doctor::effect(app.lang(), finding.effect)))
            .text(" ")
            .add(el("code").text(&doctor::part(app.lang(), &finding.part)))
            .text(" ")
            .add(el("b").text(&wrong))
            .text(" ")
            .add(el("span").text(&remedy))
    };
    View::from(el("h3").text(words.findings))
        .and(class("ul", "findings").attr("id", "import-findings").all(found.iter().map(row).collect::<Vec<_>>()))
}

/// The corrected request: what changes, and the command.
fn correction_of(app: App, words: &'static Words, (call, reading): &(Call, Reading), correction: &Correction) -> El {
    let line = |line: &Line| {
        let (look, sign, text) = match line {
            Line::Kept(text) => ("diff-kept", "  ", text),
            Line::Gone(text) => ("diff-gone", "- ", text),
            Line::New(text) => ("diff-new", "+ ", text),
        };
        let element = match line {
            Line::Kept(_) => el("span"),
            Line::Gone(_) => el("del"),
            Line::New(_) => el("ins"),
        };
        element.attr("class", look).text(&[sign, text, "\n"].concat())
    };
    let variable = match &call.proof {
        Proof::Variable(name) if !name.starts_with('$') => name.clone(),
        _ => {
            let gateway = reading.wishes.first().and_then(|wish| app.catalog().gateway(&wish.gateway));
            gateway.map_or("API_KEY".to_owned(), |gateway| gateway.key_variable.clone())
        }
    };
    let request = correction.request.clone();
    let command = move || {
        let how = Curl { key_variable: &variable, output: None, body_file: crate::web::drive::printed::BODY_FILE };
        untrack(|| snippet::print(app.shell(), &request, how).text)
    };
    let incomplete = (!correction.complete).then(|| class("p", "hint").text(words.incomplete));
    class("section", "correction")
        .attr("id", "import-correction")
        .add(el("h3").text(words.correction))
        .add(
            el("pre")
                .attrs(&[("tabindex", "0"), ("role", "group"), ("aria-label", words.correction)])
                .all(correction.diff.iter().map(line).collect::<Vec<_>>()),
        )
        .add(incomplete)
        .add(
            class("p", "copy-corrected")
                .text(words.copy_corrected)
                .text(" ")
                .add(copy_button(app, command).attr("id", "import-copy")),
        )
}

/// How the text was read, place by place.
fn remarks(app: App, words: &'static Words, found: &Rc<Found>) -> View {
    if found.pasted.remarks.is_empty() {
        return nothing();
    }
    let row = |one: &Remark| {
        let (before, there, after) = around(&found.text, one);
        let place = line_of(&found.text, one.at.start);
        el("li")
            .add(class("span", "hint").text(&[&place.to_string(), ": "].concat()))
            .add(el("code").text(before).add(el("mark").text(&there)).text(after))
            .text(" ")
            .add(el("span").text(remark(app.lang(), one.kind)))
    };
    el("details")
        .attr("id", "import-remarks")
        .add(el("summary").text(words.reading).text(" ").text(&found.pasted.remarks.len().to_string()))
        .add(class("ul", "remarks").all(found.pasted.remarks.iter().map(row).collect::<Vec<_>>()))
        .into()
}

/// The place of a remark with a little of what stands before and after it.
fn around<'a>(text: &'a str, remark: &Remark) -> (&'a str, String, &'a str) {
    let (start, end) = (remark.at.start.min(text.len()), remark.at.end.min(text.len()));
    let bound = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let from = bound(start.saturating_sub(AROUND));
    let until = (end + AROUND..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let one_line = |text: &'a str, last: bool| {
        let mut lines = text.split('\n');
        if last { lines.next_back().unwrap_or("") } else { lines.next().unwrap_or("") }
    };
    let there: String = text.get(start..end).unwrap_or("").chars().take(SHOWN).collect();
    let before = one_line(text.get(from..start).unwrap_or(""), true);
    (before, there, one_line(text.get(end..until).unwrap_or(""), false))
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at.min(text.len())).map_or(1, |before| before.matches('\n').count() + 1)
}
