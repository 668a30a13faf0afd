//! Name, gateways, language, theme, help, and the banner of the simulator.

use super::super::app::{App, Place};
use super::super::browser;
use super::super::text::Lang;
use super::parts::icon;
use leptos::prelude::*;

/// The header.
pub fn header(app: App) -> AnyView {
    let texts = app.texts();
    let tabs = app
        .catalog
        .gateways
        .iter()
        .enumerate()
        .map(|(index, gateway)| {
            view! {
                <label class="tab" title=app.pick(&gateway.about)>
                    <input
                        type="radio"
                        name="gateway"
                        id=["gateway-", &gateway.id].concat()
                        prop:checked=move || app.gateway.get() == index
                        on:change=move |_| {
                            app.gateway.set(index);
                            app.tried.set(false);
                            app.selected.set(None);
                        }
                    />
                    <span>{app.pick(&gateway.name)}</span>
                </label>
            }
        })
        .collect_view();
    let simulated = move || {
        let index = app.gateway.get();
        app.seats.with(|seats| seats[index].place == Place::Simulator)
    };
    let other = if app.lang() == Lang::Zh { Lang::En } else { Lang::Zh };
    view! {
        <header class="top">
            <h1 class="brand">{icon("mark")} "Wan Playground"</h1>
            <fieldset class="tabs"><legend class="hidden">{texts.gateway}</legend>{tabs}</fieldset>
            <div class="tools">
                <button
                    type="button"
                    id="language"
                    lang=other.tag()
                    on:click=move |_| {
                        app.lang.set(other);
                        browser::focus("language");
                    }
                >
                    {texts.other_language}
                </button>
                <button
                    type="button"
                    class="round"
                    aria-label=texts.theme
                    title=texts.theme
                    on:click=|_| browser::toggle_theme()
                >
                    {icon("theme")}
                </button>
                <button
                    type="button"
                    class="round"
                    id="help-button"
                    aria-label=texts.help
                    title=texts.help
                    on:click=|_| browser::show_dialog("help")
                >
                    {icon("help")}
                </button>
            </div>
        </header>
        <p class="lead">{texts.lead}</p>
        <Show when=simulated>
            <div class="banner">
                {icon("simulator")} <span>{texts.simulator_banner}</span>
                <button type="button" class="small" id="scenarios-button" on:click=move |_| super::dialogs::open_scenarios(app)>
                    {texts.scenarios}
                </button>
            </div>
        </Show>
    }
    .into_any()
}
