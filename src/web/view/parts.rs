//! Small parts that several panels share.

use super::super::app::App;
use super::super::text::Lang;
use super::super::{browser, wording};
use crate::catalog::{Advice, Gateway, Toward};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One option of a group: its value and its words.
pub type Choices = Vec<(String, String)>;

/// A group of radio buttons that looks like one control. `chosen` is the value that is on, empty for none.
pub fn radios(
    name: String,
    label: AnyView,
    choices: Choices,
    chosen: Signal<String>,
    choose: Callback<String>,
    describedby: String,
) -> AnyView {
    let buttons = choices
        .into_iter()
        .map(|(value, words)| {
            let id = if value.is_empty() { [&name, "-auto"].concat() } else { [&name, "-", &value].concat() };
            let (mine, own) = (value.clone(), value.clone());
            view! {
                <label class="seg">
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        value=value
                        prop:checked=move || chosen.with(|chosen| *chosen == mine)
                        on:change=move |_| choose.run(own.clone())
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="group" id=name.clone() tabindex="-1" aria-describedby=describedby>
            <legend>{label}</legend>
            <div class="segs">{buttons}</div>
        </fieldset>
    }
    .into_any()
}

/// The text of an input or text area after an event.
pub fn typed(event: &Event) -> String {
    event_target_value(event)
}

/// A button that copies what `text` gives, and says so where the eye is.
pub fn copy_button(app: App, text: impl Fn() -> String + 'static) -> AnyView {
    let texts = app.texts();
    let said = RwSignal::new(texts.copy);
    let copy = move |_| {
        let text = text();
        spawn_local(async move {
            said.set(if browser::copy(&text).await { texts.copied } else { texts.copy_failed });
            gloo_timers::future::TimeoutFuture::new(2000).await;
            said.try_set(texts.copy);
        });
    };
    view! { <button class="small" type="button" on:click=copy><span aria-live="polite">{move || said.get()}</span></button> }
        .into_any()
}

/// Where a figure or statement was read.
pub fn source(app: App, gateway: &'static Gateway, name: &str) -> AnyView {
    let text = match gateway.sources.get(name) {
        Some(source) => {
            [source.title.as_str(), if app.lang() == Lang::Zh { "，" } else { ", " }, &source.read].concat()
        }
        None => return ().into_any(),
    };
    source_link(gateway, name, text)
}

/// The same as one short word; the document's title is its tooltip.
pub fn short_source(app: App, gateway: &'static Gateway, name: &str) -> AnyView {
    source_link(gateway, name, app.texts().source.to_owned())
}

fn source_link(gateway: &'static Gateway, name: &str, text: String) -> AnyView {
    let Some(source) = gateway.sources.get(name) else { return ().into_any() };
    let title = [source.title.as_str(), ", ", &source.read].concat();
    match &source.url {
        Some(url) => view! {
            <a class="source" title=title href=url.as_str() target="_blank" rel="noreferrer noopener">{text}</a>
        }
        .into_any(),
        None => view! { <span class="source" title=title>{text}</span> }.into_any(),
    }
}

/// An advice with its source and, where there is one, the safer choice.
pub fn advice(app: App, gateway: &'static Gateway, advice: &'static Advice) -> AnyView {
    let class = match advice.toward {
        Toward::Cost => "advice cost",
        Toward::Risk => "advice risk",
        Toward::Note => "advice note",
    };
    let safer = advice.safer.as_ref().map(|safer| {
        let words = match safer {
            crate::catalog::Safer::Set(id, choice) => wording::default(app.lang(), *id, choice),
            crate::catalog::Safer::Model(id) => id.clone(),
        };
        view! {
            <button class="small" type="button" on:click=move |_| app.take(safer)>
                {[app.texts().safer, " ", &words].concat()}
            </button>
        }
    });
    view! {
        <p class=class>
            <span>{app.pick(&advice.text)}</span> " " {safer} " " {short_source(app, gateway, &advice.source)}
        </p>
    }
    .into_any()
}

/// A decorative icon: a symbol of the sprite.
pub fn icon(name: &'static str) -> AnyView {
    view! { <svg class="icon" aria-hidden="true"><use href=["#i-", name].concat()></use></svg> }.into_any()
}
