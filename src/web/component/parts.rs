//! Small parts that several panels share.

use crate::catalog::{Advice, Gateway, Safer, Source, Toward};
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, nothing};
use crate::web::component::voice;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words;
use crate::words::lang::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One option of a group: its value and its words.
pub type Choices = Vec<(String, String)>;

/// A group of radio buttons that looks like one control. `chosen` gives the value that is on, empty for none.
pub fn radios(
    name: &str,
    label: View,
    choices: Choices,
    chosen: impl Fn() -> String + Clone + 'static,
    choose: impl Fn(String) + Clone + 'static,
    described_by: &str,
) -> El {
    let chosen: std::rc::Rc<dyn Fn() -> String> = std::rc::Rc::new(chosen);
    let choose: std::rc::Rc<dyn Fn(String)> = std::rc::Rc::new(choose);
    radio_group(name, label, choices, &chosen, &choose, described_by)
}

fn radio_group(
    name: &str,
    label: View,
    choices: Choices,
    chosen: &std::rc::Rc<dyn Fn() -> String>,
    choose: &std::rc::Rc<dyn Fn(String)>,
    described_by: &str,
) -> El {
    let buttons = choices.into_iter().map(|(value, words)| {
        let id = if value.is_empty() { [name, "-auto"].concat() } else { [name, "-", &value].concat() };
        let (mine, chosen, choose) = (value.clone(), chosen.clone(), choose.clone());
        let input = el("input")
            .attrs(&[("type", "radio"), ("id", &id), ("name", name), ("value", &value)])
            .checked(move || chosen() == mine)
            .on("change", move |_| choose(value.clone()));
        class("label", "seg").add(input).add(el("span").text(&words))
    });
    let group = class("fieldset", "group").attrs(&[("id", name), ("tabindex", "-1"), ("role", "radiogroup")]);
    let group = if described_by.is_empty() { group } else { group.attr("aria-describedby", described_by) };
    group.add(el("legend").add(label)).add(class("div", "segs").all(buttons))
}

/// A label for screen readers only.
pub fn hidden(words: &str) -> View {
    class("span", "hidden").text(words).into()
}

/// A button that copies what `text` gives, and says so where the eye is.
pub fn copy_button(app: App, text: impl Fn() -> String + 'static) -> El {
    copy_as(app, app.texts().copy, app.texts().copied, text)
}

/// The same, under a name of its own.
pub fn copy_as(app: App, name: &'static str, copied: &'static str, text: impl Fn() -> String + 'static) -> El {
    let said = RwSignal::new(name);
    // A second press says its word as long as the first.
    let presses = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    button("small", "", move || {
        let text = text();
        presses.set(presses.get() + 1);
        let (presses, mine) = (presses.clone(), presses.get());
        let is_last = move || presses.get() == mine;
        spawn_local(copy_and_say(app, text, said, [copied, name], is_last));
    })
    .add(el("span").words(move || said.get().to_owned()))
}

async fn copy_and_say(
    app: App,
    text: String,
    said: RwSignal<&'static str>,
    [copied, name]: [&'static str; 2],
    is_last: impl Fn() -> bool,
) {
    let came = if browser::copy(&text).await { copied } else { app.texts().copy_failed };
    said.set(came);
    voice::say(came);
    gloo_timers::future::TimeoutFuture::new(2000).await;
    if is_last() {
        said.try_set(name);
    }
}

/// Where a figure or statement was read.
pub fn source(app: App, gateway: &'static Gateway, name: &str) -> View {
    let Some(source) = gateway.sources.get(name) else { return nothing() };
    let comma = if app.lang() == Lang::Zh { "，" } else { ", " };
    // Read in the language it is written in.
    let is_chinese = source.title.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    let tag = if is_chinese { Lang::Zh } else { Lang::En };
    let title = el("span").attr("lang", tag.tag()).text(source.title);
    source_link(source).add(title).text(&[comma, &browser::local_day(source.read)].concat()).into()
}

/// The same as one short word; the document's title is its tooltip.
fn short_source(app: App, gateway: &'static Gateway, name: &str) -> View {
    let Some(source) = gateway.sources.get(name) else { return nothing() };
    let title = [source.title, ", ", &browser::local_day(source.read)].concat();
    source_link(source).attr("title", &title).text(app.texts().source).into()
}

fn source_link(source: &Source) -> El {
    let link = match &source.url {
        Some(url) => el("a").attrs(&[("href", url), ("target", "_blank"), ("rel", "noreferrer noopener")]),
        None => el("span"),
    };
    link.attr("class", "source")
}

/// An advice with its source and, where there is one, the safer choice.
pub fn advice(app: App, gateway: &'static Gateway, advice: &'static Advice) -> El {
    let look = match advice.toward {
        Toward::Cost => "advice cost",
        Toward::Risk => "advice risk",
        Toward::Note => "advice note",
    };
    let may_take = |safer: &&Safer| !matches!(safer, Safer::Model(_)) || browser::lock() != "model";
    let safer = advice.safer.as_ref().filter(may_take).map(|safer| {
        let words = match safer {
            Safer::Set(id, choice) => words::default(app.lang(), *id, choice),
            Safer::Model(id) => (*id).to_owned(),
        };
        button("small", &[app.texts().safer, " ", &words].concat(), move || app.take(safer))
    });
    class("p", look).text(app.pick(&advice.text)).text(" ").add(safer).text(" ").add(short_source(
        app,
        gateway,
        advice.source,
    ))
}

/// A button that opens a dialog.
pub fn opener(app: App, id: &str, words: &str, dialog: impl Fn() -> Dialog + 'static) -> El {
    button("small", words, move || app.open(dialog())).attrs(&[("id", id), ("aria-haspopup", "dialog")])
}

/// A decorative icon: a symbol of the sprite.
pub fn icon(name: &str) -> View {
    let document = browser::document();
    let svg = "http://www.w3.org/2000/svg";
    let (Ok(frame), Ok(shape)) =
        (document.create_element_ns(Some(svg), "svg"), document.create_element_ns(Some(svg), "use"))
    else {
        return nothing();
    };
    let _ = shape.set_attribute("href", &["#i-", name].concat());
    El::from(frame).attrs(&[("class", "icon"), ("aria-hidden", "true")]).add(El::from(shape)).into()
}

/// A name that tells one of several apart.
pub fn named(app: App, what: &str, of: &str) -> String {
    let colon = if app.lang() == Lang::Zh { "：" } else { ": " };
    if of.is_empty() { what.to_owned() } else { [what, colon, of].concat() }
}
