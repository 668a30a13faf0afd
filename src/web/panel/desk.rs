//! What the user wants: model, address, key, fields.

use crate::catalog::{Capability, Field, FieldId, Gateway, Group, Model};
use crate::draft::{Draft, Value};
use crate::lazy;
use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, dynamic, el, keyed_part, nothing, piece, text, typed, yes};
use crate::web::component::later::{later, when_whole};
use crate::web::component::mark;
use crate::web::component::parts::radios;
use crate::web::component::price::span;
use crate::web::panel::anew::Anew;
use crate::web::panel::connection;
use crate::web::panel::field;
use crate::web::panel::media;
use crate::web::panel::names::Names;
use crate::web::panel::run;
use crate::web::state::App;
use crate::words;
use leptos::prelude::*;

/// The desk. The form is made anew when the model changes, never while one types.
pub fn desk(app: App) -> El {
    class("section", "desk")
        .attrs(&[("id", "desk"), ("tabindex", "-1"), ("aria-label", app.texts().inputs)])
        .add(class("h2", "hidden").text(app.texts().inputs))
        .add(piece(move || dynamic(move || model_row(app, app.the_gateway()).into())))
        .add(piece(move || dynamic(move || connection::connection(app, app.the_gateway()).into())))
        .add(piece(move || dynamic(move || fields(app, app.the_gateway(), app.the_model()).into())))
        .add(piece(move || as_pasted(app).and(unsent(app)).and(run::bar(app))))
}

fn model_row(app: App, gateway: &'static Gateway) -> El {
    let texts = app.texts();
    let kinds: Vec<(String, String)> = Capability::ALL
        .iter()
        .zip(texts.capabilities)
        .filter(|(capability, _)| gateway.models.iter().any(|model| model.capability == **capability))
        .map(|(capability, words)| (tag(*capability).to_owned(), words.to_owned()))
        .collect();
    let chosen = move || tag(app.the_model().capability).to_owned();
    let choose = move |kind: String| {
        let capability = Capability::ALL.into_iter().find(|known| tag(*known) == kind);
        if let Some(index) = capability.and_then(|known| gateway.list(known).first().copied()) {
            app.choose_model(index);
        }
    };
    let options = move || {
        let list = gateway.list(app.the_model().capability);
        let chosen = app.seats.with(|seats| seats[app.gateway.get()].model);
        let option = |index: &usize| {
            let words = model_words(app, gateway, &gateway.models[*index]);
            let option = el("option").attr("value", &index.to_string()).text(&words);
            if *index == chosen { option.attr("selected", "") } else { option }
        };
        let group = |index: &usize| gateway.models[*index].group();
        let groups = list.chunk_by(|one, next| group(one) == group(next)).map(|indexes| {
            let label = match group(&indexes[0]) {
                Group::Unsaid => return View::from(indexes.iter().map(option).collect::<Vec<El>>()),
                Group::Current => texts.current,
                Group::Beta => texts.beta,
                Group::Older => texts.older,
            };
            el("optgroup").attr("label", label).all(indexes.iter().map(option)).into()
        });
        groups.fold(nothing(), View::and)
    };
    let select = el("select").attr("id", "model");
    let select = if browser::lock() == "model" { select.attr("disabled", "") } else { select };
    let select = select.live(options).on("change", move |event| {
        if let Ok(index) = typed(&event).parse() {
            app.choose_model(index);
        }
    });
    class("div", "model")
        .add(radios("capability", text(texts.capability), kinds, chosen, choose, ""))
        .add(when_whole(app, move || anew(app)))
        .add(class("label", "hidden").attr("for", "model").text(texts.model))
        .add(select)
}

lazy!(tasks:
    fn anew(app: App) -> View {
        View::of(view! { <Anew app /> })
    }
);

fn tag(capability: Capability) -> &'static str {
    match capability {
        Capability::Text => "t2v",
        Capability::Image => "i2v",
        Capability::Frames => "kf2v",
        Capability::Speech => "s2v",
        Capability::Reference => "r2v",
        Capability::Edit => "edit",
        Capability::Motion => "motion",
    }
}

