//! Name, gateways, language, theme, help, and the banner of the simulator.

use crate::web::browser;
use crate::web::component::button;
use crate::web::component::dom::{El, View, class, el, keyed_part, nothing, yes};
use crate::web::component::parts::{hidden, icon, opener};
use crate::web::component::price::span;
use crate::web::state::App;
use crate::web::state::dialogs::Dialog;
use crate::words::gateways as words;
use crate::words::lang::Lang;
use leptos::prelude::*;

/// The header.
pub fn header(app: App) -> View {
    let texts = app.texts();
    let tabs = app.catalog().gateways.iter().enumerate().map(|(index, gateway)| {
        let input = el("input")
            .attrs(&[("type", "radio"), ("name", "gateway"), ("id", &["gateway-", gateway.id].concat())])
            .checked(move || app.gateway.get() == index)
            .on("change", move |_| {
                app.choose_gateway(index);
                app.tried.set(false);
                app.selected.set(None);
            });
        class("label", "tab").attr("title", app.pick(&gateway.about)).add(input).add(
            el("span").text(app.pick(&gateway.name)).add(el("small").text(&span(app.lang(), gateway, gateway.models))),
        )
    });
    let other = if app.lang() == Lang::Zh { Lang::En } else { Lang::Zh };
    let language = button("", texts.other_language, move || {
        browser::remember_language(other);
        app.lang.set(other);
        browser::focus("language");
    })
    .attrs(&[("id", "language"), ("lang", other.tag())]);
    let theme = button("round", "", browser::toggle_theme)
        .attrs(&[("aria-label", texts.theme), ("title", texts.theme)])
        .add(icon("theme"));
    let import = opener(app, "import-button", texts.import, || Dialog::Paste).attr("title", texts.import_why);
    let help = button("round", "", move || app.open(Dialog::Help))
        .attrs(&[("id", "help-button"), ("aria-label", texts.help), ("title", texts.help)])
        .add(icon("help"));
    let top = class("header", "top")
        .add(class("h1", "brand").add(icon("mark")).text("Wan Playground"))
        .add(class("fieldset", "tabs").add(el("legend").add(hidden(texts.gateway))).all(tabs).add(gateways_opener(app)))
        .add(if app.embedded { crate::web::panel::embed::way_out(app) } else { nothing() })
        .add(class("div", "tools").add(import).add(language).add(theme).add(help));
    View::from(top).and(banner(app))
}

fn banner(app: App) -> View {
    let texts = app.texts();
    let simulated = move || yes(app.target().is_ok_and(|target| target.simulated));
    keyed_part(simulated, move |simulated| {
        if simulated.is_empty() {
            return nothing();
        }
        class("section", "banner")
            .attr("aria-label", texts.simulator)
            .add(icon("simulator"))
            .add(el("span").text(texts.simulator_banner))
            .add(button("small", texts.scenarios, move || app.open(Dialog::Scenarios)).attr("id", "scenarios-button"))
            .into()
    })
}

/// The button at the end of the tabs that opens the gateways the user added.
fn gateways_opener(app: App) -> El {
    let words = words::opener(app.lang());
    button("tab more", "+", move || app.open(Dialog::Gateways)).attrs(&[
        ("id", "open-gateways"),
        ("title", words),
        ("aria-label", words),
    ])
}