/// Name, what it is for, and price per second. The price comes last: what is too long for a phone is cut there, and the
/// price stands beside Run.
fn model_words(app: App, gateway: &Gateway, model: &'static Model) -> String {
    let about = model.about.as_ref().map_or("", |about| app.lang().pick(about));
    let price = span(app.lang(), gateway, std::slice::from_ref(model));
    [model.id, about, &price].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The form of a model: what matters first, the rest one step away and counted.
fn fields(app: App, gateway: &'static Gateway, model: &'static Model) -> El {
    let (mut main, more): (Vec<&'static Field>, Vec<&'static Field>) =
        model.fields.iter().partition(|field| field.is_main());
    // Tier and seconds make the price together, and share a line.
    let place = |main: &[&Field], id| main.iter().position(|field| field.id == id);
    if let (Some(tier), Some(duration)) = (place(&main, FieldId::Tier), place(&main, FieldId::Duration))
        && duration > tier
    {
        main[tier + 1..=duration].rotate_right(1);
    }
    let mut form = class("div", "fields");
    for item in main {
        form = form.add(field::row(app, gateway, model, item));
        if item.id == FieldId::Prompt {
            form = form.add(examples(app, model));
        }
    }
    let more = if more.is_empty() { nothing() } else { more_fields(app, gateway, model, more).into() };
    form.add(class("div", "rest").add(when_whole(app, move || names(app))).add(more))
}

lazy!(tasks:
    fn names(app: App) -> View {
        View::of(view! { <Names app /> })
    }
);

fn examples(app: App, model: &'static Model) -> El {
    // Made anew when a reference becomes another kind: the names have to fit.
    let names = move || media::names(app, model).join("\n");
    let buttons = move |names: &str| {
        let (first, second) = names.split_once('\n').unwrap_or_default();
        let names = [first.to_owned(), second.to_owned()];
        let one = |example: String| {
            let text = example.clone();
            let fill = move || {
                let mut draft = app.draft.get_untracked();
                draft.set(FieldId::Prompt, Value::Text(text.clone()));
                app.replace(draft);
            };
            button("example", &example, fill).attr("title", &example)
        };
        View::from(words::examples(app.lang(), model.capability, &names).map(one).into_iter().collect::<Vec<El>>())
    };
    class("div", "examples").add(class("span", "hint").text(app.texts().examples)).add(keyed_part(names, buttons))
}

fn more_fields(app: App, gateway: &'static Gateway, model: &'static Model, more: Vec<&'static Field>) -> El {
    let ids: Vec<FieldId> = more.iter().map(|field| field.id).collect();
    let wrong_ids = ids.clone();
    let summary = move || {
        let mut words = app.texts().more.to_owned();
        let set = app.draft.with(|draft| ids.iter().filter(|id| draft.filled(**id).is_some()).count());
        if set > 0 {
            words.push_str(" · ");
            words.push_str(&set.to_string());
        }
        words
    };
    let details = el("details").attr("id", "more");
    let element = details.element().clone();
    // Opens when something within is wrong; it is never closed over the user's head.
    crate::web::component::dom::effect(move || {
        let wrong = app.outlook.with(|outlook| outlook.problems.iter().any(|p| wrong_ids.contains(&p.field)));
        if wrong || wrong_ids.iter().any(|id| mark::at(app, model, *id).is_some()) {
            let _ = element.set_attribute("open", "");
        }
    });
    let rows = more.into_iter().map(|item| field::row(app, gateway, model, item));
    details.add(el("summary").words(summary)).add(class("div", "fields").all(rows))
}

/// What is sent or left out as a pasted request has it, where anything is.
fn as_pasted(app: App) -> View {
    let is_any = move || yes(app.draft.with(Draft::is_as_pasted));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || as_pasted_box(app)) })
}

lazy!(tasks:
    fn as_pasted_box(app: App) -> View {
        crate::web::panel::pasted::as_pasted(app)
    }
);

/// What is kept but not sent, where anything is.
fn unsent(app: App) -> View {
    let is_any = move || yes(app.outlook.with(|outlook| !outlook.unsent.is_empty()));
    keyed_part(is_any, move |is| if is.is_empty() { nothing() } else { later(app, move || unsent_box(app)) })
}

lazy!(tasks:
    fn unsent_box(app: App) -> View {
        crate::web::panel::pasted::unsent(app)
    }
);
